"""The JSON door to the planning room, at /api/planning."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router
from pydantic import Field, StrictInt, StringConstraints

from accounts import auth
from accounts.models import DiscordAccount, User
from availability import asking
from availability.asking import Body
from availability.models import Door
from planning.rooms import actions, api_state, reading
from planning.rooms.actions import naming, teams
from planning.rooms.actions.opening import quorum_of
from planning.rooms.actions.ping import need_more
from planning.rooms.models import Room
from slomix.lib import clock
from slomix.lib.errors import Refused

router = Router(tags=["planning"])

# A Discord id: a string, as we write it; a number is read, too.
Id = Annotated[str, StringConstraints(strict=True, pattern=r"^[0-9]{1,20}$")] | StrictInt
# Far more than a side holds; how many it is says the verb.
Side = Annotated[list[Id], Field(max_length=200)]
TOO_LARGE = 2**63


class Suggestion(Body):
    """A team name of 2 to 48 characters."""

    name: Annotated[str, StringConstraints(strict=True)]


class Ballot(Body):
    """Which of the suggested names."""

    suggestion_id: StrictInt


class Teams(Body):
    """Both sides by Discord ids, from the top; each captain is one of their side, or null.

    `token` is the `session.token` that was seen. Without it teams that somebody else saved are
    never replaced.
    """

    side_a: Side
    side_b: Side
    captain_a: Id | None = None
    captain_b: Id | None = None
    token: StrictInt | None = None


# The first that fits; whatever else a room refuses cannot be done as things are now.
REFUSALS: tuple[tuple[type[actions.Refused], int, str | None], ...] = (
    (actions.NotTheirs, 403, None),
    (actions.NoRoom, 404, None),
    (actions.NoSuchName, 404, "suggestion_id"),
    (actions.NameTaken, 409, "name"),
    (actions.NameRefused, 400, "name"),
    (teams.DraftRunning, 409, None),
    (actions.TeamsRefused, 400, None),
    (actions.TooSoon, 429, None),
)


@contextmanager
def refusals() -> Iterator[None]:
    """Turn the verbs' refusals into answers of the API."""
    try:
        with asking.refusals():
            yield
    except actions.NotNeeded:
        raise  # good news, and no refusal
    except actions.Refused as refused:
        raise _answer(refused) from refused


def _answer(refused: actions.Refused) -> Refused:
    for kind, status, field in REFUSALS:
        if isinstance(refused, kind):
            return Refused(status, str(refused), getattr(refused, "field", field))
    return Refused(409, str(refused))


@router.get("/today", auth=None)
def today(request: HttpRequest, date: str | None = None) -> dict[str, Any]:
    """Show tonight's room, or that of any day: numbers for everybody, names for linked people."""
    day = clock.today(clock.now()) if date is None else asking.day(date, "date", status=422)
    return api_state.of(auth.viewer(request), day)


def _state(person: User) -> dict[str, Any]:
    return api_state.of(person, clock.today(clock.now()))


@router.post("/today/create", auth=auth.session)
def create(request: HttpRequest) -> dict[str, Any]:
    """Open tonight's room once enough are looking; `created` says whether this very call did.

    The thread on Discord is made soon after, by the bot: `thread_created` says whether it is there.
    """
    person = auth.linked(request)
    with refusals():
        opened = actions.open_room(person=person, at=clock.now(), door=Door.API)
    return {
        "success": True,
        "created": opened.created,
        "thread_created": opened.room.thread_id is not None,
        "state": _state(person),
    }


@router.post("/today/join", auth=auth.session)
def join(request: HttpRequest) -> dict[str, Any]:
    """Come in: LOOKING for whoever has no answer or a no; `status` is the answer that holds."""
    person = auth.linked(request)
    with refusals():
        entry = actions.join(person=person, at=clock.now(), door=Door.API)
    return {"success": True, "status": entry.status, "state": _state(person)}


@router.post("/today/suggestions", auth=auth.session)
def suggest(request: HttpRequest, suggestion: Suggestion) -> dict[str, Any]:
    """Suggest a team name; it has the vote of whoever suggests it."""
    person = auth.linked(request)
    with refusals():
        name = naming.suggest(person=person, text=suggestion.name, at=clock.now(), door=Door.API)
    return {"success": True, "suggestion_id": name.pk, "state": _state(person)}


@router.delete("/today/suggestions/{suggestion_id}", auth=auth.session)
def withdraw(request: HttpRequest, suggestion_id: int) -> dict[str, Any]:
    """Take a name out: one's own while nobody else voted for it, any as an editor of the room."""
    person = auth.linked(request)
    with refusals():
        naming.withdraw_name(person=person, name_id=suggestion_id, at=clock.now(), door=Door.API)
    return {"success": True, "suggestion_id": suggestion_id, "state": _state(person)}


