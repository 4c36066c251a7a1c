"""Keyboards: those below a message, and those instead of the person's own."""

from __future__ import annotations

from typing import Any

from botworker.standin.refused import Refused
from botworker.standin.world import Json

from .refusals import refusal

ACTIONS = (
    "url", "callback_data", "web_app", "login_url", "switch_inline_query", "copy_text",
    "switch_inline_query_current_chat", "switch_inline_query_chosen_chat", "callback_game", "pay",
)  # fmt: skip
MOST_DATA = 64
KINDS = ("inline_keyboard", "keyboard", "remove_keyboard", "force_reply")


def read(raw: Any) -> Json | None:
    """Read `reply_markup`, an object or its JSON; a 400 says what is wrong with it."""
    if raw is None or raw == "":
        return None
    if not isinstance(raw, dict) or not any(kind in raw for kind in KINDS):
        raise refusal(400, "object expected as reply markup")
    for button in _buttons(raw, "inline_keyboard"):
        _check_inline(button)
    for button in _buttons(raw, "keyboard"):
        if not (button if isinstance(button, str) else _text(button)):
            raise _wrong("keyboard button", 'Field "text" must be non-empty')
    return raw


def _buttons(markup: Json, name: str) -> list[Any]:
    rows = markup.get(name, [])
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise refusal(400, f'field "{name}" of the ReplyMarkup must be an Array of Arrays')
    return [button for row in rows for button in row]


def _text(button: Any) -> str:
    return str(button.get("text") or "") if isinstance(button, dict) else ""


def _check_inline(button: Any) -> None:
    if not _text(button):
        raise _wrong("inline keyboard button", 'Can\'t find field "text"')
    if sum(action in button for action in ACTIONS) != 1:
        raise _wrong("inline keyboard button", "Text buttons are unallowed in the inline keyboard")
    if (
        "callback_data" in button
        and not 1 <= len(str(button["callback_data"]).encode()) <= MOST_DATA
    ):
        raise refusal(400, "BUTTON_DATA_INVALID")


def _wrong(what: str, why: str) -> Refused:
    return refusal(400, f"can't parse {what}: {why}")
