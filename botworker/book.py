"""The ledger as an operator reads it: every row of some events, with every try. Reads only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from botworker import changes
from botworker.models import DEAD, TERMINAL, Attempt, Change, Delivery, State


@dataclass(frozen=True)
class Try:
    """The evidence of one try."""

    n: int
    channel: str
    outcome: str
    started_at: datetime
    ended_at: datetime | None
    http_status: int | None
    provider_code: int | None
    message_id: int | None
    error: str

    @property
    def sent(self) -> bool:
        """The provider took the message in this try."""
        return self.outcome == Attempt.Outcome.SENT


@dataclass(frozen=True)
class Step:
    """One change of state, as the database wrote it down; `at` is its own time."""

    n: int
    before: str
    after: str
    reason: str
    fence: int
    at: datetime


@dataclass(frozen=True)
class Entry:
    """One promise and what became of it; nobody is named in it."""

    id: int
    event_key: str
    recipient: str
    person_id: int | None
    kind: str
    state: str
    reason: str
    channel: str
    due_at: datetime
    expires_at: datetime
    deadline_at: datetime
    lease_until: datetime | None
    released_by: str
    fence: int
    tries: tuple[Try, ...]
    steps: tuple[Step, ...]

    @property
    def living(self) -> bool:
        """It reached somebody or still may: it holds its key."""
        return self.state not in DEAD

    @property
    def settled(self) -> bool:
        """Nothing more becomes of it by itself."""
        return self.state in TERMINAL or self.state == State.WITHDRAWN

    @property
    def sent(self) -> bool:
        """It arrived."""
        return self.state == State.SENT

    @property
    def unexplained(self) -> list[str]:
        """What is wrong with the list of its changes."""
        return changes.faults([(one.n, one.before, one.after) for one in self.steps], self.state)

    @property
    def short(self) -> str:
        """Enough of the recipient's key to tell them apart."""
        return self.recipient[:15]


def entries(event_keys: Iterable[str], recipients: Iterable[str]) -> list[Entry]:
    """Return every row of some events and recipients, living or not, the earliest due first."""
    rows = Delivery.objects.filter(event_key__in=list(event_keys), recipient__in=set(recipients))
    return [
        _entry(row) for row in rows.prefetch_related("tries", "changes").order_by("due_at", "pk")
    ]


def _entry(row: Delivery) -> Entry:
    return Entry(
        id=row.pk,
        event_key=row.event_key,
        recipient=row.recipient,
        person_id=row.person_id,
        kind=row.kind,
        state=row.state,
        reason=row.reason,
        channel=row.channel,
        due_at=row.due_at,
        expires_at=row.expires_at,
        deadline_at=row.deadline_at,
        lease_until=row.lease_until,
        released_by=row.released_by,
        fence=row.fence,
        tries=tuple(_try(one) for one in sorted(row.tries.all(), key=lambda one: one.n)),
        steps=tuple(_step(one) for one in sorted(row.changes.all(), key=lambda one: one.n)),
    )


def _step(row: Change) -> Step:
    return Step(row.n, row.before, row.after, row.reason, row.fence, row.at)


def _try(row: Attempt) -> Try:
    return Try(
        n=row.n,
        channel=row.channel,
        outcome=row.outcome,
        started_at=row.started_at,
        ended_at=row.ended_at,
        http_status=row.http_status,
        provider_code=row.provider_code,
        message_id=row.provider_message_id,
        error=row.error,
    )
