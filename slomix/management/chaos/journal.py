"""What the local Discord took: the truth that the ledger is compared with."""

import http.client
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from slomix.management.chaos.addresses import SAYING

# An id of ours in a button: its marker is 22 letters.
MARKER = re.compile(r"[\w-]{22}")
DISCORD_BEGAN = datetime(2015, 1, 1, tzinfo=UTC)
ELSEWHERE = frozenset(SAYING.values())


@dataclass(frozen=True)
class Asked:
    """One request to say something: when it came, for which delivery, and what it made."""

    at: datetime
    markers: frozenset[str]
    status: int
    message_id: int | None
    channel_id: int | None
    # Telegram's or Signal's: whose chat it was, and when the message came to be at the earliest
    # (Telegram tells whole seconds).
    service: str = "discord"
    person: int | None = None
    made_at: datetime | None = None

    @property
    def accepted_at(self) -> datetime | None:
        """When the message came to be, by the provider's own clock."""
        if self.message_id is None:
            return None
        if self.service != "discord":
            return self.made_at
        return DISCORD_BEGAN + timedelta(milliseconds=self.message_id >> 22)


@dataclass
class Read:
    """What is in a journal."""

    asked: list[Asked] = field(default_factory=list)
    requests: int = 0
    # How often the answer to anything was this.
    statuses: Counter[int] = field(default_factory=Counter)


def read(file: Path) -> Read:
    """Read a journal: every request counts, those that say something are kept."""
    found = Read()
    with file.open() as lines:
        for record in map(json.loads, lines):
            found.requests += 1
            found.statuses[record["status"]] += 1
            if record["method"] == "POST" and record["path"].endswith("/messages"):
                found.asked.append(_asked(record))
            elif f"{record['method']} {record['path']}" in ELSEWHERE:
                found.asked.append(_asked_elsewhere(record))
    return found


def _asked_elsewhere(record: Mapping[str, Any]) -> Asked:
    """Read a request to Telegram, which shows its marker, or Signal, which shows only whose it is."""
    made = record.get("effect_json") or record.get("response_json") or {}
    made = made if isinstance(made, dict) else {}
    on_telegram = record["service"] == "telegram"
    told = made.get("result") or {} if on_telegram else made
    number, moment = told.get("message_id" if on_telegram else "timestamp"), told.get("date")
    at = datetime.fromisoformat(record["asked"])
    return Asked(
        at=at,
        markers=frozenset(_telegram_markers(record.get("request_json") or {})),
        status=record["status"],
        message_id=int(number) if number else None,
        channel_id=None,
        service=record["service"],
        person=int(record["person"]) if record["person"] else None,
        made_at=max(at, _made_at(moment, number)) if number else None,
    )


def _made_at(seconds: int | None, milliseconds: str) -> datetime:
    return datetime.fromtimestamp(seconds or int(milliseconds) / 1000, UTC)


def _telegram_markers(body: Mapping[str, Any]) -> Iterator[str]:
    for row in (body.get("reply_markup") or {}).get("inline_keyboard", ()):
        for button in row:
            yield from MARKER.findall(button.get("callback_data", ""))


def _asked(record: Mapping[str, Any]) -> Asked:
    made = record.get("effect_json") or record.get("response_json") or {}
    known = isinstance(made, dict) and "channel_id" in made
    return Asked(
        at=datetime.fromisoformat(record["asked"]),
        markers=frozenset(_markers(record.get("request_json") or {})),
        status=record["status"],
        message_id=int(made["id"]) if known else None,
        channel_id=int(made["channel_id"]) if known else None,
    )


def _markers(body: Mapping[str, Any]) -> Iterator[str]:
    for row in body.get("components") or ():
        for button in row.get("components", ()):
            yield from MARKER.findall(button.get("custom_id", ""))


class Door:
    """The way into the local Discord: as the bot, and over its control routes."""

    def __init__(self, url: str, token: str = "") -> None:
        self._http = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
        self._token = token

    def open_dms(self, ids: Iterable[int]) -> dict[int, int]:
        """Open everybody's direct messages; returns the channels."""
        path = "/api/v10/users/@me/channels"
        return {one: int(self.ask("POST", path, {"recipient_id": str(one)})["id"]) for one in ids}

    def switch_on(self, faults: Iterable[Mapping[str, Any]]) -> None:
        """Let things go wrong from now on."""
        for fault in faults:
            self.ask("POST", "/standin/faults", fault)

    def switch_off(self) -> None:
        """Let everything go well again."""
        self.ask("DELETE", "/standin/faults")

    def unknown(self) -> list[Any]:
        """Return what was asked that Discord does not have."""
        found: list[Any] = self.ask("GET", "/standin/unknown")
        return found

    def ask(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """Ask one thing; raises RuntimeError for a refusal."""
        head = {"Authorization": f"Bot {self._token}"} if self._token else {}
        head["Content-Type"] = "application/json"
        self._http.request(method, path, json.dumps(body) if body is not None else None, head)
        answer = self._http.getresponse()
        text = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{method} {path}: {answer.status} {text[:200]!r}")
        return json.loads(text)
