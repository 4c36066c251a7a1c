"""Telegram as a whole: what people do, and what tests ask."""

from __future__ import annotations

import asyncio
import secrets
import time
from contextlib import suppress
from dataclasses import dataclass, field

from botworker.standin.handles import Handles
from botworker.standin.log import Log
from botworker.standin.refused import Impossible
from botworker.standin.world import Json, Person, World

from . import shapes
from .memory import BLOCKED, DEACTIVATED, STARTED, Memory
from .pace import Pace

PATIENCE = 3.0
QUERY_LIVES = 60.0


@dataclass(slots=True)
class Query:
    """A pressed button that waits to be answered."""

    person: int
    message: int
    id: str = field(default_factory=lambda: str(secrets.randbits(60)))
    begun: float = field(default_factory=time.monotonic)
    answer: Json | None = None
    answered: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def alive(self) -> bool:
        return time.monotonic() - self.begun < QUERY_LIVES


class Telegram:
    """The Telegram that the world's people and its bot use; `paced` switches the limits on."""

    def __init__(self, world: World, handles: Handles, log: Log, *, paced: bool) -> None:
        self.world = world
        self.handles = handles
        self.people = {one.id: one for one in world.people}
        self.memory = Memory(log)
        self.pace = Pace() if paced else None
        self.queries: dict[str, Query] = {}
        self.news = asyncio.Event()
        self.reader: asyncio.Event | None = None
        self.pusher: asyncio.Task[None] | None = None

    @property
    def token(self) -> str:
        return self.world.application.telegram_token

    def chat_of(self, person: int) -> int:
        """Give the id of somebody's chat with the bot, which is also that person's own id."""
        if person not in self.people:
            raise Impossible(f"There is nobody with the id {person}.")
        return self.handles.chats[person]

    def person_in(self, chat: int) -> Person | None:
        person = self.handles.with_chat(chat)
        return None if person is None else self.people[person]

    # --- what people do ----------------------------------------------------------------------

    def say(self, person: int, text: str) -> Json:
        """Write to the bot; the first message, `/start`, lets the bot write back."""
        chat = self._usable(person)
        if not self.memory.has(chat, STARTED):
            self.memory.write("flag", chat=chat, flag=STARTED, on=True)
        one = self.people[person]
        author, where = shapes.user(one, chat), shapes.chat(one, chat)
        number = self.memory.next_message()
        message = shapes.message(number, author, where, text, shapes.commands_in(text))
        self.memory.write("message", message=message)
        self.tell("message", message)
        return message

    async def press(self, person: int, message: int, data: str) -> Json:
        """Press a button below a message and wait for what the bot says to it."""
        chat = self._usable(person)
        pressed = self.memory.messages.get(message)
        if not pressed or pressed["chat"]["id"] != chat:
            raise Impossible(f"Message {message} is not in this chat.")
        rows = pressed.get("reply_markup", {}).get("inline_keyboard", [])
        if not any(button.get("callback_data") == data for row in rows for button in row):
            raise Impossible(f"The message has no button {data}.")
        query = Query(person, message)
        self.queries = {key: one for key, one in self.queries.items() if one.alive}
        self.queries[query.id] = query
        told = {
            "id": query.id,
            "from": shapes.user(self.people[person], chat),
            "message": pressed,
            "chat_instance": str(chat),
            "data": data,
        }
        self.tell("callback_query", told)
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                await query.answered.wait()
        shown = self.memory.messages.get(message)
        return {"answered": query.answer is not None, **(query.answer or {}), "message": shown}

    def block(self, person: int, *, off: bool = False) -> None:
        """Block the bot, or let it write again."""
        chat = self.chat_of(person)
        if self.memory.has(chat, BLOCKED) is not off:
            return
        self.memory.write("flag", chat=chat, flag=BLOCKED, on=not off)
        one, robot = self.people[person], shapes.bot(self.world)
        member = {"status": "member", "user": robot}
        kicked = {"status": "kicked", "user": robot, "until_date": 0}
        changed = {
            "chat": shapes.chat(one, chat),
            "from": shapes.user(one, chat),
            "date": int(time.time()),
            "old_chat_member": kicked if off else member,
            "new_chat_member": member if off else kicked,
        }
        self.tell("my_chat_member", changed)

    def deactivate(self, person: int, *, off: bool = False) -> None:
        """Delete somebody's account, or undo that."""
        self.memory.write("flag", chat=self.chat_of(person), flag=DEACTIVATED, on=not off)

    def _usable(self, person: int) -> int:
        chat = self.chat_of(person)
        if self.memory.has(chat, BLOCKED):
            raise Impossible("Unblock the bot first.")
        if self.memory.has(chat, DEACTIVATED):
            raise Impossible("This account is deleted.")
        return chat

    # --- what tests ask ----------------------------------------------------------------------

    def inbox(self, person: int) -> list[Json]:
        """Give what somebody sees in the chat with the bot, oldest first."""
        return self.memory.in_chat(self.chat_of(person))

    def keyboard(self, person: int) -> Json | None:
        """Give the keyboard that the bot has put in place of the person's own."""
        return self.memory.keyboards.get(self.chat_of(person))

    # --- updates -----------------------------------------------------------------------------

    def tell(self, kind: str, what: Json) -> None:
        """Make an update and wake whoever waits for it."""
        self.memory.tell(kind, what)
        self.news.set()

    def close(self) -> None:
        """End what waits and write no more."""
        if self.reader:
            self.reader.set()
        if self.pusher:
            self.pusher.cancel()
        self.memory.close()
