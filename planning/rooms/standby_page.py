"""Standby for one viewer: who dropped out, who is asked, who is next. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from accounts import faces
from accounts.faces import Face
from accounts.models import User
from availability.models import Entry, Status
from planning.rooms import pages, team_page
from planning.rooms.line import Offered, Vacancy
from planning.rooms.places import Places
from planning.rooms.reading import State
from slomix.lib import clock


@dataclass(frozen=True)
class Gone:
    """A place that became free, and what becomes of it."""

    side: str
    words: str
    then: str
    # It is kept for nobody, and the viewer may take it.
    may_take: bool


@dataclass(frozen=True)
class InLine:
    """Somebody without a place, in the order in which they are asked."""

    person: Face
    words: str
    status: str
    label: str
    left: str


@dataclass(frozen=True)
class Mine:
    """The place that is offered to the viewer."""

    pk: int
    words: str
    until: str
    left: str


@dataclass(frozen=True)
class Standby:
    """All of it."""

    gone: tuple[Gone, ...]
    line: tuple[InLine, ...]
    mine: Mine | None
    # How many more have to look; with 0 nobody is asked.
    missing: int
    # When “Need more” can be pressed again; empty where it can be now.
    again_at: str


def standby(
    state: State, places: Places, names: tuple[str, str], viewer: User, at: datetime, *, wait: int
) -> Standby:
    """Arrange it. `wait` is for how many seconds “Need more” cannot be pressed again."""
    waits = viewer.pk in places.line
    offer = places.offered_to(viewer.pk, at)
    members = [one.person for team in state.teams for one in team_page.people_of(team)]
    called = {person.pk: person.name for person in members if person}
    # Before there are teams nobody has a place to lose; then it is whoever said maybe.
    line = places.waiting if places.number else tuple(state.standby)
    return Standby(
        # One's own offer is said at the top of the page.
        gone=tuple(
            _gone(one, places, called, at, may_take=waits)
            for one in places.vacancies
            if not (offer and one.meant_by(offer))
        ),
        line=tuple(_in_line(one, places, viewer, at) for one in line),
        mine=_mine(offer, names, at) if offer else None,
        missing=state.need_count,
        again_at=clock.wall(_minute(at + timedelta(seconds=wait))) if wait else "",
    )


def _minute(at: datetime) -> datetime:
    """Return the first full minute from an instant on."""
    return at.replace(second=0, microsecond=0) + timedelta(minutes=1)


def _until(at: datetime) -> str:
    """Write when an offer ends: the full minute before, for the seconds are counted beside it."""
    return clock.wall(at.replace(second=0, microsecond=0))


def _gone(
    vacancy: Vacancy, places: Places, called: Mapping[int, str], at: datetime, *, may_take: bool
) -> Gone:
    who = called.get(vacancy.who or 0)
    words = _("%(name)s dropped out.") % {"name": who} if who else _("Somebody has left.")
    held = places.offer_for(vacancy, at)
    return Gone(
        side=vacancy.side,
        words=words,
        then=_then(held, places),
        may_take=may_take and held is None,
    )


def _then(held: Offered | None, places: Places) -> str:
    if held is None:
        if not places.waiting:
            return _("Nobody is on standby.")
        return _("Everybody in line was asked. Whoever takes it first has it.")
    waiting = {entry.person_id: entry.person.name for entry in places.waiting}
    name = waiting.get(held.person_id or 0, _("Somebody"))
    facts = {"name": name, "at": _until(held.expires_at)}
    return _("%(name)s has the offer until %(at)s.") % facts


def offered(places: Places, at: datetime) -> dict[int, str]:
    """Say of each dropped-out person's place what becomes of it, for the teams' lists."""
    waiting = {entry.person_id: entry.person.name for entry in places.waiting}
    found = {}
    for vacancy in places.vacancies:
        held = places.offer_for(vacancy, at)
        facts = {
            "name": waiting.get(held.person_id or 0, _("Somebody")) if held else "",
            "left": pages.time_left(held.expires_at, at) if held else "",
        }
        text = _("%(name)s, %(left)s left") if held else _("for whoever takes it")
        found[vacancy.who or 0] = text % facts
    return found


def _in_line(entry: Entry, places: Places, viewer: User, at: datetime) -> InLine:
    held = places.offered_to(entry.person_id, at)
    words = [_("you")] if entry.person_id == viewer.pk else []
    if held:
        words.append(_("offered %(at)s") % {"at": _until(held.offered_at)})
    elif places.line[:1] == [entry.person_id]:
        words.append(_("next in line"))
    return InLine(
        person=faces.of(entry.person),
        words=" · ".join(words),
        status=entry.status,
        label=str(Status(entry.status).label),
        left=pages.time_left(held.expires_at, at) if held else "",
    )


def _mine(offer: Offered, names: tuple[str, str], at: datetime) -> Mine:
    team = names[offer.side == "B"] or _("Team %(side)s") % {"side": offer.side}
    return Mine(
        pk=offer.offer_id,
        words=_("A place is free in %(team)s.") % {"team": team},
        until=_until(offer.expires_at),
        left=pages.time_left(offer.expires_at, at),
    )
