"""The room's heading and its names for one viewer, arranged so that the templates only print. Pure.

All of it is values: equal ones look the same, so that their pieces of the page can be kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from accounts import faces
from accounts.faces import Face
from accounts.models import User
from availability.models import Entry, Status
from planning.rooms import page_words, tally
from planning.rooms.chat import trouble
from planning.rooms.models import Name, Room
from planning.rooms.reading import State
from slomix.lib import clock, dates


@dataclass(frozen=True)
class NameLine:
    """One suggested name, as one viewer sees it."""

    pk: int
    text: str
    votes: int
    words: str
    of: int
    label: str
    by: Face | None
    voted: bool
    may_withdraw: bool


@dataclass(frozen=True)
class Head:
    """The room's heading: the evening, who opened it, how many are in."""

    date: date
    day: str
    opened_at: str
    by: Face | None
    committed: int
    standby: int
    mine: str
    thread: str
    trouble: str


@dataclass(frozen=True)
class Again:
    """The same evening a week later: what holds already, or what one press says."""

    said: str
    words: str


def head(state: State, thread: str, viewer: User | None) -> Head:
    """Arrange the heading. `thread` is its address on Discord, empty where there is none."""
    room = state.room
    assert room is not None
    return Head(
        date=room.day,
        day=dates.long(room.day),
        opened_at=clock.wall(room.opened_at.replace(second=0)),
        by=faces.of(room.creator) if room.creator else None,
        committed=state.committed_count,
        standby=state.standby_count,
        mine=answer_of(state, viewer),
        thread=thread,
        trouble=trouble.said(room.thread_trouble) if not thread else "",
    )


def answer_of(state: State, viewer: User | None) -> str:
    """Return what the viewer said for this evening; empty for nothing."""
    if viewer is None:
        return ""
    said = state.day.named(*Status.values)
    return next((one.status for one in said if one.person_id == viewer.pk), "")


def names(
    suggested: Sequence[Name], my_vote: int | None, voters: int, viewer: User, *, editor: bool
) -> tuple[NameLine, ...]:
    """Arrange the names for one viewer; `voters` is how many there could be."""
    counted = tally.of(suggested)
    most = max([voters, *(one.votes for one in counted)], default=1)
    return tuple(_name(one, my_vote, most, viewer, editor=editor) for one in counted)


def _name(
    one: tally.Counted, my_vote: int | None, most: int, viewer: User, *, editor: bool
) -> NameLine:
    said = page_words.votes(one.votes)
    voted = one.name.pk == my_vote
    others = one.votes - voted
    own = one.name.person_id == viewer.pk
    return NameLine(
        pk=one.name.pk,
        text=one.name.text,
        votes=one.votes,
        words=_("%(votes)s · tie") % {"votes": said} if one.tie else said,
        of=max(most, 1),
        label=_("%(n)d of %(all)d votes") % {"n": one.votes, "all": max(most, 1)},
        by=faces.of(one.name.person) if one.name.person else None,
        voted=voted,
        may_withdraw=editor or (own and others == 0),
    )


def planners(room: Room, savers: Sequence[User]) -> tuple[Face, ...]:
    """Return who planned the evening: who opened the room, then who saved teams."""
    people = [*([room.creator] if room.creator else []), *savers]
    return tuple(dict.fromkeys(faces.of(one) for one in people))


def again(day: date, answer: Entry | None) -> Again:
    """Offer the same for a week later, or say what was said for that evening already."""
    about = {"day": dates.about(day)}
    if answer is None:
        return Again("", _("One press says Looking for %(day)s.") % about)
    facts = {**about, "status": answer.get_status_display()}
    said = _("Your answer for %(day)s: %(status)s.") % facts
    if answer.status == Status.LOOKING:
        return Again(said, "")
    return Again("", f"{said} " + _("One press makes it Looking."))


def time_left(until: datetime, at: datetime) -> str:
    """Write how long something lasts still, as 1:42."""
    seconds = max(0, int((until - at).total_seconds()))
    return f"{seconds // 60}:{seconds % 60:02}"
