"""Discord's door to an evening: the living post and the buttons. It only translates."""

import logging
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import discord
from discord.ext import commands

from availability import mirror, posts, presses
from availability.commands import question, unlinking
from availability.commands.cog import door
from availability.presses import Press, Presser, Reply
from botworker import interactions, render, workers
from botworker.client import SlomixBot
from botworker.interactions import Ack
from slomix.lib import clock
from slomix.lib.bridge import call

log = logging.getLogger(__name__)

LOOK_EVERY = 1.0
POST_ID = r"evening:(?P<day>[0-9]{8}):(?P<verb>[a-z]{2,12}):(?P<marker>[\w-]{22})"
REMINDER_ID = r"dlv:(?P<marker>[\w-]{22}):(?P<verb>[a-z]{2,12}):(?P<day>[0-9]{8})"
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


async def whisper(interaction: Interaction, reply: Reply, ack: Ack) -> None:
    """Answer so that only the presser sees it."""
    await interactions.whisper(interaction, ack, reply.text, reply.rows)


async def answer_post(interaction: Interaction, found: dict[str, str]) -> None:
    """Answer a press on a living post.

    It counts also where Discord took no acknowledgement in time: pressed again it changes nothing.
    """
    ack = await interactions.acknowledge(interaction, thinking=True)
    if ack is not Ack.ANOTHERS:
        reply = await decide(interaction, question.on_post, day=found["day"], verb=found["verb"])
        await whisper(interaction, reply, ack)


async def answer_reminder(interaction: Interaction, found: dict[str, str]) -> None:
    """Answer a press in a private message; the message then says what now holds.

    It counts without an acknowledgement, too: nobody is asked after a no.
    """
    ack = await interactions.acknowledge(interaction, thinking=False)
    if ack is Ack.ANOTHERS:
        return
    reply = await decide(interaction, presses.on_reminder, **found)
    if reply.refused:
        await whisper(interaction, reply, ack)
    else:
        await interactions.change(interaction, ack, reply.text, reply.rows, found["marker"])


async def answer_unknown(interaction: Interaction) -> None:
    """Answer a press on a button that is none of ours."""
    ack = await interactions.acknowledge(interaction, thinking=True)
    if ack is not Ack.ANOTHERS:
        await whisper(interaction, await decide(interaction, presses.on_unknown), ack)


async def answer_notice(interaction: Interaction, found: dict[str, str]) -> None:
    """Answer a press below the word that a channel was linked; it then says that it is not."""
    ack = await interactions.acknowledge(interaction, thinking=False)
    if ack is Ack.ANOTHERS:
        return
    reply = await decide(interaction, unlinking.run, **found)
    if reply.refused:
        await whisper(interaction, reply, ack)
    else:
        await interactions.change(interaction, ack, reply.text, reply.rows, found["marker"])


# Which button is answered by what.
OURS = {POST_ID: answer_post, REMINDER_ID: answer_reminder, unlinking.BUTTON: answer_notice}


class Evenings(commands.Cog):
    """Promises each evening's post, which the keeper keeps true; refuses buttons that are none of ours."""

    def __init__(self, bot: SlomixBot) -> None:
        self.bot = bot

    async def cog_load(self) -> None:
        self.bot.add_dynamic_items(
            *(interactions.item(template, answer) for template, answer in OURS.items())
        )
        self.bot.start_loop(workers.Loop("evening posts", self.promise, LOOK_EVERY).run)

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
        for template, answer in OURS.items():
            if found := re.fullmatch(template, custom_id):
                message = interaction.message
                if not (message and render.carries_id(message, custom_id)):
                    await answer(interaction, found.groupdict())
                return  # the dynamic items answer it
        await answer_unknown(interaction)

    async def promise(self) -> None:
        """Promise each evening's post and event when its time has come."""
        await self.bot.wait_until_ready()
        await call(promise_all, clock.now())


def promise_all(at: datetime) -> None:
    posts.promise(at)
    mirror.promise(at)


async def setup(bot: SlomixBot) -> None:
    await bot.add_cog(Evenings(bot))
