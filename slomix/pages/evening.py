"""What the Tonight page shows one viewer, arranged so that the template only prints. Pure.

All of it is values: equal ones look the same, so that their pieces of the page can be kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import faces
from accounts.faces import Face
from accounts.models import User
from availability.actions.days import WITH_A_TIME
from availability.board import Counts, Day, Times
from availability.models import Door, Entry, Status
from availability.quorum import FULL, Quorum
from slomix.lib import clock
from slomix.pages import queue, ruler, words
from slomix.pages.ruler import Ruler

MOST_FACES = 6
TONES = dict(zip(Status.values, ("looking", "available", "maybe", "out"), strict=True))


@dataclass(frozen=True)
class Option:
    """One of the four answers on a card."""

    status: str
    label: str
    tone: str
    count: int
    pressed: bool


@dataclass(frozen=True)
class Slice:
    """One stretch of the bar that shows how an evening divides."""

    tone: str
    x: str
    width: str


@dataclass(frozen=True)
class Crowd:
    """Faces under one word; whoever comes later has the time beside the face."""

    caption: str
    people: tuple[tuple[Face, str], ...]
    more: int


@dataclass(frozen=True)
class Mine:
    """The viewer's own answer for one evening, and where it comes from."""

    status: str
    label: str
    since: str
    origin: str
    via: str
    standing: bool
    away: bool
    # From when, where that is later than the start: 21:30 CET, and as a field has it: 21:30.
    come_at: str
    begin: str
    may_begin: bool


@dataclass(frozen=True)
class Card:
    """One evening with its four answers."""

    id: str
    title: str
    day: date
    counts: Counts
    mine: Mine | None
    options: tuple[Option, ...]
    slices: tuple[Slice, ...]
    split: str
    crowds: tuple[Crowd, ...]
    missing: str
    next: str
    undoable: bool


@dataclass(frozen=True)
class Place:
    """One of the twelve places on the muster line."""

    number: int
    person: Face | None
    state: str  # "taken", "next" or ""
    mine: bool
    goal: str


@dataclass(frozen=True)
class Muster:
    """The evening at a glance."""

    title: SafeString
    lead: SafeString
    lit: bool
    places: tuple[Place, ...]
    label: str
    at: str
    # On the reader's clock; else their browser knows: the start, and our minutes east of UTC then.
    own_time: str
    starts: str
    offset: int
    left: str
    ruler: Ruler | None


def muster(
    day: Day, times: Times, viewer: User | None, at: datetime, room: SafeString | None = None
) -> Muster:
    """Arrange the muster line and the watch; `room` is the link into the planning room."""
    quorum = Quorum(day.counts.looking, settings.READY_THRESHOLD)
    reader = viewer.preferences.zone if viewer and hasattr(viewer, "preferences") else None
    facts = {"taken": min(quorum.looking, FULL), "all": FULL, "ready": quorum.threshold}
    return Muster(
        title=words.title(quorum),
        lead=words.lead(day, quorum, viewer, room),
        lit=quorum.ready,
        places=_places(day, quorum, viewer),
        label=_("The muster line: %(taken)d of %(all)d places taken, %(ready)d to play") % facts,
        at=clock.named(times.start_at),
        own_time=words.own_time(times, reader),
        starts="" if reader else times.start_at.isoformat(),
        offset=minutes_east(times.start_at),
        left=words.left(times, at),
        ruler=ruler.of(times, at),
    )


def minutes_east(at: datetime) -> int:
    """Return how many minutes the game night's clock is ahead of UTC at an instant."""
    return int((clock.local(at).utcoffset() or timedelta()).total_seconds()) // 60


def _places(day: Day, quorum: Quorum, viewer: User | None) -> tuple[Place, ...]:
    people: list[User | None] = [entry.person for entry in day.looking[:FULL]]
    people += [None] * (FULL - len(people))
    me = viewer.pk if viewer else 0
    goals = {FULL: _("two full teams"), quorum.threshold: _("we play")}
    return tuple(
        Place(
            number=number,
            person=faces.of(one) if (one := people[number - 1]) else None,
            state=_state(number, quorum.looking),
            mine=one is not None and one.pk == me,
            goal=goals.get(number, ""),
        )
        for number in range(1, FULL + 1)
    )


def _state(number: int, taken: int) -> str:
    if number <= taken:
        return "taken"
    return "next" if number == taken + 1 else ""


def card(
    id_: str,
    title: str,
    day: Day,
    *,
    crowds: Iterable[tuple[str, tuple[str, ...]]] = (),
    next_: str,
    undoable: bool = False,
) -> Card:
    """Arrange one evening; `crowds` are captions with the statuses whose faces stand under them."""
    quorum = Quorum(day.counts.looking, settings.READY_THRESHOLD)
    return Card(
        id=id_,
        title=title,
        day=day.day,
        counts=day.counts,
        mine=_mine(day.mine) if day.mine else None,
        options=_options(day),
        slices=tuple(slices(day.counts)),
        split=words.split(day.counts),
        crowds=tuple(
            crowd for caption, said in crowds if (crowd := _crowd(caption, day.named(*said)))
        ),
        missing=_missing(quorum),
        next=next_,
        undoable=undoable,
    )


def _mine(entry: Entry) -> Mine:
    late = entry.late_until
    return Mine(
        status=entry.status,
        label=words.status(entry.status),
        since=queue.since(entry.since, clock.today(entry.since)),
        origin=words.door(entry.door),
        via=_via(entry),
        standing=entry.standing,
        away=entry.away,
        come_at=clock.named(late) if late else "",
        begin=clock.plain(late)[:5] if late else "",
        may_begin=entry.status in WITH_A_TIME,
    )


def _via(entry: Entry) -> str:
    if entry.door == Door.PATTERN:
        return _("from your week")
    if entry.door == Door.AWAY:
        return _("you are away")
    return _("your answer, via %(door)s") % {"door": words.door(entry.door)}


def _crowd(caption: str, entries: list[Entry]) -> Crowd | None:
    if not entries:
        return None
    shown = tuple(
        (faces.of(one.person), clock.wall(one.late_until) if one.late_until else "")
        for one in entries[:MOST_FACES]
    )
    return Crowd(caption, shown, len(entries) - len(shown))


def _options(day: Day) -> tuple[Option, ...]:
    chosen = day.mine.status if day.mine else ""
    return tuple(
        Option(status, words.status(status), TONES[status], count, status == chosen)
        for status, count in day.counts.by_status().items()
    )


def slices(counts: Counts) -> list[Slice]:
    """Divide the bar by the counts; nothing is drawn for nobody."""
    drawn: list[Slice] = []
    x = 0.0
    for status, number in counts.by_status().items():
        width = 100 * number / counts.total if counts.total else 0
        if width:
            drawn.append(Slice(TONES[status], f"{x:.1f}%", f"{width:.1f}%"))
        x += width
    return drawn


def _missing(quorum: Quorum) -> str:
    if quorum.ready:
        return _("We play")
    return ngettext("%(n)d more and we play", "%(n)d more and we play", quorum.missing) % {
        "n": quorum.missing
    }
