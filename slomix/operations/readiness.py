"""What keeps this process from doing its work, as codes."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import redis
from django.conf import settings
from django.core.cache import cache
from django.db import ProgrammingError, connection

from accounts import rotation
from botworker import ledger_key
from slomix.operations import grants, shape
from slomix.operations.patience import NoAnswer, Probe

# The shape and the grants are looked at so often only: together they take some hundredths of a
# second. Drift is told within this time.
REMEMBERED = 10.0  # seconds
WAIT = 1.0  # seconds; for the broker


@dataclass(frozen=True)
class Readiness:
    """Codes of what is in the way, and of what is not as it should be but in nobody's way."""

    faults: list[str]
    notices: list[str]


class Remembered:
    """What was found out some seconds ago, for everybody who asks."""

    def __init__(self, find: Callable[[], Readiness]) -> None:
        self._find = find
        self._lock = Lock()
        self._known: tuple[float, Readiness] | None = None

    def __call__(self) -> Readiness:
        with self._lock:
            if self._known is None or time.monotonic() - self._known[0] > REMEMBERED:
                self._known = time.monotonic(), self._find()
            return self._known[1]

    def forget(self) -> None:
        """Look anew the next time."""
        self._known = None


def look() -> Readiness:
    """Say what is in the way, and what else is not as it should be.

    Answers within two seconds, whatever database, cache and broker do.
    """
    # All at once: neither waits for the other's silence.
    database, kept = Probe(_database, "database"), Probe(_cache, "cache")
    broker = Probe(_broker, "broker")
    found = _answer(database, "database")
    codes = found.faults + _answer(kept, "cache").faults
    return Readiness(codes, found.notices + _answer(broker, "broker").faults)


def faults() -> list[str]:
    """Say what is in the way, as codes in a fixed order; nothing is in the way of an empty list."""
    return look().faults


def _answer(probe: Probe[Readiness], what: str) -> Readiness:
    try:
        return probe.answer()
    except NoAnswer:
        return Readiness([f"{what}.silent"], [])
    except Exception:  # noqa: BLE001  a cache or broker of any make fails in its own way
        return Readiness([f"{what}.unavailable"], [])


def _database() -> Readiness:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    form = in_shape()
    if form.faults:
        # Whoever lacks a table or may not read it can say nothing more.
        return form
    keys = rotation.faults() + ledger_key.faults()
    return Readiness(keys, form.notices)


def _form() -> Readiness:
    rights = _rights() if connection.vendor == "postgresql" else Readiness([], [])
    try:
        found = shape.look()
    except ProgrammingError:
        # Whoever may not even read the list of migrations is told of that.
        if not rights.faults:
            raise
        return rights
    codes, notices = list(rights.faults), list(rights.notices)
    if found.unapplied:
        codes.append("migrations.unapplied")
    elif found.critical:
        codes.append("schema.incomplete")
    notices += ["schema.slow"] * bool(found.slow) + ["migrations.ahead"] * bool(found.ahead)
    return Readiness(codes, notices)


def _rights() -> Readiness:
    found = grants.look_at_ourselves()
    notices = ["grants.wide"] * bool(found.wide) + ["grants.owner"] * found.wrong_role
    return Readiness(["grants.missing"] * bool(found.missing), notices)


in_shape = Remembered(_form)


def _cache() -> Readiness:
    cache.set("readyz", "here", 30)
    return Readiness([] if cache.get("readyz") else ["cache.forgetful"], [])


def _broker() -> Readiness:
    # Only a wake-up: without it everything is done all the same, some seconds later.
    url = settings.CELERY_BROKER_URL
    if url.startswith("filesystem"):
        there = Path(settings.CELERY_BROKER_FOLDER).parent.is_dir()
    else:
        there = bool(
            redis.Redis.from_url(url, socket_timeout=WAIT, socket_connect_timeout=WAIT).ping()
        )
    return Readiness([] if there else ["broker.unavailable"], [])
