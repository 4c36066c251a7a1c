"""Signal as a whole: what people do, and what tests ask."""

from __future__ import annotations

import asyncio
import hashlib
import time
import uuid

from botworker.standin.handles import Handles
from botworker.standin.log import Log
from botworker.standin.refused import Impossible
from botworker.standin.world import Json, World

from .memory import OFFLINE, UNREGISTERED, UNTRUSTED, Memory

CHALLENGED = "9f3d0c1e-1f5a-4d5c-8b4e-5a1c0ffee000"


class Signal:
    """The Signal that the world's people and its bot's number use."""

    def __init__(self, world: World, handles: Handles, log: Log) -> None:
        self.world = world
        self.handles = handles
        self.people = {one.id: one for one in world.people}
        self.memory = Memory(log)
        self.news = asyncio.Event()

    @property
    def number(self) -> str:
        """Give the bot's own number."""
        return self.world.application.signal_number

    def number_of(self, person: int) -> str:
        if person not in self.people:
            raise Impossible(f"There is nobody with the id {person}.")
        return self.handles.numbers[person]

    # --- what people do ----------------------------------------------------------------------

    def write(self, person: int, text: str) -> Json:
        """Write to the bot's number."""
        if self.memory.has(person, UNREGISTERED):
            raise Impossible("This number has no Signal any more.")
        at = self.timestamp()
        self.memory.write(
            "message", person=person, message={"timestamp": at, "from": "person", "message": text}
        )
        data = {"timestamp": at, "message": text, "expiresInSeconds": 0, "viewOnce": False}
        self._deliver(person, at, {"dataMessage": data})
        return self.memory.messages[person][-1]

    def unregister(self, person: int, *, off: bool = False) -> None:
        """Delete somebody's Signal account, or undo that."""
        self._flag(person, UNREGISTERED, on=not off)

    def go_offline(self, person: int, *, off: bool = False) -> None:
        """Switch somebody's phone off: what is sent waits, and no receipt comes."""
        self._flag(person, OFFLINE, on=not off)

    def change_identity(self, person: int) -> None:
        """Give somebody new keys, as a new phone does: they are not trusted until told to be."""
        self.number_of(person)
        self.memory.write("key", person=person)

    def limit(self, *, off: bool = False) -> None:
        """Make Signal ask for a captcha before anything more is sent, or stop asking."""
        self.memory.write("limit", challenge="" if off else CHALLENGED)

    def _flag(self, person: int, flag: str, *, on: bool) -> None:
        self.number_of(person)
        self.memory.write("flag", person=person, flag=flag, on=on)

    # --- what tests ask ----------------------------------------------------------------------

    def inbox(self, person: int) -> list[Json]:
        """Give the conversation of somebody with the bot, oldest first."""
        return self.memory.messages.get(person, [])

    # --- the bot's side ----------------------------------------------------------------------

    def deliver(self, person: int, text: str, at: int) -> None:
        """Bring the bot's message to somebody's phone, whose receipt comes back."""
        self.memory.write(
            "message", person=person, message={"timestamp": at, "from": "bot", "message": text}
        )
        if not self.memory.has(person, OFFLINE):
            receipt = {"when": at + 1, "isDelivery": True, "isRead": False, "isViewed": False}
            self._deliver(person, at + 1, {"receiptMessage": receipt | {"timestamps": [at]}})

    def trust(self, person: int) -> None:
        self._flag(person, UNTRUSTED, on=False)

    def fault_of(self, number: str) -> str:
        """Say in signal-cli's words why a number gets nothing, or nothing at all."""
        person = self.handles.with_number(number)
        if person is None or self.memory.has(person, UNREGISTERED):
            return f'Unregistered user "{number}"'
        return f'Untrusted Identity for "{number}"' if self.memory.has(person, UNTRUSTED) else ""

    def identity(self, person: int) -> Json:
        """Build what `GET /v1/identities` tells of somebody."""
        key = f"{person}/{self.memory.keys.get(person, 0)}".encode()
        print_ = hashlib.sha256(key).hexdigest()
        untrusted = self.memory.has(person, UNTRUSTED)
        return {
            "number": self.number_of(person),
            "uuid": self.uuid_of(person),
            "fingerprint": " ".join(print_[at : at + 2] for at in range(0, 64, 2)),
            "safety_number": str(int(print_, 16))[:60],
            "status": "UNTRUSTED" if untrusted else "TRUSTED_UNVERIFIED",
            "added": "2024-01-01T20:00:00.000Z",
        }

    def uuid_of(self, person: int) -> str:
        return str(uuid.uuid5(uuid.NAMESPACE_OID, str(person)))

    def timestamp(self) -> int:
        """Give the time in milliseconds; Signal knows a message by it, so it never repeats."""
        return max(int(time.time() * 1000), self.memory.last + 1)

    def _deliver(self, person: int, at: int, what: Json) -> None:
        number = self.number_of(person)
        envelope = {
            "source": number,
            "sourceNumber": number,
            "sourceUuid": self.uuid_of(person),
            "sourceName": self.people[person].name,
            "sourceDevice": 1,
            "timestamp": at,
            "serverReceivedTimestamp": at,
            "serverDeliveredTimestamp": at,
            **what,
        }
        self.memory.write("envelope", envelope=envelope)
        self.news.set()

    def close(self) -> None:
        self.memory.close()
