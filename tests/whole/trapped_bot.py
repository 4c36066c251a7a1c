"""python -m tests.whole.trapped_bot: the bot, which kills itself between a request and its commit.

TRAP is JSON: {"when": "before" or "after", "what": "PATCH /channels/{channel_id}/messages/{message_id}",
"channel": 123 or null, "nth": 1}; without it nothing is planted. UNELECTED runs it beside another
one that has the gateway, too: no election keeps their reconcilers apart then. SCALE divides the
waits of whoever finds what a dead one left. The product has no switch for any of this.
"""

import asyncio
import json
import os
import signal
import sys
import time
from datetime import timedelta
from typing import Any

import discord
import django

BOUNDARY = "trap sprung: "


def lay(trap: dict[str, Any]) -> None:
    """End this process before or after the nth request of a kind."""
    original = discord.http.HTTPClient.request
    left = int(trap.get("nth", 1))

    def sprung(route: discord.http.Route) -> bool:
        nonlocal left
        if f"{route.method} {route.path}" != trap["what"]:
            return False
        if trap.get("channel") and int(route.channel_id or 0) != trap["channel"]:
            return False
        left -= 1
        return left == 0

    async def request(self: Any, route: discord.http.Route, **rest: Any) -> Any:
        now = sprung(route)
        if now and trap["when"] == "before":
            end(trap)
        answer = await original(self, route, **rest)
        if now:
            end(trap)
        return answer

    discord.http.HTTPClient.request = request  # type: ignore[method-assign]


def end(trap: dict[str, Any]) -> None:
    """Say where it happens, and let it happen."""
    sys.stderr.write(f"{BOUNDARY}{trap['when']} {trap['what']}\n")
    sys.stderr.flush()
    os.kill(os.getpid(), signal.SIGKILL)
    # Another thread may have been chosen to take the signal: it must not happen further on.
    time.sleep(1)


async def unelected() -> None:
    """Have the gateway whoever else has it."""
    from django.conf import settings

    from botworker import client
    from botworker.timing import DatabaseTime

    client.point_at_discord()
    await client.SlomixBot(timing=DatabaseTime()).start(settings.DISCORD_BOT_TOKEN)


def main() -> None:
    """Plant what is asked for and run."""
    django.setup()
    from botworker import tracked_rows
    from botworker.management.commands import runbot
    from slomix.management.chaos import scaled

    scale = float(os.environ.get("SCALE", "1"))
    scaled.divide(scale)
    tracked_rows.LEASE = max(timedelta(seconds=4), tracked_rows.LEASE / scale)
    if planted := os.environ.get("TRAP"):
        lay(json.loads(planted))
    asyncio.run(unelected() if os.environ.get("UNELECTED") else runbot.run())


if __name__ == "__main__":
    main()
