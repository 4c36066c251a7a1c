"""What became of a call: a question to the ledger, never a column of its own."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import User
from availability.models import Status
from botworker import conditions, outbox
from botworker.outbox import Line
from promotions import headcount, words
from promotions.drawing import Slice, slices
from promotions.followup import SWITCHED_OFF
from promotions.headcount import OPEN
from promotions.jobs import KIND_OF
from promotions.models import Campaign, Job, Recipient
from promotions.promises import slots_of
from promotions.schedule import FOLLOW_UP, Slot

# How the ledger's states read to a promoter; the one place for it.
GROUP = {
    "sent": "sent",
    "failed": "failed",
    "expired": "failed",
    "suppressed": "skipped",
    "cancelled": "skipped",
    "withdrawn": "skipped",
    "unconfirmed": "unconfirmed",
}
GROUPS = ("sent", "waiting", "failed", "skipped", "unconfirmed")


def group_of(state: str) -> str:
    """Return which of the five counts a ledger state belongs to."""
    return "waiting" if state in OPEN else GROUP[state]


@dataclass(frozen=True)
class Told:
    """What became of one thing for one person."""

    slot: Slot
    line: Line

    @property
    def group(self) -> str:
        """sent, waiting, failed, skipped or unconfirmed."""
        return group_of(self.line.state)

    @property
    def title(self) -> str:
        """Reminder, start or follow-up, in words."""
        return str(words.KINDS[self.slot.kind])

    @property
    def why(self) -> str:
        """The reason in words, where there is one."""
        return words.why(self.line.reason) if self.line.reason else ""


@dataclass(frozen=True)
class PersonLine:
    """One person of a call."""

    person: User | None
    status: str
    left_out: str
    told: list[Told]

    @property
    def status_label(self) -> str:
        """Their answer when they were called, in words."""
        return str(Status(self.status).label)


@dataclass(frozen=True)
class Station:
    """One stop of the evening: reminder, start, follow-up."""

    kind: str
    title: str
    at: datetime
    state: str  # "done", "running" or "ahead"
    counts: dict[str, int]
    words: str
    # Seconds after its time at which the last one that was sent had arrived.
    took: float | None = None

    @property
    def slices(self) -> list[Slice]:
        """What became of it, drawn; after the start whoever is there is no part of it."""
        there = {"skipped"} if self.kind == FOLLOW_UP else set()
        return slices({group: n for group, n in self.counts.items() if group not in there})

    @property
    def total(self) -> int:
        """How many this is said to; after the start most are there and need not be asked."""
        there = self.counts["skipped"] if self.kind == FOLLOW_UP else 0
        return sum(self.counts.values()) - there

    @property
    def sent(self) -> int:
        """How many of them have it."""
        return self.counts["sent"]


@dataclass(frozen=True)
class Report:
    """Everything a call's page, API and admin show."""

    campaign: Campaign
    people: list[PersonLine]
    left_out: list[PersonLine]
    counts: dict[str, int]
    stations: list[Station]
    jobs: list[dict[str, Any]]

    @property
    def slices(self) -> list[Slice]:
        """What became of all messages, drawn."""
        return slices(self.counts)

    @property
    def promised(self) -> int:
        """How many messages were promised; always the sum of the counts."""
        return sum(self.counts.values())

    @property
    def reached(self) -> int:
        """How many people got at least one message."""
        return sum(any(told.group == "sent" for told in line.told) for line in self.people)

    @property
    def perhaps(self) -> int:
        """How many messages perhaps arrived: nobody knows, and nobody ever will."""
        return self.counts["unconfirmed"]

    @property
    def done(self) -> bool:
        """Nothing is waiting any more."""
        return self.counts["waiting"] == 0

    @property
    def channels(self) -> dict[str, int]:
        """How many people are told on each channel."""
        used = [line.told[0].line.channel for line in self.people if line.told]
        return {name: used.count(name) for name in ("discord", "telegram", "signal")}

    @property
    def status(self) -> str:
        """The owner's word for the whole: derived from the ledger, in this one place.

        cancelled; scheduled until the first job ran; running while something waits; failed when
        something failed and nothing can have arrived; partial when something failed or may not
        have arrived, whatever came after it; followup_sent when somebody was asked after the
        start; sent.
        """
        if self.campaign.cancelled_at:
            return "cancelled"
        if not any(job["status"] != "pending" for job in self.jobs):
            return "scheduled"
        if self.counts["waiting"]:
            return "running"
        if self.counts["failed"] and not _arrived(self.counts):
            return "failed"
        if self.counts["failed"] or self.perhaps:
            return "partial"
        asked = any(one.sent for one in self.stations if one.kind == FOLLOW_UP)
        return "followup_sent" if asked else "sent"

    @property
    def reasons(self) -> Counter[str]:
        """Why messages were not sent, counted, in words."""
        return Counter(
            told.why
            for line in self.people
            for told in line.told
            if told.group in ("failed", "skipped") and told.why
        )


