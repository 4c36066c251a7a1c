"""F10: what the gateway does to a bot: sends it away, forgets it, falls silent, refuses it, is gone.

One order at a time; each is waited for until a bot is connected again, and it is written down how it
came back. Codes: https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway
"""

import random
import threading
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from botworker import identifies
from slomix.management.chaos.crowd_ids import discord_ids
from slomix.management.chaos.journal import Door
from slomix.management.chaos.plan import Plan

if TYPE_CHECKING:
    from slomix.management.chaos.play import Run

RESUMED, ANEW, ENDED = "resumed", "identified anew", "ended"
# Seconds at scale 1 between two orders, of a heartbeat, and of a long loss.
EVERY = (10.0, 30.0)
HEARTBEAT, LONG_LOSS = 41.25, 1800.0
HEARTBEAT_TIMEOUT = 60.0
# discord.py sleeps so long before it identifies anew, whatever the scale, and hears nothing meanwhile.
BEFORE_IDENTIFY = 5.0
# In true seconds: the pauses before an IDENTIFY are among them.
BACK_WITHIN = 180.0
LOOK_EVERY = 0.05
GIVEN = "gateway orders"


@dataclass(frozen=True)
class Trouble:
    """Orders given together, and how a bot may come back from them."""

    name: str
    orders: tuple[Mapping[str, Any], ...]
    back: str
    # What is said to the bot meanwhile must come again when it resumes.
    missed: bool = False


def _close(code: int) -> dict[str, Any]:
    return {"order": "close", "code": code}


def troubles(plan: Plan) -> list[Trouble]:
    """Return every kind of trouble once."""
    away = {"order": "away", "seconds": plan.seconds(60)}
    long = {"order": "away", "seconds": plan.seconds(LONG_LOSS)}
    no_resume = {"order": "refuse_resumes", "times": 1}
    forget = {"order": "invalidate", "resumable": False}
    return [
        Trouble("op 7", ({"order": "reconnect"},), RESUMED),
        Trouble("op 9, d true", ({"order": "invalidate", "resumable": True},), RESUMED),
        Trouble("op 9, d false", (forget,), ANEW),
        Trouble("missed ACK", ({"order": "mute", "on": True},), RESUMED),
        Trouble("close 4000", (_close(4000),), RESUMED),
        Trouble("close 4008", (_close(4008),), RESUMED),
        Trouble("close 4009", (_close(4009),), ANEW),
        Trouble("resume refused", (no_resume, _close(4000)), ANEW),
        Trouble("events missed", (away,), RESUMED, missed=True),
        Trouble("long loss", (no_resume, long), ANEW),
        *(
            Trouble(f"close {code}", ({"order": "refuse_identifies", "code": code}, forget), ENDED)
            for code in (4004, 4014)
        ),
    ]


def shorten(scale: float) -> None:
    """Let discord.py notice a silent gateway as much sooner as everything else goes."""
    from botworker import client

    original = client.SlomixBot.__init__
    timeout = BEFORE_IDENTIFY + HEARTBEAT_TIMEOUT / scale

    def init(bot: Any, **options: Any) -> None:
        original(bot, heartbeat_timeout=timeout, **options)

    client.SlomixBot.__init__ = init  # type: ignore[method-assign,assignment]


