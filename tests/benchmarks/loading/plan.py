"""What the load is: how much of it, who is in it and where. Nothing of Django."""

import json
from dataclasses import asdict, dataclass
from typing import Self


@dataclass(frozen=True)
class Size:
    """Open pages, answers a second, how long, and how many are called in the middle."""

    pages: int
    answers: float
    seconds: int
    called: int

    def third(self) -> "Size":
        """Return a third of the load over the same time."""
        return Size(max(2, self.pages // 3), self.answers / 3, self.seconds, self.called // 3)


@dataclass(frozen=True)
class Plan:
    """What the process of the clients is told."""

    site: str
    discord: str
    channel: str
    day: str
    # Unix time: when it begins, and when the promoter calls.
    begins: float
    promoted: float
    seconds: float
    answers: float
    pages: int
    # Each who answers: cookie and Discord id; the first is the promoter.
    people: list[tuple[str, int]]

    def to_json(self) -> str:
        """Write it down."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read it."""
        told = json.loads(text)
        return cls(**told | {"people": [(cookie, number) for cookie, number in told["people"]]})
