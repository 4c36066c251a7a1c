"""Whatever people do, in whatever order, what is promised is what the slots say."""

import random
from datetime import datetime

import pytest

from accounts.models import User
from botworker.models import Delivery
from planning.raids import actions, reminders
from planning.raids.models import Kind, Option, Raid, StepOut, Vote
from planning.raids.policy import Actor
from slomix.lib import clock
from tests import make
from tests.cast import TONIGHT
from tests.raids.stage import RaidTestCase

DAYS = ["Fri 27.11.", "2026-11-27", "Sat 28.11.", "some day"]
TIMES = ["20:00", "20.00", "21:30", "late"]
STEPS = 50
Promises = set[tuple[int, datetime]]


class Evening(RaidTestCase):
    """Six people, two of whom do not want to hear of raids, and dice."""

    def setUp(self) -> None:
        super().setUp()
        self.crowd = [make.person(allow_raids=number % 3 > 0) for number in range(6)]
        self.raid = self.plan(days=DAYS, times=TIMES)

    def labels(self, kind: str) -> list[str]:
        found = Option.objects.filter(raid=self.raid, kind=kind)
        return list(found.values_list("label", flat=True))

    def some(self, dice: random.Random, labels: list[str], least: int = 1) -> list[str]:
        return dice.sample(labels, dice.randint(least, len(labels)))

    def step(self, dice: random.Random) -> str:
        """Let somebody do something; return what."""
        who = dice.choice(self.crowd)
        often = [self.votes, self.says, self.says, self.leaves, self.joins] * 3
        does = dice.choice([*often, self.edits])
        does(dice, who)
        return f"{who.pk} {does.__name__}"

    def votes(self, dice: random.Random, who: User) -> None:
        kind = dice.choice(list(Kind))
        chosen = self.some(dice, self.labels(kind))
        actions.vote(raid_id=self.raid.pk, person=who, kind=kind, chosen=chosen, at=TONIGHT)

    def says(self, dice: random.Random, who: User) -> None:
        days, times = (self.some(dice, self.labels(kind), 0) for kind in Kind)
        self.vote(self.raid, who, days, times)

    def leaves(self, dice: random.Random, who: User) -> None:
        self.a_slot(dice, who, actions.leave_slot)

    def joins(self, dice: random.Random, who: User) -> None:
        self.a_slot(dice, who, actions.rejoin_slot)

    def a_slot(self, dice: random.Random, who: User, verb: object) -> None:
        assert callable(verb)
        day = self.option(self.raid, dice.choice(self.labels(Kind.DAY)))
        hour = self.option(self.raid, dice.choice(self.labels(Kind.TIME)))
        verb(raid_id=self.raid.pk, day_id=day.pk, time_id=hour.pk, person=who, at=TONIGHT)

    def edits(self, dice: random.Random, _who: User) -> None:
        actions.edit(
            raid_id=self.raid.pk,
            actor=Actor(self.ana),
            at=TONIGHT,
            days=self.some(dice, DAYS, 2),
            times=self.some(dice, TIMES, 2),
            min_players=dice.randint(0, 3),
        )

    def expected(self) -> Promises:
        """Work it out from the bare rows, slot by slot and person by person."""
        raid = Raid.objects.get(pk=self.raid.pk)
        ticks = set(Vote.objects.values_list("option", "person"))
        out = set(StepOut.objects.values_list("day", "time", "person"))
        wanting = {who.pk for who in self.crowd if who.preferences.allow_raids}
        found: Promises = set()
        for day in raid.options.filter(date__isnull=False):
            for hour in raid.options.filter(wall__isnull=False):
                people = {
                    who.pk
                    for who in self.crowd
                    if {(day.pk, who.pk), (hour.pk, who.pk)} <= ticks
                    and (day.pk, hour.pk, who.pk) not in out
                }
                if raid.is_open and len(people) >= max(1, raid.min_players):
                    assert day.date and hour.wall
                    start = clock.instant(day.date, hour.wall)
                    found |= {(who, start) for who in people & wanting}
        return found

    def promised(self) -> Promises:
        rows = Delivery.objects.filter(kind="raid_reminder", state="scheduled")
        return {(row.person_id or 0, row.due_at + reminders.lead()) for row in rows}


@pytest.mark.slow
class RandomTests(Evening):
    def test_after_every_step_the_ledger_says_what_the_slots_say(self) -> None:
        stood = 0
        for seed in range(4):
            dice, story = random.Random(seed), [f"seed {seed}"]  # noqa: S311  a game
            for _step in range(STEPS):
                story.append(self.step(dice))
                wanted = self.expected()
                self.assertEqual(self.promised(), wanted, story[-5:])
                stood += bool(wanted)

        # Or it proved nothing.
        self.assertGreater(stood, 2 * STEPS)
        actions.finish(raid_id=self.raid.pk, actor=Actor(self.ana), at=TONIGHT)
        self.assertEqual(self.promised(), set())
