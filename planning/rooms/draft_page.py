"""The captains' draft as one viewer sees it, arranged so that the templates only print. Pure."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from accounts import faces
from accounts.faces import Face
from accounts.models import User
from planning.rooms import fairness, pages, team_page
from planning.rooms.drafts import Candidate, DraftState, Place
from planning.rooms.measure import Player, Standing, points, standing
from planning.rooms.models import Draft, Side
from planning.rooms.team_page import Half, Level, Seat
from slomix.lib import clock


@dataclass(frozen=True)
class Turn:
    """One pick in the row of picks: made, under way, or still to come."""

    number: int
    side: str
    person: Face | None
    made: bool
    now: bool


@dataclass(frozen=True)
class Choice:
    """Somebody who can still be picked."""

    pk: int
    person: Face
    note: str


@dataclass(frozen=True)
class Watch:
    """The turn's time: what is left, in words and of how many seconds."""

    left: str
    seconds: int
    of: int
    words: str
    label: str


@dataclass(frozen=True)
class Drafting:
    """A running draft for one viewer."""

    number: int
    total: int
    mine: bool
    captain: Face | None
    words: str
    watch: Watch
    turns: tuple[Turn, ...]
    label: str
    pool: tuple[Choice, ...]
    said: str
    said_at: str
    # The number of the viewer's own last pick while it can be taken back; 0 for none.
    undo: int
    may_stop: bool
    halves: tuple[Half, ...]
    level: Level | None


@dataclass(frozen=True)
class Ended:
    """A draft that is over."""

    stopped: bool
    picks: int
    halves: tuple[Half, ...]
    apart: str
    at: str


def drafting(
    state: DraftState, names: tuple[str, str], viewer: User, at: datetime, *, editor: bool
) -> Drafting:
    """Arrange a running draft."""
    mine = state.is_captain(viewer, state.side) if state.side else False
    return Drafting(
        number=min(state.turn, state.total),
        total=state.total,
        mine=mine,
        captain=faces.of(state.captain) if state.captain else None,
        words=coming(state, viewer),
        watch=watch(state.draft.turn_ends_at, state.draft.seconds, at, mine=mine),
        turns=turns(state),
        label=_("Pick order: %(order)s") % {"order": " ".join(state.order)},
        pool=tuple(_choice(one) for one in state.pool),
        said=said(state),
        said_at=_said_at(state),
        undo=state.turn - 1 if state.can_take_back(viewer, at) else 0,
        may_stop=editor or state.is_captain(viewer),
        halves=halves(state, names, viewer),
        level=_level(state),
    )


def ended(state: DraftState, names: tuple[str, str], viewer: User) -> Ended:
    """Arrange a draft that is over."""
    compared = compare(state)
    return Ended(
        stopped=state.draft.outcome == Draft.Outcome.STOPPED,
        picks=len(state.picks),
        halves=halves(state, names, viewer),
        apart=fairness.apart(compared) if compared else "",
        at=clock.wall(state.draft.ended_at.replace(second=0)) if state.draft.ended_at else "",
    )


