"""The bot and the worker beside the site, and the evening that they are moved to."""

import os
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from botworker import pulse
from slomix.lib import clock
from slomix.management import community
from slomix.management.demo import process
from slomix.management.demo.parts import WORKER
from slomix.management.rehearsal.evening import Evening
from tests.benchmarks.club import Club

# The site, the bot and the worker are up by then; on a busy machine it takes them longer.
BOOT_S, BOOT_S_FOR_EACH_BUSY = 20, 3
DRAIN = (sys.executable, "-m", "tests.benchmarks.loading.bot", "deliver")
GAP = timedelta(seconds=75)
BOOT_WITHIN = 90.0


@dataclass(frozen=True)
class Night:
    """When the load begins, and the evening's times in the middle of it."""

    begins: datetime
    seconds: int

    @property
    def promoted(self) -> datetime:
        """When the others are called."""
        return self.begins + timedelta(seconds=self.seconds * 0.2)

    @property
    def reminder_at(self) -> datetime:
        """When the reminders are due, on a whole second."""
        return self.begins + timedelta(seconds=self.seconds // 2)

    @property
    def environment(self) -> dict[str, str]:
        """What moves every part to this evening."""
        found = Evening(clock.zone(), self.reminder_at, self.reminder_at + GAP).environment
        return found | {"AVAILABILITY_VOICE_CHECK_DELAY_SECONDS": "45"}


def night(now: datetime, seconds: int) -> Night:
    """Plan an evening that begins when everything is up."""
    boot = BOOT_S + BOOT_S_FOR_EACH_BUSY * int(os.getloadavg()[0])
    return Night(now.replace(microsecond=0) + timedelta(seconds=boot), seconds)


def redis() -> dict[str, str]:
    """Name the Redis of DEV_REDIS_URL; without it, everything is embedded."""
    return {"REDIS_URL": os.environ.get("DEV_REDIS_URL", "")}


@contextmanager
def running(local: Club, env: Mapping[str, str], more: Sequence[str] = ()) -> Iterator[None]:
    """Run the worker and the bot, and begin when both have been seen.

    `more` are further ones as on further machines: "worker", "bot" or "drain".
    """
    channel = {
        "AVAILABILITY_POLL_ENABLED": "true",
        "AVAILABILITY_POLL_CHANNEL_ID": str(community.GAME_NIGHT_ID),
        "AVAILABILITY_POLL_POST_TIME": "00:00",
    }
    var = Path(settings.VAR_DIR)
    parts = {
        "worker": (WORKER, {**env, "DEBUG": "false"}),
        "bot": (
            (sys.executable, "-m", "tests.benchmarks.loading.bot"),
            {**env, **local.env(), **channel},
        ),
    }
    kinds = parts | {"drain": (DRAIN, parts["bot"][1])}
    with ExitStack() as ending:
        for number, name in enumerate([*parts, *more]):
            argv, told = kinds[name]
            started = process.start(argv, var / f"{name}-{number}.log", told, append=False)
            ending.callback(started.wait, 40)
            ending.callback(process.end, started)
        for number, name in enumerate(parts):
            _wait_for(name, var / f"{name}-{number}.log")
        yield


def _wait_for(part: str, log: Path) -> None:
    end = time.monotonic() + BOOT_WITHIN
    while not pulse.last(part):
        if time.monotonic() > end:
            raise RuntimeError(f"the {part} did not start: {process.last_words(log)}")
        time.sleep(0.2)
