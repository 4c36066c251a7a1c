"""Telegram and Signal as somebody sees them: the chat with the bot, and where to write."""

from __future__ import annotations

from datetime import UTC, datetime

from botworker.standin.parts import Parts
from botworker.standin.signal.memory import OFFLINE, UNREGISTERED
from botworker.standin.telegram.memory import BLOCKED, DEACTIVATED, STARTED
from botworker.standin.world import Json, Person

from .components import here
from .composer import say
from .entities import marked
from .faces import bot_face, face
from .html import Markup, join, tag
from .icons import icon
from .places import PRIVATE, SIGNAL, TELEGRAM
from .posts import when
from .shown import Eyes

LATEST = 20


def chat(eyes: Eyes, kind: str) -> tuple[list[Markup], Markup | None, Markup | None]:
    """Give the messages of a chat, why it is shut if it is, and where to write."""
    drawn = _telegram if kind == TELEGRAM else _signal
    shut = closed(eyes.scene.parts, eyes.person, kind)
    where = f"to the bot on {PRIVATE[kind]}"
    door = tag("div", icon("belloff"), tag("p", shut), class_="empty") if shut else None
    return drawn(eyes), door, None if shut else say(eyes, 0, where, kind)


def closed(parts: Parts, person: Person, kind: str) -> str:
    """Say why nothing can be written in a chat; empty when it can."""
    if kind == SIGNAL:
        gone = parts.elsewhere.signal.memory.has(person.id, UNREGISTERED)
        return "This number has no Signal any more." if gone else ""
    telegram = parts.elsewhere.telegram
    chat_id = telegram.chat_of(person.id)
    if telegram.memory.has(chat_id, DEACTIVATED):
        return "This Telegram account is deleted."
    return "The bot is blocked here." if telegram.memory.has(chat_id, BLOCKED) else ""


def hint(parts: Parts, person: Person, kind: str) -> str:
    """Say what an empty chat means."""
    if kind == TELEGRAM:
        telegram = parts.elsewhere.telegram
        if not telegram.memory.has(telegram.chat_of(person.id), STARTED):
            return "Write /start: before that a Telegram bot may not write to anybody."
    elif parts.elsewhere.signal.memory.has(person.id, OFFLINE):
        return "Nothing yet. The phone is switched off."
    return "Nothing yet."


# --- Telegram --------------------------------------------------------------------------------------


def _telegram(eyes: Eyes) -> list[Markup]:
    telegram = eyes.scene.parts.elsewhere.telegram
    posts = [_message(eyes, one) for one in telegram.inbox(eyes.person.id)[-LATEST:]]
    keyboard = telegram.keyboard(eyes.person.id)
    return [*posts, _keyboard(eyes, keyboard)] if keyboard else posts


def _message(eyes: Eyes, one: Json) -> Markup:
    words = tag("div", marked(str(one.get("text", "")), one.get("entities") or []), class_="said")
    rows = (one.get("reply_markup") or {}).get("inline_keyboard") or []
    keys = _inline(eyes, one, rows) if rows else None
    text = _time(one["date"])
    edited = tag("span", "edited", class_="small soft") if one.get("edit_date") else None
    mine = not one["from"]["is_bot"]
    return _bubble(eyes, f"t{one['message_id']}", mine, join(text, edited), join(words, keys))


def _bubble(eyes: Eyes, key: str, mine: bool, about: Markup, body: Markup) -> Markup:
    bot = eyes.scene.parts.world.application.name
    picture = face(eyes.person, eyes.size) if mine else bot_face(eyes.size)
    name = tag("b", tag("bdi", eyes.person.name if mine else bot))
    head = tag(
        "p", name, None if mine else tag("span", "bot", class_="badge"), about, class_="from"
    )
    return tag("li", picture, tag("div", head, body), class_="post", id=f"{eyes.spot}-{key}")


def _time(seconds: float) -> Markup:
    return when(datetime.fromtimestamp(seconds, UTC).isoformat())


def _inline(eyes: Eyes, message: Json, rows: list[list[Json]]) -> Markup:
    keys = [
        tag("div", *(_key(eyes, message, one, f"{row}-{place}") for place, one in enumerate(keys)),
            class_="key-row")
        for row, keys in enumerate(rows)
    ]  # fmt: skip
    return tag(
        "form",
        eyes.scene.back(),
        eyes.scene.hidden("person", eyes.person.id),
        eyes.scene.hidden("message", message["message_id"]),
        *keys,
        class_="keys",
        method="post",
        action="/play/telegram-press",
    )


def _key(eyes: Eyes, message: Json, one: Json, place: str) -> Markup:
    key = f"{eyes.spot}-t{message['message_id']}-{place}"
    if data := one.get("callback_data"):
        return tag("button", one["text"], class_="button", id=key, name="data", value=data)
    url = str(one.get("url") or "")
    if here(url):
        away = {"rel": "noopener noreferrer", "target": "_blank"}
        return tag("a", one["text"], icon("out"), class_="button", href=url, **away)
    return tag("span", one["text"], tag("small", url), class_="button dead")


def _keyboard(eyes: Eyes, keyboard: Json) -> Markup:
    """Show the bot's keyboard, whose buttons write what is on them."""
    rows = keyboard.get("keyboard") or []
    texts = [one if isinstance(one, str) else one["text"] for row in rows for one in row]
    keys = [tag("button", one, class_="button", name="content", value=one) for one in texts]
    form = tag(
        "form",
        eyes.scene.back(),
        eyes.scene.hidden("person", eyes.person.id),
        tag("div", *keys, class_="key-row"),
        class_="keys",
        method="post",
        action="/play/telegram",
    )
    return tag("li", form, id=f"{eyes.spot}-keyboard")


# --- Signal ----------------------------------------------------------------------------------------


def _signal(eyes: Eyes) -> list[Markup]:
    told = eyes.scene.parts.elsewhere.signal.inbox(eyes.person.id)[-LATEST:]
    return [_note(eyes, one) for one in told]


def _note(eyes: Eyes, one: Json) -> Markup:
    words = tag("div", marked(str(one["message"]), []), class_="said")
    mine = one["from"] == "person"
    return _bubble(eyes, f"s{one['timestamp']}", mine, _time(one["timestamp"] / 1000), words)
