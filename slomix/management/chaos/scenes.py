"""The scenarios of the fault plan, as plans for runs."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from slomix.management.chaos import mix, scenes_elsewhere
from slomix.management.chaos.plan import Plan


@dataclass(frozen=True)
class Wish:
    """What the operator asked for."""

    deliveries: int
    seed: int
    scale: float
    database: str

    def plan(self, name: str, **more: Any) -> Plan:
        """Return a plan for as much as was asked for."""
        asked = {"deliveries": self.deliveries, "seed": self.seed, "scale": self.scale}
        return Plan(name=name, database=self.database, **(asked | more))


class NotBuilt(Exception):
    """The scenario is not there; the text names it."""


def everything(wish: Wish) -> list[Plan]:
    """Without a name: kills at random moments and every eighth at a boundary, and failing answers."""
    # A history that is wrongly empty and a death that outlasts the nonce are too much together.
    faults = mix.mixed(wish.scale, 0.25, empty_history=False)
    each = max(1, wish.deliveries // 400)
    kills = max(4, wish.deliveries * 3 // 100)
    return [wish.plan("F1 and F9", kills_each=each, kills_random=kills, faults=faults)]


def kills(wish: Wish) -> list[Plan]:
    """F1: kill a drain at each of the eight boundaries, and at random."""
    each = max(1, wish.deliveries // 100)
    drains = 3 if wish.deliveries < 1000 else 6
    plan = wish.plan("F1", kills_each=each, kills_random=max(1, each // 2), drains=drains)
    return [plan]


def failing(wish: Wish) -> list[Plan]:
    """F9: a quarter of all answers fails, twice; then each kind alone; then we are blocked."""
    few = min(wish.deliveries, 60)
    # A history that denies what it holds, and somebody who opts out before it is said again: then
    # nobody can know that it was said. Each is tried, but not both at once (docs/reliability.md).
    honest = mix.mixed(wish.scale, 0.25, empty_history=False)
    return [
        wish.plan("F9 mixed", faults=honest),
        wish.plan("F9 mixed, histories deny", faults=mix.mixed(wish.scale, 0.25), minds=0.0),
        wish.plan("F9 each alone", deliveries=min(wish.deliveries, 1000), alone=True, minds=0.0),
        wish.plan(
            "F9 blocked",
            deliveries=few,
            faults=mix.blocked(wish.scale),
            window=1800.0,
            minds=0.0,
        ),
    ]


def controls(wish: Wish) -> list[Plan]:
    """F16: three runs that hold, and the same three with one part of the protocol switched off."""
    small = replace(wish, deliveries=min(wish.deliveries, 60))
    late = {"route": mix.SAYING, "fault": "late", "seconds": 60 / wish.scale, "times": None}
    slow = {"route": mix.SAYING, "fault": "slow", "seconds": 8 / wish.scale, "times": None}
    held = {
        # The answer is late and so is the effect: only the nonce knows that it is one message.
        "nonce": small.plan("F16", faults=({**late, "chance": 0.3},), minds=0.0),
        # The nonce is forgotten sooner than a dead drain's work is taken over.
        "read-back": small.plan("F16", nonce_window=0.5, kills_each=1, minds=0.0),
        # Who was asleep settles what another has under way.
        "fence": small.plan(
            "F16",
            faults=(slow,),
            zombies=("after intent",),
            zombies_each=20,
            drains=4,
            sleeps=33.0,
            spared=1,
            minds=0.0,
        ),
    }
    plans = []
    for part, plan in held.items():
        plans.append(replace(plan, name=f"F16 with the {part}"))
        plans.append(replace(plan, name=f"F16 without the {part}", off=(part,), must_break=True))
    return plans


def parts(wish: Wish) -> list[Plan]:
    """F2: bot, drains, worker and web are killed at random."""
    kills = max(4, wish.deliveries // 20)
    return [wish.plan("F2", bots=1, drains=2, beside="parts", kills_random=kills)]


def broker(wish: Wish) -> list[Plan]:
    """F5: the broker is flushed, killed, and begins again empty."""
    _needs_redis("F5")
    kills = max(4, wish.deliveries // 20)
    return [wish.plan("F5", beside="broker", kills_random=kills, tolerates=BROKER_GONE)]


def _needs_redis(scenario: str) -> None:
    if not shutil.which("redis-server"):
        raise NotBuilt(f"{scenario}: needs redis-server (Debian: apt install redis-server).")


# What Celery and the cache say while the broker is away.
BROKER_GONE = ("ConnectionError", "ConnectionRefusedError", "redis.exceptions", "OperationalError")


def blackouts(wish: Wish) -> list[Plan]:
    """F3: everything is killed at 20:44:59 and begins again at four moments."""
    return [wish.plan("F3", blackout=True, minds=0.0, least_sent=0.0)]


def connections(wish: Wish) -> list[Plan]:
    """F4: the database ends connections, cuts them and lets them hang."""
    if wish.database != "postgresql":
        raise NotBuilt("F4: SQLite has no connections to lose; add --database postgresql.")
    kills = max(3, wish.deliveries // 20)
    return [wish.plan("F4", beside="database", kills_random=kills, tolerates=DATABASE_GONE)]


# What Django and psycopg say of a lost connection; a drain logs it and goes on.
DATABASE_GONE = ("OperationalError", "InterfaceError", "psycopg.errors.AdminShutdown")


def zombies(wish: Wish) -> list[Plan]:
    """F6: two bots and three drains, some of which sleep past their lease and go on."""
    return [
        wish.plan(
            "F6",
            bots=2,
            zombies=ASLEEP,
            zombies_each=max(1, wish.deliveries // 40),
            kills_random=max(2, wish.deliveries // 100),
        )
    ]


ASLEEP = ("after claim", "after intent", "mid-write", "before response", "after response")


def clocks(wish: Wish) -> list[Plan]:
    """F7: one of three drains has a wrong clock. Seconds at scale 1."""
    few = replace(wish, deliveries=min(wish.deliveries, 60))
    steps = (1.0, -1.0, 30.0, -30.0, 300.0, -300.0, 3600.0, -3600.0)
    return [
        few.plan(f"F7 {step:+g} s", clocks=(0.0, 0.0, step / wish.scale), minds=0.0)
        for step in steps
    ]


def nights(wish: Wish) -> list[Plan]:
    """F8: both change nights, in the process itself."""
    return [wish.plan("F8", nights=True)]


def gateway(wish: Wish) -> list[Plan]:
    """F10: the gateway sends bots away, forgets, refuses and leaves them; the drains go on."""
    return [
        wish.plan(
            "F10",
            bots=2,
            drains=2,
            beside="gateway",
            orders_each=max(1, wish.deliveries // 300),
            ends=(REFUSED,),
            tolerates=GATEWAY_GONE,
        )
    ]


# What aiohttp and discord.py say of a gateway that is not there; the client logs it and tries again.
# discord.py also loses the task that asks for the members when the line is cut meanwhile.
GATEWAY_GONE = (
    "WSServerHandshakeError",
    "ConnectionClosed",
    "ClientConnectorError",
    "ClientConnectionResetError",
)
# A bot that Discord refuses for good ends with this code.
REFUSED = 2


def races(wish: Wish) -> list[Plan]:
    """F14: fifty confirmations at once, confirmations against cancellations, and rooms."""
    if wish.database != "postgresql":
        raise NotBuilt("F14: on SQLite nothing is at the same instant; add --database postgresql.")
    return [wish.plan("F14", races=True)]


def rollouts(wish: Wish) -> list[Plan]:
    """F15: new versions in the middle of a campaign."""
    _needs_redis("F15")
    return scenes_elsewhere.rolled_out(wish)


def ready(wish: Wish) -> list[Plan]:
    """READY: drains die around the word to the missing while people come to voice and the bot that
    looks is away now and then; and once nobody looks, which must turn red."""
    each = max(1, wish.deliveries // 100)
    # Whoever is to be asked while nobody looks is not asked at all: that is no failure.
    asking = {"ready": True, "window": 1080.0, "minds": 0.5, "least_sent": 0.9}
    small = replace(wish, deliveries=min(wish.deliveries, 60))
    return [
        wish.plan("READY", drains=4, kills_each=each, kills_random=each, **asking),
        small.plan("READY without the look", off=("look",), must_break=True, **asking),
    ]


SCENES: dict[str, Callable[[Wish], list[Plan]]] = {
    "": everything,
    "F1": kills,
    "F2": parts,
    "F3": blackouts,
    "F4": connections,
    "F5": broker,
    "F6": zombies,
    "F7": clocks,
    "F8": nights,
    "F9": failing,
    "F10": gateway,
    "F11": scenes_elsewhere.told_again,
    "F12": scenes_elsewhere.unclear,
    "F13": scenes_elsewhere.falling_back,
    "F14": races,
    "F15": rollouts,
    "F16": controls,
    "READY": ready,
}


def named(scenario: str, wish: Wish) -> list[Plan]:
    """Return the runs of a scenario. Raises NotBuilt for one that is not there."""
    if scenario not in SCENES:
        raise NotBuilt(f"{scenario}: not built yet; there are {', '.join(filter(None, SCENES))}.")
    return SCENES[scenario](wish)
