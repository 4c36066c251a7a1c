"""A million answers: what evenings that are over cost the page, the API and the next answer.

Two databases side by side, asked in turns; nothing is kept in the process from one turn to the
next, so each answer is read from the tables.
"""

import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.db import connection

from accounts.models import User
from availability import actions
from availability.models import Entry, Evening, Status
from slomix.lib import clock, keep
from tests.benchmarks import crowd, database, door, site
from tests.benchmarks.history import Side

PEOPLE, DAYS = 200, 5
ROWS = {"toy": 2_000, "moderate": 1_000_000, "full": 1_000_000}
TURNS = {"toy": 2, "moderate": 25, "full": 60}
NIGHTS = 2_000
AT_MOST = 1.2
# Every person answers every night of the past; counted backwards from yesterday.
PAST = """
INSERT INTO availability_entries (person_id, day, status, door, created_at, since)
SELECT website_users.id, evening.day, %s, 'web', %s, %s
FROM website_users CROSS JOIN availability_evenings AS evening
WHERE evening.day < %s
"""


@dataclass
class Club(Side):
    """One of the two databases, and somebody who looks at it and answers."""

    me: User | None = None
    cookie: str = ""
    spent: dict[str, list[float]] = field(default_factory=dict)

    def prepare(self, rows: int) -> None:
        """Make two hundred people who answered five evenings, and so many answers of the past."""
        self.enter()
        call_command("migrate", verbosity=0)
        people = crowd.people(PEOPLE)
        self.me, self.cookie = people[0], site.signed_in(people[0])
        site.evenings(people, DAYS)
        if rows:
            remember(rows)
        if connection.vendor == "postgresql":
            # The server does it by itself within a minute; we do not wait for that.
            with connection.cursor() as cursor:
                cursor.execute("VACUUM ANALYZE")

    def turn(self, number: int) -> None:
        """Look and answer once; the time is wall time, because most of it is the database's."""
        self.enter()
        today = clock.today(clock.now())
        api = f"/api/availability?to={today + timedelta(days=29)}"
        status = (Status.LOOKING, Status.MAYBE)[number % 2]
        self.timed("page", lambda: self.look("/"))
        self.timed("api", lambda: self.look(api))
        self.timed("api_with_names", lambda: self.look(f"{api}&include_users=true"))
        self.timed("answer", lambda: self.answer(status))

    def look(self, path: str) -> None:
        """Ask for one address as a linked person."""
        door.expect(door.ask(path, cookie=self.cookie)[0], {"200"}, path)

    def answer(self, status: str) -> None:
        """Answer tonight; each turn another answer than the last."""
        assert self.me is not None
        at = clock.now()
        actions.answer(person=self.me, day=clock.today(at), status=status, at=at)

    def timed(self, what: str, do: Callable[[], None]) -> None:
        """Keep how long something took where nothing was kept before."""
        keep.forget_everything()
        began = time.perf_counter()
        do()
        self.spent.setdefault(what, []).append(time.perf_counter() - began)


def remember(rows: int) -> None:
    """Write so many answers of evenings that are over."""
    today = clock.today(clock.now())
    nights = min(NIGHTS, max(1, rows // PEOPLE))
    more = rows // nights - PEOPLE
    crowd.people(max(0, more))
    Evening.objects.bulk_create(
        (Evening(day=today - timedelta(days=n + 1), version=1) for n in range(nights)),
        batch_size=1000,
    )
    at = clock.now() - timedelta(days=1)
    with connection.cursor() as cursor:
        cursor.execute(PAST, [Status.LOOKING, at, at, today])


def measure(size: str) -> dict[str, Any]:
    """Compare the medians of both sides."""
    site.collect(os.environ)
    with database.fresh() as place:
        few = Club(dict(os.environ))
        many = Club(place | {"SLOMIX_VAR": os.environ["SLOMIX_VAR"]})
        many.prepare(ROWS[size])
        entries = Entry.objects.count()
        few.prepare(0)
        for number in range(TURNS[size] + 1):
            for side in (few, many) if number % 2 else (many, few):
                side.turn(number)
        few.enter()
    return report(few, many, entries)


def report(few: Club, many: Club, entries: int) -> dict[str, Any]:
    """Put the medians side by side; the first turn only warmed up."""
    found: dict[str, Any] = {"answers": entries, "beside": PEOPLE * DAYS}
    for what in few.spent:
        small, large = (statistics.median(side.spent[what][1:]) for side in (few, many))
        found[what] = {
            "ms": round(small * 1000, 2),
            "ms_with_a_million": round(large * 1000, 2),
            "times": round(large / small, 2),
        }
    most = max(found[what]["times"] for what in few.spent)
    target = f"{entries:,} answers cost at most {AT_MOST} times {PEOPLE * DAYS:,}"
    return {**found, "target": target, "holds": most <= AT_MOST}
