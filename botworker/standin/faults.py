"""Faults that can be switched on for a route, a person, a number of times, or a share of requests.

For tests, chaos and pages; everything here may be called between two requests:

    faults = parts.faults                          # or POST and DELETE /standin/faults
    fault = faults.add(Fault("POST /channels/*/messages", "429", times=None, retry_after=65))
    faults.add(PRESETS["blocked"].fault())         # one that people know, with words for it
    faults.active                                  # what is on, the first first
    fault.hits_so_far, fault.times                 # how often it hit, and how often it still will
    faults.off(fault.id)                           # one of them; KeyError when it is not on
    faults.clear()                                 # all of them

A route is `METHOD /path` without /api/v10, with `*` for anything. `KINDS` says what each kind does,
`Fault.from_json` reads one as the control door and the command line tell it.
"""

from __future__ import annotations

import itertools
import math
import random
from dataclasses import asdict, dataclass, field, fields
from fnmatch import fnmatchcase
from typing import Self

from .errors import REFUSALS, ApiError, plain, refusal
from .world import Json

MESSAGES = "POST /channels/*/messages"
# What each kind does, in words; those of BEFORE keep the request from having its effect, or delay
# it, those of AFTER spoil the answer of a request that had it.
KINDS = {
    "429": "is told to slow down for `retry_after` seconds; `scope` is user, global or shared",
    "ban": "is shut out by Cloudflare, whose answer is no JSON",
    "500_before": "fails with `status` before anything happens",
    "401": "is told that the token is wrong",
    "refuse": "is refused with `code`",
    "closed_dms": "is refused as by somebody who takes no direct messages (50007)",
    "left_guild": "is refused as by somebody who left the server (50278)",
    "reset_before": "is cut off before anything happens",
    "late": "hangs for `seconds`, then happens",
    "500_after": "happens, but the answer is `status`",
    "slow": "happens, the answer takes `seconds`",
    "reset": "happens, then the line is cut after `quarters` of the answer",
    "garbage": "happens, the answer is not JSON to its end",
    "empty": "happens, the answer is empty",
    "nothing": "happens, the answer is an empty list",
    "gone": "happens, the answer says that the message is gone (10008)",
}
BEFORE = tuple(KINDS)[: list(KINDS).index("500_after")]
AFTER = tuple(KINDS)[len(BEFORE) :]
ELSEWHERE = ("/telegram/", "/signal/", "/game/")
SCOPES = ("user", "global", "shared")
CODES = {"closed_dms": 50007, "left_guild": 50278}
# discord.py takes a 429 without it for a ban.
VIA = {"Via": "1.1 google"}
_numbers = itertools.count(1)


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
    id: int = field(default_factory=lambda: next(_numbers))
    hits_so_far: int = 0

    @classmethod
    def from_json(cls, raw: Json) -> Self:
        """Read a fault as `POST /standin/faults` takes it; a ValueError says what is wrong."""
        known = {one.name for one in fields(cls)} - {"id", "hits_so_far"}
        if strange := sorted(set(raw) - known):
            raise ValueError(f"A fault has no {', '.join(strange)}.")
        if "route" not in raw or raw.get("fault") not in KINDS:
            raise ValueError(f"A fault needs a route and a fault, one of {', '.join(KINDS)}.")
        if raw.get("scope", "user") not in SCOPES:
            raise ValueError(f"A fault's scope is one of {', '.join(SCOPES)}.")
        if raw.get("code", 50007) not in REFUSALS:
            raise ValueError(f"A fault's code is one of {', '.join(map(str, REFUSALS))}.")
        if not 0 <= raw.get("quarters", 0) <= 4:
            raise ValueError("A fault's quarters are 0 to 4.")
        person = raw.get("person")
        return cls(**{**raw, "person": int(person) if person else None})

    def to_json(self) -> Json:
        return asdict(self) | {"person": str(self.person) if self.person else None}

    def hits(self, method: str, path: str, person: int | None) -> bool:
        """Say whether a request is one of those that it is on for."""
        meant = self.person in (None, person)
        if path.startswith(ELSEWHERE) and path.split("/")[1] not in self.route:
            # "Everything" is everything of Discord's; the other services are named.
            return False
        if self.fault in CODES and person is None:
            # Only a person takes no messages; a channel always does.
            return False
        return meant and self.times != 0 and fnmatchcase(f"{method} {path}", self.route)

    def refusal(self) -> ApiError:
        """Build the answer of a fault that comes before the effect."""
        if self.fault == "429":
            return too_many(self.retry_after, self.scope)
        if self.fault == "401":
            return plain(401, "Unauthorized")
        if self.fault == "500_before":
            return self.trouble()
        return refusal(CODES.get(self.fault, self.code))

    def trouble(self) -> ApiError:
        """Build the answer of a server in trouble."""
        return plain(self.status, TROUBLES.get(self.status, "Internal Server Error"))


