"""F14: confirmations and cancellations of one evening at the same instant; rooms: `room_races`."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from datetime import time as wall_time
from typing import Any

from django.conf import settings
from django.db import connection

from accounts import actions as people
from accounts.models import Player, User
from availability import actions as evenings
from promotions import actions
from slomix.lib import clock
from slomix.management.chaos import report
from slomix.management.chaos.crowd_ids import discord_ids
from slomix.management.chaos.plan import Plan
from slomix.management.chaos.room_races import RoomRaces

AT_ONCE = 50
PEOPLE = 6


def play(plan: Plan) -> dict[str, Any]:
    """Race, count, report."""
    began = time.monotonic()
    # The word to the missing has a scenario of its own; its delay is no time that the scale divides.
    settings.VOICE_CHECK_ENABLED = False
    races = Races(plan.deliveries)
    races.run()
    # A room a tenth of the evenings, after those of the calls.
    rooms = RoomRaces(together, races.tried, races.broken)
    rooms.run(plan.deliveries + 1, max(1, plan.deliveries // 10))
    return report.of_trials(plan, races.tried, races.broken, time.monotonic() - began)


class Races:
    """One evening after the other, each called by many at once."""

    def __init__(self, rounds: int) -> None:
        self.rounds = rounds
        self.today = clock.now()
        self.ids = discord_ids(PEOPLE)
        self.people: list[User] = []
        self.broken: list[str] = []
        self.tried: Counter[str] = Counter()

    def run(self) -> None:
        """Race round after round; every tenth is fifty confirmations, the others one with a cancel."""
        self._people()
        for number in range(self.rounds):
            at = self._evening(number)
            if number % 10:
                self._cancelled(at)
            else:
                self._confirmed(at)

    def _people(self) -> None:
        for place, discord_id in enumerate(self.ids):
            person = people.meet(
                discord_id=discord_id, username="p", display_name="", avatar="", at=self.today
            )
            Player.objects.create(guid=f"{place:032X}", name=f"player {place}")
            people.link_player(person=person, guid=f"{place:032X}", at=self.today)
            people.set_preferences(person=person, at=self.today, allow_promotions=True)
            person.is_promoter = place < 2
            person.save()
            self.people.append(person)

    def _evening(self, number: int) -> datetime:
        day = clock.today(self.today) + timedelta(days=number + 1)
        at = clock.instant(day, wall_time(19, 30))
        for person in self.people:
            evenings.answer(person=person, day=day, status="LOOKING", at=at)
        return at

    def _promote(self, at: datetime, promoter: int) -> Any:
        return actions.promote(
            promoter=self.people[promoter],
            include_available=True,
            include_maybe=True,
            dry_run=False,
            at=at,
        )

    def _confirmed(self, at: datetime) -> None:
        what = f"{AT_ONCE} confirmations are one call"
        self.tried[what] += 1
        found = Counter(
            type(one).__name__ for one in together(AT_ONCE, lambda _n: self._promote(at, 0))
        )
        if found != {"Campaign": 1, "AlreadyCalled": AT_ONCE - 1}:
            self.broken.append(f"{what}: {dict(found)}")
        self._living(what, at)

    def _cancelled(self, at: datetime) -> None:
        what = "a confirmation and a cancellation leave one truth"
        self.tried[what] += 1
        first = self._promote(at, 0)
        verbs: list[Callable[[], object]] = [
            lambda: self._promote(at, 1),
            lambda: actions.cancel(campaign=first, by=self.people[0], at=at),
        ]
        found = together(2, lambda number: verbs[number]())
        if errors := [one for one in found if isinstance(one, Exception)]:
            self.broken.append(f"{what}: {errors}")
        self._living(what, at)

    def _living(self, what: str, at: datetime) -> None:
        """Everybody but those who call has each kind once, whatever the order was."""
        living = planned(clock.today(at).isoformat())
        twice = [key for key, number in living.items() if number > 1]
        missing = [one for one in self.people[2:] if sum(_of(living, one.pk)) != 2]
        if twice or missing:
            self.broken.append(f"{what}: {len(twice)} twice, {len(missing)} missing")


def _of(living: dict[tuple[str, int], int], person: int) -> list[int]:
    return [number for (_key, who), number in living.items() if who == person]


PLANNED = """
    SELECT event_key, person_id, COUNT(*) FROM notifications_ledger
    WHERE event_key LIKE %s AND state = 'planned' GROUP BY event_key, person_id
"""


def planned(day: str) -> dict[tuple[str, int], int]:
    """Count the living promises of an evening by key and person."""
    with connection.cursor() as cursor:
        cursor.execute(PLANNED, [f"PROMOTE:%:{day}"])
        return {(key, person): number for key, person, number in cursor.fetchall()}


def together(times: int, verb: Callable[[int], object]) -> list[object]:
    """Run a verb in many threads at the same instant; return what each returned or raised."""
    gate, found = threading.Barrier(times), [object()] * times

    def run(number: int) -> None:
        gate.wait(30)
        try:
            found[number] = verb(number)
        except Exception as error:  # noqa: BLE001  the caller looks at it
            found[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found
