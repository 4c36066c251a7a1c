"""One delivery and one message, for tests of the judge."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from slomix.management.chaos.invariants import Facts, Invariant, Judge, Who
from slomix.management.chaos.journal import DISCORD_BEGAN, Asked
from slomix.management.chaos.ledger import Row, Try

DUE = datetime(2026, 11, 20, 19, 45, tzinfo=UTC)
WHO = Who("person:bor", "CHAOS:T-15:0", channel_id=7)
ROW = Row(
    id=1,
    event_key=WHO.event_key,
    recipient=WHO.recipient,
    state="sent",
    reason="",
    due_at=DUE,
    expires_at=DUE + timedelta(minutes=12),
    marker="m" * 22,
    attempts=1,
    person_id=1,
    released_by="job",
)
# How a row comes to where it stands, shortest way.
WAYS = {
    "sent": ["scheduled", "leased", "sending", "sent"],
    "sending": ["scheduled", "leased", "sending"],
    "expired": ["scheduled", "expired"],
    "unconfirmed": ["scheduled", "leased", "sending", "unconfirmed"],
}


def way(*states: str) -> list[tuple[int, str, str]]:
    """Return the changes that the database writes down on such a way."""
    return [
        (n, before, after)
        for n, (before, after) in enumerate(zip(("", *states), states, strict=False), 1)
    ]


def message_id(at: datetime, number: int = 0) -> int:
    """Return the id that a provider gives a message at that instant."""
    return (int((at - DISCORD_BEGAN).total_seconds() * 1000) << 22) + number


def asked(after: float = 1.0, number: int = 0, channel_id: int = 7) -> Asked:
    """Return a request that made a message some seconds after its time."""
    at = DUE + timedelta(seconds=after)
    return Asked(at, frozenset({ROW.marker}), 200, message_id(at, number), channel_id)


def tried(outcome: str = "sent", n: int = 1, after: float = 1.0, message: int | None = None) -> Try:
    """Return one try; it names the message of `asked` unless told otherwise."""
    named = message_id(DUE + timedelta(seconds=after)) if outcome == "sent" else None
    at = DUE + timedelta(seconds=after - 0.1)
    return Try(n, outcome, at, message or named, None, None)


def judged(
    requests: Iterable[Asked], tries: Iterable[Try], who: Who = WHO, **row: Any
) -> dict[str, Invariant]:
    """Judge one delivery; returns the invariants by name."""
    known = {"tries": list(tries), "changes": way(*WAYS[row.get("state", "sent")])}
    facts = Facts(
        rows=[replace(ROW, **{**known, **row})],
        asked=list(requests),
        people=[who],
        scale=1.0,
        reachable=frozenset({ROW.marker}),
        tracebacks=[],
        requests=1,
        unknown=[],
        secrets_seen=0,
        least_sent=0.0 if who.mind else 0.99,
    )
    return {one.name: one for one in Judge(facts).all()}


def broken(found: dict[str, Invariant]) -> set[str]:
    """Return the names of what does not hold."""
    return {name for name, one in found.items() if not one.holds}
