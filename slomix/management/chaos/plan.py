"""What one run does: how many, how fast, what goes wrong. Plain data, also as JSON."""

import json
from dataclasses import asdict, dataclass
from typing import Any

# Where a drain can die: the ledger's verbs and the request, in the order in which it passes them.
BOUNDARIES = (
    "before claim",
    "after claim",
    "after intent",
    "mid-write",
    "before response",
    "after response",
    "before commit",
    "after commit",
)
RANDOM = "at random"
# Between a channel's definite refusal and the words on the next one.
FALLING_BACK = (
    "after refusal",
    "before fallback",
    "after fallback",
    "after claim",
    "after intent",
)
# So many kinds of trouble does the gateway make (F10).
TROUBLES = 12


@dataclass(frozen=True)
class Plan:
    """One run, with everything that decides what happens in it. Times in seconds at scale 1."""

    name: str
    deliveries: int
    seed: int
    scale: float
    database: str = "sqlite"
    # Parts that run: names of drains, and of bots with a gateway and a drain each.
    drains: int = 3
    bots: int = 0
    # So many drains of those are never harmed.
    spared: int = 0
    # How often to kill at each boundary, and at random moments.
    kills_each: int = 0
    boundaries: tuple[str, ...] = BOUNDARIES
    kills_random: int = 0
    # Boundaries at which a drain is stopped (SIGSTOP) and woken after `sleeps`.
    zombies: tuple[str, ...] = ()
    zombies_each: int = 0
    sleeps: float = 45.0
    restart_within: float = 90.0
    faults: tuple[dict[str, Any], ...] = ()
    # Each kind of fault hits people of its own, once.
    alone: bool = False
    # The channels of each person, in their order; with others than Discord everybody has all.
    channels: tuple[str, ...] = ("discord",)
    # A negative control: the run is right when it finds something broken.
    must_break: bool = False
    # F16: "nonce", "read-back" or "fence"; the ready check's is "look".
    off: tuple[str, ...] = ()
    nonce_window: float = 120.0
    window: float = 720.0
    # Seconds by which the clock of each drain is wrong, in turn.
    clocks: tuple[float, ...] = ()
    # "database": its connections are ended, cut and hang; "parts": web and worker are killed;
    # "broker": a Redis of the run's own is killed and flushed; "gateway": it does what it can.
    beside: str = ""
    # F15: how often everything is brought from one version to the next.
    rollouts: int = 0
    # F10: how often each trouble of the gateway happens, and how a bot may end by itself then.
    orders_each: int = 0
    ends: tuple[int, ...] = ()
    # The share of people who change their minds, have quiet hours, and so on.
    minds: float = 0.12
    least_sent: float = 0.99
    tolerates: tuple[str, ...] = ()
    # F3: everything is killed before the time and begins again at four moments after it.
    blackout: bool = False
    # F14: no drains at all, only verbs at the same instant.
    races: bool = False
    # F11: no drains either; what was heard is told again.
    hearsay: bool = False
    # The word to the missing: who comes to voice, and who answers that they come.
    ready: bool = False
    # F8: no processes at all, only times.
    nights: bool = False

    @property
    def deaths(self) -> int:
        """How many deaths and sleeps the plan asks for."""
        zombies = len(self.zombies) * self.zombies_each
        return len(self.boundaries) * self.kills_each + self.kills_random + zombies

    @property
    def rollout_steps(self) -> int:
        """How many things a rollout does: five, and then it restarts each drain and bot."""
        return 5 + self.drains + self.bots

    @property
    def wave(self) -> int:
        """How many are promised at a time: so many that the deaths are spread over the run."""
        if self.rollouts:
            return max(6, min(100, self.deliveries // (self.rollouts * self.rollout_steps)))
        if self.orders_each:
            return max(6, min(100, self.deliveries // (TROUBLES * self.orders_each)))
        if not self.deaths:
            return min(self.deliveries, 100)
        return max(6, min(100, self.deliveries * (self.drains + self.bots) // self.deaths))

    @property
    def elsewhere(self) -> bool:
        """Telegram and Signal are part of it."""
        return self.hearsay or self.channels != ("discord",)

    def seconds(self, at_scale_one: float) -> float:
        """Return how long something takes here."""
        return at_scale_one / self.scale

    def to_json(self) -> str:
        """Write the plan."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Plan":
        """Read a plan that `to_json` wrote."""
        raw = json.loads(text)
        lists = {name: tuple(value) for name, value in raw.items() if isinstance(value, list)}
        return cls(**(raw | lists))
