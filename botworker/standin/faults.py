"""Faults that can be switched on for a route, a person, a number of times, or a share of requests."""

from __future__ import annotations

import random
from dataclasses import asdict, dataclass, fields
from fnmatch import fnmatchcase
from typing import Self

from .errors import ApiError, plain, refusal
from .world import Json

# Before the request has its effect, and after; "slow" answers late, "late" also acts late.
BEFORE = ("429", "ban", "500_before", "401", "refuse", "reset_before", "late")
AFTER = ("500_after", "slow", "reset", "garbage", "empty", "nothing", "gone")
KINDS = BEFORE + AFTER
SCOPES = ("user", "global", "shared")
# discord.py takes a 429 without it for a ban.
VIA = {"Via": "1.1 stand-in"}


@dataclass(slots=True)
class Fault:
    """One thing that goes wrong. `times` counts down; None goes on until cleared.

    `chance` is the share of the requests that it hits; `code` is what "refuse" answers; `quarters`
    says how much of the answer passes before "reset" cuts the line, 0 to 4.
    """

    route: str
    fault: str
    times: int | None = 1
    person: int | None = None
    seconds: float = 8.0
    retry_after: float = 0.5
    status: int = 500
    chance: float = 1.0
    code: int = 50007
    scope: str = "user"
    quarters: int = 0

    @classmethod
    def from_json(cls, raw: Json) -> Self:
        """Read a fault as `POST /standin/faults` takes it; a ValueError says what is wrong."""
        if strange := sorted(set(raw) - {one.name for one in fields(cls)}):
            raise ValueError(f"A fault has no {', '.join(strange)}.")
        if "route" not in raw or raw.get("fault") not in KINDS:
            raise ValueError(f"A fault needs a route and a fault, one of {', '.join(KINDS)}.")
        if raw.get("scope", "user") not in SCOPES:
            raise ValueError(f"A fault's scope is one of {', '.join(SCOPES)}.")
        person = raw.get("person")
        return cls(**{**raw, "person": int(person) if person else None})

    def to_json(self) -> Json:
        return asdict(self) | {"person": str(self.person) if self.person else None}

    def hits(self, method: str, path: str, person: int | None) -> bool:
        meant = self.person in (None, person)
        return meant and self.times != 0 and fnmatchcase(f"{method} {path}", self.route)

    def refusal(self) -> ApiError:
        """Build the answer of a fault that comes before the effect."""
        if self.fault == "429":
            return too_many(self.retry_after, self.scope)
        if self.fault == "refuse":
            return refusal(self.code)
        return plain(401, "Unauthorized") if self.fault == "401" else self.trouble()

    def trouble(self) -> ApiError:
        """Build the answer of a server in trouble."""
        return plain(self.status, "Internal Server Error")


class Faults:
    """The faults switched on, in the order they were asked for."""

    def __init__(self, seed: int = 0) -> None:
        self.active: list[Fault] = []
        self.dice = random.Random(seed)  # noqa: S311  repeatable, not secret

    def take(self, method: str, path: str, person: int | None) -> Fault | None:
        """Give the first fault that hits, counting it down."""
        for fault in self.active:
            if fault.hits(method, path, person) and self.dice.random() < fault.chance:
                self._count_down(fault)
                return fault
        return None

    def _count_down(self, fault: Fault) -> None:
        if fault.times is not None:
            fault.times -= 1
            self.active = [one for one in self.active if one.times != 0]


def too_many(wait: float, scope: str, headers: dict[str, str] | None = None) -> ApiError:
    """Build a 429; its scope is user, global or shared."""
    body = {
        "message": "You are being rate limited.",
        "retry_after": wait,
        "global": scope == "global",
    }
    told = {**VIA, "Retry-After": str(max(1, round(wait))), "X-RateLimit-Scope": scope}
    if scope == "global":
        told["X-RateLimit-Global"] = "true"
    return ApiError(429, body, {**(headers or {}), **told})
