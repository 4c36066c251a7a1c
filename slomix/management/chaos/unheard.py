"""F11, over the wire: acknowledgements that come too late or twice, and tokens that are too old.

A bot of our own listens; what somebody presses in a reminder must count and the reminder say so,
whatever Discord makes of our answer.
"""

import asyncio
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings

from availability import queries, words
from botworker import client, outbox
from botworker.client import SlomixBot
from botworker.outbox import Event, Message
from slomix.lib import clock
from slomix.management.chaos.journal import Door

COUNTS = "a press counts that Discord takes no acknowledgement of, or one too many"
SAYS_SO = "its message says what holds, once, though the token is worth nothing"
ACKNOWLEDGING = "POST /interactions/*/*/callback"
CHANGING = "PATCH /webhooks/*/*/messages/@original"
# 10062, 40060 (discord.py tries again after a 500) and 50027.
KINDS: Mapping[str, Mapping[str, Any]] = {
    "too late": {"route": ACKNOWLEDGING, "fault": "late", "seconds": 3.2},
    "twice": {"route": ACKNOWLEDGING, "fault": "500_after"},
    "too old": {"route": CHANGING, "fault": "refuse", "code": 50027},
}
# What a button makes of an answer, and a piece of what its message then says.
PRESSED = {"no": ("NOT_PLAYING", "not playing tonight"), "in": ("LOOKING", "You are in for")}
WITHIN = 15.0
LOOK_EVERY = 0.05


class Listening:
    """A bot that runs in a thread of its own for as long as the context lasts."""

    def __enter__(self) -> "Listening":
        client.point_at_discord()
        self._loop = asyncio.new_event_loop()
        self._bot: SlomixBot | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        until(lambda: self._bot is not None and self._bot.hears, "the bot did not come up")
        return self

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._listen())

    async def _listen(self) -> None:
        self._bot, self._stopping = SlomixBot(), asyncio.Event()
        running = asyncio.create_task(self._bot.start(settings.DISCORD_BOT_TOKEN))
        await self._stopping.wait()
        await self._bot.close()
        await asyncio.wait([running], timeout=WITHIN)

    def __exit__(self, *_error: object) -> None:
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join(2 * WITHIN)


def play(
    people: list[tuple[int, int]], number: int, seed: int, tried: Counter[str], broken: list[str]
) -> None:
    """Let so many presses go unheard; `people` are keys and Discord ids of who is linked."""
    dice = random.Random(seed)  # noqa: S311  repeatable, not secret
    door = Door(settings.DISCORD_BASE_URL, settings.DISCORD_BOT_TOKEN)
    with Listening():
        for place in range(number):
            kind = list(KINDS)[place % len(KINDS)]
            _press(
                door, dice.choice(people), kind, dice.choice(list(PRESSED)), place, tried, broken
            )


def _press(
    door: Door,
    who: tuple[int, int],
    kind: str,
    verb: str,
    place: int,
    tried: Counter[str],
    broken: list[str],
) -> None:
    pk, discord_id = who
    day, before = clock.today(clock.now()), len(_inbox(door, discord_id))
    _remind(pk, discord_id, place)
    until(lambda: len(_inbox(door, discord_id)) > before, "a reminder did not arrive")
    message = _inbox(door, discord_id)[-1]
    ids = [one["custom_id"] for row in message["components"] for one in row["components"]]
    pressed = next(one for one in ids if f":{verb}:" in one)
    door.switch_on([{**KINDS[kind], "times": 1}])
    press = {"person": discord_id, "message": message["id"], "custom_id": pressed}
    door.ask("POST", "/standin/press", press)
    status, piece = PRESSED[verb]
    tried[COUNTS] += 1
    tried[SAYS_SO] += 1
    if not _becomes(lambda: _status(pk, day) == status):
        broken.append(f"{COUNTS}: {kind}, {verb}: {_status(pk, day)}")
    if not _becomes(lambda: piece in _inbox(door, discord_id)[-1]["content"]):
        broken.append(f"{SAYS_SO}: {kind}, {verb}: {_inbox(door, discord_id)[-1]['content']!r}")
    if len(_inbox(door, discord_id)) != before + 1:
        broken.append(f"{SAYS_SO}: {kind}, {verb}: another message came")
    if left := door.ask("GET", "/standin/faults"):
        broken.append(f"{COUNTS}: {kind} hit nobody: {left}")
    door.switch_off()


def _remind(pk: int, discord_id: int, place: int) -> None:
    at = clock.now()
    day = clock.today(at)
    message = Message(
        outbox.recipient_of(discord_id), "F11", pk, extras={"rows": words.reminder_rows(day)}
    )
    event = Event(f"F11:{place}", "answer", at, at + timedelta(minutes=10), day)
    outbox.enqueue([message], event, at=at, planned=False)


def _inbox(door: Door, discord_id: int) -> list[dict[str, Any]]:
    said = door.ask("GET", f"/standin/inbox/{discord_id}")
    return [one for one in said if one["author"].get("bot")]


def _status(pk: int, day: Any) -> str:
    found = queries.answer_of(pk, day)
    return found.status if found else ""


def _becomes(true: Callable[[], bool]) -> bool:
    end = time.monotonic() + WITHIN
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(LOOK_EVERY)
    return True


def until(true: Callable[[], bool], otherwise: str) -> None:
    """Wait until something is so. Raises RuntimeError with what is said otherwise."""
    if not _becomes(true):
        raise RuntimeError(otherwise)
