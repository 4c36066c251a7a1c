"""Random days with the daily question, “we play” and a call; judged by what everybody did and wished.

The judge knows nothing of the ledger: from four in the afternoon on people answer, opt out, unlink and
choose quiet hours, and whatever begins to be said to them must be right at that moment.
"""

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from accounts import actions as people
from accounts.models import User
from availability import actions as evenings
from availability import prompts
from availability.models import Status
from botworker import claims, pacing, rules, sweep
from botworker.channels import Said
from botworker.claims import Job
from botworker.models import Delivery
from botworker.settling import settle
from promotions import actions, jobs
from tests import make
from tests.cast import TONIGHT, SlomixTestCase

DAY = TONIGHT.date()
BEGINS, STEP, ENDS = make.at("15:50"), timedelta(minutes=2), make.at("21:12")
CALLED = make.at("19:30")
READY, MOST = 4, 4
# When each may begin to be said; the wish that it needs.
QUESTION = (make.at("16:00"), make.at("17:00"))
CALLS = {
    "reminder": (make.at("20:45"), make.at("20:57")),
    "start": (make.at("21:00"), make.at("21:10")),
}
QUIET = ((time(15, 30), time(16, 30)), (time(20, 40), time(20, 50)), (time(20), time(23)))
ACTS = ("no", "yes", "perhaps", "opts out", "wishes nothing", "unlinks")
WISHES = {
    rules.DAILY: "allow_daily_prompt",
    rules.SESSION_READY: "allow_session_ready",
    rules.FELL_APART: "allow_session_ready",
}


@dataclass
class Life:
    """One person: their wishes and answer, what they do at which step, what came to them."""

    who: User
    quiet: tuple[time, time] | None
    wishes: set[str]
    acts: dict[int, str]
    says: str = ""
    called: bool = True
    linked: bool = True
    heard: Counter[str] = field(default_factory=Counter)

    def is_quiet(self, at: datetime) -> bool:
        """Say whether a wall clock stands in their quiet hours."""
        wall = at.astimezone(make.LJUBLJANA).time()
        return self.quiet is not None and self.quiet[0] <= wall < self.quiet[1]