def of(campaign: Campaign, at: datetime, *, named: bool = True) -> Report:
    """Read what became of a call, in two queries and one for its jobs.

    Whoever only counts asks without the people, `named=False`: that is a third of the time.
    """
    slots, jobs = slots_of(campaign), list(campaign.jobs.all())
    rows = campaign.recipients.order_by("pk")
    recipients = list(
        rows.select_related("person__discord", "person__link__player") if named else rows
    )
    found = outbox.lines([slot.event_key for slot in slots], [one.key for one in recipients])
    lines = [_person(one, one.person if named else None, slots, found) for one in recipients]
    called = [line for line in lines if not line.left_out]
    return Report(
        campaign=campaign,
        people=called,
        left_out=[line for line in lines if line.left_out],
        counts=_count(told for line in called for told in line.told),
        stations=_stations(jobs, slots, called, at),
        jobs=[_job(job, called) for job in jobs],
    )


def _job(job: Job, people: list[PersonLine]) -> dict[str, Any]:
    kind = KIND_OF.get(Job.Kind(job.kind), "")
    counts = _count(told for line in people for told in line.told if told.slot.kind == kind)
    return {
        "id": job.pk,
        "job_type": job.kind,
        "run_at": job.run_at,
        "status": _job_status(job, counts),
        "attempts": job.attempts,
        "messages": counts,
    }


def _job_status(job: Job, counts: dict[str, int]) -> str:
    """Say pending, running, sent, skipped or failed: the owner's words, by one rule."""
    if job.done_at is None:
        return "running" if job.lease_until else "pending"
    if job.outcome.startswith("skipped"):
        return "skipped"
    if counts["waiting"]:
        return "running"
    return "sent" if _arrived(counts) or not counts["failed"] else "failed"


def _arrived(counts: dict[str, int]) -> int:
    """Count what was sent, and what perhaps arrived: the opposite of failing."""
    return counts["sent"] + counts["unconfirmed"]


def _person(
    recipient: Recipient,
    person: User | None,
    slots: list[Slot],
    found: dict[tuple[str, str], Line],
) -> PersonLine:
    told = [
        Told(slot, found[slot.event_key, recipient.key])
        for slot in slots
        if (slot.event_key, recipient.key) in found
    ]
    reason = words.why(recipient.left_out) if recipient.left_out else ""
    return PersonLine(person, recipient.status, reason, told)


def _count(told: Iterable[Told]) -> dict[str, int]:
    groups = Counter(one.group for one in told)
    return {group: groups[group] for group in GROUPS}


def _stations(
    jobs: list[Job], slots: list[Slot], people: list[PersonLine], at: datetime
) -> list[Station]:
    stations = []
    for slot in slots:
        told = [one for line in people for one in line.told if one.slot.kind == slot.kind]
        counts = _count(told)
        state = "ahead" if at < slot.due_at else "running" if counts["waiting"] else "done"
        note = _after_the_start(jobs, told) if slot.kind == FOLLOW_UP else ""
        title = str(words.KINDS[slot.kind])
        took = _took(slot, told)
        stations.append(Station(slot.kind, title, slot.due_at, state, counts, note, took))
    return stations


def _took(slot: Slot, told: list[Told]) -> float | None:
    ended = [one.line.settled_at for one in told if one.group == "sent" and one.line.settled_at]
    return (max(ended) - slot.due_at).total_seconds() if ended else None


def _after_the_start(jobs: list[Job], told: list[Told]) -> str:
    """Say who need not be asked, or why nobody is."""
    outcome = next((job.outcome for job in jobs if job.kind == Job.Kind.FOLLOW_UP), "")
    if outcome.startswith("skipped"):
        return words.why(outcome)
    if not told:
        return words.why(SWITCHED_OFF)
    reasons = Counter(one.line.reason for one in told)
    if reasons[conditions.NO_NEWS]:
        return words.why(conditions.NO_NEWS)
    there = reasons[conditions.IN_VOICE]
    return headcount.in_voice(there) if there else ""
