"""Faults that can be switched on for a route, a person, a number of times."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from fnmatch import fnmatchcase
from typing import Self

from .world import Json

KINDS = ("429", "500_before", "500_after", "slow", "reset", "garbage")


@dataclass(slots=True)
class Fault:
    """One thing that goes wrong. `times` counts down; None goes on until cleared."""

    route: str
    fault: str
    times: int | None = 1
    person: int | None = None
    seconds: float = 8.0
    retry_after: float = 0.5
    status: int = 500

    @classmethod
    def from_json(cls, raw: Json) -> Self:
        """Read a fault as `POST /standin/faults` takes it; a ValueError says what is wrong."""
        if strange := sorted(set(raw) - {one.name for one in fields(cls)}):
            raise ValueError(f"A fault has no {', '.join(strange)}.")
        if "route" not in raw or raw.get("fault") not in KINDS:
            raise ValueError(f"A fault needs a route and a fault, one of {', '.join(KINDS)}.")
        person = raw.get("person")
        return cls(**{**raw, "person": int(person) if person else None})

    def to_json(self) -> Json:
        return asdict(self) | {"person": str(self.person) if self.person else None}

    def hits(self, method: str, path: str, person: int | None) -> bool:
        meant = self.person in (None, person)
        return meant and self.times != 0 and fnmatchcase(f"{method} {path}", self.route)


class Faults:
    """The faults switched on, in the order they were asked for."""

    def __init__(self) -> None:
        self.active: list[Fault] = []

    def take(self, method: str, path: str, person: int | None) -> Fault | None:
        """Give the first fault that hits, counting it down."""
        for fault in self.active:
            if fault.hits(method, path, person):
                self._count_down(fault)
                return fault
        return None

    def _count_down(self, fault: Fault) -> None:
        if fault.times is not None:
            fault.times -= 1
            self.active = [one for one in self.active if one.times != 0]
