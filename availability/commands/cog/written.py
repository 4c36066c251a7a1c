"""The first Slomix's commands for evenings, written with `!`, and words without any sign.

Without the privilege of reading everything the bot reads what is written to it: its direct messages,
and messages that mention it.
"""

import discord
from discord.ext import commands

from availability.commands import reached
from availability.commands import written as words
from availability.commands.cog.door import Context, hand_code, press_of, reply_to, write_back
from botworker.client import SlomixBot


class Written(commands.Cog):
    """Evenings in words."""

    def __init__(self, bot: SlomixBot) -> None:
        self.bot = bot

    @commands.command(name="avail")
    async def avail(self, context: Context, *, text: str = "") -> None:
        await reply_to(context, words.written, text=text)

    @commands.command(name="avail_link")
    async def avail_link(self, context: Context, *, channel: str = "") -> None:
        press = press_of(context.message.id, context.author)
        await write_back(context, await hand_code(self.bot, press, channel))

    @commands.command(name="avail_unsubscribe")
    async def avail_unsubscribe(self, context: Context, *, channel: str = "") -> None:
        await reply_to(context, reached.unsubscribe, channel=channel)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer *tonight looking* and STOP in direct messages; talk is left alone."""
        if message.guild or message.author.bot:
            return
        context = await self.bot.get_context(message)
        press = press_of(message.id, message.author)
        if context.prefix is None and not words.is_talk(press, message.content):
            await reply_to(context, words.spoken, text=message.content)
