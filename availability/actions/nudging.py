"""“Need one more”: a promoter's one polite question to those who could still come."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import access
from accounts.models import AuditEntry, User
from availability import could_come, queries
from availability.board import Counts, Times
from availability.could_come import LEAST, Choice
from availability.models import Evening
from availability.quorum import Quorum
from botworker import rules
from slomix.lib import clock


class NudgeRefused(Exception):
    """Nobody can be asked now; the text says why."""


@dataclass(frozen=True)
class Seen:
    """Whom a nudge made now would ask, and why not the others."""

    times: Times
    quorum: Quorum
    asked: list[Choice]
    left_out: list[Choice]
    nudged_at: datetime | None
    # Why nothing can be asked at all; empty when it can.
    refusal: str

    @property
    def reasons(self) -> Counter[str]:
        """How many are left out for which reason."""
        return Counter(choice.silent for choice in self.left_out)


def see(*, promoter: User, at: datetime) -> Seen:
    """Look at whom a nudge would ask at an instant; changes nothing, seven queries."""
    day = clock.today(at)
    times = queries.times(day)
    counts = queries.counts(day, day).get(day, Counts())
    quorum = Quorum(counts.looking, settings.READY_THRESHOLD)
    row = Evening.objects.filter(day=day).first()
    nudged_at = row.nudged_at if row else None
    choices = could_come.choices(
        kind=rules.NUDGE, wish="allow_promotions", by=promoter, day=day, at=at
    )
    asked = [choice for choice in choices if not choice.silent]
    return Seen(
        times=times,
        quorum=quorum,
        asked=asked,
        left_out=[choice for choice in choices if choice.silent],
        nudged_at=nudged_at,
        refusal=_refusal(quorum, times, nudged_at, len(asked), at),
    )


def _refusal(
    quorum: Quorum, times: Times, nudged_at: datetime | None, number: int, at: datetime
) -> str:
    if not settings.PROMPTS_ENABLED:
        return _("Messages without a call are switched off here.")
    if nudged_at:
        text = _("That was asked tonight, at %(at)s. Once per evening is enough.")
        return text % {"at": clock.wall(nudged_at)}
    if quorum.ready:
        return _("Enough are looking: we play. Nobody needs to be asked.")
    if at >= times.start_at - LEAST:
        return _("The evening has begun. Tomorrow is another one.")
    if not number:
        return _("Nobody is left who could be asked.")
    return ""


@transaction.atomic
def nudge(*, promoter: User, at: datetime, door: str = "web") -> int:
    """Ask whoever could still come tonight, once per evening; returns how many people.

    Only those who asked for reminders and did not say Looking or Not playing; nobody in quiet hours,
    and nobody more often than NUDGES_A_WEEK in seven days. Raises NudgeRefused when the evening is
    on, has begun, was asked about already, or nobody is left; and for whoever is no promoter.
    """
    if not access.of(promoter).promoter:
        raise NudgeRefused(_("Only promoters can call the others. Ask an admin."))
    day = clock.today(at)
    Evening.objects.bulk_create([Evening(day=day)], ignore_conflicts=True)
    row = Evening.objects.select_for_update().get(day=day)
    seen = see(promoter=promoter, at=at)
    if seen.refusal:
        raise NudgeRefused(seen.refusal)
    Evening.objects.filter(pk=row.pk).update(nudged_at=at)
    could_come.ask(
        seen.asked, kind=rules.NUDGE, times=seen.times, missing=seen.quorum.missing, at=at
    )
    AuditEntry.write(
        AuditEntry.Action.NUDGED,
        at=at,
        actor=promoter,
        door=door,
        day=day.isoformat(),
        people=len(seen.asked),
    )
    return len(seen.asked)
