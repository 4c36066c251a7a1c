"""Random evenings with everything on: three channels, prompts, calls, follow-up, and people's whims.

The judge knows what everybody did and wished, and nothing of the ledger.
"""

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

import pytest
from django.db import transaction
from django.test import override_settings

from accounts import actions as people
from accounts.actions import handles
from accounts.models import User
from availability import actions as evenings
from availability import prompts
from availability.models import Status
from botworker import breaker, claims, pacing, presence, sweep
from botworker.channels import Refusal, Said, Verdict
from botworker.claims import Job
from botworker.models import Delivery
from botworker.presence import Seen
from botworker.settling import settle
from promotions import actions, jobs
from tests import make
from tests.cast import TONIGHT, SlomixTestCase
from tests.channels.keys import HAVE_BOTH

DAY = TONIGHT.date()
CALLED = make.at("19:40")
BEGINS, STEP, STEPS = make.at("20:40"), timedelta(seconds=10), 246  # until 21:21
CHANNELS = ("discord", "telegram", "signal")
# When each thing may be said: from, and the last moment at which a try may start.
TIMES = {
    "reminder": (make.at("20:45"), make.at("20:56:48")),
    "start": (make.at("21:00"), make.at("21:09:48")),
    "follow_up": (make.at("21:02"), make.at("21:19:48")),
}
QUIET = ((time(20, 40), time(20, 50)), (time(20, 58), time(23)), (time(22), time(8)))
ACTS = ("no", "yes", "opts out", "opts in", "drops a channel", "unlinks", "comes", "leaves")
MOST = 4  # messages of an evening
# So many are looking, and as many are enough; then some say no together, and it falls apart.
READY, TOGETHER = 14, range(4)


@dataclass
class Life:
    """One person: what they wish, what they do and when, and what came to them."""

    who: User
    order: list[str]
    quiet: tuple[time, time] | None
    acts: dict[int, str]
    asked: bool = True
    wishes: bool = True
    coming: bool = True
    linked: bool = True
    in_voice: bool = False
    heard: Counter[str] = field(default_factory=Counter)
    # Kinds that a channel refused, or of which nobody knows.
    hurt: set[str] = field(default_factory=set)

    def is_quiet(self, at: datetime) -> bool:
        """Say whether a wall clock stands in their quiet hours."""
        if self.quiet is None:
            return False
        start, end = self.quiet
        wall = at.astimezone(make.LJUBLJANA).time()
        return start <= wall < end if start < end else wall >= start or wall < end

    def could_hear(self, kind: str) -> bool:
        """Say whether any moment of a kind's time lies outside the quiet hours."""
        moments = (BEGINS + STEP * step for step in range(STEPS))
        first, last = TIMES[kind]
        return any(first <= at < last and not self.is_quiet(at) for at in moments)


