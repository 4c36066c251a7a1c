"""From the plain data in a ledger row to discord.py's objects."""

from collections.abc import Mapping
from typing import Any

import discord

from botworker.claims import MARKER

CHANNEL = discord.SelectDefaultValueType.channel
STYLES = {
    "primary": discord.ButtonStyle.primary,
    "secondary": discord.ButtonStyle.secondary,
    "success": discord.ButtonStyle.success,
    "danger": discord.ButtonStyle.danger,
}


def arguments(extras: Mapping[str, Any], marker: str = "") -> dict[str, Any]:
    """Return what `send` or `edit` takes for a row's embed, buttons and selects."""
    found: dict[str, Any] = {}
    if extras.get("embed"):
        found["embed"] = discord.Embed.from_dict(extras["embed"])
    if extras.get("rows"):
        found["view"] = view(extras["rows"], marker)
    return found


def pings(extras: Mapping[str, Any]) -> discord.AllowedMentions:
    """Return whom a message may notify as it is posted: the people of its "ping", nobody unless told.

    An edit notifies nobody.
    """
    people: list[int] = extras.get("ping") or []
    found = discord.AllowedMentions.none()
    if people:
        found.users = [discord.Object(one) for one in people]
    return found


def view(rows: list[list[dict[str, Any]]], marker: str = "") -> discord.ui.View:
    """Build the buttons and selects; a select has a row of its own.

    The view is finished at once, so discord.py keeps no copy of it: presses are answered by the
    cogs, which find them by the pattern of their id and so survive a restart.
    """
    built = discord.ui.View(timeout=None)
    for number, row in enumerate(rows):
        for one in row:
            made = _made(one, marker)
            made.row = number
            built.add_item(made)
    built.stop()
    return built


def _made(one: Mapping[str, Any], marker: str) -> discord.ui.Item[discord.ui.View]:
    if "select" in one:
        return _select(one["select"], marker)
    if "channels" in one:
        return _channels(one["channels"], marker)
    return _button(one, marker)


def _button(button: Mapping[str, Any], marker: str) -> discord.ui.Button[discord.ui.View]:
    if button.get("url"):
        return discord.ui.Button(label=button["label"], url=button["url"])
    return discord.ui.Button(
        label=button["label"],
        custom_id=button["id"].replace(MARKER, marker),
        style=STYLES[button.get("style", "secondary")],
        disabled=button.get("disabled", False),
    )


def _select(select: Mapping[str, Any], marker: str) -> discord.ui.Select[discord.ui.View]:
    """Build a select from its id, placeholder, options ({"label", "value", and if wanted
    "description" and "default"}), and how many may be chosen: "min" and "max", one unless told."""
    return discord.ui.Select(
        custom_id=select["id"].replace(MARKER, marker),
        placeholder=select.get("placeholder"),
        min_values=select.get("min", 1),
        max_values=select.get("max", 1),
        options=[discord.SelectOption(**option) for option in select["options"]],
        disabled=select.get("disabled", False),
    )


def _channels(select: Mapping[str, Any], marker: str) -> discord.ui.ChannelSelect[discord.ui.View]:
    """Build a list of the server's text channels, of which one or none is chosen: "id",
    "placeholder", and with "chosen" the id of the one that is."""
    chosen = [discord.Object(select["chosen"])] if select.get("chosen") else []
    return discord.ui.ChannelSelect(
        custom_id=select["id"].replace(MARKER, marker),
        placeholder=select.get("placeholder"),
        min_values=0,
        max_values=1,
        channel_types=[discord.ChannelType.text, discord.ChannelType.news],
        default_values=[discord.SelectDefaultValue(id=one.id, type=CHANNEL) for one in chosen],
    )


def ids(message: discord.Message) -> list[str]:
    """Return the ids of a message's buttons and selects."""
    return [
        one.custom_id
        for row in message.components
        if isinstance(row, discord.ActionRow)
        for one in row.children
        if isinstance(one, discord.Button | discord.SelectMenu) and one.custom_id
    ]


def carries(message: discord.Message, marker: str) -> bool:
    """Say whether one of a message's buttons or selects carries a marker."""
    return any(marker in custom_id for custom_id in ids(message))


def carries_id(message: discord.Message, custom_id: str) -> bool:
    """Say whether a message has a button or select with exactly this id."""
    return custom_id in ids(message)
