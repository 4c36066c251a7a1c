"""A machine that plays the ledger in any order it can think of, against the oracle.

Three people, two events, two drains. Each rule is one thing that happens to a real system; the
invariants hold after every one of them, and `teardown` asks that everything comes to an end.
"""

from datetime import datetime, time, timedelta
from typing import ClassVar

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from accounts import actions as people
from accounts.models import User
from botworker import claims, outbox, settling, sweep
from botworker.channels import Refusal, Said, Verdict
from botworker.claims import Job
from botworker.drain import FRESH, SEND_WITHIN
from botworker.models import TERMINAL, Attempt, Delivery, State
from botworker.outbox import Message
from tests import make
from tests.ledger.choices import (
    ANSWERS,
    CHANNELS,
    DAY,
    DRAINS,
    END,
    EVENTS,
    IN_FLIGHT,
    KEYS,
    LONGER,
    OFTEN_DISCORD,
    PASSES,
    PLANS,
    PROVABLE,
    QUIET,
    SELDOM,
    WHO,
    WORK,
    Hands,
)
from tests.ledger.oracle import Oracle, Posted, Provider, Wishes


class Ledger(RuleBasedStateMachine):
    """The ledger's verbs as rules."""

    steps: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        self._atomic = transaction.atomic()
        self._atomic.__enter__()
        self.now = make.at("20:45")
        self.people: list[User] = [make.person(opted_in=True) for _one in range(3)]
        self.recipients = [outbox.recipient_of(one.discord.discord_id) for one in self.people]
        self.provider = Provider()
        self.oracle = Oracle({recipient: Wishes() for recipient in self.recipients})
        self.hands = {"one": Hands(), "two": Hands()}
        self.fences: dict[int, int] = {}
        self.claims: set[tuple[int, int]] = set()
        self.settled: dict[int, str] = {}

    # --- the rules: few and broad, because hypothesis leaves some out of each run ---------------------

    @initialize(planned=SELDOM, plan=PLANS)
    def promise_all(self, planned: bool, plan: tuple[str, ...]) -> None:
        for who in range(3):
            self.enqueue(who, "PROMOTE:T-15", planned, plan)

    @rule(after=PASSES, drain=DRAINS, verbs=WORK, channel=OFTEN_DISCORD, how=ANSWERS)
    def works(
        self, after: float, drain: str, verbs: tuple[str, ...], channel: str, how: str
    ) -> None:
        self._work(after, drain, verbs, channel, how)

    # The same again and again: most of what happens is work.
    @rule(after=PASSES, drain=DRAINS, verbs=WORK, channel=OFTEN_DISCORD, how=ANSWERS)
    def works_on(
        self, after: float, drain: str, verbs: tuple[str, ...], channel: str, how: str
    ) -> None:
        self._work(after, drain, verbs, channel, how)

    @rule(after=PASSES, drain=DRAINS, verbs=WORK, channel=OFTEN_DISCORD, how=ANSWERS)
    def works_still(
        self, after: float, drain: str, verbs: tuple[str, ...], channel: str, how: str
    ) -> None:
        self._work(after, drain, verbs, channel, how)

    @rule(after=LONGER, drain=DRAINS)
    def dies(self, after: float, drain: str) -> None:
        self.hands[drain] = Hands()
        self.advance(after)

    @rule(who=WHO, key=KEYS, planned=SELDOM, plan=PLANS)
    def enqueue(self, who: int, key: str, planned: bool, plan: tuple[str, ...]) -> None:
        before = Delivery.objects.count()
        said = Message(
            self.recipients[who], "We play.", person_id=self.people[who].pk, channels=plan
        )
        outbox.enqueue([said], EVENTS[key], at=self.now, planned=planned)
        if Delivery.objects.count() > before:
            self.oracle.promise(key, self.recipients[who])

    @rule(key=KEYS, who=WHO, verb=st.sampled_from(["release", "cancel"]))
    def promoters_decide(self, key: str, who: int, verb: str) -> None:
        getattr(self, verb)(*self._under_way(key, who))

    @rule(who=WHO, verb=st.sampled_from(["withdraw", "restore", "opt_out", "opt_in"]))
    def people_decide(self, who: int, verb: str) -> None:
        getattr(self, verb)(self._under_way("", who)[1])

    def _under_way(self, key: str, who: int) -> tuple[str, int]:
        """Choose something that is just being sent, where there is such: it hurts most there."""
        rows = Delivery.objects.filter(state__in=IN_FLIGHT).order_by("pk")
        busy = list(rows.values_list("event_key", "recipient"))
        if not busy or who == 2:
            return key, who
        found, recipient = busy[who % len(busy)]
        return found, self.recipients.index(recipient)

    @rule(who=WHO, quiet=QUIET | st.none())
    def quiet_hours(self, who: int, quiet: tuple[time, time] | None) -> None:
        start, end = quiet or (None, None)
        person = self.people[who]
        people.set_preferences(person=person, at=self.now, quiet_start=start, quiet_end=end)
        self.oracle.wishes[self.recipients[who]].quiet = quiet

    # --- what people and promoters do -----------------------------------------------------------------

    def release(self, key: str, _who: int) -> None:
        outbox.release(key, self.recipients, body="We play soon.")

    def cancel(self, key: str, who: int) -> None:
        outbox.cancel([key], [self.recipients[who]], reason="call cancelled", at=self.now)
        self.oracle.cancel(key, self.recipients[who])

    def withdraw(self, who: int) -> None:
        outbox.withdraw(self.people[who], DAY, reason=outbox.SAID_NO, at=self.now)
        self.oracle.say_no(self.recipients[who])

    def restore(self, who: int) -> None:
        outbox.restore(self.people[who], DAY, reason=outbox.SAID_NO, at=self.now)
        self.oracle.say_yes(self.recipients[who])

    def opt_out(self, who: int) -> None:
        self._allow(who, False)

    def opt_in(self, who: int) -> None:
        self._allow(who, True)

    def _allow(self, who: int, wish: bool) -> None:
        people.set_preferences(person=self.people[who], at=self.now, allow_promotions=wish)
        self.oracle.wishes[self.recipients[who]].opted_in = wish

    # --- what a drain does ---------------------------------------------------------------------------

    def _work(
        self, after: float, drain: str, verbs: tuple[str, ...], channel: str, how: str
    ) -> None:
        self.advance(after)
        if after >= 1:
            sweep.sweep(self.now)
        extras = {"claim": [channel], "look": [channel], "send": [how]}
        for verb in verbs:
            getattr(self, verb)(drain, *extras.get(verb, []))

    def claim(self, drain: str, channel: str) -> None:
        got = claims.claim(channel, at=self.now, owner=drain)
        for job in got:
            assert (job.delivery_id, job.fence) not in self.claims, "two drains hold one row"
            self.claims.add((job.delivery_id, job.fence))
        self.hands[drain].claimed += got

    def begin(self, drain: str) -> None:
        claimed, self.hands[drain].claimed = self.hands[drain].claimed, []
        begun = claims.begin(claimed, at=self.now)
        for job in begun:
            key = self._key_of(job)
            refusal = self.oracle.why_not(key, job.recipient, self._wall)
            assert not refusal, f"a request for {key} starts although: {refusal}"
            assert EVENTS[key].due_at <= self.now < EVENTS[key].deadline_at, "out of its time"
        self.hands[drain].begun += begun

    def send(self, drain: str, how: str) -> None:
        begun, self.hands[drain].begun = self.hands[drain].begun, []
        self.hands[drain].answered += [(job, self._answer(job, how)) for job in begun]

    def _answer(self, job: Job, how: str) -> Said | Refusal:
        assert job.started_at is not None
        if self.now - job.started_at > FRESH:
            return Refusal("the re-check was too old", Verdict.TRANSIENT, wait=0.1)
        if how == "refused":
            return Refusal("closed", Verdict.PERMANENT)
        if how == "busy":
            return Refusal("too many requests", Verdict.TRANSIENT, wait=1)
        nobody_knows = Verdict.UNKNOWN if job.channel in PROVABLE else Verdict.UNPROVABLE
        if how == "late":
            self.provider.under_way.append(self._request(job, self.now + timedelta(seconds=4)))
        if how in ("lost", "late"):
            return Refusal("the connection broke", nobody_knows)
        number = self.provider.post(self._request(job, self.now))
        return Said(1, number) if how == "taken" else Refusal("no answer", nobody_knows)

    def _request(self, job: Job, at: datetime) -> Posted:
        return Posted(self._key_of(job), job.recipient, job.marker, job.nonce, at)

    def settle(self, drain: str) -> None:
        answered, self.hands[drain].answered = self.hands[drain].answered, []
        settling.settle(answered, at=self.now)

    def look(self, drain: str, channel: str) -> None:
        if channel not in PROVABLE:
            sweep.give_up(channel, at=self.now)
            return
        jobs = sweep.to_read_back(channel, at=self.now)
        self.hands[drain].looked += [(job, self.provider.find(job.marker)) for job in jobs]

    def conclude(self, drain: str) -> None:
        looked, self.hands[drain].looked = self.hands[drain].looked, []
        for job, number in looked:
            if number:
                sweep.found(job, Said(1, number), at=self.now)
            else:
                sweep.absent(job, at=self.now)

    def advance(self, seconds: float) -> None:
        if self.now > END:
            return
        self.now += timedelta(seconds=seconds)
        self.provider.advance(self.now)
        for hands in self.hands.values():
            # A look at the history is over within the time-out, or it is no look.
            hands.looked = hands.looked if seconds <= SEND_WITHIN else []

    @property
    def _wall(self) -> time:
        return self.now.astimezone(make.LJUBLJANA).time()

    def _key_of(self, job: Job) -> str:
        return Delivery.objects.values_list("event_key", flat=True).get(pk=job.delivery_id)

    @invariant()
    def nobody_hears_it_twice(self) -> None:
        said = [(one.event_key, one.recipient) for one in self.provider.messages]
        assert len(said) == len(set(said)), "one person heard one thing twice"

    @invariant()
    def nothing_is_early_or_late(self) -> None:
        for said in self.provider.messages:
            event = EVENTS[said.event_key]
            assert event.due_at <= said.at < event.expires_at, f"{said.event_key} at {said.at}"

    @invariant()
    def what_is_settled_stays_and_fences_only_rise(self) -> None:
        type(self).steps += 1
        for pk, state, fence in Delivery.objects.values_list("pk", "state", "fence"):
            assert fence >= self.fences.get(pk, 0), "a fence fell"
            assert self.settled.get(pk, state) == state, f"{self.settled[pk]} became {state}"
            self.fences[pk] = fence
            if state in TERMINAL:
                self.settled[pk] = state

    # --- the end -------------------------------------------------------------------------------------

    def teardown(self) -> None:
        try:
            self._come_to_an_end()
            self._check_the_books()
        finally:
            transaction.set_rollback(True)
            self._atomic.__exit__(None, None, None)

    def _come_to_an_end(self) -> None:
        for name in self.hands:
            self.hands[name] = Hands()
        began = max(self.now, END)
        for passed in range(10, 61, 10):
            self.now = began + timedelta(seconds=passed)
            self.provider.advance(self.now)
            sweep.sweep(self.now)
            for channel in CHANNELS:
                self.look("one", channel)
            self.conclude("one")

    def _check_the_books(self) -> None:
        rows = list(Delivery.objects.all())
        ends = {*TERMINAL, State.WITHDRAWN}
        assert not [row for row in rows if row.state not in ends], "not settled a minute later"
        sent = {row.marker for row in rows if row.state == State.SENT}
        unsure = {row.marker for row in rows if row.state == State.UNCONFIRMED}
        there = {said.marker for said in self.provider.messages}
        assert sent <= there, "sent, and the provider has nothing"
        assert there <= sent | unsure, "the provider has a message that the ledger denies"
        for row in rows:
            tries = row.tries.order_by("n").values_list("n", "outcome")
            assert [n for n, _outcome in tries] == list(range(1, len(tries) + 1))
            proofs = [outcome for _n, outcome in tries if outcome == Attempt.Outcome.SENT]
            assert len(proofs) == (row.state == State.SENT), "a sent row names its message"
