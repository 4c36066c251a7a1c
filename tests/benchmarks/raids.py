"""Raids: a hundred members of each of twenty servers vote within half a minute.

Whoever votes, the local Discord with Discord's limits, and the bot are processes of their own. What
counts is what the local Discord has written down: when each vote was acknowledged, and since when
each message has said what it should.
"""

import asyncio
import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
from django.conf import settings

from planning.raids.models import Kind, Vote
from slomix.management.demo import config, process
from tests.benchmarks import club, raid_servers
from tests.benchmarks.club import Club
from tests.benchmarks.raid_servers import Server

SIZES = {"toy": (2, 5, 3.0), "moderate": (20, 100, 30.0), "full": (20, 100, 30.0)}
ACKNOWLEDGED_WITHIN, RIGHT_WITHIN, AT_MOST_429 = 0.3, 5.0, 0.01
PATIENCE = 60.0
TICKS = os.sysconf("SC_CLK_TCK")
Json = dict[str, Any]


def measure(size: str) -> Json:
    """Let everybody vote, and read what became of it."""
    servers_wanted, members, within = SIZES[size]
    servers = raid_servers.planned(servers_wanted, members)
    with discord(servers) as (local, standin), bot(local) as running:
        read = asyncio.run(evening(local, servers, within, (running.pid, standin.pid)))
    kept = Vote.objects.filter(option__kind=Kind.TIME).count()
    return told(servers, read, within) | {"votes_kept": kept}


# --- the processes --------------------------------------------------------------------------------


@contextmanager
def discord(servers: Sequence[Server]) -> Iterator[tuple[Club, subprocess.Popen[bytes]]]:
    """Serve the local Discord with these servers and Discord's limits."""
    var = Path(settings.VAR_DIR)
    (var / "world.json").write_text(json.dumps(raid_servers.world(servers)))
    port = config.free_port(7900)
    argv = [sys.executable, "manage.py", "standin", "--port", str(port)]
    argv += ["--world", str(var / "world.json")]
    with started(argv, var / "stand-in.log", os.environ) as served:
        local = Club(f"http://{config.HOST}:{port}", {})
        club.wait_for(local, served, var / "stand-in.log")
        yield local, served


@contextmanager
def bot(local: Club) -> Iterator[subprocess.Popen[bytes]]:
    """Run the bot."""
    argv = [sys.executable, "-m", "tests.benchmarks.raid_bot"]
    log = Path(settings.VAR_DIR) / "bot.log"
    with started(argv, log, os.environ | local.env()) as running:
        yield running


@contextmanager
def started(argv: Sequence[str], log: Path, env: Any) -> Iterator[subprocess.Popen[bytes]]:
    """Run a process until we are done."""
    running = process.start(argv, log, env, append=False)
    try:
        yield running
    finally:
        process.end(running)
        try:
            running.wait(20)
        except subprocess.TimeoutExpired:
            process.end(running, 9)


def cpu(pid: int) -> float:
    """Return how many seconds of a processor a process has taken."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


# --- the evening ----------------------------------------------------------------------------------


@dataclass
class Read:
    """What the local Discord wrote down from the first vote on, and who took how much processor."""

    records: list[Json]
    pressed: dict[str, float]
    right_at: float | None
    cpu: tuple[float, float]
    load: float


class Door:
    """Asks the local Discord."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self.session, self.url, self.read = session, url, 0
        # When each interaction was pressed, by its id: just before the request that presses.
        self.pressed: dict[str, float] = {}

    async def get(self, path: str) -> str:
        async with self.session.get(self.url + path) as answer:
            return await answer.text()

    async def journal(self) -> list[Json]:
        """Return what was written down since we last asked."""
        text = await self.get(f"/standin/journal?after={self.read}")
        records = [json.loads(line) for line in text.splitlines()]
        self.read += len(records)
        return records

    async def vote(self, who: int, post: Json, label: str) -> None:
        """Choose a time in a raid's vote."""
        select = next(
            one
            for row in post["components"]
            for one in row["components"]
            if one.get("custom_id", "").split(":")[2:3] == ["time"]
        )
        value = next(one["value"] for one in select["options"] if one["label"] == label)
        body = {"person": who, "message": post["id"], "custom_id": select["custom_id"]}
        began = time.time()
        async with self.session.post(
            f"{self.url}/standin/choose", json=body | {"values": [value]}
        ) as answer:
            answer.raise_for_status()
            self.pressed[str((await answer.json())["interaction"])] = began


async def evening(
    local: Club, servers: Sequence[Server], within: float, pids: tuple[int, int]
) -> Read:
    """Wait for the votes to stand, vote, and wait until every message says so."""
    unlimited = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(
        connector=unlimited, timeout=aiohttp.ClientTimeout(30)
    ) as session:
        door = Door(session, local.url)
        posts = [await the_post(door, server) for server in servers]
        await asyncio.sleep(5)  # a bot that has just come up looks through everything once
        seen = await door.journal()
        before = [cpu(pid) for pid in pids]
        began = len(seen)
        await everybody_votes(door, servers, posts, within)
        seen += await door.journal()
        load, deadline = os.getloadavg()[0], time.monotonic() + PATIENCE
        while (right := right_since(servers, seen)) is None and time.monotonic() < deadline:
            await asyncio.sleep(1)
            seen += await door.journal()
        after = [cpu(pid) for pid in pids]
        spent = (after[0] - before[0], after[1] - before[1])
        return Read(seen[began:], door.pressed, right, spent, load)


