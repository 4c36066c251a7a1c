"""The Tonight page: evenings, and tonight's call, composed for one viewer."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import access, reach
from accounts.models import User
from availability import lately, queries
from availability.board import Day
from availability.models import Change, Status
from availability.queries import Stamp
from availability.quorum import Quorum
from availability.words import long_day
from slomix import person
from slomix.lib import clock, dates
from slomix.lib.keep import Kept
from slomix.lib.show import HtmxRequest, back, go, refuse, show
from slomix.pages import evening, month, panel, past, queue, room_panel, sound, words

MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
FREE = (Status.AVAILABLE, Status.MAYBE)
COMING = (Status.LOOKING, *FREE)
# The same for all who said the same on the same days.
_months: Kept[month.Month] = Kept(128)


@dataclass(frozen=True)
class Asked:
    """What the address asks of the calendar."""

    day: date
    open: bool
    # The whole queue, however long it is.
    everybody: bool = False

    @property
    def query(self) -> str:
        """Write it as the address that asks for the same again; empty for the page as it opens."""
        return self.with_queue(everybody=self.everybody)

    def with_queue(self, *, everybody: bool) -> str:
        """Write the same with the whole queue, or with as much of it as fits a page."""
        asked = {"day": self.day.isoformat()} if self.open else {}
        return urlencode(asked | ({"queue": "all"} if everybody else {}))


@dataclass(frozen=True)
class Hours:
    """The evening's times in words."""

    call: str
    start: str
    # Without a zone: any day has it. And what a field for a later start may hold.
    begin: str
    later: str


@access.public
@require_safe
def tonight(request: HtmxRequest) -> HttpResponse:
    at = clock.now()
    asked = read(request, at)
    # The calendar's month shows past evenings, too.
    stamp = queries.pulse(month.first_of(clock.today(at)))
    version = version_for(request, stamp, at)
    if request.GET.get("seen") == version:
        # Nothing changed since the page asked last: htmx leaves it as it is.
        return HttpResponse(status=204)
    return show(request, "slomix/tonight.html", "tonight", page(request, asked, stamp, version, at))


@access.linked_required
@require_POST
def remind(request: access.PersonRequest) -> HttpResponse:
    wish = request.POST.get("remind", "")
    if wish not in ("discord", "other", "no"):
        return refuse(request, _("Please choose"), _("Press one of the two: On Discord, or No."))
    at = clock.now()
    person.answer_the_question(person=request.user, remind=wish != "no", at=at)
    said = words.remembered(wish != "no", queries.times(clock.today(at)))
    if wish == "other":
        then = _("Link another channel below, then try it first.")
        messages.success(request, f"{said} {then}", extra_tags="channels")
        return go(request, f"{reverse('you')}#channels")
    messages.success(request, said)
    return go(request, back(request))


def read(request: HtmxRequest, at: datetime) -> Asked:
    """Read ?day= and ?month=; whatever is no day we plan for is no page of ours."""
    first, last = queries.horizon(at)
    day, wanted = request.GET.get("day", ""), request.GET.get("month", "")
    everybody = request.GET.get("queue") == "all"
    try:
        if day:
            chosen = date.fromisoformat(day)
        elif wanted:
            chosen = max(first, date.fromisoformat(f"{MONTH.fullmatch(wanted) and wanted}-01"))
        else:
            return Asked(first + timedelta(days=2), open=False, everybody=everybody)
    except ValueError as wrong:
        raise Http404 from wrong
    if not first <= chosen <= last:
        raise Http404
    return Asked(chosen, open=True, everybody=everybody)


def version_for(request: HtmxRequest, stamp: Stamp, at: datetime) -> str:
    """Return a word that changes whenever this viewer's page would look different."""
    seen_by = access.of(request.user)
    who = f"{request.user.pk or 0}{'l' if seen_by.linked else ''}{'p' if seen_by.promoter else ''}"
    return f"{'.'.join(map(str, stamp))}-{moment(at)}-{who}"


def moment(at: datetime) -> int:
    """Return what the page knows of the time: the minute, or ten seconds while a call goes out."""
    times = queries.times(clock.today(at))
    calling = times.reminder_at <= at <= times.start_at + timedelta(minutes=10)
    return int(at.timestamp()) // (10 if calling else 60)


