"""The first three seconds of an interaction, and the fifteen minutes that its token lives.

https://docs.discord.com/developers/interactions/receiving-and-responding
"""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable
from enum import Enum, auto
from typing import Any, Self

import aiohttp
import discord

from botworker import pacing, render, wire
from botworker.channels.refusals import of_http
from botworker.client import SlomixBot
from slomix.lib import clock
from slomix.lib.bridge import call

Button = discord.ui.Button[discord.ui.View]
Answer = Callable[[discord.Interaction[Any], dict[str, str]], Awaitable[None]]

log = logging.getLogger(__name__)

WITHIN = 3.0
LOOK_AGAIN = 0.02
NOT_THERE, ACKNOWLEDGED = 10062, 40060
# By a token that nothing was acknowledged with, or that is older than a quarter of an hour.
WORTHLESS = (10015, NOT_THERE, 50027)


class Ack(Enum):
    """What came of acknowledging an interaction."""

    OURS = auto()
    # Another copy of the same event was acknowledged; whoever did that answers it.
    ANOTHERS = auto()
    # Discord has told the person that nobody answered; the token is worth nothing.
    TOO_LATE = auto()
    # No clear answer: the person may see that we think about it, or that nobody answered.
    UNCLEAR = auto()


async def acknowledge(interaction: discord.Interaction[Any], *, thinking: bool) -> Ack:
    """Tell Discord that we have heard; `thinking` promises a word that only the person sees.

    Takes three seconds at most and raises nothing: what somebody asked for must not hang on it.
    """
    seen = wire.begin()
    try:
        async with asyncio.timeout(WITHIN):
            await interaction.response.defer(ephemeral=thinking, thinking=thinking)
    except discord.HTTPException as refused:
        if refused.code == NOT_THERE:
            log.warning("interaction %s was acknowledged too late", interaction.id)
            return Ack.TOO_LATE
        if refused.code == ACKNOWLEDGED:
            # discord.py tries again by itself: then the first try had arrived.
            return Ack.OURS if seen.may_have_arrived else Ack.ANOTHERS
        log.warning("interaction %s was not acknowledged: %s", interaction.id, refused)
        return Ack.UNCLEAR
    except (TimeoutError, aiohttp.ClientError, OSError) as broken:
        log.warning("interaction %s was not acknowledged: %s", interaction.id, type(broken))
        return Ack.UNCLEAR
    return Ack.OURS


async def whisper(
    interaction: discord.Interaction[Any], ack: Ack, text: str, rows: list[Any]
) -> None:
    """Answer so that only the person sees it; by direct message where the token is worth nothing."""
    if ack is not Ack.TOO_LATE:
        try:
            await interaction.followup.send(
                text,
                ephemeral=True,
                allowed_mentions=discord.AllowedMentions.none(),
                **render.arguments({"rows": rows}),
            )
        except discord.HTTPException as refused:
            if refused.code not in WORTHLESS:
                raise
        else:
            return
    await _write_instead(interaction, text, rows)


async def change(
    interaction: discord.Interaction[Any], ack: Ack, text: str, rows: list[Any], marker: str
) -> None:
    """Change the message that was pressed; as its author where the token is worth nothing."""
    shown: dict[str, Any] = {
        "content": text,
        "view": render.view(rows, marker),
        "allowed_mentions": discord.AllowedMentions.none(),
    }
    if ack is not Ack.TOO_LATE:
        try:
            await interaction.edit_original_response(**shown)
        except discord.HTTPException as refused:
            if refused.code not in WORTHLESS:
                raise
        else:
            return
    assert interaction.message is not None  # a button was pressed
    await _take_a_token()
    await interaction.message.edit(**shown)


async def _write_instead(interaction: discord.Interaction[Any], text: str, rows: list[Any]) -> None:
    assert isinstance(interaction.client, SlomixBot)
    try:
        await privately(interaction.client, interaction.user.id, text, rows, number=interaction.id)
    except discord.Forbidden as refused:
        reason = of_http(refused).reason
        log.info("the answer to interaction %s reached nobody: %s", interaction.id, reason)


async def privately(
    bot: SlomixBot, discord_id: int, text: str, rows: list[Any], *, number: int
) -> None:
    """Answer somebody by direct message; `number` is Discord's id of what is answered.

    Raises discord.Forbidden where they take none.
    """
    channel_id = await bot.channel.open_dm(discord_id)
    await _take_a_token()
    await bot.get_partial_messageable(channel_id).send(
        text,
        # discord.py tries again by itself where Discord has trouble.
        nonce=f"c{number}",
        allowed_mentions=discord.AllowedMentions.none(),
        **render.arguments({"rows": rows}),
    )


async def _take_a_token() -> None:
    # Nobody tells us when a token is free: another process may have taken it.
    while not await call(pacing.take, "discord", 1, at=clock.now()):  # noqa: ASYNC110
        await asyncio.sleep(LOOK_AGAIN)


def item(template: str, answer: Answer) -> type[discord.ui.DynamicItem[Button]]:
    """Make a kind of button that is found by its id, so it works after any restart.

    `answer` gets the interaction and what the template names.
    """

    class Found(discord.ui.DynamicItem[Button], template=template):
        def __init__(self, found: dict[str, str], item: Button) -> None:
            super().__init__(item)
            self.found = found

        @classmethod
        async def from_custom_id(
            cls,
            interaction: discord.Interaction[Any],
            item: discord.ui.Item[Any],
            match: re.Match[str],
            /,
        ) -> Self:
            assert isinstance(item, discord.ui.Button)
            return cls(match.groupdict(), item)

        async def callback(self, interaction: discord.Interaction[Any]) -> None:
            await answer(interaction, self.found)

    return Found
