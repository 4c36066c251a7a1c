"""The outbox is the ledger: what the apps above say, and what they may ask about it.

Nothing is sent from here. A row is written in the caller's transaction; the drains (`claims`,
`drain`) do the rest, and the report reads the same rows. Rows are never deleted.
"""

import hashlib
import hmac
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F

from botworker import hold, minds, rewording, tallying
from botworker.models import DEAD, WAITING, Attempt, Delivery, SeenInteraction, State

# Changing one's mind is a chapter of its own.
withdraw, restore = minds.withdraw, minds.restore
postpone, planned_for = minds.postpone, minds.planned_for
take_back, bring_back = minds.take_back, minds.bring_back
COMES_LATER = minds.COMES_LATER
reword, tally = rewording.reword, tallying.tally

# Reasons that a person's own word gives; `restore` brings back what the same word took away.
SAID_NO = "said no"
ASKED_TO_STOP = "asked for no more tonight"

# Our time-out for one request is 10 s; two more for the commit around it.
LONGEST_MARGIN = timedelta(seconds=12)
# From a promise to its try: a row that no worker releases waits 5 s and a sweep of 1 s for a drain,
# and a hundred people, each with a channel to open first, take 5 s at our pace.
TO_BE_TRIED = timedelta(seconds=12)


class LedgerError(Exception):
    """A row that should be there is not: the promise was not written."""


@dataclass(frozen=True)
class Event:
    """One thing that happens to many: its key, its kind, when it is due and when it is too late."""

    key: str
    kind: str
    due_at: datetime
    expires_at: datetime
    evening: date | None = None

    @property
    def deadline_at(self) -> datetime:
        """The last moment at which a try may start."""
        return self.expires_at - min(LONGEST_MARGIN, (self.expires_at - self.due_at) / 4)

    def in_time(self, at: datetime) -> bool:
        """Say whether what is promised at `at`, or waits until then, can still be sent.

        Not in the last twelve seconds before the deadline: only a drain that looks at the very
        instant would send it.
        """
        return at + TO_BE_TRIED < self.deadline_at


@dataclass(frozen=True)
class Message:
    """What one recipient is to be told, or why they are told nothing (`silent`)."""

    recipient: str
    body: str
    person_id: int | None = None
    channels: tuple[str, ...] = ("discord",)
    # {"embed": {...}, "rows": [[{"label", "id" | "url", "style"}], [{"select": {"id", "options"}}]]};
    # "{marker}" in an id is filled in. `render` tells what a select may have.
    extras: Mapping[str, Any] = field(default_factory=dict)
    silent: str = ""


LINE = (
    *("event_key", "recipient", "person", "kind", "state", "reason", "channel"),
    *("due_at", "settled_at"),
)


@dataclass(frozen=True)
class Line:
    """One row of the ledger as a report shows it."""

    event_key: str
    recipient: str
    person_id: int | None
    kind: str
    state: str
    reason: str
    channel: str
    due_at: datetime
    settled_at: datetime | None
    # They answered the question where they are: they are on their way.
    coming: bool = False


def recipient_of(discord_id: int) -> str:
    """Return the ledger's name for a person: the same after a new login, unreadable after erasure."""
    key = settings.LEDGER_KEY.encode()
    return "person:" + hmac.new(key, str(discord_id).encode(), hashlib.sha256).hexdigest()[:40]


def channel_recipient(channel_id: int) -> str:
    """Return the ledger's name for a Discord channel."""
    return f"channel:{channel_id}"


@transaction.atomic
def enqueue(messages: Iterable[Message], event: Event, *, at: datetime, planned: bool) -> None:
    """Promise one thing to several recipients; nobody is told the same event twice.

    `planned` rows hold their key and wait for `release`; the others are claimable when due.
    Whoever is told nothing gets a row with the reason. A recipient whose key somebody holds
    already is left alone. Raises ValueError for a message that cannot be said and LedgerError if
    a recipient has no row afterwards (SQLite's "ignore" swallows more than conflicts).
    """
    said = hold.once(messages, event.due_at, at)
    for message in said:
        _validate(message, event)
    rows = [_row(message, event, at, planned) for message in said]
    Delivery.objects.bulk_create(rows, ignore_conflicts=True, batch_size=100)
    recipients = {message.recipient for message in said}
    written = Delivery.objects.filter(event_key=event.key, recipient__in=recipients)
    missing = recipients - set(written.values_list("recipient", flat=True))
    if missing:
        raise LedgerError(f"{len(missing)} of {len(recipients)} rows of {event.key} are missing")


def _validate(message: Message, event: Event) -> None:
    if not message.recipient or (not message.body and not message.extras and not message.silent):
        raise ValueError("a message needs a recipient and something to say")
    if len(message.body) > 2000:  # Discord's limit; Telegram's is higher
        raise ValueError("a message holds at most 2000 characters")
    if event.expires_at <= event.due_at:
        raise ValueError(f"{event.key} expires before it is due")


