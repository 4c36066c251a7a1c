"""F14, in the planning room: fifty who open it, vote, save teams and take a place at once."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from datetime import time as wall_time

from accounts import actions as people
from accounts.models import Player, User
from availability import actions as evenings
from planning.rooms.actions import lineups, naming, opening, standby, teams
from planning.rooms.models import Lineup, Member, Room, Vote
from slomix.lib import clock
from slomix.management.chaos.crowd_ids import discord_ids

AT_ONCE = 50
PLAY = 6

Together = Callable[[int, Callable[[int], object]], list[object]]


@dataclass
class RoomRaces:
    """One evening after the other; fifty people, six of whom play."""

    together: Together
    tried: Counter[str]
    broken: list[str]

    def run(self, first: int, rounds: int) -> None:
        """Race so many evenings, the first of them so many days from today."""
        crowd = self._crowd()
        for number in range(first, first + rounds):
            day = clock.today(clock.now()) + timedelta(days=number)
            at = clock.instant(day, wall_time(19, 30))
            for person in crowd[:PLAY]:
                evenings.answer(person=person, day=day, status="LOOKING", at=at)
            self._opened(crowd, at)
            self._voted(crowd, at)
            self._saved(crowd, at)
            self._taken(crowd, at)

    def _crowd(self) -> list[User]:
        crowd = []
        for place, discord_id in enumerate(discord_ids(AT_ONCE)):
            # The first are those who are called in the other races, with their players.
            person = people.meet(
                discord_id=discord_id, username="p", display_name="", avatar="", at=clock.now()
            )
            if not hasattr(person, "link"):
                player = Player.objects.create(guid=f"{place + 4096:032X}", name=f"racer {place}")
                people.link_player(person=person, guid=player.guid, at=clock.now())
            crowd.append(User.objects.with_identity().get(pk=person.pk))
        return crowd

    def _judge(self, what: str, found: list[object], wanted: dict[str, int], whole: bool) -> None:
        self.tried[what] += 1
        kinds = Counter(type(one).__name__ for one in found)
        if kinds != wanted or not whole:
            self.broken.append(f"{what}: {dict(kinds)}, {'whole' if whole else 'not whole'}")

    def _opened(self, crowd: list[User], at: datetime) -> None:
        found = self.together(AT_ONCE, lambda n: opening.open_room(person=crowd[n], at=at))
        created = [getattr(one, "created", False) for one in found].count(True)
        rooms = Room.objects.on(clock.today(at)).count()
        what = f"{AT_ONCE} who open a room open one"
        self._judge(what, found, {"Opened": AT_ONCE}, (created, rooms) == (1, 1))

    def _voted(self, crowd: list[User], at: datetime) -> None:
        names = [naming.suggest(person=crowd[n], text=f"Name {n} x", at=at) for n in (1, 2)]
        found = self.together(
            AT_ONCE, lambda n: naming.vote(person=crowd[0], name_id=names[n % 2].pk, at=at)
        )
        votes = Vote.objects.filter(room__day=clock.today(at))
        whole = votes.filter(person=crowd[0]).count() == 1 and votes.count() == len(names) + 1
        self._judge(f"{AT_ONCE} votes of one person are one", found, {"Vote": AT_ONCE}, whole)

    def _saved(self, crowd: list[User], at: datetime) -> None:
        room = Room.objects.select_related("creator").get(day=clock.today(at))
        creator = next(one for one in crowd if one.pk == room.creator_id)
        a, b = ([one.pk for one in crowd[begin:PLAY:2]] for begin in (0, 1))

        def save(_number: int) -> Lineup:
            return teams.save(
                person=creator, a=a, b=b, captain_a=a[0], captain_b=None, token=0, at=at
            )

        found = self.together(AT_ONCE, save)
        what = f"{AT_ONCE} who save on one token save once"
        self._judge(what, found, {"Lineup": 1, "Stale": AT_ONCE - 1}, self._whole(room, 1))

    def _taken(self, crowd: list[User], at: datetime) -> None:
        """Somebody of side A drops out, and everybody without a place wants theirs."""
        room, others = Room.objects.get(day=clock.today(at)), crowd[PLAY:]
        evenings.answer(person=crowd[2], day=room.day, status="NOT_PLAYING", at=at)
        found = self.together(
            len(others), lambda n: standby.accept_place(person=others[n], side="A", at=at)
        )
        what = f"of {len(others)} who press for a place one has it"
        wanted = {"Taken": 1, "OfferOver": len(others) - 1}
        self._judge(what, found, wanted, self._whole(room, 2))

    def _whole(self, room: Room, number: int) -> bool:
        """Nobody was lost: so many line-ups, each with everybody once."""
        counts = [
            len(set(Member.objects.filter(lineup=one).values_list("person", flat=True)))
            for one in Lineup.objects.filter(room=room)
        ]
        return lineups.newest(room) == number and counts == [PLAY] * number
