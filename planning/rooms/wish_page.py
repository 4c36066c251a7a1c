"""The forms in which two people are chosen: wishes, and captains. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from accounts import faces
from accounts.faces import Face
from accounts.models import User
from availability.models import Entry
from planning.rooms import team_page
from planning.rooms.models import Side, Wish
from planning.rooms.reading import State

Choices = tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Line:
    """One wish, as one viewer sees it."""

    first: Face
    second: Face
    together: bool
    may_go: bool


@dataclass(frozen=True)
class Captains:
    """Who may be captain, and who is preselected for each side."""

    people: Choices
    a: int
    b: int


def wishes(made: Iterable[Wish], state: State, viewer: User, *, editor: bool) -> tuple[Line, ...]:
    """Arrange the wishes about people who are here.

    That two should play apart is for those who arrange the teams, for the two, and for whoever said
    so; that two should play together is for everybody.
    """
    here = team_page.participants(state)
    found = []
    for one in made:
        pair = (one.first_id, one.second_id)
        theirs = editor or viewer.pk in (*pair, one.by_id)
        together = one.kind == Wish.Kind.TOGETHER
        if not here.keys() >= set(pair) or not (together or theirs):
            continue
        first, second = (faces.of(here[number].person) for number in pair)
        found.append(Line(first, second, together, theirs))
    return tuple(found)


def wishers(state: State, viewer: User, *, editor: bool) -> Choices:
    """Return for whom somebody may wish: themselves, as an editor anybody."""
    here = team_page.participants(state)
    if editor:
        return choices(here.values())
    return choices([here[viewer.pk]] if viewer.pk in here else [])


def others(state: State, viewer: User, *, editor: bool) -> Choices:
    """Return with whom."""
    here = team_page.participants(state).values()
    return choices(one for one in here if editor or one.person_id != viewer.pk)


def captains(state: State) -> Captains | None:
    """Return who may be captain; None where fewer than two are in.

    Preselected are the captains of the teams that hold, else the two who are rated highest.
    """
    people = [one.person for one in state.committed]
    if len(people) < 2:
        return None
    here = {one.pk for one in people}
    leads = {str(team.side): team.captain_id for team in state.teams if team.captain_id in here}
    best = sorted(people, key=lambda one: -(team_page.rating(one) or 0.0))
    spare = [one.pk for one in best if one.pk not in leads.values()]
    chosen = [leads.get(side) or spare.pop(0) for side in (Side.A.value, Side.B.value)]
    return Captains(choices(state.committed), chosen[0], chosen[1])


def choices(entries: Iterable[Entry]) -> Choices:
    """Return people for a list to choose from, by name."""
    found = ((one.person_id, one.person.name) for one in entries)
    return tuple(sorted(found, key=lambda one: one[1].casefold()))
