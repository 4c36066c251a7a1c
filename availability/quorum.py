"""How far an evening is from a game. Pure, and the only definition of "ready"."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

FULL = 12  # two teams of six
# An evening is told to be on, or to be short again, once it has been so for this long: a wrong tap
# that is taken back pings nobody.
ON_SETTLES = timedelta(seconds=15)
SHORT_SETTLES = timedelta(minutes=10)


class Stage(StrEnum):
    """What the numbers mean for the evening."""

    NOBODY = "nobody"
    SHORT = "short"
    ONE_MORE = "one more"
    ON = "on"
    FULL = "two full teams"


@dataclass(frozen=True)
class Quorum:
    """How many are looking, against how many it takes."""

    looking: int
    threshold: int

    @property
    def missing(self) -> int:
        """How many more before we play."""
        return max(0, self.threshold - self.looking)

    @property
    def goal(self) -> int:
        """What the evening counts towards: enough to play, then two full teams."""
        return max(FULL, self.looking) if self.ready else self.threshold

    @property
    def ready(self) -> bool:
        """Enough are looking."""
        return self.looking >= self.threshold

    @property
    def stage(self) -> Stage:
        """The word for it."""
        if self.looking >= max(FULL, self.threshold):
            return Stage.FULL
        if self.ready:
            return Stage.ON
        if self.looking == 0:
            return Stage.NOBODY
        return Stage.ONE_MORE if self.missing == 1 else Stage.SHORT


@dataclass(frozen=True)
class Memory:
    """What is remembered of an evening, so that leaving and rejoining is no news.

    `was_on_at`: the first time enough were looking. `on_since`, `short_since`: since when it is on,
    or short after it was on; one of them, or neither where it never was on.
    """

    was_on_at: datetime | None = None
    on_since: datetime | None = None
    short_since: datetime | None = None

    @property
    def was_on(self) -> bool:
        """Enough were looking at some time."""
        return self.was_on_at is not None

    def after(self, quorum: Quorum, at: datetime) -> "Memory":
        """Return what is remembered once the numbers are these; the same where nothing turned."""
        if quorum.ready:
            return Memory(self.was_on_at or at, self.on_since or at)
        if self.was_on_at is None:
            return self
        return Memory(self.was_on_at, None, self.short_since or at)

    def stands(self, at: datetime) -> bool:
        """It is on, and not only since this moment."""
        return self.on_since is not None and at - self.on_since >= ON_SETTLES

    def fell_apart(self, at: datetime) -> bool:
        """It was on, and has been short for long enough to say so."""
        return self.short_since is not None and at - self.short_since >= SHORT_SETTLES