def _row(message: Message, event: Event, at: datetime, planned: bool) -> Delivery:
    state = State.PLANNED if planned else State.SCHEDULED
    reason = message.silent or ("" if message.channels else "no channel reaches them")
    return Delivery(
        event_key=event.key,
        kind=event.kind,
        evening=event.evening,
        due_at=event.due_at,
        expires_at=event.expires_at,
        deadline_at=event.deadline_at,
        next_at=event.due_at,
        recipient=message.recipient,
        person_id=message.person_id,
        channels=list(message.channels),
        channel=message.channels[0] if message.channels else "",
        body=message.body,
        extras=dict(message.extras),
        state=State.SUPPRESSED if reason else state,
        reason=reason,
        created_at=at,
        settled_at=at if reason else None,
    )


@transaction.atomic
def release(
    event_key: str,
    recipients: Iterable[str],
    *,
    body: str | None = None,
    rows: list[list[dict[str, Any]]] | None = None,
) -> int:
    """Make planned rows claimable when due; returns how many. A second call changes nothing.

    `body` replaces the words of the promise: none of these rows was ever tried, so no try can
    differ from another, and numbers that were true at noon are not said in the evening. Without
    one each keeps its own words. `rows` replaces its buttons: who reads may have chosen another
    language since.
    """
    planned = Delivery.objects.filter(
        event_key=event_key, recipient__in=set(recipients), state=State.PLANNED
    )
    for row in planned.select_for_update().only("extras") if rows is not None else ():
        if row.extras.get("rows") != rows:
            Delivery.objects.filter(pk=row.pk).update(extras=row.extras | {"rows": rows})
    words = {} if body is None else {"body": body}
    return planned.update(state=State.SCHEDULED, released_by="job", **words)


@transaction.atomic
def cancel(
    event_keys: Iterable[str], recipients: Iterable[str], *, reason: str, at: datetime
) -> int:
    """Say none of this any more; withdrawn rows do not come back either. Returns how many rows.

    A request that is under way may still land; it is never repeated.
    """
    named = Delivery.objects.filter(event_key__in=list(event_keys), recipient__in=set(recipients))
    minds.hold(named)
    named.filter(state__in=(State.SENDING, State.UNKNOWN)).update(reason=reason)
    rows = named.filter(state__in=(*WAITING, State.LEASED, State.WITHDRAWN))
    return rows.update(
        state=State.CANCELLED,
        reason=reason,
        fence=F("fence") + 1,
        lease_owner="",
        lease_until=None,
        settled_at=at,
    )


def lines(event_keys: Iterable[str], recipients: Iterable[str]) -> dict[tuple[str, str], Line]:
    """Return the ledger's row for each event and recipient: the living one first, else the last."""
    rows = Delivery.objects.filter(event_key__in=list(event_keys), recipient__in=set(recipients))
    found: dict[tuple[str, str], Line] = {}
    for row in sorted(rows, key=lambda row: (row.state not in DEAD, row.pk)):
        found[row.event_key, row.recipient] = _line(row)
    return found


def lines_of(event_keys: Iterable[str], people: Iterable[int] | None = None) -> list[Line]:
    """Return every row of some events, the oldest first; those of some people alone, if wanted."""
    rows = Delivery.objects.filter(event_key__in=list(event_keys)).order_by("pk")
    if people is not None:
        rows = rows.filter(person__in=set(people))
    return [_line(row) for row in rows.only(*LINE, "extras")]


def _line(row: Delivery) -> Line:
    return Line(
        event_key=row.event_key,
        recipient=row.recipient,
        person_id=row.person_id,
        kind=row.kind,
        state=row.state,
        reason=row.reason,
        channel=row.channel,
        due_at=row.due_at,
        settled_at=row.settled_at,
        coming=bool(row.extras.get("coming")),
    )


@dataclass(frozen=True)
class Posted:
    """Where a message stands at the provider, and the marker in its buttons."""

    channel_id: int
    message_id: int
    marker: str


def posted(event_key: str) -> Posted | None:
    """Return where the one message of an event stands, once it was sent."""
    sent = Attempt.objects.filter(delivery__event_key=event_key, outcome=Attempt.Outcome.SENT)
    columns = ("provider_channel_id", "provider_message_id", "delivery__marker")
    found = sent.values_list(*columns).first()
    return Posted(found[0], found[1], found[2]) if found and found[0] and found[1] else None


@dataclass(frozen=True)
class Addressed:
    """Who a message was for, as its own marker tells."""

    recipient: str
    evening: date | None
    kind: str
    body: str


def addressed(marker: str) -> Addressed | None:
    """Look a message up by the marker in its buttons; None for one that we never sent."""
    row = Delivery.objects.filter(marker=marker).first()
    return Addressed(row.recipient, row.evening, row.kind, row.body) if row else None


def first_time(interaction_id: int, at: datetime) -> bool:
    """Say whether a press is new; Discord may deliver the same one twice. Call it in the
    transaction of what the press does."""
    try:
        with transaction.atomic():
            SeenInteraction.objects.create(interaction_id=interaction_id, at=at)
    except IntegrityError:
        return False
    return True


def states_of(event_keys: Iterable[str]) -> Counter[str]:
    """Count the rows of some events by state."""
    rows = Delivery.objects.filter(event_key__in=list(event_keys))
    return Counter(rows.values_list("state", flat=True))