@dataclass
class Gateways:
    """Gives the orders from a thread of its own; what came of them is counted in `done`."""

    plan: Plan
    env: Mapping[str, str]
    done: Counter[str]
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.env = dict(self.env)
        self.door = Door(self.env["DISCORD_BASE_URL"])
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> "Gateways":
        ms = round(1000 * self.plan.seconds(HEARTBEAT))
        self._order({"order": "heartbeat", "ms": ms})
        self._thread.start()
        return self

    def __exit__(self, *_args: object) -> None:
        self._stop.set()
        self._thread.join(10)

    def _run(self) -> None:
        dice = random.Random(self.plan.seed)  # noqa: S311  repeatable, not secret
        for _each in range(self.plan.orders_each):
            several = troubles(self.plan)
            dice.shuffle(several)
            for one in several:
                if self._stop.wait(self.plan.seconds(dice.uniform(*EVERY))):
                    return
                self._give(one)
                self.done[GIVEN] += 1

    def _give(self, one: Trouble) -> None:
        if self._until_connected() is None:
            self.done[f"{one.name}: nobody was there"] += 1
            return
        before = self._state()
        for order in one.orders:
            self._order(order)
        if one.missed:
            self._say_something()
        after = self._until_back(before)
        self._order({"order": "mute", "on": False})
        if after is None:
            self.done[f"{one.name}: not back"] += 1
            return
        again = after["identifies"] - before["identifies"]
        self.done[f"{one.name}: {ANEW if again else RESUMED}"] += 1
        if one.missed:
            self.done["events told again"] += after["replayed"] - before["replayed"]

    def _say_something(self) -> None:
        """Let something happen that the bot hears of only when it is back."""
        someone = discord_ids(1)[0]
        for nick in ("away", ""):
            self.door.ask(
                "POST", "/standin/act", {"act": "set_nick", "person": someone, "nick": nick}
            )

    def _state(self) -> dict[str, Any]:
        found: dict[str, Any] = self.door.ask("GET", "/standin/gateway")
        return found

    def _order(self, order: Mapping[str, Any]) -> None:
        self.door.ask("POST", "/standin/gateway", order)

    def _until_connected(self) -> dict[str, Any] | None:
        return self._until(lambda state: bool(state["connected"]))

    def _until_back(self, before: Mapping[str, Any]) -> dict[str, Any] | None:
        """Wait until somebody is connected by a RESUME or an IDENTIFY that came after."""
        came = before["resumes"] + before["welcomes"]
        return self._until(
            lambda state: state["connected"] and state["resumes"] + state["welcomes"] > came
        )

    def _until(self, good: Any) -> dict[str, Any] | None:
        # After a long loss discord.py's own pauses are as long as the loss was.
        until = time.monotonic() + BACK_WITHIN + 2 * self.plan.seconds(LONG_LOSS)
        while time.monotonic() < until and not self._stop.is_set():
            if good(state := self._state()):
                return state
            time.sleep(LOOK_EVERY)
        return None


def share(plan: Plan, done: Counter[str]) -> float:
    """Return how much of what the plan asked for has happened."""
    planned = plan.orders_each * len(troubles(plan))
    return done[GIVEN] / planned if planned else 1.0


def wrong(run: "Run") -> list[str]:
    """Return what the plan asked for and did not come out as it must."""
    plan, done = run.plan, run.beside
    if not plan.orders_each:
        return []
    found = [f"{one.name} never happened" for one in troubles(plan) if not _times(one, done)]
    for one in troubles(plan):
        if one.back == RESUMED and done[f"{one.name}: {ANEW}"]:
            found.append(f"{one.name}: {done[f'{one.name}: {ANEW}']} times no RESUME")
        if done[f"{one.name}: not back"]:
            found.append(f"{one.name}: {done[f'{one.name}: not back']} times nobody came back")
    if not done["events told again"]:
        found.append("no event was told again after a RESUME")
    if plan.ends and not run.keeper.ends:
        found.append("no bot ended when it was refused for good")
    return found + too_many(int(run.door.ask("GET", "/standin/gateway")["identifies"]))


def _times(one: Trouble, done: Counter[str]) -> int:
    return sum(done[f"{one.name}: {how}"] for how in (RESUMED, ANEW))


def too_many(heard: int) -> list[str]:
    """Judge the IDENTIFYs: each is counted before it is sent, and none is sooner than the rule."""
    rows = identifies.counted()
    found = []
    if heard > len(rows):
        found.append(f"{heard} IDENTIFYs were heard and {len(rows)} counted")
    for number, (at, _well) in enumerate(rows[1:], start=1):
        crashed = [when for when, well in rows[:number] if not well]
        left = identifies.wait(crashed, [when for when, _ in rows[:number]], at)
        if left > 0.05:
            found.append(f"IDENTIFY {number + 1} came {left:.2f} s too soon")
    return found