@override_settings(READY_THRESHOLD=READY, VOICE_CHECK_ENABLED=False, DAILY_REMINDER_TIME=time(16))
class RandomDayTests(SlomixTestCase):
    now = make.at("15:40")

    def setUp(self) -> None:
        super().setUp()
        # At one instant the pace lets three through; here an instant stands for two minutes.
        self.addCleanup(setattr, pacing, "BURST", pacing.BURST)
        pacing.BURST = 10_000.0
        self.kinds: set[str] = set()

    def test_nothing_begins_that_somebody_does_not_want(self) -> None:
        with self.afresh():
            self.day(seed=1, people=10, every=3)

    @pytest.mark.slow
    def test_nor_on_many_days_with_many_people(self) -> None:
        for seed in range(8):
            with self.subTest(seed=seed), self.afresh():
                self.day(seed=seed, people=24, every=1)
        self.assertGreaterEqual(self.kinds, {*CALLS, rules.DAILY, rules.SESSION_READY})

    @contextmanager
    def afresh(self) -> Iterator[None]:
        """Take back what one day wrote."""
        with transaction.atomic():
            yield
            transaction.set_rollback(True)

    def day(self, *, seed: int, people: int, every: int) -> None:
        """Play a day; something happens and is sent at every so-manieth step."""
        self.dice = random.Random(seed)  # noqa: S311  repeatable, not secret
        steps = range(0, int((ENDS - BEGINS) / STEP), every)
        lives = [self.somebody(steps) for _n in range(people)]
        self.by_id = {one.who.pk: one for one in lives}
        called = False
        for step in steps:
            at = BEGINS + STEP * step
            for one in lives:
                if verb := one.acts.get(step):
                    self.act(one, verb, at)
            if at >= CALLED and not called:
                called = self.call(at)
            prompts.run(at)
            for job_id in jobs.due(at):
                jobs.run(job_id, at=at)
            self.drain(at)
        self.finished(lives)

    def call(self, at: datetime) -> bool:
        actions.promote(
            promoter=self.ana, include_available=True, include_maybe=True, dry_run=False, at=at
        )
        return True

    def somebody(self, steps: range) -> Life:
        """Half of them do nothing; the others say yes now and then, and anything else."""
        wishes = {wish for wish in set(WISHES.values()) if self.dice.random() < 0.8}
        flags: dict[str, Any] = {wish: wish in wishes for wish in set(WISHES.values())}
        who = make.person(opted_in=True, **flags)
        quiet = self.dice.choice((None, None, None, *QUIET))
        if quiet:
            people.set_preferences(person=who, at=BEGINS, quiet_start=quiet[0], quiet_end=quiet[1])
        number = self.dice.choice((0, 1, 1, 2, 3))
        acts = {self.dice.choice(steps): self.dice.choice((*ACTS, "yes")) for _n in range(number)}
        return Life(who, quiet, wishes, acts)

    def act(self, one: Life, verb: str, at: datetime) -> None:
        if verb in ("no", "yes", "perhaps") and one.linked:
            said = {"no": Status.NOT_PLAYING, "yes": Status.LOOKING, "perhaps": Status.MAYBE}[verb]
            one.says = said
            evenings.answer(person=one.who, day=DAY, status=said, at=at)
        elif verb == "opts out":
            one.called = False
            people.set_preferences(person=one.who, at=at, allow_promotions=False)
        elif verb == "wishes nothing":
            one.wishes = set()
            people.set_preferences(
                person=one.who, at=at, allow_daily_prompt=False, allow_session_ready=False
            )
        elif verb == "unlinks" and one.linked:
            one.linked = False
            people.unlink_player(person=one.who, at=at)

    def drain(self, at: datetime) -> None:
        sweep.sweep(at)
        while claimed := claims.claim("discord", at=at, owner="drain"):
            begun = claims.begin(claimed, at=at)
            for job in begun:
                self.judge(job, at)
            settle([(job, Said(1, 2)) for job in begun], at=at)

    def judge(self, job: Job, at: datetime) -> None:
        """Beginning to tell this person now must be right by everything that happened."""
        one = self.by_id.get(job.person_id or 0)
        if one is None:
            return
        about = f"{job.kind} at {at:%H:%M}"
        one.heard[job.kind] += 1
        self.kinds.add(job.kind)
        self.assertTrue(one.linked, f"{about}: after an unlinking")
        self.assertNotEqual(one.says, Status.NOT_PLAYING, f"{about}: after a no")
        self.assertFalse(one.is_quiet(at), f"{about}: in quiet hours")
        if wish := WISHES.get(job.kind):
            self.assertIn(wish, one.wishes, f"{about}: not asked for")
        else:
            self.assertTrue(one.called, f"{about}: after opting out")
            first, last = CALLS[job.kind]
            self.assertTrue(first <= at < last, f"{about}: out of its time")
        if job.kind == rules.DAILY:
            self.assertEqual(one.says, "", f"{about}: answered already")
            self.assertTrue(QUESTION[0] <= at < QUESTION[1], f"{about}: out of its time")

    def finished(self, lives: list[Life]) -> None:
        for one in lives:
            self.assertLessEqual(max(one.heard.values(), default=0), 1, f"twice: {one.heard}")
            self.assertLessEqual(one.heard.total(), MOST)
            if one.acts:
                continue
            # Who does nothing all day has no answer: the question is all that comes, once.
            wants = "allow_daily_prompt" in one.wishes
            self.assertEqual(one.heard, Counter({rules.DAILY: 1} if wants else {}), one)
        self.assertFalse(Delivery.objects.filter(state__in=["sending", "unknown"]).exists())
