"""How a provider fails: F9's faults, their shares, and the two that block us altogether."""

from typing import Any

from slomix.management.chaos.plan import Plan

SAYING, READING = "POST /channels/*/messages", "GET /channels/*/messages"
Fault = dict[str, Any]


def kinds(scale: float) -> dict[str, Fault]:
    """Return every fault of saying something that leaves the channel itself usable."""
    found: dict[str, Fault] = {
        "429 for 0.1 s": {"fault": "429", "retry_after": 0.1 / scale},
        "429 for 65 s": {"fault": "429", "retry_after": 65 / scale},
        "429 global": {"fault": "429", "retry_after": 1 / scale, "scope": "global"},
        "429 shared": {"fault": "429", "retry_after": 1 / scale, "scope": "shared"},
        "answered after 5 s": {"fault": "slow", "seconds": 5 / scale},
        "answered after 60 s": {"fault": "slow", "seconds": 60 / scale},
        "done and answered after 13 s": {"fault": "late", "seconds": 13 / scale},
        "reset before": {"fault": "reset_before"},
        "bad JSON": {"fault": "garbage"},
        "empty 200": {"fault": "empty"},
        "10008 after it was deleted": {"fault": "gone"},
    }
    for status in (500, 502, 503, 504):
        found[f"{status} before"] = {"fault": "500_before", "status": status}
        found[f"{status} after"] = {"fault": "500_after", "status": status}
    for quarters in range(5):
        found[f"reset after {quarters}/4 of the answer"] = {"fault": "reset", "quarters": quarters}
    for code in REFUSALS:
        found[f"{code}"] = {"fault": "refuse", "code": code}
    return {name: {"route": SAYING, **fault} for name, fault in found.items()}


# 403: no access, closed, not permitted, no common server; 404: channel, user; too fast; our mistake.
REFUSALS = (50001, 50007, 50013, 50278, 10003, 10013, 40003, 50035)


def mixed(scale: float, share: float, *, empty_history: bool = True) -> tuple[Fault, ...]:
    """Let a share of all messages fail, each kind as often as any other, and reading as well."""
    saying = list(kinds(scale).values())
    reading: list[Fault] = [
        {"fault": "500_before", "status": 503},
        {"fault": "500_before", "status": 500},
        {"fault": "garbage"},
        {"fault": "reset"},
    ]
    reading += [{"fault": "nothing"}] if empty_history else []
    told = [{"route": READING, **fault} for fault in reading]
    return (*_shared(saying, share), *_shared(told, share))


def _shared(faults: list[Fault], share: float) -> list[Fault]:
    """Give each the chance that makes them equally often, though the first that hits is taken."""
    each, left, found = share / len(faults), 1.0, []
    for fault in faults:
        found.append({**fault, "times": None, "chance": each / left})
        left -= each
    return found


def alone(plan: Plan, people: list[int]) -> list[Fault]:
    """Let each kind hit a group of people of its own, once each."""
    every = list(kinds(plan.scale).values())
    return [
        {**every[place % len(every)], "person": str(one), "times": 1}
        for place, one in enumerate(people)
    ]


def blocked(scale: float) -> tuple[Fault, ...]:
    """Refuse us altogether, twice: by our token, and by Cloudflare."""
    return (
        {"route": SAYING, "fault": "401", "times": 1},
        {"route": SAYING, "fault": "ban", "times": 1, "retry_after": 60 / scale},
    )