@override_settings(**HAVE_BOTH, VOICE_CHECK_ENABLED=True, READY_THRESHOLD=READY)
class EveningCase(SlomixTestCase):
    """A club, its evening moment by moment, and the judge."""

    people = 24

    def setUp(self) -> None:
        super().setUp()
        # At one instant the pace lets three through, and a minute of refusals opens the breaker;
        # here an instant stands for ten seconds.
        self.addCleanup(setattr, pacing, "BURST", pacing.BURST)
        self.addCleanup(setattr, breaker, "UNCLEAR", breaker.UNCLEAR)
        self.kinds: set[str] = set()
        self.whole = 0
        pacing.BURST, breaker.UNCLEAR = 10_000.0, 10_000

    @contextmanager
    def afresh(self) -> Iterator[None]:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)

    # --- the evening ---------------------------------------------------------------------------------

    def evening(self, seed: int) -> list[Life]:
        self.dice = random.Random(seed)  # noqa: S311  repeatable, not secret
        lives = [self.somebody(place) for place in range(self.people)]
        self.by_id = {one.who.pk: one for one in lives}
        # Enough are looking long before anybody is called.
        for minutes in range(0, 10, 2):
            prompts.run(TONIGHT + timedelta(minutes=minutes))
            self.drain(TONIGHT + timedelta(minutes=minutes))
        actions.promote(
            promoter=self.ana,
            include_available=True,
            include_maybe=True,
            dry_run=False,
            at=CALLED,
        )
        for step in range(STEPS):
            self.moment(lives, step, BEGINS + STEP * step)
        return lives

    def moment(self, lives: list[Life], step: int, at: datetime) -> None:
        for one in lives:
            if verb := one.acts.get(step):
                self.act(one, verb, at)
        there = [Seen(one.who.discord.discord_id, 1) for one in lives if one.in_voice]
        presence.note_voice(there, at=at)
        if step % 3 == 0:
            prompts.run(at)
        for job_id in jobs.due(at):
            jobs.run(job_id, at=at)
        self.drain(at)

    def somebody(self, place: int) -> Life:
        quiet = self.dice.choice((None, None, *QUIET))
        wishes = self.dice.random() < 0.5
        who = make.person(opted_in=True, allow_session_ready=wishes, allow_daily_prompt=wishes)
        has = self.dice.sample(CHANNELS[1:], self.dice.randrange(3))
        order = self.dice.sample(CHANNELS, 3)
        for channel in has:
            address = (
                f"{7_000_000_100 + place}" if channel == "telegram" else f"+4477009004{place:02}"
            )
            make.handle(who, channel, address)
        start, end = quiet or (None, None)
        people.set_preferences(
            person=who, at=TONIGHT, channel_order=order, quiet_start=start, quiet_end=end
        )
        make.entry(who, Status.LOOKING if place < READY else Status.AVAILABLE)
        mine = [one for one in order if one == "discord" or one in has]
        return Life(who, mine, quiet, self.whims(place), wishes=wishes)

    def whims(self, place: int) -> dict[int, str]:
        """Many do nothing at all, some say no together; the others do anything, at any time."""
        if place in TOGETHER:
            return {5: "no"}
        number = self.dice.choice((0, 0, 1, 2, 4))
        return {self.dice.randrange(STEPS): self.dice.choice(ACTS) for _n in range(number)}

    def act(self, one: Life, verb: str, at: datetime) -> None:
        if verb in ("no", "yes") and one.linked:
            one.coming = verb == "yes"
            status = Status.LOOKING if one.coming else Status.NOT_PLAYING
            evenings.answer(person=one.who, day=DAY, status=status, at=at)
        elif verb in ("opts out", "opts in"):
            one.asked = verb == "opts in"
            people.set_preferences(person=one.who, at=at, allow_promotions=one.asked)
        elif verb == "drops a channel" and set(one.order) - {"discord"}:
            gone = self.dice.choice([name for name in one.order if name != "discord"])
            one.order.remove(gone)
            handles.disconnect(person=one.who, channel=gone, at=at)
        elif verb == "unlinks" and one.linked:
            one.linked = False
            people.unlink_player(person=one.who, at=at)
        elif verb in ("comes", "leaves"):
            one.in_voice = verb == "comes"

    # --- what is sent, and the judge ------------------------------------------------------------------

    def drain(self, at: datetime) -> None:
        sweep.sweep(at)
        # A message that one channel refused is due on the next one at once.
        for channel in CHANNELS * 3:
            while claimed := claims.claim(channel, at=at, owner="drain"):
                begun = claims.begin(claimed, at=at)
                settle([(job, self.answer(job, at)) for job in begun], at=at)

    def answer(self, job: Job, at: datetime) -> Said | Refusal:
        one = self.by_id.get(job.person_id or 0)
        if one is None:
            return Said(1, 2)
        self.judge(one, job, at)
        chance = self.dice.random()
        if chance < 0.1:
            one.hurt.add(job.kind)
            return Refusal("closed", Verdict.PERMANENT)
        if chance < 0.15:
            return Refusal("too many requests", Verdict.TRANSIENT, wait=1)
        if chance < 0.2 and job.channel != "discord":
            one.hurt.add(job.kind)
            one.heard[job.kind] += self.dice.random() < 0.5
            return Refusal("no clear answer", Verdict.UNPROVABLE)
        one.heard[job.kind] += 1
        return Said(1, 2)

    def judge(self, one: Life, job: Job, at: datetime) -> None:
        """Beginning to tell this person now must be right by everything that happened."""
        about = f"{job.kind} on {job.channel} at {at:%H:%M:%S}"
        self.assertTrue(one.coming, f"{about}: after a no")
        self.assertTrue(one.linked, f"{about}: after an unlinking")
        self.assertIn(job.channel, one.order, f"{about}: that channel is not theirs")
        self.assertFalse(one.is_quiet(at), f"{about}: in quiet hours")
        if job.kind not in TIMES:
            self.assertTrue(one.wishes, f"{about}: not asked for")
            return
        self.assertTrue(one.asked, f"{about}: after opting out")
        first, last = TIMES[job.kind]
        self.assertTrue(first <= at < last, f"{about}: out of its time")
        if job.kind == "follow_up":
            self.assertFalse(one.in_voice, f"{about}: they are in voice")

    def finished(self, lives: list[Life]) -> None:
        for one in lives:
            self.assertLessEqual(max(one.heard.values(), default=0), 1, f"twice: {one.heard}")
            self.assertLessEqual(one.heard.total(), MOST)
            if one.acts:
                continue
            for kind in TIMES:
                if kind in one.hurt or (kind == "follow_up" and one.hurt):
                    continue
                self.whole += 1
                self.assertEqual(one.heard[kind], self.due(one, kind), f"{kind}: {one}")
        self.kinds |= set(Delivery.objects.filter(state="sent").values_list("kind", flat=True))

    def due(self, one: Life, kind: str) -> int:
        """Return how often somebody who did nothing all evening hears a kind."""
        others = one.heard.total() - one.heard["follow_up"]
        full = kind == "follow_up" and others >= MOST
        return int(one.could_hear(kind) and not full)


class WholeEveningTests(EveningCase):
    def test_nobody_hears_what_they_should_not_and_whoever_should_hears_it_once(self) -> None:
        self.people = 16
        with self.afresh():
            self.finished(self.evening(seed=0))

    @pytest.mark.slow
    def test_nor_does_anybody_in_a_larger_club(self) -> None:
        for seed in range(2):
            with self.subTest(seed=seed), self.afresh():
                self.finished(self.evening(seed))
        self.assertEqual(self.kinds, {*TIMES, "session_ready", "fell_apart"})
        self.assertGreater(self.whole, 15)
