"""A whole system as processes, each of which can be killed: site, worker, beat and bot."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from botworker.standin.standin import StandIn, serve_in_thread
from botworker.standin.world import World
from slomix.management import community
from slomix.management.demo import config, process
from slomix.management.rehearsal.evening import Evening, soon
from slomix.management.rehearsal.system import some_port
from tests.fresh import BASE, KEPT
from tests.watching.listener import Listener, listening

CELERY = (sys.executable, "-m", "celery", "-A", "slomix")
CALL = """
import django; django.setup()
from slomix.lib import clock
from slomix.management import community
from slomix.management.demo.seed import seed
from accounts.models import User
from promotions import actions
seed(clock.now())
promoter = next(one for one in community.MEMBERS if one.promoter and one.linked)
actions.promote(
    promoter=User.objects.get(discord__discord_id=promoter.discord_id),
    include_available=True, include_maybe=True, dry_run=False, at=clock.now(),
)
"""
# To make the call before the reminder is due.
LEAD, GAP = timedelta(seconds=20), timedelta(minutes=10)


def wait(true: Callable[[], Any], what: str, within: float = 90) -> Any:
    """Return what `true` says once it is true."""
    end = time.monotonic() + within
    while time.monotonic() < end:
        if found := true():
            return found
        time.sleep(0.2)
    raise AssertionError(f"{what} did not happen within {within} s")


class Night:
    """The parts, what they are told, and what arrived at the operators' webhook."""

    def __init__(self, var: Path, env: dict[str, str], listener: Listener) -> None:
        self.var, self.env, self.listener = var, env, listener
        self.port = env["WEBSITE_PORT"]
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, *names: str) -> None:
        """Start some parts and wait until each says that it lives."""
        began = datetime.now(UTC)
        for name in names:
            log = self.var / f"{name}.log"
            self.running[name] = process.start(self._argv(name), log, self.env, append=True)
        for name in sorted({*names} - {"beat"}):
            wait(lambda name=name: self.sign(name) > began, f"the first word of {name}")  # type: ignore[misc]

    def _argv(self, name: str) -> tuple[str, ...]:
        worker = ("--without-gossip", "--without-mingle", "--without-heartbeat", "-P", "solo")
        return {
            "bot": (sys.executable, "manage.py", "runbot"),
            "worker": (*CELERY, "worker", *worker),
            "beat": (*CELERY, "beat", "--scheduler", "celery.beat:Scheduler", "--pidfile="),
            "web": (
                *(sys.executable, "-m", "gunicorn", "slomix.wsgi", "--no-control-socket"),
                *("--config", "python:slomix.operations.hooks", "--workers", "2"),
                *("--bind", f"127.0.0.1:{self.port}", "--graceful-timeout", "3"),
                *("--worker-class", "gthread", "--threads", "2"),
            ),
        }[name]

    def call(self) -> None:
        """Let a promoter make a call whose reminder is due in a moment."""
        due_at = datetime.now(UTC).replace(microsecond=0) + LEAD
        zone = ZoneInfo(self.env["AVAILABILITY_PROMOTION_TIMEZONE"])
        tonight = Evening(zone, due_at, due_at + GAP)
        _run(self.env | tonight.environment, "-c", CALL)

    def kill(self, name: str) -> None:
        """End a part and all that it started, without a goodbye."""
        process.end(self.running[name], signal.SIGKILL)
        self.running.pop(name).wait()

    def sign(self, part: str) -> datetime:
        """Return when a part was last alive."""
        with closing(sqlite3.connect(self.var / "slomix.sqlite3", timeout=20)) as rows:
            asked = "SELECT at FROM botworker_pulses WHERE part = ?"
            found = rows.execute(asked, (part,)).fetchone()
        return (
            datetime.fromisoformat(found[0]).replace(tzinfo=UTC)
            if found
            else datetime.min.replace(tzinfo=UTC)
        )

    def hears(self, code: str, state: str = "raised", *, times: int = 1) -> dict[str, Any]:
        """Wait until the operators were told of something so often; return the last time."""

        def told() -> list[dict[str, Any]]:
            these = [
                one for one in self.listener.told if (one["code"], one["state"]) == (code, state)
            ]
            return these if len(these) >= times else []

        found: dict[str, Any] = wait(told, f"{state} {code}", within=150)[-1]
        return found

    def end(self) -> None:
        """End everything that was started."""
        for one in self.running.values():
            process.end(one)
        for one in self.running.values():
            try:
                one.wait(15)
            except subprocess.TimeoutExpired:
                process.end(one, signal.SIGKILL)
                one.wait(5)


@contextmanager
def night(var: Path) -> Iterator[Night]:
    """Open a local Discord and the operators' webhook, and make a database."""
    with listening() as heard:
        env = _environment(var, 1)
        told = community.world(
            client_secret=env["DISCORD_CLIENT_SECRET"],
            token=env["DISCORD_BOT_TOKEN"],
            telegram_token=env["AVAILABILITY_TELEGRAM_BOT_TOKEN"],
            callback="http://127.0.0.1/",
        )
        standin = StandIn(World.from_json(told), assets=BASE / "static", limits=None)
        with serve_in_thread(standin):
            alerts = {
                "ALERT_WEBHOOK_URL": f"{heard.url}/hook",
                "ALERT_PING_URL": f"{heard.url}/ping",
                "ALERT_RUN_SECONDS": "10",
                "ALERT_SILENT_SECONDS": "10",
            }
            env = _environment(var, standin.port) | alerts
            _run(env, "manage.py", "migrate", "-v", "0")
            env |= soon(datetime.now(UTC)).environment
            made = Night(var, env, heard)
            try:
                yield made
            finally:
                made.end()


def _run(env: dict[str, str], *words: str) -> None:
    subprocess.run(  # noqa: S603  our own commands
        [sys.executable, *words], cwd=BASE, env=env, check=True, timeout=120
    )


def _environment(var: Path, standin_port: int) -> dict[str, str]:
    own = {name: os.environ[name] for name in KEPT if name in os.environ}
    made = config.environment(own, var, web_port=some_port(), standin_port=standin_port)
    return made | {
        "SLOMIX_ENV_FILE": os.devnull,
        "DJANGO_SETTINGS_MODULE": "slomix.settings",
        "AVAILABILITY_POLL_ENABLED": "false",
        "AVAILABILITY_PLANNING_DISCORD_CREATE_THREAD": "false",
    }
