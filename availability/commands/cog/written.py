"""The first Slomix's commands for evenings, written with `!` where the bot may read."""

from discord.ext import commands

from availability.commands import evening, reached
from availability.commands.cog.door import Context, hand_code, press_of, reply_to, write_back
from botworker.client import SlomixBot


class Written(commands.Cog):
    """Evenings by `!`: in direct messages, and where the bot is mentioned."""

    def __init__(self, bot: SlomixBot) -> None:
        self.bot = bot

    @commands.command(name="avail")
    async def avail(self, context: Context, *, words: str = "") -> None:
        await reply_to(context, evening.written, text=words)

    @commands.command(name="avail_link")
    async def avail_link(self, context: Context, channel: str = "") -> None:
        press = press_of(context.message.id, context.author)
        await write_back(context, await hand_code(self.bot, press, channel))

    @commands.command(name="avail_unsubscribe")
    async def avail_unsubscribe(self, context: Context, channel: str = "") -> None:
        await reply_to(context, reached.unsubscribe, channel=channel)
