"""How far an evening is from a game. Pure, and the only definition of "ready"."""

from dataclasses import dataclass
from enum import StrEnum

FULL = 12  # two teams of six


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
