"""The local Discord itself: how many messages a second one core takes, with bots that listen.

What it can do must be far above what Slomix asks of it, or the other scenarios would measure it.
"""

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings

from slomix.management.demo import config, process
from tests.benchmarks import club
from tests.benchmarks.wire import Asker, Listener, Tally

MESSAGES = {"toy": 100, "moderate": 10_000, "full": 30_000}
LISTENERS = {"toy": 2, "moderate": 50, "full": 50}
CHANNELS, CONNECTIONS, UNDER_WAY = 50, 10, 8
AT_LEAST = 1500
FIRST_CHANNEL = 7000
BUTTON = {"type": 2, "style": 3, "label": "Looking", "custom_id": "dlv:benchmark:in"}


def measure(size: str) -> dict[str, Any]:
    """Say many messages as fast as they are taken, while bots listen."""
    with serving() as (port, pid):
        before = processor_time(pid)
        found = asyncio.run(load(port, MESSAGES[size], LISTENERS[size]))
        spent = processor_time(pid) - before
    a_second = MESSAGES[size] / spent
    return {
        "messages": MESSAGES[size],
        "listeners": LISTENERS[size],
        **found,
        # Of the processor's own seconds: what else runs on this machine does not count.
        "requests_per_core_second": round(a_second),
        "target": f"{AT_LEAST} requests a second of one core, every event told to everybody",
        "holds": a_second >= AT_LEAST and found["lost"] == 0,
    }


async def load(port: int, messages: int, listeners: int) -> dict[str, Any]:
    """Say them all; returns how long it took and what did not arrive."""
    tally = Tally(messages * listeners)
    bots = [Listener(f"{config.HOST}:{port}", club.TOKEN, tally) for _ in range(listeners)]
    await connect(bots, port)
    await asyncio.wait_for(asyncio.gather(*(bot.ready for bot in bots)), 30)
    source = requests(messages)
    askers = [Asker(source, UNDER_WAY) for _ in range(CONNECTIONS)]
    began = time.monotonic()
    await connect(askers, port)
    await asyncio.gather(*(asker.done for asker in askers))
    answered = time.monotonic() - began
    with suppress(TimeoutError):
        await asyncio.wait_for(tally.complete.wait(), 60)
    for transport in [one.transport for one in bots] + [one.transport for one in askers]:
        transport.close()
    return {
        "requests_per_s": round(messages / answered),
        "refused": messages - sum(asker.good for asker in askers),
        "lost": tally.missing,
    }


async def connect(clients: Sequence[asyncio.Protocol], port: int) -> None:
    """Open a connection for each."""
    loop = asyncio.get_running_loop()
    for client in clients:
        await loop.create_connection(partial(_same, client), config.HOST, port)


def _same(client: asyncio.Protocol) -> asyncio.Protocol:
    return client


def requests(messages: int) -> Iterator[bytes]:
    """Give each request as it goes over the line; a reminder with a button."""
    for number in range(messages):
        body = json.dumps(
            {
                "content": f"Reminder {number}: 21:00 CET tonight. Are you in?",
                "allowed_mentions": {"parse": []},
                "components": [{"type": 1, "components": [BUTTON]}],
                "nonce": f"bench{number}",
                "enforce_nonce": True,
                "tts": False,
            }
        )
        path = f"/api/v10/channels/{FIRST_CHANNEL + number % CHANNELS}/messages"
        head = f"POST {path} HTTP/1.1\r\nHost: {config.HOST}\r\nAuthorization: Bot {club.TOKEN}\r\n"
        kind = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        yield f"{head}{kind}{body}".encode()


@contextmanager
def serving() -> Iterator[tuple[int, int]]:
    """Serve in a process of its own, on one core, with a state on disk and without limits."""
    var = Path(settings.VAR_DIR)
    told = club.describe([])
    names = [{"id": str(FIRST_CHANNEL + n), "name": f"room-{n}"} for n in range(CHANNELS)]
    told["guild"]["channels"] = names
    (var / "world.json").write_text(json.dumps(told))
    port, log = config.free_port(7950), var / "stand-in.log"
    argv = [sys.executable, "manage.py", "standin", "--no-limits", "--port", str(port)]
    argv += ["--world", str(var / "world.json"), "--state", str(var / "standin")]
    served = process.start(argv, log, os.environ, append=False)
    try:
        club.wait_for(club.Club(f"http://{config.HOST}:{port}", {}), served, log)
        pin(served)
        yield port, served.pid
    finally:
        process.end(served)
        served.wait(20)


def pin(served: subprocess.Popen[bytes]) -> None:
    """Keep the server and this process on cores of their own, where there are two."""
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) > 1:
        os.sched_setaffinity(served.pid, islice(cores, 1))
        os.sched_setaffinity(0, cores[1:])


def processor_time(pid: int) -> float:
    """Return how many seconds of a processor a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
