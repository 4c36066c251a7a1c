"""Discord's door to raids, as discord.py asks for it: it only translates."""

from botworker.client import SlomixBot
from planning.raids.commands.cog.guilds import Guilds
from planning.raids.commands.cog.presses import Presses
from planning.raids.commands.cog.slash import Raids


async def setup(bot: SlomixBot) -> None:
    """Add raids to a bot, as discord.py's extensions do."""
    await bot.add_cog(Raids(bot))
    await bot.add_cog(Presses(bot))
    await bot.add_cog(Guilds(bot))
