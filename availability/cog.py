"""Discord's door to an evening: the living post and the buttons. It only translates."""

import asyncio
import logging
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any, Self

import discord
from discord.ext import commands

from availability import mirror, posts, presses
from availability.commands import question
from availability.commands.cog import door
from availability.presses import Press, Presser, Reply
from botworker import render
from botworker.client import SlomixBot
from slomix.lib import clock
from slomix.lib.bridge import call

log = logging.getLogger(__name__)

LOOK_EVERY = 1.0
POST_ID = r"evening:(?P<day>[0-9]{8}):(?P<verb>[a-z]{2,12}):(?P<marker>[\w-]{22})"
REMINDER_ID = r"dlv:(?P<marker>[\w-]{22}):(?P<verb>[a-z]{2,12}):(?P<day>[0-9]{8})"
Button = discord.ui.Button[discord.ui.View]
Interaction = discord.Interaction[discord.Client]


def press_of(interaction: Interaction) -> Press:
    user = interaction.user
    avatar = user.avatar.key if user.avatar else ""
    presser = Presser(user.id, user.name, user.global_name or "", avatar)
    return Press(interaction.id, presser, clock.now())


async def decide(interaction: Interaction, press: Callable[..., Reply], /, **found: str) -> Reply:
    """Run a press through its verb; a fault of ours is logged and told, never left hanging."""
    try:
        return await call(press, press_of(interaction), **found)
    except Exception:
        log.exception("interaction %s failed", interaction.id)
        return presses.our_fault(interaction.id)


async def whisper(interaction: Interaction, reply: Reply) -> None:
    """Answer so that only the presser sees it, after a deferral."""
    await interaction.followup.send(
        reply.text,
        ephemeral=True,
        allowed_mentions=discord.AllowedMentions.none(),
        **render.arguments({"rows": reply.rows}),
    )


async def answer_post(interaction: Interaction, found: dict[str, str]) -> None:
    """Answer a press on a living post."""
    await interaction.response.defer(ephemeral=True, thinking=True)
    day, verb = found["day"], found["verb"]
    await whisper(interaction, await decide(interaction, question.on_post, day=day, verb=verb))


async def answer_reminder(interaction: Interaction, found: dict[str, str]) -> None:
    """Answer a press in a private message; the message then says what now holds."""
    await interaction.response.defer()
    reply = await decide(interaction, presses.on_reminder, **found)
    if reply.refused:
        await whisper(interaction, reply)
        return
    await interaction.edit_original_response(
        content=reply.text,
        view=render.view(reply.rows, found["marker"]),
        allowed_mentions=discord.AllowedMentions.none(),
    )


class PostButton(discord.ui.DynamicItem[Button], template=POST_ID):
    """A button of the living post; found by its id, so it works after any restart."""

    def __init__(self, found: dict[str, str], item: Button) -> None:
        super().__init__(item)
        self.found = found

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction, item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        assert isinstance(item, discord.ui.Button)
        return cls(match.groupdict(), item)

    async def callback(self, interaction: Interaction) -> None:
        await answer_post(interaction, self.found)


class ReminderButton(discord.ui.DynamicItem[Button], template=REMINDER_ID):
    """A button in a private message."""

    def __init__(self, found: dict[str, str], item: Button) -> None:
        super().__init__(item)
        self.found = found

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction, item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        assert isinstance(item, discord.ui.Button)
        return cls(match.groupdict(), item)

    async def callback(self, interaction: Interaction) -> None:
        await answer_reminder(interaction, self.found)


class Evenings(commands.Cog):
    """Promises each evening's post, which the keeper keeps true; refuses buttons that are none of ours."""

    def __init__(self, bot: SlomixBot) -> None:
        self.bot = bot

    async def cog_load(self) -> None:
        self.bot.add_dynamic_items(PostButton, ReminderButton)
        self.bot.start_loop(self.promise)

    @commands.Cog.listener()
    async def on_interaction(self, interaction: Interaction) -> None:
        """Answer what discord.py drops without a word: ids that are none of ours, and ids of ours
        that the message does not carry any more (it was edited while the press was under way)."""
        if interaction.type is not discord.InteractionType.component:
            return
        data: dict[str, Any] = dict(interaction.data or {})
        custom_id = str(data.get("custom_id", ""))
        if any(re.fullmatch(template, custom_id) for template in door.BELOW_ANSWERS):
            return  # below an answer that nobody edits: its own item answers it
        post = re.fullmatch(POST_ID, custom_id)
        reminder = re.fullmatch(REMINDER_ID, custom_id)
        if (
            (post or reminder)
            and interaction.message
            and render.carries_id(interaction.message, custom_id)
        ):
            return  # the dynamic items answer it
        if post:
            await answer_post(interaction, post.groupdict())
        elif reminder:
            await answer_reminder(interaction, reminder.groupdict())
        else:
            await interaction.response.defer(ephemeral=True, thinking=True)
            await whisper(interaction, await decide(interaction, presses.on_unknown))

    async def promise(self) -> None:
        """Promise each evening's post and event when its time has come."""
        await self.bot.wait_until_ready()
        while not self.bot.is_closed():
            try:
                await call(promise_all, clock.now())
            except Exception:
                log.exception("the evening's post was not promised; tried again")
            await asyncio.sleep(LOOK_EVERY)


def promise_all(at: datetime) -> None:
    posts.promise(at)
    mirror.promise(at)


async def setup(bot: SlomixBot) -> None:
    await bot.add_cog(Evenings(bot))
