"""Every part of the look in all its states, for whoever builds a page. Not for players."""

from datetime import date, time
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts import access
from availability import queries
from availability.models import Status
from availability.quorum import Quorum
from slomix.lib import clock
from slomix.pages import evening, past, queue, quiet, room_panel, samples, words

CROWDS = (0, 1, 4, 5, 6, 9, 12, 17)
LIGHTS = ("", "light", "dark")
# An evening long over: a press on a sample is refused and changes nothing.
LONG_AGO = date(2003, 5, 29)
OUTCOMES = ("sent", "waiting", "failed", "skipped", "unconfirmed")
STATIONS = (("done", "20:45"), ("running", "21:00"), ("ahead", "21:02"))


@access.public
@require_safe
def parts(request: HttpRequest) -> HttpResponse:
    """Show the parts where the site is built, and to staff; to everybody else there is no such page."""
    viewer = access.of(request.user)
    if not (settings.DEBUG or viewer.admin or getattr(request.user, "is_staff", False)):
        raise Http404
    return render(request, "slomix/parts.html", _context(request))


def _context(request: HttpRequest) -> dict[str, Any]:
    looking = _one_of(request.GET.get("looking", "4"), CROWDS, 4)
    light = request.GET.get("light", "")
    at = clock.now()
    day = samples.evening(looking, at, day=LONG_AGO)
    times = queries.times(clock.today(at))
    quorum = Quorum(looking, settings.READY_THRESHOLD)
    viewer = samples.people()[samples.VIEWER]
    return {
        "crowds": CROWDS,
        "looking": looking,
        "lights": LIGHTS,
        "light": light if light in LIGHTS else "",
        "player": access.Access(True, True, linked=True, promoter=True, admin=False),
        "stranger": access.Access(False, False, linked=False, promoter=False, admin=False),
        "muster": evening.muster(day, times, viewer, at),
        "quorum": quorum,
        "queue": queue.of(day, viewer),
        "places": words.places(quorum),
        "invitation": words.invitation(day.counts),
        "today": LONG_AGO,
        "day": "29 May 2003",
        "next": "/parts/",
        "times": {
            "call": clock.wall(times.reminder_at),
            "start": clock.named(times.start_at),
            "begin": clock.wall(times.start_at),
            "later": "21:30",
        },
        "room": room_panel.room(quorum, day.counts, there=looking > 6),
        "past": past.lines(samples.history(at, LONG_AGO), LONG_AGO),
        "elsewhere": True,
        "cards": [
            _card("", "Nothing", looking),
            *(_card(status, str(label), looking) for status, label in Status.choices),
        ],
        "people": samples.people(),
        "statuses": [(status, label) for status, label in Status.choices],
        "outcomes": OUTCOMES,
        "stations": STATIONS,
        "night": quiet.night(time(23), time(8), times.start_at, clock.zone()),
    }


def _one_of(text: str, known: tuple[int, ...], otherwise: int) -> int:
    return int(text) if text.isdigit() and int(text) in known else otherwise


def _card(status: str, label: str, looking: int) -> evening.Card:
    day = samples.evening(looking, clock.now(), day=LONG_AGO, mine=status)
    free = (("Could still come", (Status.AVAILABLE, Status.MAYBE)),)
    id_ = f"said-{status.lower() or 'nothing'}"
    return evening.card(id_, label, day, crowds=free, next_="/parts/", undoable=status == "LOOKING")
