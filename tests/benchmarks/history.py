"""History: what rows that were settled long ago cost the next evening.

Two databases side by side, one with the history and one without; the same two hundred deliveries
are claimed and settled in them in turns, so whatever else the machine does hits both alike.
"""

import os
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from accounts.models import User
from botworker import claims, outbox, pacing, settling, sweep
from botworker.channels import Said
from botworker.models import Attempt, Delivery, State
from slomix.settings import database as translated
from tests import make
from tests.benchmarks import crowd, database

PEOPLE = 200
ROWS = {"toy": 2_000, "moderate": 30_000, "full": 100_000}
TURNS = {"toy": 2, "moderate": 7, "full": 11}
AT_MOST = 1.2
# How many hear a call's message, and one that is counted against the person's evening first.
KINDS = {"reminder": 200, "session_ready": 50}


@dataclass
class Side:
    """One of the two databases."""

    place: database.Env
    people: Sequence[User] = ()
    seconds: dict[str, list[float]] = field(default_factory=dict)

    def enter(self) -> None:
        """Lead Django to it."""
        connection.close()
        os.environ.update(self.place)
        connection.settings_dict.update(translated(self.place["DATABASE_URL"]))
        connection.ensure_connection()

    def take_a_turn(self, kind: str, name: str) -> None:
        """Claim and settle once, and leave no trace."""
        self.enter()
        said = crowd.event(name, datetime.now(UTC), kind=kind)
        crowd.promise(self.people[: KINDS[kind]], said)
        began = time.perf_counter()
        claim_and_settle()
        self.seconds.setdefault(kind, []).append(time.perf_counter() - began)
        # Asked by state, SQLite would walk through the whole history: that is not a drain's cost.
        states = set(Delivery.objects.filter(event_key=said.key).values_list("state", flat=True))
        if states != {State.SENT}:
            raise RuntimeError(f"the rows are {states}, not settled as sent")
        Attempt.objects.filter(delivery__event_key=said.key).delete()
        Delivery.objects.filter(event_key=said.key).delete()


def measure(size: str) -> dict[str, Any]:
    """Compare the medians of both sides."""
    settings.DISCORD_REQUESTS_PER_SECOND = pacing.BURST = 1_000_000
    with database.fresh() as place:
        bare, full = Side(dict(os.environ)), Side(place | {"SLOMIX_VAR": os.environ["SLOMIX_VAR"]})
        for side, rows in ((full, ROWS[size]), (bare, 0)):
            prepare(side, rows)
        for number in range(TURNS[size] + 1):
            for side in (bare, full) if number % 2 else (full, bare):
                for kind in KINDS:
                    side.take_a_turn(kind, f"turn {number}")
        bare.enter()
    return report(bare, full, size)


def prepare(side: Side, rows: int) -> None:
    """Make a database with people and so many settled rows."""
    side.enter()
    call_command("migrate", verbosity=0)
    side.people = crowd.people(PEOPLE)
    for number in range(rows // PEOPLE):
        an_old_evening(side.people, number)
    if connection.vendor == "postgresql":
        # The server does it by itself within a minute; we do not wait for that.
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


@transaction.atomic
def an_old_evening(people: Sequence[User], number: int) -> None:
    """Write what an evening of long ago left: everybody heard, one try each."""
    due_at = make.TONIGHT - timedelta(days=number + 1)
    said = outbox.Event(
        f"OLD:{number}", "reminder", due_at, due_at + crowd.WORTH_SAYING, due_at.date()
    )
    crowd.promise(people, said)
    rows = Delivery.objects.filter(event_key=said.key)
    Attempt.objects.bulk_create(
        Attempt(
            delivery_id=pk,
            n=1,
            channel="discord",
            nonce=f"old{pk}",
            fence=1,
            started_at=due_at,
            ended_at=due_at,
            outcome=Attempt.Outcome.SENT,
            http_status=200,
        )
        for pk in rows.values_list("pk", flat=True)
    )
    rows.update(state=State.SENT, settled_at=due_at, attempts=1, fence=1)


def claim_and_settle() -> None:
    """Do what a drain does with what is due, without the waiting: sweep, claim, begin, settle."""
    sweep.sweep(datetime.now(UTC))
    while claimed := claims.claim("discord", at=datetime.now(UTC), owner="bench"):
        begun = claims.begin(claimed, at=datetime.now(UTC))
        settling.settle([(job, Said(1, job.delivery_id)) for job in begun], at=datetime.now(UTC))


def report(bare: Side, full: Side, size: str) -> dict[str, Any]:
    """Put the medians side by side; the first turn only warmed up."""
    found: dict[str, Any] = {"rows_of_history": ROWS[size]}
    costs = []
    for kind, people in KINDS.items():
        without, with_it = (statistics.median(side.seconds[kind][1:]) for side in (bare, full))
        costs.append(with_it / without)
        found[kind] = {
            "deliveries": people,
            "without_s": round(without, 3),
            "with_history_s": round(with_it, 3),
            "times": round(costs[-1], 2),
        }
    target = f"{ROWS[size]:,} rows of history cost at most {AT_MOST} times"
    return {**found, "target": target, "holds": max(costs) <= AT_MOST}
