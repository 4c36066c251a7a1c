"""The JSON objects of Telegram's Bot API."""

from __future__ import annotations

import re
import time

from botworker.standin.world import Json, Person, World

from .markup import units

COMMAND = re.compile(r"/\w{1,32}(?:@\w+)?")


def bot(world: World) -> Json:
    """Build the bot's user object; its id is the part of the token before the colon."""
    one = world.application
    number = int(one.telegram_token.partition(":")[0])
    username = f"{re.sub(r'[^A-Za-z0-9]', '', one.name) or 'local'}_bot"
    return {"id": number, "is_bot": True, "first_name": one.name, "username": username}


def myself(world: World) -> Json:
    """Add what only getMe tells."""
    return bot(world) | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
    }


def user(person: Person, number: int) -> Json:
    """Build somebody's user object."""
    return {
        "id": number,
        "is_bot": False,
        "first_name": person.name,
        "username": person.username,
        "language_code": "en",
    }


def chat(person: Person, number: int) -> Json:
    """Build the private chat of a person and the bot; it has the person's id."""
    return {
        "id": number,
        "type": "private",
        "first_name": person.name,
        "username": person.username,
    }


def message(number: int, author: Json, where: Json, text: str, entities: list[Json]) -> Json:
    """Build a new text message."""
    told = {
        "message_id": number,
        "from": author,
        "chat": where,
        "date": int(time.time()),
        "text": text,
    }
    return told | ({"entities": entities} if entities else {})


def commands_in(text: str) -> list[Json]:
    """Give the entity of the command that a text begins with, if it does."""
    found = COMMAND.match(text)
    return [{"type": "bot_command", "offset": 0, "length": units(found[0])}] if found else []
