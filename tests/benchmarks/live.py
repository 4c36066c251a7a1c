"""Live: from a press in Discord to a page that is open, with two hundred pages looking.

The local Discord, the bot and the site are processes of their own; every page asks every two
seconds over its own socket, as `live.js` does, and takes the new page as a browser would.
"""

import asyncio
import os
import random
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from django.conf import settings

from accounts.models import User
from availability.models import Status
from slomix.lib import clock
from slomix.management.demo import process
from tests.benchmarks import club, crowd, site
from tests.benchmarks.club import Club

PAGES = {"toy": 3, "moderate": 200, "full": 200}
PRESSES = {"toy": 2, "moderate": 12, "full": 40}
EVERY = 2.0
WITHIN = 3.0
BETWEEN = 5.0
SEEN = re.compile(rb"seen=([^\"&]+)")
BUTTONS = ("looking", "maybe")


@dataclass
class Page:
    """One open page: where it asks again, and when it last changed."""

    port: int
    cookie: str
    seen: bytes = b""
    changes: list[tuple[float, bytes]] = field(default_factory=list)

    async def live(self, begin: float) -> None:
        """Look again every two seconds, at this page's own phase."""
        await asyncio.sleep(begin)
        while True:
            asked = time.monotonic()
            await self.look()
            await asyncio.sleep(max(0.0, EVERY - (time.monotonic() - asked)))

    async def look(self) -> None:
        """Ask whether something changed."""
        path = b"/?seen=" + self.seen if self.seen else b"/"
        head = f"Host: 127.0.0.1:{self.port}\r\nCookie: {self.cookie}\r\nHX-Request: true\r\n"
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(
            b"GET " + path + b" HTTP/1.1\r\n" + head.encode() + b"Connection: close\r\n\r\n"
        )
        answer = await reader.read()
        writer.close()
        if answer[9:12] == b"200":
            found = SEEN.search(answer)
            assert found, "a page without its word"
            self.seen = found[1]
            self.changes.append((time.monotonic(), pulse_of(found[1])))


def pulse_of(seen: bytes) -> bytes:
    """Return the part of a page's word that an answer changes; the minute changes the rest."""
    return seen.split(b"-")[0]


def measure(size: str) -> dict[str, Any]:
    """Press and watch every page."""
    people = crowd.people(PAGES[size])
    site.evenings(people, 5)
    cookies = [site.signed_in(who) for who in people]
    with club.running(people, people) as local, bot(local), site.serving() as served:
        late = asyncio.run(seconds_late(local, served.port, people, cookies, PRESSES[size]))
    ordered = sorted(late)
    p95 = ordered[int(len(ordered) * 0.95)]
    return {
        "pages": len(people),
        "presses": PRESSES[size],
        "seen": len(late),
        "missed": PRESSES[size] * len(people) - len(late),
        "median_s": round(statistics.median(late), 2),
        "p95_s": round(p95, 2),
        "worst_s": round(ordered[-1], 2),
        "target": f"on an open page within {WITHIN:g} s (p95)",
        "holds": p95 <= WITHIN and len(late) == PRESSES[size] * len(people),
    }


@contextmanager
def bot(local: Club) -> Iterator[None]:
    """Run the bot with the evening's post."""
    channel = {
        "AVAILABILITY_POLL_ENABLED": "true",
        "AVAILABILITY_POLL_CHANNEL_ID": room(),
        "AVAILABILITY_POLL_POST_TIME": "00:00",
    }
    log = Path(settings.VAR_DIR) / "bot.log"
    argv = [sys.executable, "manage.py", "runbot"]
    running = process.start(argv, log, os.environ | local.env() | channel, append=False)
    try:
        yield
    finally:
        process.end(running)
        try:
            running.wait(15)
        except subprocess.TimeoutExpired:
            process.end(running, 9)


def room() -> str:
    """Return the channel where the evening stands."""
    return str(club.describe([])["guild"]["channels"][0]["id"])


async def seconds_late(
    local: Club, port: int, people: list[User], cookies: list[str], presses: int
) -> list[float]:
    """Return how long after each press each page showed it."""
    pages = [Page(port, cookie) for cookie in cookies]
    dice = random.Random(1)  # noqa: S311  phases, no secrets
    async with httpx.AsyncClient(base_url=local.url, timeout=20) as discord:
        message, buttons = await the_post(discord)
        running = [asyncio.create_task(page.live(dice.random() * EVERY)) for page in pages]
        await asyncio.sleep(EVERY * 3)
        late: list[float] = []
        for number in range(presses):
            who = people[number].discord.discord_id
            for page in pages:
                page.changes.clear()
            before = {id(page): pulse_of(page.seen) for page in pages}
            pressed = time.monotonic()
            body = {"person": who, "message": message, "custom_id": buttons[another(number)]}
            (await discord.post("/standin/press", json=body)).raise_for_status()
            await asyncio.sleep(BETWEEN)
            for page in pages:
                seen = [at for at, pulse in page.changes if pulse != before[id(page)]]
                late += [seen[0] - pressed] if seen else []
    for task in running:
        task.cancel()
    results = await asyncio.gather(*running, return_exceptions=True)
    for one in results:
        if not isinstance(one, asyncio.CancelledError) and isinstance(one, BaseException):
            raise one
    return late


def another(number: int) -> int:
    """Return which button is another answer than this person's: looking, or maybe."""
    return int(site.said(number, clock.today(clock.now())) == Status.LOOKING)


async def the_post(discord: httpx.AsyncClient) -> tuple[str, list[str]]:
    """Wait for the evening's post; returns its number and the buttons to press in turns."""
    for _try in range(900):
        told = (await discord.get(f"/standin/channels/{room()}/messages")).json()
        for message in told:
            rows = message.get("components", [])
            ids = [one.get("custom_id", "") for row in rows for one in row["components"]]
            found = [next((i for i in ids if f":{verb}:" in i), "") for verb in BUTTONS]
            if all(found):
                return message["id"], found
        await asyncio.sleep(0.1)
    raise RuntimeError("the bot did not post the evening")
