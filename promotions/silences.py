"""Why an evening said nothing at all to somebody: there is no row in the ledger to ask."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from accounts.models import User
from availability import queries
from availability.models import Entry, Status
from promotions import recipients
from promotions.models import Campaign
from promotions.schedule import START_LASTS
from slomix.lib import clock

LOOKED_BACK = timedelta(days=7)


@dataclass(frozen=True)
class Silence:
    """One evening that is over and of which somebody heard nothing."""

    day: date
    start_at: datetime
    words: str


def of(person: User, heard: Collection[date], at: datetime) -> list[Silence]:
    """Explain the evenings of the last week that have no row for somebody, the newest first.

    `heard` are those that have one. An evening that nobody called and that they had not
    answered needs no words. Two queries.
    """
    today = clock.today(at)
    days = [today - timedelta(days=ago) for ago in range(LOOKED_BACK.days + 1)]
    answers = {
        entry.day: entry
        for entry in Entry.objects.between(days[-1], today).filter(person_id=person.pk)
    }
    calls: dict[date, list[Campaign]] = {}
    for call in Campaign.objects.filter(day__gte=days[-1], day__lte=today, dry_run=False):
        calls.setdefault(call.day, []).append(call)
    found = []
    for day in days:
        start_at = queries.times(day).start_at
        words = why(answers.get(day), calls.get(day, []))
        if words and day not in heard and start_at + START_LASTS <= at:
            found.append(Silence(day, start_at, words))
    return found


def why(entry: Entry | None, calls: list[Campaign]) -> str:
    """Say why somebody with this answer heard nothing; empty when nobody expected anything. Pure."""
    live = [call for call in calls if call.cancelled_at is None]
    if entry is None or entry.status == Status.NOT_PLAYING:
        if not live:
            return ""
        return _("You had not answered") if entry is None else _("You said you would not play")
    if not calls:
        return _("Nobody called that evening")
    if not live:
        return _("The call was taken back")
    fitting = [call for call in live if _for(entry.status, call)]
    if not fitting:
        status = Status(entry.status).label
        return _("The call was not for those who said %(status)s") % {"status": status}
    last = max(call.created_at for call in fitting)
    if entry.since > last:
        text = _("You answered after the call, which was made at %(at)s")
        return text % {"at": clock.wall(last.replace(second=0, microsecond=0))}
    return _("The call did not find your answer; a player was not linked then")


def _for(status: str, call: Campaign) -> bool:
    return recipients.wanted(
        status, include_available=call.include_available, include_maybe=call.include_maybe
    )
