"""What a calendar shows: one's own evenings with their answers, or everybody's in numbers."""

from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Count, Max
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from availability import ics, queries, words
from availability.board import Counts
from availability.models import Change, Entry, Evening, Feed, Status
from slomix.lib import clock

BEHIND = timedelta(days=30)
STATUS = {
    Status.LOOKING: "CONFIRMED",
    Status.AVAILABLE: "TENTATIVE",
    Status.MAYBE: "TENTATIVE",
    Status.NOT_PLAYING: "CANCELLED",
}


def render(feed: Feed, at: datetime) -> bytes:
    """Return a calendar's file, in its owner's language; four queries at most, however many evenings."""
    today, last = queries.horizon(at)
    first = today - BEHIND
    language = getattr(feed.person, "preferences", None)
    with translation.override((language and language.language) or settings.LANGUAGE_CODE):
        if feed.kind == Feed.Kind.PERSONAL:
            evenings, name = _mine(feed, first, last), _("My game nights")
        else:
            evenings, name = _everybodys(feed, first, last), _("Game nights")
        return ics.calendar(name, evenings, zone=clock.zone())


def address(token: str) -> str:
    """Return where a calendar is read."""
    return f"{settings.FRONTEND_ORIGIN}{reverse('calendar_feed', args=[token])}"


def webcal(token: str) -> str:
    """Return the same for programs that subscribe at a press."""
    return "webcal:" + address(token).partition(":")[2]


def _mine(feed: Feed, first: date, last: date) -> list[ics.Evening]:
    """A no is shown as cancelled, so that a program which kept the yes takes it away; a week
    or an absence that says no was never shown."""
    entries = Entry.objects.between(first, last).filter(person=feed.person)
    changes = Change.objects.filter(person=feed.person, day__gte=first, day__lte=last)
    numbers = dict(changes.values("day").annotate(n=Count("pk")).values_list("day", "n"))
    counts = queries.counts(first, last)
    title = _("game night")
    return [
        _evening(
            feed,
            entry.day,
            uid=f"evening-{entry.day:%Y%m%d}-{feed.person_id}",
            summary=f"{Status(entry.status).label}: {title}",
            counts=counts.get(entry.day, Counts()),
            sequence=numbers.get(entry.day, 0),
            changed_at=entry.since,
            status=STATUS[Status(entry.status)],
        )
        for entry in entries
        if not (entry.standing and entry.status == Status.NOT_PLAYING)
    ]


def _everybodys(feed: Feed, first: date, last: date) -> list[ics.Evening]:
    """Numbers and no names: an address is easily passed on."""
    asked = Evening.objects.filter(day__gte=first, day__lte=last)
    versions = dict(asked.values_list("day", "version"))
    newest = Entry.objects.between(first, last).order_by().values("day").annotate(at=Max("since"))
    changed = dict(newest.values_list("day", "at"))
    title = _("Game night")
    return [
        _evening(
            feed,
            day,
            uid=f"evening-{day:%Y%m%d}",
            summary=f"{title}: {words.looking(counted.looking)}",
            counts=counted,
            sequence=versions.get(day, 0),
            changed_at=changed.get(day, feed.made_at),
            status="CONFIRMED" if counted.looking >= settings.READY_THRESHOLD else "TENTATIVE",
        )
        for day, counted in queries.counts(first, last).items()
        if counted.looking or counted.could_come
    ]


def _evening(
    feed: Feed,
    day: date,
    *,
    uid: str,
    summary: str,
    counts: Counts,
    sequence: int,
    changed_at: datetime,
    status: str,
) -> ics.Evening:
    lead = feed.lead_minutes
    # The page is there for evenings that can still be answered; the others are on it no more.
    url = f"{settings.FRONTEND_ORIGIN}/?day={day.isoformat()}"
    said = f"{words.looking(counts.looking)}. {words.could(counts.could_come)}."
    late = _("Calendars look only now and then; the page knows better.")
    return ics.Evening(
        uid=f"{uid}@{urlsplit(settings.FRONTEND_ORIGIN).hostname}",
        start=clock.local(queries.times(day).start_at),
        summary=summary,
        description=f"{said}\n{late}\n{url}",
        url=url,
        sequence=sequence,
        changed_at=changed_at,
        status=status,
        lead=timedelta(minutes=lead) if lead is not None else None,
    )
