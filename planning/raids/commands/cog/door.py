"""From discord.py to the commands of raids and back; every cog of raids goes through here."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from typing import Any

import discord
from discord import app_commands

from availability import presses
from availability.commands.cog import door
from availability.commands.cog.door import Interaction
from availability.presses import Press, Reply
from botworker import interactions
from botworker.interactions import Ack
from planning.raids.commands import common
from planning.raids.commands.common import Form, Where
from slomix.lib.bridge import call

log = logging.getLogger(__name__)
# Discord waits three seconds for a form.
FORM_WITHIN = 2.0
# What a message of ours needs, as Discord calls it.
NEEDED = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "embed_links": "Embed Links",
    "read_message_history": "Read Message History",
}


def where_of(interaction: discord.Interaction[Any], channels: Iterable[int] = ()) -> Where:
    """Return the server that something was asked on, and what the bot lacks in some channels."""
    guild = interaction.guild
    if interaction.guild_id is None or guild is None:
        return Where()
    roles = getattr(interaction.user, "roles", [])
    me = _me(guild)
    return Where(
        guild_id=interaction.guild_id,
        name=guild.name,
        guild_admin=interaction.permissions.administrator,
        roles=frozenset(role.id for role in roles),
        rights=rights(guild, channels),
        makes_roles=me is None or me.guild_permissions.manage_roles,
    )


def _me(guild: discord.Guild) -> discord.Member | None:
    """Return the bot as a member; nobody before discord.py was told of it."""
    found: discord.Member | None = guild.me
    return found


def rights(guild: discord.Guild, channels: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Return for each channel of a server what the bot lacks there; none for one that is gone."""
    found: dict[int, tuple[str, ...]] = {}
    me = _me(guild)
    for number in channels:
        channel = guild.get_channel(number)
        if isinstance(channel, discord.TextChannel):
            has = channel.permissions_for(me) if me else discord.Permissions.all()
            found[number] = tuple(name for bit, name in NEEDED.items() if not getattr(has, bit))
    return found


def press_of(interaction: discord.Interaction[Any]) -> Press:
    """Return who asks, and when."""
    return door.press_of(interaction.id, interaction.user)


async def decide(
    interaction: discord.Interaction[Any], verb: Callable[..., Any], where: Where, **given: Any
) -> Any:
    """Run a verb; a fault of ours is logged and told, never left hanging."""
    press = press_of(interaction)
    try:
        return await call(common.run, press, where, verb, **given)
    except Exception:
        log.exception("command %s of raids failed", interaction.id)
        return presses.our_fault(press.interaction_id)


async def answer(
    interaction: Interaction,
    verb: Callable[..., Reply],
    *,
    channels: Iterable[int] = (),
    **given: Any,
) -> None:
    """Answer a slash command so that only whoever wrote it sees it; heard at once, said after."""
    if await door.taken(interaction):
        reply = await decide(interaction, verb, where_of(interaction, channels), **given)
        await door.whisper(interaction, reply)


async def ask(interaction: Interaction, verb: Callable[..., Form], **given: Any) -> None:
    """Open a form, which is the acknowledgement; a refusal is told instead."""
    try:
        async with asyncio.timeout(FORM_WITHIN):
            form = await decide(interaction, verb, where_of(interaction), **given)
    except TimeoutError:
        form = presses.our_fault(interaction.id)
    if isinstance(form, Reply):
        if await door.taken(interaction):
            await door.whisper(interaction, form)
        return
    try:
        await interaction.response.send_modal(modal(form))
    except discord.HTTPException as refused:
        log.warning("the form of interaction %s was not opened: %s", interaction.id, refused)


def modal(form: Form) -> discord.ui.Modal:
    """Make a form; it is finished at once, so discord.py keeps no copy: a listener answers it."""
    made = discord.ui.Modal(title=form.title, custom_id=form.custom_id, timeout=None)
    for one in form.texts:
        box: discord.ui.TextInput[discord.ui.Modal] = discord.ui.TextInput(
            custom_id=one.key,
            style=discord.TextStyle.paragraph if one.long else discord.TextStyle.short,
            default=one.value or None,
            placeholder=one.placeholder or None,
            max_length=one.most,
        )
        made.add_item(discord.ui.Label(text=one.label, component=box))
    made.stop()
    return made


def written(data: dict[str, Any]) -> dict[str, str]:
    """Return what was written into a form, by the names of its boxes."""
    found = {}
    for row in data.get("components") or []:
        for box in [row.get("component"), *(row.get("components") or [])]:
            if box and box.get("custom_id"):
                found[str(box["custom_id"])] = str(box.get("value") or "")
    return found


async def complete(
    interaction: Interaction, offer: Callable[..., list[tuple[str, Any]]], typed: object
) -> list[app_commands.Choice[Any]]:
    """Offer what completes an option; nothing when we cannot look."""
    found = await decide(interaction, offer, where_of(interaction), typed=str(typed))
    if isinstance(found, Reply):
        return []
    return [app_commands.Choice(name=name, value=value) for name, value in found]


async def change_or_whisper(interaction: Interaction, ack: Ack, reply: Reply) -> None:
    """Change the answer that was pressed; what is refused, or cannot be changed, is said beside it."""
    if reply.refused:
        await door.whisper(interaction, reply, ack)
        return
    try:
        await interactions.change(interaction, ack, reply.text, reply.rows, "")
    except discord.NotFound:
        # It was dismissed, or is older than its token.
        await door.whisper(interaction, reply, ack)