async def the_post(door: Door, server: Server) -> Json:
    """Wait for a server's vote."""
    for _try in range(600):
        told: list[Json] = json.loads(
            await door.get(f"/standin/channels/{server.planner}/messages")
        )
        if told:
            return told[0]
        await asyncio.sleep(0.2)
    raise RuntimeError("the bot did not post a raid")


async def everybody_votes(
    door: Door, servers: Sequence[Server], posts: Sequence[Json], within: float
) -> None:
    """Let each member vote at a moment of their own."""
    dice = random.Random(raid_servers.SEED)  # noqa: S311  moments, no secrets

    async def later(after: float, who: int, post: Json, label: str) -> None:
        await asyncio.sleep(after)
        await door.vote(who, post, label)

    await asyncio.gather(
        *(
            later(dice.uniform(0, within), who, post, label)
            for server, post in zip(servers, posts, strict=True)
            for who, label in server.chosen.items()
        )
    )


# --- what was written down ------------------------------------------------------------------------


def is_answer(record: Json) -> bool:
    """Say whether it is the first answer to a press."""
    return str(record["path"]).endswith("/callback")


def moment(text: str) -> float:
    """Return when something was written down, in seconds."""
    return datetime.fromisoformat(text).astimezone(UTC).timestamp()


def waited_for(record: Json, pressed: dict[str, float]) -> float:
    """Return how many seconds passed from the press to its acknowledgement."""
    return moment(record["at"]) - pressed[record["path"].split("/")[-3]]


def right_since(servers: Sequence[Server], records: Sequence[Json]) -> float | None:
    """Return since when everything that stands in the channels says what it should; None: not yet."""
    by_channel = {
        channel: server
        for server in servers
        for channel in (server.planner, server.slots, server.raidlist)
    }
    said: dict[int, dict[str, str]] = {}
    since: dict[int, float | None] = {server.number: None for server in servers}
    for record in records:
        shown = record.get("response_json")
        if not (200 <= record["status"] < 300 and isinstance(shown, dict) and "content" in shown):
            continue
        if record["path"].split("/")[3] != "channels" or record["method"] not in ("POST", "PATCH"):
            continue
        server = by_channel.get(int(shown["channel_id"]))
        if server is None:
            continue
        text = shown["content"] + json.dumps(shown["embeds"], ensure_ascii=False)
        # What might be markup is escaped.
        said.setdefault(int(shown["channel_id"]), {})[shown["id"]] = text.replace("\\", "")
        now = {channel: list(texts.values()) for channel, texts in said.items()}
        if not server.right(now):
            since[server.number] = None
        elif since[server.number] is None:
            since[server.number] = moment(record["at"])
    found = [one for one in since.values() if one is not None]
    return max(found) if len(found) == len(servers) else None


def told(servers: Sequence[Server], read: Read, within: float) -> Json:
    """Put it into figures."""
    votes = sum(len(server.members) for server in servers)
    answers = [one for one in read.records if is_answer(one)]
    waited = sorted(waited_for(one, read.pressed) for one in answers)
    refused = [one for one in read.records if one["status"] == 429]
    p95 = waited[int(len(waited) * 0.95)] if waited else PATIENCE
    last = max(read.pressed.values(), default=0.0)
    late = None if read.right_at is None else max(0.0, read.right_at - last)
    share = len(refused) / max(1, len(read.records))
    what = Counter(kind_of(one) for one in read.records)
    return {
        "servers": len(servers),
        "votes": votes,
        "votes_within_s": within,
        "acknowledged": len(answers),
        "acknowledged_ms": {
            "median": round(waited[len(waited) // 2] * 1000) if waited else None,
            "p95": round(p95 * 1000),
            "worst": round(waited[-1] * 1000) if waited else None,
        },
        "all_right_after_s": None if late is None else round(late, 2),
        "requests": len(read.records),
        "by_kind": dict(what.most_common()),
        "refused_429": len(refused),
        "share_429": round(share, 4),
        "bot_cpu_s": round(read.cpu[0], 1),
        "bot_cpu_ms_a_vote": round(read.cpu[0] / votes * 1000, 1),
        "discord_cpu_s": round(read.cpu[1], 1),
        "load": round(read.load, 1),
        "target": f"acknowledged within {ACKNOWLEDGED_WITHIN * 1000:g} ms (p95), right within "
        f"{RIGHT_WITHIN:g} s after the last, at most {AT_MOST_429:.0%} of the requests 429",
        "holds": p95 <= ACKNOWLEDGED_WITHIN
        and late is not None
        and late <= RIGHT_WITHIN
        and share <= AT_MOST_429
        and len(answers) == votes,
    }


def kind_of(record: Json) -> str:
    """Return what a request was about."""
    parts = record["path"].split("/")[3:]
    names = [one for one in parts if not one.isdigit() and len(one) < 20]
    return f"{record['method']} {'/'.join(names)}"
