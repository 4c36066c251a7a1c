"""Discord's commands for evenings, as discord.py asks for them: they only translate."""

from availability.commands.cog.slash import Slash
from availability.commands.cog.written import Written
from botworker.client import SlomixBot


async def setup(bot: SlomixBot) -> None:
    """Add the commands to a bot, as discord.py's extensions do."""
    await bot.add_cog(Slash(bot))
    await bot.add_cog(Written(bot))
