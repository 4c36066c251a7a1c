"""F11: presses, messages and looks at voice are told several times, at once and out of order;
what Discord makes of our answers to presses is in `unheard`."""

import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from datetime import time as wall_time
from typing import Any

from accounts import actions as people
from accounts import vault
from accounts.models import Handle, Player, User
from availability import presses
from availability.models import Change, Entry
from availability.replies import Press, Presser
from botworker import hearing, presence
from slomix.lib import clock
from slomix.management.chaos import report, unheard
from slomix.management.chaos.crowd_ids import discord_ids
from slomix.management.chaos.plan import Plan
from slomix.management.chaos.races import together

PEOPLE = 12
# What somebody says: a button's verb, and the word for it.
SAID = {"looking": "LOOKING", "available": "AVAILABLE", "maybe": "MAYBE", "no": "NOT_PLAYING"}
COPIES = (2, 3, 4, 5)
# A copy that is late comes after so many others; each event is so long after the one before.
LATE = 7
BETWEEN = timedelta(seconds=10)

ONCE = "what is told again changes nothing, and is answered once"
LAST = "what somebody said last holds, and the history has each change once"
NEWEST = "the newest look at voice holds, however often and late the others come"
Telling = Callable[[], object]


def play(plan: Plan) -> dict[str, Any]:
    """Tell as much as was asked for and report."""
    began = time.monotonic()
    told = Hearsay(plan)
    told.run()
    return report.of_trials(plan, told.tried, told.broken, time.monotonic() - began)


@dataclass
class Known:
    """Somebody, and what they should be believed to have said about each evening."""

    user: User
    discord_id: int
    says: dict[date, str] = field(default_factory=dict)
    changes: Counter[date] = field(default_factory=Counter)


class Hearsay:
    """One event after the other; copies of each come at once, and some of them much later."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.dice = random.Random(plan.seed)  # noqa: S311  repeatable, not secret
        self.at = clock.instant(clock.today(clock.now()) + timedelta(days=1), wall_time(9))
        self.tried: Counter[str] = Counter()
        self.broken: list[str] = []
        self.late: list[tuple[int, Telling]] = []
        self.number = self.told = 0

    def run(self) -> None:
        """Tell everything, then what is left of it, and compare."""
        self.people = [self._somebody(place) for place in range(PEOPLE)]
        while self.told < self.plan.deliveries:
            self._event()
        while self.late:
            self._again(self.late.pop(0)[1])
        for one in self.people:
            self._compare(one)
        self._voices()
        presses = max(len(unheard.KINDS), self.plan.deliveries // 50)
        linked = [(one.user.pk, one.discord_id) for one in self.people]
        unheard.play(linked, presses, self.plan.seed, self.tried, self.broken)

    def _somebody(self, place: int) -> Known:
        discord_id = discord_ids(PEOPLE)[place]
        user = people.meet(
            discord_id=discord_id, username="p", display_name="", avatar="", at=self.at
        )
        Player.objects.create(guid=f"{place:032X}", name=f"player {place}")
        people.link_player(person=user, guid=f"{place:032X}", at=self.at)
        for channel, address in (("telegram", _chat(place)), ("signal", _number(place))):
            Handle.objects.create(
                user=user,
                channel=channel,
                sealed=vault.seal(address),
                sealed_by=vault.sealing_key(),
                index=vault.index(channel, address),
            )
        return Known(user, discord_id)

    # --- one thing that somebody says -------------------------------------------------------------

    def _event(self) -> None:
        self.number += 1
        self.at += BETWEEN
        place = self.dice.randrange(PEOPLE)
        who, verb = self.people[place], self.dice.choice(list(SAID))
        door = self.dice.choice((self._pressed, self._on_telegram, self._on_signal))
        copies = self.dice.choice(COPIES)
        late = self.dice.randrange(copies)
        self._believe(who, verb)
        tell = door(place, verb)
        found = together(copies - late, lambda _n: tell())
        self.told += copies - late
        self.tried[ONCE] += 1
        wrong = [repr(one) for one in found if isinstance(one, Exception)]
        answered = sum(one is not None for one in found)
        if wrong or (door != self._pressed and answered != 1):
            self.broken.append(f"{ONCE}: {answered} answers to event {self.number} {wrong}")
        self.late += [(self.number + self.dice.randrange(1, LATE), tell) for _n in range(late)]
        for _when, again in [one for one in self.late if one[0] <= self.number]:
            self._again(again)
        self.late = [one for one in self.late if one[0] > self.number]

    def _believe(self, who: Known, verb: str) -> None:
        day, status = clock.today(self.at), SAID[verb]
        who.changes[day] += who.says.get(day) != status
        who.says[day] = status

    def _again(self, tell: Telling) -> None:
        self.told += 1
        try:
            tell()
        except Exception as error:  # noqa: BLE001  it is what is looked for
            self.broken.append(f"{ONCE}: {error!r}")

    def _pressed(self, place: int, verb: str) -> Telling:
        day = f"{clock.today(self.at):%Y%m%d}"
        presser = Presser(self.people[place].discord_id, "p", "", "")
        press = Press(10**18 + self.number, presser, self.at)
        return lambda: presses.on_post(press, day=day, verb=verb)

    def _on_telegram(self, place: int, verb: str) -> Telling:
        chat = {"id": int(_chat(place)), "type": "private"}
        message = {"message_id": self.number, "chat": chat, "text": f"today {verb}"}
        update, at = {"update_id": self.number, "message": message}, self.at
        return lambda: hearing.telegram(update, at=at)

    def _on_signal(self, place: int, verb: str) -> Telling:
        envelope = {
            "sourceNumber": _number(place),
            "timestamp": int(self.at.timestamp() * 1000),
            "dataMessage": {"message": f"today {verb}"},
        }
        at = self.at
        return lambda: hearing.signal(envelope, at=at)

    # --- what is believed afterwards -------------------------------------------------------------

    def _compare(self, who: Known) -> None:
        entries = dict(Entry.objects.filter(person=who.user).values_list("day", "status"))
        rows = Change.objects.filter(person=who.user).values_list("day", flat=True)
        counted = Counter(rows)
        for day, says in who.says.items():
            self.tried[LAST] += 1
            found = (entries.get(day), counted[day])
            if found != (says, who.changes[day]):
                self.broken.append(f"{LAST}: {found} for {(says, who.changes[day])} on {day}")

    def _voices(self) -> None:
        for _n in range(max(1, self.plan.deliveries // 100)):
            self.at += timedelta(minutes=5)
            looks = [(self.at + timedelta(seconds=n), self._there()) for n in range(1, 6)]
            told = [one for one in looks for _copy in range(self.dice.choice(COPIES))]
            self.dice.shuffle(told)
            for at, there in told:
                presence.note_voice(there, at=at)
            self.tried[NEWEST] += 1
            self._compare_voices(*looks[-1])

    def _there(self) -> list[presence.Seen]:
        chosen = self.dice.sample(self.people, self.dice.randrange(PEOPLE))
        return [presence.Seen(one.discord_id, 1) for one in chosen]

    def _compare_voices(self, at: datetime, there: list[presence.Seen]) -> None:
        ids = {one.discord_id for one in there}
        wanted = {one.user.pk for one in self.people if one.discord_id in ids}
        found = presence.evidence(at=at).in_voice
        if found != wanted:
            self.broken.append(f"{NEWEST}: {len(found ^ wanted)} people differ")


def _chat(place: int) -> str:
    return str(7_000_000_001 + place)


def _number(place: int) -> str:
    return f"+{447_700_900_000 + place}"
