"""Your evenings: the usual week, being away, your calendar, and what was changed when."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.access import PersonRequest, linked_required, signed_in
from accounts.models import User
from availability import actions, feeds, history, queries
from availability.actions.feeds import set_lead
from availability.actions.standing import set_usual
from availability.models import Away, Feed, Status
from slomix.lib import clock, dates
from slomix.lib.show import go, refuse, show
from slomix.pages import changed

PAGE = "slomix/week.html"
# Minutes before the start; what else somebody chose through the API is offered as well.
LEADS = (0, 5, 15, 30, 60, 120, 24 * 60)


@dataclass(frozen=True)
class Usual:
    """One weekday of somebody's usual week."""

    weekday: int
    name: str
    status: str
    label: str


@dataclass(frozen=True)
class Absence:
    """When somebody is away."""

    pk: int
    words: str
    begun: bool


@dataclass(frozen=True)
class Calendar:
    """One of the two calendars to subscribe to."""

    kind: str
    title: str
    words: str
    feed: Feed | None
    made: str
    leads: list[tuple[str, str]]
    lead: str


@linked_required
@require_safe
def week(request: PersonRequest) -> HttpResponse:
    """Show what is usual, when one is away, the calendars and the history."""
    return _show(request)


@linked_required
@require_POST
def usual(request: PersonRequest) -> HttpResponse:
    """Say what is usual on one weekday; one press."""
    weekday, status = request.POST.get("day", ""), request.POST.get("status", "")
    number = int(weekday) if weekday.isdecimal() and len(weekday) == 1 else -1
    try:
        n = set_usual(person=request.user, weekday=number, status=status, at=clock.now())
    except actions.AnswerRefused as refusal:
        return refuse(request, _("Your usual week stays as it is"), str(refusal))
    evenings = ngettext("%(n)d evening changed.", "%(n)d evenings changed.", n) % {"n": n}
    said = _("%(day)s: %(status)s.") % {
        "day": WEEKDAYS[number],
        "status": Status(status).label if status else _("nothing"),
    }
    messages.success(request, f"{said} {evenings}", extra_tags="usual")
    if request.htmx:
        return show(request, PAGE, "pressed", _context(request, clock.now()))
    return go(request, "/you/week/#usual")


@linked_required
@require_POST
def away(request: PersonRequest) -> HttpResponse:
    """Say that one is away; what is wrong stands beside its field."""
    typed = {name: request.POST.get(name, "").strip()[:40] for name in ("from", "to")}
    field = "from"
    try:
        if not typed["from"]:
            raise actions.AnswerRefused("from", _("Choose the first day you are away."))
        first = actions.day_of(typed["from"], clock.now())
        field = "to"
        last = actions.day_of(typed["to"] or typed["from"], clock.now())
        actions.add_away(person=request.user, first=first, last=last, at=clock.now())
    except actions.AnswerRefused as refusal:
        wrong = refusal.field if refusal.field in typed else field
        return _show(request, {"typed": typed, "faults": {wrong: str(refusal)}}, status=400)
    said = _("Away %(days)s. You are not playing then, and nobody calls you.")
    return _back(request, "away", said % {"days": span(first, last)})


@linked_required
@require_POST
def back_again(request: PersonRequest) -> HttpResponse:
    """End an absence, also one that has begun."""
    number = request.POST.get("absence", "")
    pk = int(number) if number.isdecimal() and len(number) < 20 else 0
    try:
        actions.end_away(person=request.user, absence_id=pk, at=clock.now())
    except actions.NoSuchAbsence as refusal:
        return _back(request, "away", str(refusal), good=False)
    return _back(request, "away", _("Welcome back. What is usual holds again."))


@linked_required
@require_POST
def calendar(request: PersonRequest, kind: str) -> HttpResponse:
    """Make a calendar's address: this page shows it, and no other ever."""
    try:
        token = actions.make_feed(
            person=request.user,
            kind=kind,
            at=clock.now(),
            lead_minutes=_lead(request.POST.get("lead", "15")),
        )
    except actions.AnswerRefused as refusal:
        return refuse(request, _("No calendar was made"), str(refusal))
    made = {"kind": kind, "address": feeds.address(token), "webcal": feeds.webcal(token)}
    return _show(request, {"made": made})


@linked_required
@require_POST
def ring(request: PersonRequest, kind: str) -> HttpResponse:
    """Let a calendar ring at another time; its address stays."""
    try:
        there = set_lead(
            person=request.user, kind=kind, lead_minutes=_lead(request.POST.get("lead", ""))
        )
    except actions.AnswerRefused as refusal:
        return refuse(request, _("The calendar stays as it is"), str(refusal))
    if not there:
        return _back(request, "calendar", _("There is no such calendar any more."), good=False)
    return _back(request, "calendar", _("Saved. Your calendar rings so when it looks next."))


