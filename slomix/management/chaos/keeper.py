"""Keeps the drains alive, between the deaths that the plan asks for, and counts those."""

import random
import signal
import time
from collections import Counter, deque
from dataclasses import dataclass, field
from typing import Any

from slomix.management.chaos.nest import Nest
from slomix.management.chaos.plan import RANDOM, Plan

# A boundary is met at the first or second passing.
PASSINGS = (1, 1, 2)
# A random death comes this soon after the start, in seconds at scale 1.
RANDOM_WITHIN = 20.0
AWAKE = "after waking"
# A process hears SIGTERM as it should once it has begun; in seconds.
HEARS_AFTER = 1.5


@dataclass
class Life:
    """One slot: the process that is in it now, or when the next one begins."""

    name: str
    part: str
    clock: float = 0.0
    spared: bool = False
    up: bool = False
    again_at: float = 0.0
    began: float = 0.0
    # What this life is to die of, and when if that is at random.
    fate: tuple[str, str] | None = None
    dies_at: float = 0.0
    wakes_at: float = 0.0
    # It is to end by itself, having finished what it has in hand; and it was told so.
    retiring: bool = False
    told: bool = False
    # When it was awake and when it ended, by time.time().
    lived: list[tuple[float, float]] = field(default_factory=list)


class Keeper:
    """Starts, kills, wakes and starts again."""

    def __init__(self, plan: Plan, nest: Nest, dice: random.Random) -> None:
        self.plan, self.nest, self.dice = plan, nest, dice
        self.fates = deque(_fates(plan, dice))
        self.planned = len(self.fates)
        self.kills: Counter[str] = Counter()
        self.zombies: Counter[str] = Counter()
        # Ends by themselves that the plan expects, by their code.
        self.ends: Counter[int] = Counter()
        # Commands that were begun beside the lives, and what each ended with.
        self.commands: dict[str, int | None] = {}
        # Ends that nobody ordered.
        self.faults: list[str] = []
        # Nothing is started while the plan wants everything down.
        self.holding = False
        names = [f"drain{number}" for number in range(plan.drains)]
        clocks = plan.clocks or (0.0,)
        self.lives = {
            name: Life(name, "deliver", clocks[number % len(clocks)], number < plan.spared)
            for number, name in enumerate(names)
        }
        bots = [f"bot{number}" for number in range(plan.bots)]
        self.lives.update((name, Life(name, "bot")) for name in bots)

    def tick(self) -> None:
        """Hear what happened, and do what is due."""
        for news in self.nest.heard():
            self._heard(news)
        now = time.monotonic()
        for life in self.lives.values():
            if not life.up and now >= life.again_at and not self.holding:
                self._start(life)
            elif life.up and life.dies_at and now >= life.dies_at:
                life.dies_at = 0.0
                self.nest.signal(life.name, signal.SIGKILL)
            elif life.up and life.wakes_at and now >= life.wakes_at:
                self._wake(life, now)
            elif life.up and life.retiring and not life.told:
                self._tell(life)

    def retire(self, name: str) -> None:
        """Let a life end as SIGTERM ends it, and begin anew at once; it must end with 0."""
        self.lives[name].retiring = True

    def _tell(self, life: Life) -> None:
        if time.time() - life.began > HEARS_AFTER:
            life.told = True
            self.nest.signal(life.name, signal.SIGTERM)

    def _wake(self, life: Life, now: float) -> None:
        """Let a sleeper go on with what it had in hand; it dies a little later and begins anew."""
        life.wakes_at, life.began = 0.0, time.time()
        life.fate = ("kill", AWAKE)
        life.dies_at = now + self._seconds(self.dice.uniform(10.0, 20.0))
        self.nest.signal(life.name, signal.SIGCONT)

    def _start(self, life: Life) -> None:
        life.fate = self.fates.popleft() if self.fates and not life.spared else None
        life.up, life.began, life.dies_at = True, time.time(), 0.0
        how: dict[str, Any] = {"off": self.plan.off, "clock": life.clock}
        if life.fate and life.fate[1] == RANDOM:
            life.dies_at = time.monotonic() + self.dice.uniform(0, self._seconds(RANDOM_WITHIN))
        elif life.fate:
            action, boundary = life.fate
            how |= {"boundary": boundary, "action": action, "nth": self.dice.choice(PASSINGS)}
        self.nest.start(life.name, life.part, **how)

    def _heard(self, news: dict[str, Any]) -> None:
        if news["event"] == "gone":
            raise RuntimeError("the nest has ended by itself")
        if news["event"] == "ended" and news["name"] in self.commands:
            self.commands[news["name"]] = news["code"]
        life = self.lives.get(news.get("name", ""))
        if life is None or news["event"] == "started":
            return
        if news["event"] == "trap" and news["action"] == "stop":
            self.zombies[news["boundary"]] += 1
            life.lived.append((life.began, time.time()))
            sleeps = self._seconds(self.plan.sleeps) * self.dice.uniform(1.0, 1.2)
            life.wakes_at, life.fate = time.monotonic() + sleeps, None
        elif news["event"] == "ended":
            self._ended(life, news["code"])

    def _ended(self, life: Life, code: int) -> None:
        life.up = False
        life.lived.append((life.began, time.time()))
        if life.told and code == 0:
            life.again_at, life.told, life.retiring = 0.0, False, False
            return
        life.again_at = time.monotonic() + self.dice.uniform(
            0, self._seconds(self.plan.restart_within)
        )
        if code == -signal.SIGKILL:
            self.kills[life.fate[1] if life.fate else RANDOM] += 1
        elif life.part == "bot" and code in self.plan.ends:
            self.ends[code] += 1
        else:
            self.faults.append(f"{life.name} ended by itself with {code}")

    def _seconds(self, at_scale_one: float) -> float:
        return self.plan.seconds(at_scale_one)

    def kill_all(self) -> None:
        """Kill whatever lives, and start nothing until `holding` ends."""
        self.holding = True
        for life in self.lives.values():
            if life.up:
                life.fate = ("kill", "everything at once")
                self.nest.signal(life.name, signal.SIGKILL)

    def go_on(self) -> None:
        """Start everything again, now."""
        self.holding = False
        for life in self.lives.values():
            life.again_at = 0.0

    @property
    def share(self) -> float:
        """How much of what the plan asked for has happened."""
        return 1 - len(self.fates) / self.planned if self.planned else 1.0

    def up_for(self, since: float, until: float) -> float:
        """Return the longest time in a window during which one drain at least was up."""
        now = time.time()
        spans = sorted(
            (max(begin, since), min(end, until))
            for life in self.lives.values()
            for begin, end in (*life.lived, *([(life.began, now)] if life.up else []))
            if begin < until and end > since
        )
        longest, begun, ended = 0.0, since, since
        for begin, end in spans:
            if begin > ended:
                begun = begin
            ended = max(ended, end)
            longest = max(longest, ended - begun)
        return longest


def _fates(plan: Plan, dice: random.Random) -> list[tuple[str, str]]:
    """Return the deaths of a run in random order, one of each kind first."""
    each = [("kill", one) for one in plan.boundaries] if plan.kills_each else []
    each += [("stop", one) for one in plan.zombies] if plan.zombies_each else []
    rest = [("kill", one) for one in plan.boundaries for _n in range(1, plan.kills_each)]
    rest += [("stop", one) for one in plan.zombies for _n in range(1, plan.zombies_each)]
    rest += [("kill", RANDOM)] * plan.kills_random
    dice.shuffle(each)
    dice.shuffle(rest)
    return each + rest
