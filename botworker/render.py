"""From the plain data in a ledger row to discord.py's objects."""

from collections.abc import Mapping
from typing import Any

import discord

from botworker.claims import MARKER

STYLES = {
    "primary": discord.ButtonStyle.primary,
    "secondary": discord.ButtonStyle.secondary,
    "success": discord.ButtonStyle.success,
    "danger": discord.ButtonStyle.danger,
}


def arguments(extras: Mapping[str, Any], marker: str = "") -> dict[str, Any]:
    """Return what `send` or `edit` takes for a row's embed and buttons."""
    found: dict[str, Any] = {}
    if extras.get("embed"):
        found["embed"] = discord.Embed.from_dict(extras["embed"])
    if extras.get("rows"):
        found["view"] = view(extras["rows"], marker)
    return found


def view(rows: list[list[dict[str, Any]]], marker: str = "") -> discord.ui.View:
    """Build the buttons. The view is finished at once, so discord.py keeps no copy of it: presses
    are answered by the cogs' dynamic items, which survive a restart."""
    built = discord.ui.View(timeout=None)
    for number, row in enumerate(rows):
        for button in row:
            built.add_item(_button(button, number, marker))
    built.stop()
    return built


def _button(button: Mapping[str, Any], row: int, marker: str) -> discord.ui.Button[discord.ui.View]:
    if button.get("url"):
        return discord.ui.Button(label=button["label"], url=button["url"], row=row)
    return discord.ui.Button(
        label=button["label"],
        custom_id=button["id"].replace(MARKER, marker),
        style=STYLES[button.get("style", "secondary")],
        disabled=button.get("disabled", False),
        row=row,
    )


def ids(message: discord.Message) -> list[str]:
    """Return the ids of a message's buttons."""
    return [
        button.custom_id
        for row in message.components
        if isinstance(row, discord.ActionRow)
        for button in row.children
        if isinstance(button, discord.Button) and button.custom_id
    ]


def carries(message: discord.Message, marker: str) -> bool:
    """Say whether one of a message's buttons carries a marker."""
    return any(marker in custom_id for custom_id in ids(message))


def carries_id(message: discord.Message, custom_id: str) -> bool:
    """Say whether a message has a button with exactly this id."""
    return custom_id in ids(message)
