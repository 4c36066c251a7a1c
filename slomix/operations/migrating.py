"""Changing the shape of a database that people are using."""

import time
from collections.abc import Callable
from typing import Any

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError

from slomix.operations import grants
from slomix.operations.owner import as_owner

# A change that waits for a lock makes everybody behind it wait, too. So it gives up soon, lets
# them through, and comes again.
LOCK = "2s"
STATEMENT = "5min"
TRIES = 10
LONGEST_PAUSE = 15.0  # seconds


def patiently(
    work: Callable[[], object],
    *,
    alias: str,
    say: Callable[[str], Any],
    pause: Callable[[float], object] = time.sleep,
) -> None:
    """Do it as the owner of the tables, again and again while somebody else holds a lock.

    Every migration is a transaction of its own, so what was done stays done. Raises what the
    database said after the last try, and at once what no waiting helps against.
    """
    for number in range(1, TRIES + 1):
        try:
            with as_owner(alias, lock_timeout=LOCK, statement_timeout=STATEMENT):
                work()
            return
        except OperationalError as refusal:
            if not isinstance(refusal.__cause__, psycopg.errors.LockNotAvailable):
                raise
            if number == TRIES:
                raise
            seconds = min(2.0 ** (number - 1), LONGEST_PAUSE)
            say(f"A table is in use (try {number} of {TRIES}); once more in {seconds:g} s.")
            pause(seconds)


def afterwards() -> None:
    """Let the role that serves people reach what is new, and the cache have its table."""
    if "DatabaseCache" in settings.CACHES["default"]["BACKEND"]:
        call_command("createcachetable", verbosity=0)
    if settings.MIGRATOR:
        grants.apply()
