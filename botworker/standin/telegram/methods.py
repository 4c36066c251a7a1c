"""The Bot API's methods about messages. https://core.telegram.org/bots/api#available-methods"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from botworker.standin.refused import Refused
from botworker.standin.world import Json

from . import keyboards, markup, shapes
from .memory import BLOCKED, DEACTIVATED, STARTED
from .params import Params
from .refusals import BLOCKED as BLOCKED_TEXT
from .refusals import DEACTIVATED as DEACTIVATED_TEXT
from .refusals import NO_CHAT, OLD_QUERY, SAME, refusal, too_many
from .service import Telegram

LONGEST, LONGEST_ANSWER = 4096, 200
ACTIONS = (
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Call:
    """One method that the bot calls."""

    telegram: Telegram
    params: Params


def get_me(call: Call) -> Json:
    """Say who the bot is."""
    return shapes.myself(call.telegram.world)


def send_message(call: Call) -> Json:
    """Send a text, perhaps with buttons."""
    telegram, where = call.telegram, _chat(call)
    text, entities = _text(call)
    reply = keyboards.read(call.params.read("reply_markup"))
    _pace(telegram, where)
    person = telegram.person_in(where)
    assert person
    number, author = telegram.memory.next_message(), shapes.bot(telegram.world)
    message = shapes.message(number, author, shapes.chat(person, where), text, entities)
    if call.params.truth("protect_content"):
        message["has_protected_content"] = True
    if call.params.has("link_preview_options"):
        message["link_preview_options"] = call.params.read("link_preview_options")
    if answered := _answered(call, where):
        message["reply_to_message"] = answered
    if reply and "inline_keyboard" in reply:
        message["reply_markup"] = {"inline_keyboard": reply["inline_keyboard"]}
    elif reply:
        shown = reply if "keyboard" in reply else None
        telegram.memory.write("keyboard", chat=where, keyboard=shown)
    telegram.memory.write("message", message=message)
    return message


def edit_message_text(call: Call) -> Json:
    """Change the text of one of the bot's messages, and its buttons with it."""
    message = _own(call, "edit")
    text, entities = _text(call)
    changed = {name: one for name, one in message.items() if name not in ("entities", "edit_date")}
    changed |= {"text": text, **({"entities": entities} if entities else {})}
    return _changed(call, message, changed)


def edit_message_reply_markup(call: Call) -> Json:
    """Change only the buttons."""
    message = _own(call, "edit")
    return _changed(call, message, {k: v for k, v in message.items() if k != "edit_date"})


def delete_message(call: Call) -> bool:
    """Delete a message of the chat."""
    message = _own(call, "delete")
    call.telegram.memory.write("delete", id=message["message_id"])
    return True


def answer_callback_query(call: Call) -> bool:
    """End the waiting of whoever pressed a button, perhaps with a word."""
    text = call.params.text("text")
    query = call.telegram.queries.get(call.params.text("callback_query_id"))
    if query is None or not query.alive or query.answer is not None:
        raise refusal(400, OLD_QUERY)
    if len(text) > LONGEST_ANSWER:
        raise refusal(400, "MESSAGE_TOO_LONG")
    query.answer = {"text": text, "alert": call.params.truth("show_alert")}
    query.answered.set()
    return True


def send_chat_action(call: Call) -> bool:
    """Show the person that the bot is busy."""
    _chat(call)
    if call.params.text("action") not in ACTIONS:
        raise refusal(400, "wrong parameter action in request")
    return True


def set_my_commands(call: Call) -> bool:
    """Register what the menu shows."""
    commands = call.params.read("commands")
    if not isinstance(commands, list):
        raise refusal(400, "can't parse commands: expected an Array")
    for one in commands:
        name = one.get("command", "") if isinstance(one, dict) else ""
        if not 1 <= len(name) <= 32 or not name.replace("_", "").isalnum() or name != name.lower():
            raise refusal(400, "BOT_COMMAND_INVALID")
        if not 1 <= len(str(one.get("description") or "")) <= 256:
            raise refusal(400, "BOT_COMMAND_DESCRIPTION_INVALID")
    call.telegram.memory.write("commands", commands=commands)
    return True


def get_my_commands(call: Call) -> list[Json]:
    """Give what the menu shows."""
    return call.telegram.memory.commands


# --- what several of them need -----------------------------------------------------------------


def _chat(call: Call) -> int:
    """Give the chat that is meant, if the bot may write there."""
    if not call.params.has("chat_id"):
        raise refusal(400, "chat_id is empty")
    text, memory = call.params.text("chat_id"), call.telegram.memory
    chat = int(text) if text.lstrip("-").isdecimal() else 0
    # The Bot API knows a person once they have written to the bot.
    if call.telegram.person_in(chat) is None or not memory.has(chat, STARTED):
        raise refusal(400, NO_CHAT)
    if memory.has(chat, DEACTIVATED):
        raise refusal(403, DEACTIVATED_TEXT)
    if memory.has(chat, BLOCKED):
        raise refusal(403, BLOCKED_TEXT)
    return chat


def _text(call: Call) -> tuple[str, list[Json]]:
    given = call.params.read("entities")
    text, entities = markup.parsed(call.params.text("text"), call.params.text("parse_mode"))
    if not text.strip():
        raise refusal(400, "message text is empty")
    if len(text) > LONGEST:
        raise refusal(400, "message is too long")
    return text, entities or given or []


def _pace(telegram: Telegram, chat: int) -> None:
    if telegram.pace and (wait := telegram.pace.take(chat)):
        raise too_many(wait)


def _answered(call: Call, chat: int) -> Json | None:
    meant: Any = call.params.read("reply_parameters")
    if not meant:
        return None
    message = call.telegram.memory.messages.get(int(meant.get("message_id", 0)))
    if message and message["chat"]["id"] == chat:
        return {name: one for name, one in message.items() if name != "reply_to_message"}
    if meant.get("allow_sending_without_reply"):
        return None
    raise refusal(400, "message to be replied not found")


def _own(call: Call, doing: str) -> Json:
    """Give the message that is meant; only to delete may it be the person's."""
    chat = _chat(call)
    number = call.params.number("message_id")
    if number is None:
        raise refusal(400, "message identifier is not specified")
    message = call.telegram.memory.messages.get(number)
    if message is None or message["chat"]["id"] != chat:
        raise refusal(400, f"message to {doing} not found")
    if doing == "edit" and not message["from"]["is_bot"]:
        raise _cannot(doing)
    return message


def _cannot(doing: str) -> Refused:
    return refusal(400, f"message can't be {doing}ed")


def _changed(call: Call, before: Json, changed: Json) -> Json:
    reply = keyboards.read(call.params.read("reply_markup"))
    rows = (reply or {}).get("inline_keyboard") or []
    changed.pop("reply_markup", None)
    if rows:
        changed["reply_markup"] = {"inline_keyboard": rows}
    if changed == {name: one for name, one in before.items() if name != "edit_date"}:
        raise refusal(400, SAME)
    changed["edit_date"] = int(time.time())
    call.telegram.memory.write("message", message=changed)
    return changed
