"""The parts of the demo: how each is started and how it shows that it answers."""

import http.client
import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

Ready = Callable[[float], bool]
MANAGE = (sys.executable, "manage.py")


@dataclass(frozen=True)
class Part:
    """One process of the demo; `ready` is asked how many seconds after its start it answers."""

    name: str
    argv: tuple[str, ...]
    ready: Ready
    address: str = ""
    # It needs the database, so it waits until that is prepared.
    needs_rows: bool = True


def all_of(env: Mapping[str, str]) -> list[Part]:
    """Return the parts, in the order in which they are started."""
    site, discord = env["FRONTEND_ORIGIN"], env["DISCORD_BASE_URL"]
    return [
        Part(
            "stand-in", _standin(env), lambda _up: _connected(discord) is not None, discord, False
        ),
        Part("web", _web(env), lambda _up: ask(f"{site}/health") is not None, site),
        Part("worker", WORKER, lambda up: _seen(site, "worker", up)),
        Part(
            "bot",
            (*MANAGE, "runbot"),
            lambda up: _connected(discord) is True and _seen(site, "bot", up),
        ),
    ]


def elsewhere(env: Mapping[str, str]) -> list[Part]:
    """Return the parts for a Discord that is not ours to start, the bot told by its sign of life."""
    site = env["FRONTEND_ORIGIN"]
    return [
        Part("web", _web(env), lambda _up: ask(f"{site}/health") is not None, site),
        Part("worker", WORKER, lambda up: _seen(site, "worker", up)),
        Part("bot", (*MANAGE, "runbot"), lambda up: _seen(site, "bot", up)),
    ]


PREPARE = (*MANAGE, "prepare_demo")
WORKER = (
    *(sys.executable, "-m", "celery", "-A", "slomix", "worker", "-B", "-P", "solo"),
    *("--without-gossip", "--without-mingle", "--without-heartbeat", "-l", "INFO"),
    # The schedule is code; beat needs no file to remember it.
    *("--scheduler", "celery.beat:Scheduler"),
)


def _standin(env: Mapping[str, str]) -> tuple[str, ...]:
    var, address = env["SLOMIX_VAR"], urlsplit(env["DISCORD_BASE_URL"])
    game = env["GAME_SERVER_ADDRESS"].rpartition(":")[2]
    return (
        *(*MANAGE, "standin", "--port", str(address.port), "--world", f"{var}/world.json"),
        *("--game-port", game),
        *("--state", f"{var}/standin", "--site-url", env["FRONTEND_ORIGIN"]),
    )


def _web(env: Mapping[str, str]) -> tuple[str, ...]:
    return (
        *(sys.executable, "-m", "gunicorn", "slomix.wsgi", "--preload", "--no-control-socket"),
        *("--bind", urlsplit(env["FRONTEND_ORIGIN"]).netloc, "--graceful-timeout", "3"),
        *("--workers", "1", "--worker-class", "gthread", "--threads", "8"),
        *("--access-logfile", "-", "--worker-tmp-dir", f"{env['SLOMIX_VAR']}/logs"),
        *("--config", "python:slomix.operations.hooks"),
    )


def ask(url: str) -> dict[str, Any] | None:
    """Return what an address of ours answers as JSON; None unless it says 200 within a second."""
    parts = urlsplit(url)
    door = http.client.HTTPConnection(parts.netloc, timeout=1.0)
    try:
        door.request("GET", parts.path)
        answer = door.getresponse()
        found = json.loads(answer.read()) if answer.status == 200 else None
    except (OSError, http.client.HTTPException, ValueError):
        return None
    finally:
        door.close()
    return found if isinstance(found, dict) else None


def _connected(discord: str) -> bool | None:
    health = ask(f"{discord}/standin/health")
    return None if health is None else bool(health.get("bot_connected"))


def _seen(site: str, part: str, up: float) -> bool:
    ready = ask(f"{site}/readyz") or {}
    age = ready.get("parts", {}).get(part)
    # An older sign of life is from the run before.
    return age is not None and float(age) <= up
