"""The captains' draft: two captains pick in turn, and a clock picks for whoever is too slow."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import AuditEntry, User
from availability import queries
from availability.actions import days
from availability.models import Door, Entry
from planning.rooms import drafts, reading
from planning.rooms.actions import lineups, opening
from planning.rooms.actions.lineups import Sides
from planning.rooms.actions.refusals import NotTheirs, Refused, Stale
from planning.rooms.balance import Player, first_pick, order
from planning.rooms.drafts import DraftState
from planning.rooms.models import Draft, Lineup, Pick, Room, Side
from slomix.lib import clock

# Of ABBA whole rounds, so that the pattern goes on behind it.
TURNS = 128
LEAST_TO_PICK = 2


class DraftRefused(Refused):
    """This cannot be done in the draft, or there is none."""


class NotYourTurn(DraftRefused):
    """The other captain picks."""


@transaction.atomic
def start(
    *, person: User, captain_a: int, captain_b: int, token: int, at: datetime, door: str = Door.WEB
) -> Draft:
    """Let two captains pick; the lower rated begins, and everybody who said yes can be picked.

    The teams that hold stay until it ends. Raises NotLinked, NoRoom, RoomClosed, NotTheirs, Stale
    where the teams were saved since (`token` is the number that was seen), and DraftRefused.
    """
    days.check_linked(person)
    room = opening.hold(clock.today(at), at)
    lineups.check_editor(person, room)
    if lineups.newest(room) != token:
        raise lineups.stale(reading.current(room))
    _check_start(room, captain_a, captain_b)
    rated = Entry.objects.on(room.day).filter(status__in=opening.STAYS, person__is_active=True)
    ratings = rated.values_list("person", "person__link__player__rating")
    players = [Player(who, rating) for who, rating in ratings]
    seconds = settings.PLANNING_PICK_SECONDS
    draft = Draft.objects.create(
        room=room,
        started_by=person,
        started_at=at,
        captain_a_id=captain_a,
        captain_b_id=captain_b,
        order=order(TURNS, first_pick(players, captain_a, captain_b)),
        seconds=seconds,
        turn_ends_at=at + timedelta(seconds=seconds),
    )
    opening.touch(room)
    AuditEntry.write("draft_started", at=at, actor=person, door=door, room=room.pk)
    return draft


def _check_start(room: Room, captain_a: int, captain_b: int) -> None:
    if Draft.objects.filter(room=room, outcome=Draft.Outcome.RUNNING).exists():
        raise DraftRefused(_("A draft is running already. Stop it first, or wait for its end."))
    if captain_a == captain_b:
        raise DraftRefused(_("Choose two captains, one for each side."))
    if not {captain_a, captain_b} <= lineups.participants(room.day):
        raise DraftRefused(_("A captain has to be in the room. Choose somebody who is."))
    others = Entry.objects.on(room.day).filter(status__in=drafts.PICKABLE, person__is_active=True)
    if others.exclude(person__in=(captain_a, captain_b)).count() < LEAST_TO_PICK:
        raise DraftRefused(_("There is nobody to pick yet: too few have said yes."))


@transaction.atomic
def pick(*, person: User, who: int, turn: int, at: datetime, door: str = Door.WEB) -> Pick:
    """Pick somebody, as the captain whose turn it is; the last pick saves the teams.

    `turn` is the number of the pick that was seen, so of any number of presses one counts; the same
    press again returns the same pick. Raises NotLinked, NoRoom, RoomClosed, NotYourTurn, Stale
    where that turn is over, and DraftRefused for somebody who cannot be picked.
    """
    days.check_linked(person)
    room = opening.hold(clock.today(at), at)
    state = _running(room)
    if (again := _pressed_twice(state, person, who, turn)) is not None:
        return again
    if turn != state.turn:
        raise Stale(_("That pick is made already. Look whose turn it is now."))
    if not state.is_captain(person, state.side):
        raise NotYourTurn(_("It is not your turn. Only the captain whose turn it is can pick."))
    if state.captain_gone:
        raise DraftRefused(_("A captain is not in the room any more, so the draft ends."))
    if who not in {one.person.pk for one in state.pool}:
        raise DraftRefused(_("They cannot be picked: in a team already, or not in the room."))
    return _take(room, state, who, at)


def _running(room: Room) -> DraftState:
    state = drafts.of(room)
    if state is None or not state.running:
        raise DraftRefused(_("No draft is running. Start one in the room."))
    return state


def _pressed_twice(state: DraftState, person: User, who: int, turn: int) -> Pick | None:
    if not state.picks or state.picks[-1].number != turn:
        return None
    last = state.picks[-1]
    same = last.pick is not None and last.pick.person_id == who and not last.by_the_clock
    return last.pick if same and state.is_captain(person, last.side) else None


def _take(
    room: Room, state: DraftState, who: int, at: datetime, *, by_the_clock: bool = False
) -> Pick:
    """Write one pick down, and begin the next turn or end the draft."""
    made = Pick.objects.create(
        draft=state.draft,
        number=state.turn,
        person_id=who,
        picked_at=at,
        by_the_clock=by_the_clock,
    )
    if len(state.pool) == 1:
        _end(room, Draft.Outcome.DONE, at)
    else:
        _turn(room, state.draft, at)
    return made


def _turn(room: Room, draft: Draft, at: datetime) -> None:
    ends_at = at + timedelta(seconds=draft.seconds)
    Draft.objects.filter(pk=draft.pk).update(turn_ends_at=ends_at)
    opening.touch(room)


def _end(room: Room, outcome: Draft.Outcome, at: datetime) -> Lineup | None:
    """End the draft that runs, and save both lists as they are; without a pick nothing is saved.

    Whoever dropped out keeps their place there: it is vacant, and standby is asked.
    """
    state = _running(room)
    Draft.objects.filter(pk=state.draft.pk).update(outcome=outcome, ended_at=at)
    opening.touch(room)
    if not state.picks:
        return None
    people = {side: _numbers(state, side) for side in Side.values}
    sides = Sides(people["A"], people["B"], captain_a=people["A"][0], captain_b=people["B"][0])
    return lineups.write(
        room,
        sides,
        token=lineups.newest(room),
        by=state.draft.started_by,
        at=at,
        how=Lineup.How.DRAFT,
    )


def _numbers(state: DraftState, side: str) -> list[int | None]:
    return [place.person.pk if place.person else None for place in state.list_of(side)]


@transaction.atomic
def take_back_pick(*, person: User, turn: int, at: datetime, door: str = Door.WEB) -> DraftState:
    """Take one's own last pick back within five seconds, unless the other has picked since.

    The turn begins anew. What the clock picked stays, and so does the last pick of all: the teams
    stand then, and are undone like any others. Raises NotLinked, NoRoom, RoomClosed, DraftRefused.
    """
    days.check_linked(person)
    room = opening.hold(clock.today(at), at)
    state = _running(room)
    if turn != state.turn - 1 or not state.can_take_back(person, at):
        raise DraftRefused(_("This pick stands: it can be taken back for five seconds only."))
    Pick.objects.filter(draft=state.draft, number=turn).delete()
    _turn(room, state.draft, at)
    return _running(room)


@transaction.atomic
def stop(*, person: User, at: datetime, door: str = Door.WEB) -> Draft:
    """Stop the draft, as one of the captains or an editor; both lists stay as they are.

    They are saved as the teams where anybody was picked; whoever is left can be moved by hand. Raises
    NotLinked, NoRoom, RoomClosed, NotTheirs, DraftRefused where none is running.
    """
    days.check_linked(person)
    room = opening.hold(clock.today(at), at)
    state = _running(room)
    if not state.is_captain(person) and not lineups.edits(person, room):
        raise NotTheirs(_("Only the captains, whoever opened the room or a promoter can stop it."))
    _end(room, Draft.Outcome.STOPPED, at)
    AuditEntry.write(
        "draft_stopped", at=at, actor=person, door=door, room=room.pk, picks=len(state.picks)
    )
    return Draft.objects.get(pk=state.draft.pk)


def run_clock(at: datetime) -> int:
    """Do what time brings to the drafts that run; returns how many something happened to.

    A turn whose time is over takes the first of the pool: the highest rated of those who were there
    at the start. A captain who dropped out, and the end of the evening, stop a draft; with nobody
    left to pick it is done. Beat calls it, and twice or late does no harm: a turn that begins late
    lasts as long as any.
    """
    running = Draft.objects.filter(outcome=Draft.Outcome.RUNNING).order_by("pk")
    return sum(_tick(room, at) for room in running.values_list("room", flat=True))


@transaction.atomic
def _tick(room_id: int, at: datetime) -> bool:
    room = Room.objects.select_for_update().get(pk=room_id)
    state = drafts.of(room)
    if state is None or not state.running:
        return False
    if state.captain_gone or at >= queries.times(room.day).ends_at:
        _end(room, Draft.Outcome.STOPPED, at)
    elif not state.pool:
        _end(room, Draft.Outcome.DONE, at)
    elif at >= state.draft.turn_ends_at:
        _take(room, state, state.pool[0].person.pk, at, by_the_clock=True)
    else:
        return False
    return True