@router.post("/today/vote", auth=auth.session)
def vote(request: HttpRequest, ballot: Ballot) -> dict[str, Any]:
    """Vote for a name; of each person the last vote counts."""
    person = auth.linked(request)
    with refusals():
        naming.vote(person=person, name_id=ballot.suggestion_id, at=clock.now(), door=Door.API)
    return {"success": True, "state": _state(person)}


@router.delete("/today/vote", auth=auth.session)
def take_back_vote(request: HttpRequest) -> dict[str, Any]:
    """Take one's vote back; `taken_back` says whether there was one."""
    person = auth.linked(request)
    with refusals():
        gone = naming.take_back_vote(person=person, at=clock.now(), door=Door.API)
    return {"success": True, "taken_back": gone, "state": _state(person)}


@router.post("/today/teams", auth=auth.session)
def save_teams(request: HttpRequest, wanted: Teams) -> dict[str, Any]:
    """Save both teams, whole or not at all; for the room's creator, promoters and admins."""
    person = auth.linked(request)
    leaders = [one for one in (wanted.captain_a, wanted.captain_b) if one is not None]
    known = _known([*wanted.side_a, *wanted.side_b, *leaders])
    with refusals():
        lineup = teams.save(
            person=person,
            a=[known[int(one)] for one in wanted.side_a],
            b=[known[int(one)] for one in wanted.side_b],
            captain_a=None if wanted.captain_a is None else known[int(wanted.captain_a)],
            captain_b=None if wanted.captain_b is None else known[int(wanted.captain_b)],
            token=_token(person) if wanted.token is None else wanted.token,
            at=clock.now(),
            door=Door.API,
        )
    return {"success": True, "token": lineup.number, "state": _state(person)}


def _known(ids: Sequence[str | int]) -> dict[int, int]:
    """Return our number of each Discord id; whoever we do not know is a number nobody has."""
    asked = {int(one) for one in ids}
    there = DiscordAccount.objects.filter(discord_id__in=[n for n in asked if 0 < n < TOO_LARGE])
    known = dict(there.values_list("discord_id", "user_id"))
    return {one: known.get(one, -place) for place, one in enumerate(sorted(asked), 1)}


def _token(person: User) -> int:
    """Return the number of teams that may be replaced unseen: none, or one's own."""
    room = Room.objects.on(clock.today(clock.now())).first()
    there = reading.current(room) if room else None
    return there.number if there and there.by_id == person.pk else 0


@router.post("/today/balanced-teams", auth=auth.session)
def balanced_teams(request: HttpRequest, seed: int | None = None) -> dict[str, Any]:
    """Propose two fair teams of whoever said yes; nothing is saved.

    The same `seed` makes the same teams of the same people. `rating_gap` is how far apart the
    sides' ratings are, of unequal sides how far apart they are per player.
    """
    auth.linked(request)
    with refusals():
        found = teams.proposal(clock.today(clock.now()), teams.seed_of(seed))
    names = {one.pk: one for one in found.people}
    sides = found.split.sides if found.split else ((), ())
    a, b = ([auth.user_id(names[who]) for who in side] for side in sides)
    return {
        "status": "ok",
        "side_a": a,
        "side_b": b,
        "rating_gap": round(found.split.gap, 3) if found.split else 0.0,
        "rated_count": found.rated,
        "names": {str(auth.user_id(one)): one.name for one in found.people},
        "seed": found.split.seed if found.split else None,
        "message": None if found.split else teams.too_few(),
    }


@router.post("/today/ping", auth=auth.session)
def ping(request: HttpRequest) -> dict[str, Any]:
    """Ask whoever could still come and wants to be asked; `asked` is how many people that were.

    With enough people nobody is asked: `pinged` is false, and `message` says so.
    """
    person = auth.linked(request)
    try:
        asked = _ask(person)
    except actions.NotNeeded as enough:
        return {
            "status": "ok",
            "pinged": False,
            "need_count": 0,
            "asked": 0,
            "message": str(enough),
        }
    missing = quorum_of(clock.today(clock.now())).missing
    return {"status": "ok", "pinged": True, "need_count": missing, "asked": asked, "message": None}


def _ask(person: User) -> int:
    with refusals():
        try:
            return need_more(person=person, at=clock.now(), door=Door.API)
        except actions.NoRoom as refused:
            raise Refused(400, str(refused)) from refused  # as the first Slomix has it
