"""Whoever answered or opted in since a call, and what of it they can still hear."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from availability import queries
from availability.quorum import Quorum
from botworker import outbox
from promotions import preview as previews
from promotions import promises, schedule
from promotions.models import Campaign, Recipient
from promotions.preview import Line, Wish
from promotions.promises import key_of, message
from promotions.schedule import FOLLOW_UP
from slomix.lib import clock


@dataclass(frozen=True)
class Since:
    """Whom a call has not looked at yet, and whom it left out and could reach now."""

    new: list[Line]
    back: list[Line]

    @property
    def called(self) -> list[Line]:
        """Those of both who would hear something."""
        return [line for line in [*self.new, *self.back] if line.choice.called]


def open_for(campaign: Campaign, at: datetime) -> bool:
    """Say whether somebody may still be added: until two minutes before the start, on its day."""
    in_time = at <= campaign.start_at - schedule.ADD_UNTIL
    return not campaign.cancelled_at and in_time and clock.today(at) == campaign.day


def since(campaign: Campaign, at: datetime) -> Since:
    """Look who answered or opted in since a call, by its own wishes and what of it is ahead."""
    known = dict(campaign.recipients.values_list("key", "left_out"))
    lines = previews.lines_of(
        queries.named_days(campaign.day, campaign.day)[campaign.day],
        tuple(slot for slot in promises.calls_of(campaign) if slot.due_at > at),
        wish=Wish(campaign.include_available, campaign.include_maybe),
        promoter_id=campaign.promoter_id,
        at=at,
    )
    return Since(
        new=[line for line in lines if key_of(line.person) not in known],
        back=[line for line in lines if line.choice.called and known.get(key_of(line.person))],
    )


def number(campaign: Campaign, at: datetime) -> int:
    """Return how many people would hear something if they were added now; 0 when it is too late."""
    if campaign.dry_run or not open_for(campaign, at):
        return 0
    return len(since(campaign, at).called)


def recipient(campaign: Campaign, line: Line) -> Recipient:
    """Return the row that says what a call decided about somebody."""
    return Recipient(
        campaign=campaign,
        person=line.person,
        key=key_of(line.person),
        status=line.status,
        left_out=line.choice.left_out,
    )


def write(campaign: Campaign, found: Since, *, at: datetime) -> None:
    """Write down whom a call looked at since, and promise them what is still ahead."""
    Recipient.objects.bulk_create(recipient(campaign, line) for line in found.new)
    for line in found.back:
        mine = campaign.recipients.filter(key=key_of(line.person))
        mine.update(left_out="", status=line.status)
    _promise(campaign, found, at)


def _promise(campaign: Campaign, found: Since, at: datetime) -> None:
    times = queries.times(campaign.day)
    counts = queries.named_days(campaign.day, campaign.day)[campaign.day].counts
    quorum = Quorum(counts.looking, settings.READY_THRESHOLD)
    ran = set(campaign.jobs.filter(done_at__isnull=False).values_list("kind", flat=True))
    for slot in promises.promised_by(campaign):
        said = promises.call_words(slot, times, quorum)
        messages = [
            message(line, slot, said, at=at, dry_run=campaign.dry_run)
            for line in _hearing(found, slot.kind)
        ]
        # A job that ran already releases nothing more.
        planned = promises.JOB_OF[slot.kind] not in ran
        outbox.enqueue(messages, slot.event, at=at, planned=planned)
    promises.respect_times(campaign, at=at)


def _hearing(found: Since, kind: str) -> Iterable[Line]:
    """Whoever was left out before has a row that says why; only what is said now is new."""
    back = (one for one in found.back if kind in (*one.choice.said, FOLLOW_UP))
    return [*found.new, *back]
