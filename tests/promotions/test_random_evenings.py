"""Forty people do as they like between nine and twenty past; the check is judged by what was so.

Nothing here knows how the check works: it replays what everybody did and what the bot saw.
"""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from django.test import override_settings

from accounts.models import User
from availability import actions as evenings
from availability.models import Status
from botworker import claims, outbox, pacing, presence, sweep
from botworker.channels import Said
from botworker.models import Delivery
from botworker.presence import Seen
from botworker.settling import settle
from promotions import actions, jobs
from tests import make
from tests.cast import TONIGHT, SlomixTestCase

DAY = TONIGHT.date()
NINE = make.at("21:00")
STEP = timedelta(seconds=10)
STEPS = 126  # until a minute after the last moment
CHECK, COMES, DEADLINE = make.at("21:02"), make.at("21:10"), make.at("21:19:48")
FRESH = timedelta(seconds=60)
REASONS = {"in voice", "no fresh news from voice", "said no", "too late"}


@dataclass
class Life:
    """What one person does, and what came of it."""

    who: User
    # Steps at which they come to voice or leave it, press “I'm in”, say no, and yes again.
    turns: frozenset[int]
    comes: int | None
    no: int | None
    yes: int | None
    in_voice: bool = False
    says_no: bool = False
    said_comes: datetime | None = None
    asked: list[datetime] = field(default_factory=list)
    seen: bool = False


def life(who: User, dice: random.Random) -> Life:
    """Roll one person's twenty minutes."""

    def some(chance: float) -> int | None:
        return dice.randrange(STEPS) if dice.random() < chance else None

    turns = frozenset(dice.randrange(STEPS) for _n in range(dice.choice((0, 0, 1, 2, 5))))
    no = some(0.3)
    yes = min(STEPS - 1, no + dice.randrange(1, 40)) if no is not None else None
    return Life(who, turns, some(0.4), no, yes if dice.random() < 0.6 else None)


@override_settings(VOICE_CHECK_ENABLED=True)
class RandomEveningTests(SlomixTestCase):
    people = 40

    def setUp(self) -> None:
        super().setUp()
        # At one instant the pace lets three through; here an instant stands for ten seconds.
        self.addCleanup(setattr, pacing, "BURST", pacing.BURST)
        pacing.BURST = 10_000.0

    def evening(self, seed: int) -> list[Life]:
        dice = random.Random(seed)  # noqa: S311  not for secrets
        lives = [life(make.person(opted_in=True), dice) for _n in range(self.people)]
        for one in lives:
            make.entry(one.who)
        actions.promote(
            promoter=self.ana,
            include_available=False,
            include_maybe=False,
            dry_run=False,
            at=TONIGHT,
        )
        Delivery.objects.exclude(kind="follow_up").update(state="sent", settled_at=TONIGHT)
        blind = range(dice.randrange(STEPS), STEPS) if seed % 3 == 0 else range(0)
        if seed % 3 == 1:
            start = dice.randrange(5, 40)
            blind = range(start, start + dice.randrange(2, 30))
        looked: datetime | None = None
        for step in range(STEPS):
            at = NINE + STEP * step
            for job_id in jobs.due(at):
                jobs.run(job_id, at=at)
            for one in lives:
                self.live(one, step, at)
            if step not in blind:
                looked = at
                self.look(lives, at)
            self.drain(lives, at, looked)
        return lives

    def live(self, one: Life, step: int, at: datetime) -> None:
        one.in_voice ^= step in one.turns
        if step == one.no:
            one.says_no = True
            self.say(one, Status.NOT_PLAYING, at)
        elif step == one.yes:
            one.says_no = False
            self.say(one, Status.LOOKING, at)
        elif step == one.comes and not one.says_no:
            one.said_comes = at
            outbox.postpone(one.who, DAY, COMES, at=at)

    def say(self, one: Life, status: str, at: datetime) -> None:
        evenings.answer(person=one.who, day=DAY, status=status, at=at)

    def look(self, lives: list[Life], at: datetime) -> None:
        for one in lives:
            one.seen = one.in_voice
        there = [Seen(one.who.discord.discord_id, 1) for one in lives if one.seen]
        presence.note_voice(there, at=at)

    def drain(self, lives: list[Life], at: datetime, looked: datetime | None) -> None:
        sweep.sweep(at)
        by_id = {one.who.pk: one for one in lives}
        while claimed := claims.claim("discord", at=at, owner="drain"):
            sent = claims.begin(claimed, at=at)
            for job in sent:
                one = by_id[job.person_id or 0]
                self.judge(one, at, looked)
                one.asked.append(at)
            settle([(job, Said(1, 2)) for job in sent], at=at)

    def judge(self, one: Life, at: datetime, looked: datetime | None) -> None:
        """Asking this person now must be right by everything that has happened."""
        self.assertTrue(looked and at - looked <= FRESH, "asked on old news")
        self.assertFalse(one.seen, "asked although seen in voice")
        self.assertFalse(one.says_no, "asked after a no")
        self.assertLess(at, DEADLINE, "asked too late")
        early = CHECK if one.said_comes is None else COMES
        self.assertGreaterEqual(at, early, "asked before the time they were given")

    def test_nobody_is_asked_who_should_not_be_and_everybody_who_should(self) -> None:
        self.people = 12
        for seed in range(3):
            with self.subTest(seed=seed), self.afresh():
                self.finished(seed)

    @pytest.mark.slow
    def test_so_it_is_with_forty_people(self) -> None:
        for seed in range(6):
            with self.subTest(seed=seed), self.afresh():
                self.finished(seed)

    @contextmanager
    def afresh(self) -> Iterator[None]:
        """Take back what one evening wrote."""
        with transaction.atomic():
            yield
            transaction.set_rollback(True)

    def finished(self, seed: int) -> None:
        lives = self.evening(seed)
        rows = Delivery.objects.filter(kind="follow_up")
        outcome = {row.person_id: (row.state, row.reason) for row in rows.order_by("pk")}
        for one in lives:
            state, reason = outcome[one.who.pk]
            self.assertLessEqual(len(one.asked), 1)
            self.assertEqual(state == "sent", bool(one.asked), (state, reason))
            if not one.asked:
                self.assertIn(reason, REASONS)
            if seed % 3 == 2 and not one.turns and one.no is None:
                due = COMES if one.said_comes and one.said_comes < CHECK else CHECK
                self.assertEqual(one.asked, [due])