def watch(ends_at: datetime, of: int, at: datetime, *, mine: bool) -> Watch:
    """Arrange the turn's time."""
    seconds = max(0, -int((at - ends_at).total_seconds() // 1))
    facts = {"n": seconds, "all": of}
    return Watch(
        left=pages.time_left(ends_at, at),
        seconds=min(seconds, of),
        of=of,
        words=_("left, then the highest rated joins you")
        if mine
        else _("left, then the highest rated joins that team"),
        label=_("%(n)d of %(all)d seconds left") % facts,
    )


def coming(state: DraftState, viewer: User) -> str:
    """Say how often the captain picks in a row, and who comes then."""
    side = state.side
    if not side or state.captain is None:
        return ""
    rest = state.order[state.turn - 1 :]
    row = len(rest) - len(rest.lstrip(side))
    last = row == len(rest)
    other = state.captains[str(Side.B if side == Side.A else Side.A)].person
    then = other.name if other else _("the other captain")
    if state.is_captain(viewer, side):
        return _yours(row, then, last=last)
    facts = {"name": state.captain.name, "then": then}
    if last:
        return _("%(name)s has the last of the picks.") % facts
    if other == viewer:
        once = _("%(name)s picks once, then you.") % facts
        return once if row == 1 else _("%(name)s picks twice, then you.") % facts
    once = _("%(name)s picks once, then %(then)s.") % facts
    return once if row == 1 else _("%(name)s picks twice, then %(then)s.") % facts


def _yours(row: int, then: str, *, last: bool) -> str:
    if last:
        return _("The last pick is yours.") if row == 1 else _("The last two picks are yours.")
    if row == 1:
        return _("You pick once now, then %(then)s.") % {"then": then}
    return _("You pick twice in a row now, then %(then)s.") % {"then": then}


def turns(state: DraftState) -> tuple[Turn, ...]:
    """Arrange the picks in their order; places still to come are empty."""
    made = [
        Turn(
            one.number, one.side.lower(), faces.of(one.person) if one.person else None, True, False
        )
        for one in state.picks
    ]
    ahead = [
        Turn(number, state.order[number - 1].lower(), None, False, number == state.turn)
        for number in range(state.turn, state.total + 1)
    ]
    return (*made, *ahead)


def _choice(one: Candidate) -> Choice:
    notes = [team_page.worth(one.person)]
    if one.entry.late_until:
        notes.append(_("from %(at)s") % {"at": clock.wall(one.entry.late_until)})
    if one.late:
        notes.append(_("just came"))
    return Choice(one.person.pk, faces.of(one.person), " · ".join(notes))


def said(state: DraftState) -> str:
    """Say who was picked last, and by whom."""
    if not state.picks:
        return ""
    last = state.picks[-1]
    captain = state.captains[last.side].person
    facts = {
        "name": last.person.name if last.person else _("somebody who left"),
        "captain": captain.name if captain else _("somebody who left"),
    }
    if last.by_the_clock:
        return _("Time was up: %(name)s joins %(captain)s") % facts
    return _("%(captain)s took %(name)s") % facts


def _said_at(state: DraftState) -> str:
    pick = state.picks[-1].pick if state.picks else None
    return clock.wall(pick.picked_at) if pick else ""


def halves(state: DraftState, names: tuple[str, str], viewer: User) -> tuple[Half, ...]:
    """Arrange both lists: the captain, the picks, and the places that are still free."""
    everybody = players(state)
    return tuple(
        _half(state, side, name, everybody, viewer)
        for side, name in zip(("A", "B"), names, strict=True)
    )


def _half(state: DraftState, side: str, name: str, everybody: list[Player], viewer: User) -> Half:
    there = state.list_of(side)
    seats = [_seat(place, captain=place.number == 0, viewer=viewer) for place in there]
    ahead = range(state.turn, state.total + 1) if state.running else range(0)
    seats += [_free(state, one, viewer) for one in ahead if state.order[one - 1] == side]
    numbers = [one.person.pk for one in there if one.person and not one.gone]
    total = standing(everybody, numbers, ()).sums[0] if numbers else 0.0
    return Half(
        letter=side,
        other="",
        tone=team_page.TONES[side],
        name=name or _("Team %(side)s") % {"side": side},
        plays=_("Team A · Axis first") if side == "A" else _("Team B · Allies first"),
        sum=str(points(total)),
        seats=tuple(seats),
    )


def _seat(place: Place, *, captain: bool, viewer: User) -> Seat:
    note = "" if captain else _("pick %(n)d") % {"n": place.number}
    if place.person is None or place.gone:
        return Seat(0, None, "", note, vacant=True)
    return Seat(
        place.person.pk,
        faces.of(place.person),
        team_page.worth(place.person),
        " · ".join(one for one in (note, _("you") if place.person == viewer else "") if one),
        captain=captain,
    )


def _free(state: DraftState, number: int, viewer: User) -> Seat:
    pick = _("pick %(n)d") % {"n": number}
    if number > state.turn:
        return Seat(0, None, "", pick)
    mine = state.is_captain(viewer, state.side)
    return Seat(0, None, _("You pick now") if mine else _("picked now"), pick)


def players(state: DraftState) -> list[Player]:
    """Return everybody of the draft as the balance counts them."""
    placed = [one.person for one in (*state.captains.values(), *state.picks) if one.person]
    people = {one.pk: one for one in (*placed, *(one.person for one in state.pool))}
    return [Player(number, team_page.rating(one)) for number, one in people.items()]


def compare(state: DraftState) -> Standing | None:
    """Compare both lists as they are; None while a side has nobody."""
    a, b = (
        [one.person.pk for one in state.list_of(side) if one.person and not one.gone]
        for side in ("A", "B")
    )
    return standing(players(state), a, b) if a and b else None


def _level(state: DraftState) -> Level | None:
    compared = compare(state)
    return team_page.level(compared) if compared else None