TROUBLES = {
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}


@dataclass(frozen=True, slots=True)
class Preset:
    """A fault that people know, in words; `fault()` makes one that is on until it is switched off."""

    words: str
    about: Json

    def fault(self) -> Fault:
        """Make the fault."""
        return Fault.from_json({"times": None, **self.about})


ALL = "* *"
PRESETS = {
    "slow": Preset("Discord answers slowly", {"route": ALL, "fault": "slow", "seconds": 3.0}),
    "busy": Preset("Too many requests, for a moment", {"route": MESSAGES, "fault": "429"}),
    "patience": Preset(
        "Too many requests, wait 65 seconds",
        {"route": MESSAGES, "fault": "429", "retry_after": 65.0},
    ),
    "everything": Preset(
        "Too many requests of every kind",
        {"route": ALL, "fault": "429", "scope": "global", "retry_after": 2.0},
    ),
    "others": Preset(
        "Too many requests, of others too",
        {"route": MESSAGES, "fault": "429", "scope": "shared", "retry_after": 2.0},
    ),
    "blocked": Preset(
        "Shut out by Cloudflare", {"route": ALL, "fault": "ban", "retry_after": 60.0}
    ),
    "down": Preset("Discord is down", {"route": ALL, "fault": "500_before", "status": 503}),
    "forgetful": Preset(
        "Messages arrive, Discord says they did not", {"route": MESSAGES, "fault": "500_after"}
    ),
    "cut": Preset("The line is cut after sending", {"route": MESSAGES, "fault": "reset"}),
    "half": Preset(
        "The line is cut in the middle of the answer",
        {"route": MESSAGES, "fault": "reset", "quarters": 2},
    ),
    "garbage": Preset("Discord answers nonsense", {"route": MESSAGES, "fault": "garbage"}),
    "empty": Preset("Discord answers nothing", {"route": MESSAGES, "fault": "empty"}),
    "closed": Preset("Nobody takes direct messages", {"route": MESSAGES, "fault": "closed_dms"}),
    "left": Preset("Everybody has left the server", {"route": MESSAGES, "fault": "left_guild"}),
}


class Faults:
    """The faults switched on, in the order they were asked for."""

    def __init__(self, seed: int = 0) -> None:
        self.active: list[Fault] = []
        self.dice = random.Random(seed)  # noqa: S311  repeatable, not secret

    def add(self, fault: Fault) -> Fault:
        """Switch a fault on."""
        self.active.append(fault)
        return fault

    def off(self, number: int) -> Fault:
        """Switch one fault off by its id; KeyError when it is not on."""
        for fault in self.active:
            if fault.id == number:
                self.active.remove(fault)
                return fault
        raise KeyError(number)

    def clear(self) -> None:
        """Switch all faults off."""
        self.active.clear()

    def take(self, method: str, path: str, person: int | None) -> Fault | None:
        """Give the first fault that hits, counting it down."""
        for fault in self.active:
            if fault.hits(method, path, person) and self.dice.random() < fault.chance:
                self._count(fault)
                return fault
        return None

    def _count(self, fault: Fault) -> None:
        fault.hits_so_far += 1
        if fault.times is not None:
            fault.times -= 1
            self.active = [one for one in self.active if one.times != 0]


def too_many(wait: float, scope: str, headers: dict[str, str] | None = None) -> ApiError:
    """Build a 429; its scope is user, global or shared.

    https://discord.com/developers/docs/topics/rate-limits#exceeding-a-rate-limit
    """
    what = "The resource is" if scope == "shared" else "You are"
    body = {
        "message": f"{what} being rate limited.",
        "retry_after": wait,
        "global": scope == "global",
    }
    told = {**VIA, "Retry-After": str(max(1, math.ceil(wait))), "X-RateLimit-Scope": scope}
    if scope == "global":
        told["X-RateLimit-Global"] = "true"
    return ApiError(429, body, {**(headers or {}), **told})