@signed_in
@require_POST
def revoke(request: PersonRequest, kind: str) -> HttpResponse:
    """Let a calendar's address read nothing any more."""
    actions.revoke_feed(person=request.user, kind=kind)
    return _back(request, "calendar", _("The address reads nothing any more."))


@linked_required
@require_POST
def undo(request: PersonRequest) -> HttpResponse:
    """Take back the change that the history shows, and no other."""
    number = request.POST.get("change", "")
    try:
        undone = actions.undo(
            person=request.user,
            at=clock.now(),
            day=actions.day_of(request.POST.get("date", ""), clock.now()),
            change_id=int(number) if number.isdecimal() and len(number) < 20 else 0,
        )
    except actions.AnswerRefused as refusal:
        return _back(request, "changes", str(refusal), good=False)
    label = Status(undone.entry.status).label if undone.entry else _("no answer")
    said = _("Taken back. %(day)s: %(status)s.")
    return _back(
        request,
        "changes",
        said % {"day": dates.long(undone.day), "status": label},
    )


def _lead(text: str) -> int | None:
    """Read how long before the start it rings; a word that is no number is refused as too long."""
    if text == "never":
        return None
    return int(text) if text.isdecimal() and len(text) < 6 else -1


def _back(request: HttpRequest, card: str, text: str, *, good: bool = True) -> HttpResponse:
    level = messages.SUCCESS if good else messages.ERROR
    messages.add_message(request, level, text, extra_tags=card)
    return go(request, f"/you/week/#{card}")


def _show(
    request: PersonRequest, more: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    shown = _context(request, clock.now()) | (more or {})
    return show(request, PAGE, "week", shown, status=status)


def _context(request: PersonRequest, at: datetime) -> dict[str, Any]:
    me, (today, last) = request.user, queries.horizon(at)
    lines = changed.lines(history.steps(history.of(me.pk), at), at)
    return {
        "days": usual_week(me),
        "statuses": Status.choices,
        "absences": absences(me, today),
        "first_day": today.isoformat(),
        "last_day": last.isoformat(),
        "calendars": calendars(me),
        "lines": lines[: changed.SHOWN],
        "older": lines[changed.SHOWN :],
        "typed": {},
        "faults": {},
        "told": {one.extra_tags: one for one in messages.get_messages(request)},
    }


def usual_week(person: User) -> list[Usual]:
    """Return somebody's week, Monday first."""
    said = queries.usual(person.pk)
    return [
        Usual(n, str(name), said.get(n, ""), str(Status(said[n]).label) if n in said else "")
        for n, name in WEEKDAYS.items()
    ]


def absences(person: User, today: date) -> list[Absence]:
    """Return the absences that are not over, the next one first."""
    return [_absence(one, today) for one in queries.absences(person.pk, today)]


def _absence(one: Away, today: date) -> Absence:
    return Absence(one.pk, span(one.first, one.last), one.first <= today)


def span(first: date, last: date) -> str:
    """Write a span of days: “29 November to 6 December”."""
    if first == last:
        return dates.long(first)
    return _("%(first)s to %(last)s") % {
        "first": dates.month_day(first),
        "last": dates.month_day(last),
    }


def calendars(person: User) -> list[Calendar]:
    """Return both calendars, made or not."""
    mine = {one.kind: one for one in Feed.objects.filter(person=person)}
    told = {
        Feed.Kind.PERSONAL: (
            _("My evenings"),
            _("The evenings you answered, your answer before the title, and how many others."),
        ),
        Feed.Kind.COMMUNITY: (
            _("Everybody’s evenings"),
            _("Every evening that somebody answered, in numbers. No names."),
        ),
    }
    return [_calendar(kind, *words, mine.get(kind)) for kind, words in told.items()]


def _calendar(kind: str, title: str, words: str, feed: Feed | None) -> Calendar:
    lead: int | None = feed.lead_minutes if feed else actions.DEFAULT_LEAD
    minutes = sorted({*LEADS, lead} if lead is not None else {*LEADS})
    leads = [("never", _("never")), *((str(n), before(n)) for n in minutes)]
    made = dates.with_year(clock.local(feed.made_at)) if feed else ""
    return Calendar(kind, title, words, feed, made, leads, "never" if lead is None else str(lead))


def before(minutes: int) -> str:
    """Say how long before the start: “15 minutes before”."""
    if minutes == 0:
        return _("at the start")
    if minutes == 24 * 60:
        return _("a day before")
    if minutes % 60 == 0:
        n = minutes // 60
        return ngettext("%(n)d hour before", "%(n)d hours before", n) % {"n": n}
    return ngettext("%(n)d minute before", "%(n)d minutes before", minutes) % {"n": minutes}