def page(
    request: HtmxRequest, asked: Asked, stamp: Stamp, version: str, at: datetime
) -> dict[str, Any]:
    """Put the page together for one viewer."""
    viewer = request.user if isinstance(request.user, User) else None
    today, tomorrow = (clock.today(at) + timedelta(days=n) for n in (0, 1))
    soon = [today + timedelta(days=n) for n in range(5)]
    days = queries.days(today, soon[-1], viewer=viewer, also=asked.day, stamp=stamp)
    times = queries.times(today)
    quorum = Quorum(days[today].counts.looking, settings.READY_THRESHOLD)
    linked = access.of(request.user).linked
    call = panel.of(today, at, stamp) if linked else None
    there = room_panel.there(today, stamp, at)
    way_in = room_panel.way_in(quorum, there=there, linked=linked)
    changes = lately.changes(viewer.pk, asked.day, at) if viewer else []
    undoable = lately.undoable(changes, at)
    called = call is not None and not call.rehearsed
    return {
        "title": words.plain_title(quorum),
        "today": today,
        "day": long_day(today),
        "muster": evening.muster(days[today], times, viewer, at, way_in),
        "cards": near(days[today], days[tomorrow], asked, undoable),
        "ask": asks(viewer, days, today, tomorrow),
        "elsewhere": reach.set_up(),
        "times": Hours(
            call=clock.wall(times.reminder_at),
            start=clock.named(times.start_at),
            begin=clock.wall(times.start_at),
            later=clock.wall(times.start_at + timedelta(minutes=30)),
        ),
        "queue": queue.of(days[today], viewer, everybody=asked.everybody),
        "whole_queue": asked.with_queue(everybody=True),
        "quorum": quorum,
        "places": words.places(quorum),
        "invitation": words.invitation(days[today].counts),
        "we_play": _("We play"),
        "call": call,
        "room": room_panel.room(quorum, days[today].counts, there=there),
        "sound_wanted": linked and sound.wanted(viewer),
        "sound": sound.of(viewer, days[today], quorum, times, called=called, at=at),
        "next_days": [next_day(days[day], asked, undoable) for day in soon[2:]],
        "calendar": calendar(viewer, days[asked.day], stamp, changes, at),
        "undoable": undoable,
        "asked": asked,
        "again": f"/?{asked.query}&seen={version}",
        "as_of": clock.named(at.replace(second=0)),
        "next": here(asked, "today"),
    }


def near(today: Day, tomorrow: Day, asked: Asked, undoable: set[date]) -> list[evening.Card]:
    """The two large cards; today's names those who could still be won."""
    caption = _("Could still come") if today.counts.looking else _("Free tonight")
    return [
        evening.card(
            "today",
            _("Today"),
            today,
            crowds=((caption, FREE),),
            next_=here(asked, "today"),
            undoable=today.day in undoable,
        ),
        evening.card(
            "tomorrow",
            _("Tomorrow"),
            tomorrow,
            crowds=((_("Said yes or maybe"), COMING),),
            next_=here(asked, "tomorrow"),
            undoable=tomorrow.day in undoable,
        ),
    ]


def next_day(day: Day, asked: Asked, undoable: set[date]) -> evening.Card:
    """A card of one of the days after tomorrow, answered with one button."""
    return evening.card(
        f"day-{day.day:%j}",
        dates.brief(day.day),
        day,
        next_=here(asked, "days"),
        undoable=day.day in undoable,
    )


def calendar(
    viewer: User | None, day: Day, stamp: Stamp, changes: list[Change], at: datetime
) -> dict[str, Any]:
    """The month of the chosen day, that day, and how one's answer for it came about."""
    first, last = month.first_of(day.day), month.last_of(day.day)
    mine = lately.answers(viewer.pk, first, last) if viewer else {}
    counts = queries.counts_kept(first, last, stamp)
    horizon, whose = queries.horizon(at), tuple(sorted(mine.items()))
    seen = (day.day, horizon, whose, get_language(), settings.READY_THRESHOLD)
    return {
        "month": _months.get(seen, stamp, at, lambda: month.build(day.day, horizon, counts, mine)),
        "past": tuple(past.lines(changes, day.day)),
        "card": evening.card(
            "day",
            long_day(day.day),
            day,
            crowds=((_("Looking"), (Status.LOOKING,)), (_("Could still come"), FREE)),
            next_=f"/?day={day.day.isoformat()}#day",
            undoable=day.day in lately.undoable(changes, at),
        ),
    }


def asks(viewer: User | None, days: dict[date, Day], *near: date) -> bool:
    """Tell whether to ask about reminders: once, right after the first LOOKING."""
    if viewer is None or not access.of(viewer).linked or not looking_on(days, near):
        return False
    return not hasattr(viewer, "preferences") or viewer.preferences.asked_at is None


def looking_on(days: Mapping[date, Day], wanted: Iterable[date]) -> bool:
    """Tell whether the viewer is looking on one of these days."""
    return any((mine := days[day].mine) and mine.status == Status.LOOKING for day in wanted)


def here(asked: Asked, part: str) -> str:
    """Return the address of this page as it is, at one of its parts."""
    return f"/?{asked.query}#{part}" if asked.query else f"/#{part}"
