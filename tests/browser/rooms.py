"""What was so before somebody opened the planning room: who is in, names, teams, a draft, standby.

As `tests.browser.club`, these run in the process that serves the pages.
"""

from datetime import date, timedelta

from accounts.models import User
from availability import actions as evenings
from availability.models import Entry, Status
from planning.rooms import actions, drafts, reading
from planning.rooms.actions import drafting, naming, standby, teams, wishes
from planning.rooms.models import Came, Lineup, Room
from slomix.lib import clock
from slomix.management.community import MEMBERS
from tests import make
from tests.browser.club import ANA, JAZBEC, LOJZE, STEFK, VESNA, person

CMRLJ, ZABAR, MIDNIGHT, SAQR, DEFIB, FANI = (
    *("cmrlj", "zabar_", "p0lnocni", "saqr_allayl"),
    *("dr.defib", "fani.fieldops"),
)
SEED = 2011
THURSDAY = date(2026, 11, 19)
NAMES = (
    (ZABAR, "Ajdova četa", (ANA, LOJZE, SAQR)),
    (ANA, "Potica Panzer", (VESNA, CMRLJ)),
    (STEFK, "Dinamit iz Domžal", ()),
    (MIDNIGHT, "Nočna izmena", ()),
    (FANI, "\u200fשלום\u200f & <b>kdor zamudi, plača rundo piva vsem</b>"[:48], ()),
)


def enough_look() -> None:
    """Six are looking, and five more said yes."""
    for username in (VESNA, ANA):
        _says(username, Status.LOOKING)


def opened() -> None:
    """Čmrlj has opened the room, and nothing has happened in it yet."""
    enough_look()
    actions.open_room(person=person(CMRLJ), at=make.at("20:38"))


def named() -> None:
    """Names are suggested and voted for; two are level."""
    opened()
    for by, text, voters in NAMES:
        name = naming.suggest(person=person(by), text=text, at=make.at("20:41"))
        for voter in voters:
            naming.vote(person=person(voter), name_id=name.pk, at=make.at("20:44"))


def balanced() -> None:
    """The teams are balanced; Ana and Lojze play together."""
    named()
    ana, lojze = person(ANA), person(LOJZE)
    wishes.wish(person=lojze, first=ana.pk, second=lojze.pk, kind="together", at=make.at("20:45"))
    teams.balance(person=person(CMRLJ), token=0, seed=SEED, at=make.at("20:51"))


def moved() -> None:
    """Somebody was moved by hand, and somebody came who is in no team."""
    balanced()
    lineup = newest()
    who = lineup.members.filter(team__side="A").last()
    assert who and who.person_id
    teams.move(
        person=person(CMRLJ), who=who.person_id, side="B", token=lineup.number, at=make.at("20:52")
    )
    _says(JAZBEC, Status.LOOKING)


def somebody_drops_out() -> None:
    """Fani cannot come, and the place is offered to the first in line."""
    balanced()
    then = clock.now() - timedelta(seconds=18)
    evenings.answer(person=person(FANI), day=clock.today(then), status=Status.NOT_PLAYING, at=then)
    standby.reconcile(then)


def stefk_is_asked() -> None:
    """The same, and ŠtefK is the first in line who can come."""
    balanced()
    then = clock.now() - timedelta(seconds=18)
    for username in (FANI, "fueldump.franc", "bazooka.bor"):
        evenings.answer(
            person=person(username), day=clock.today(then), status=Status.NOT_PLAYING, at=then
        )
    standby.reconcile(then)


def saved_elsewhere() -> None:
    """Čmrlj saves the teams while the page is open."""
    teams.balance(person=person(CMRLJ), token=newest().number, seed=7, at=clock.now())


def drafts_now() -> None:
    """Vesna and Ana are captains, and five picks are made; it is Ana's or Vesna's turn."""
    named()
    _start()
    for _n in range(5):
        _picks(clock.now() - timedelta(seconds=21))


def drafted() -> None:
    """The draft went to its end."""
    named()
    _start()
    while _picks(clock.now() - timedelta(seconds=40)):
        pass


def stopped() -> None:
    """It was stopped after three picks."""
    named()
    _start()
    for _n in range(3):
        _picks(clock.now() - timedelta(seconds=40))
    drafting.stop(person=person(ANA), at=clock.now())


def picked_elsewhere() -> None:
    """The same captain picks in another window."""
    _picks(clock.now())


def played_yesterday() -> None:
    """Thursday's room is closed: teams stood, most of them came."""
    at = make.at("20:20", THURSDAY)
    for one in [one for one in MEMBERS if one.linked][:12]:
        who = person(one.username)
        evenings.answer(person=who, day=THURSDAY, status=Status.LOOKING, at=at)
    room = actions.open_room(person=person(CMRLJ), at=make.at("20:38", THURSDAY)).room
    for by, text, _voters in NAMES[:2]:
        naming.suggest(person=person(by), text=text, at=make.at("20:41", THURSDAY))
    teams.balance(person=person(CMRLJ), token=0, seed=SEED, at=make.at("20:51", THURSDAY))
    there = Entry.objects.on(THURSDAY).order_by("pk")[:9]
    for entry in there:
        Came.objects.create(
            room=room,
            person=entry.person,
            first_at=make.at("20:58", THURSDAY),
            last_at=make.at("23:02", THURSDAY),
        )


def sixty_are_in() -> None:
    """Forty more are in, with names of every kind."""
    from tests.browser.club import sixty_more

    sixty_more()
    named()
    teams.balance(person=person(CMRLJ), token=0, seed=SEED, at=make.at("20:51"))


def newest() -> Lineup:
    """Return the line-up that holds."""
    found = reading.current(tonight())
    assert found
    return found


def tonight() -> Room:
    """Return tonight's room."""
    return Room.objects.get(day=clock.today(clock.now()))


def _says(username: str, status: str) -> None:
    at = clock.now()
    evenings.answer(person=person(username), day=clock.today(at), status=status, at=at)


def _start() -> None:
    captains = person(VESNA).pk, person(ANA).pk
    at = clock.now() - timedelta(minutes=2)
    drafting.start(
        person=person(CMRLJ), captain_a=captains[0], captain_b=captains[1], token=0, at=at
    )


def _picks(at: object) -> User | None:
    """Let whoever's turn it is take the second best; returns who that was."""
    state = drafts.of(tonight())
    if state is None or not state.running or state.captain is None:
        return None
    choice = state.pool[min(1, len(state.pool) - 1)].person
    drafting.pick(person=state.captain, who=choice.pk, turn=state.turn, at=at)  # type: ignore[arg-type]
    return choice
