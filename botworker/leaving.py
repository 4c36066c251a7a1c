"""What the ledger does when somebody goes, and when its time to remember is over.

Rows are never deleted: the key says for good that somebody was told. What they say, and to whom it
leads, goes.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet

from accounts.models import User
from botworker.models import (
    TERMINAL,
    WAITING,
    Attempt,
    Delivery,
    SeenInteraction,
    SeenUpdate,
    State,
)

NOT_LINKED = "not linked"
ERASED = "erased"
# A row in one of these is not looked at again.
OVER = (*TERMINAL, State.WITHDRAWN)


@transaction.atomic
def suppress_all(person: User, *, reason: str, at: datetime) -> int:
    """Say nothing more of what was still to be said to a person; returns how many rows.

    The fence rises, so no request starts after the caller's commit. One under way may still land
    and is never repeated.
    """
    rows = Delivery.objects.filter(person=person)
    return _stop(rows, State.SUPPRESSED, (*WAITING, State.LEASED), reason, at)


@transaction.atomic
def forget(person: User, *, at: datetime) -> int:
    """Cancel what is ahead for a person, and keep of the rest the keyed hash and the outcome alone.

    Returns how many messages were cancelled.
    """
    rows = Delivery.objects.filter(person=person)
    stopped = _stop(rows, State.CANCELLED, (*WAITING, State.LEASED, State.WITHDRAWN), ERASED, at)
    tries = Attempt.objects.filter(delivery__person=person)
    tries.exclude(outcome__in=("pending", "unknown")).update(provider_channel_id=None, error="")
    rows.filter(state__in=OVER).update(body="", extras={}, channels=[])
    rows.update(person=None)
    return stopped


def _stop(
    rows: QuerySet[Delivery], to: State, since: Iterable[str], reason: str, at: datetime
) -> int:
    # Held until the end: between two updates of ours a drain could move a row from the states of
    # the second into those of the first. (SQLite is alone anyway.)
    list(rows.select_for_update().order_by("pk").values_list("pk"))
    taken = rows.filter(state__in=list(since)).update(
        state=to,
        reason=reason,
        fence=F("fence") + 1,
        lease_owner="",
        lease_until=None,
        settled_at=at,
    )
    rows.filter(state__in=(State.SENDING, State.UNKNOWN)).update(reason=reason)
    return taken


def messages_of(person: User) -> list[dict[str, Any]]:
    """Return everything that was said or was to be said to a person, for their own export."""
    said = Delivery.objects.filter(person=person).order_by("pk").prefetch_related("tries")
    return [_message(row) for row in said]


def _message(row: Delivery) -> dict[str, Any]:
    return {
        "about": row.event_key,
        "kind": row.kind,
        "evening": row.evening,
        "due_at": row.due_at,
        "text": row.body,
        "state": row.state,
        "reason": row.reason,
        "channel": row.channel,
        "settled_at": row.settled_at,
        "tries": [
            {"channel": one.channel, "at": one.started_at, "outcome": one.outcome}
            for one in row.tries.all()
        ],
    }


def forget_bodies(before: datetime) -> int:
    """Empty what was said before an instant and is settled; returns how many rows."""
    old = Delivery.objects.filter(state__in=OVER, settled_at__lt=before).exclude(body="", extras={})
    return old.update(body="", extras={})


def forget_errors(before: datetime) -> int:
    """Empty what went wrong in tries that ended before an instant; returns how many."""
    return Attempt.objects.filter(ended_at__lt=before).exclude(error="").update(error="")


def forget_presses(before: datetime) -> int:
    """Forget which presses were seen before an instant; returns how many."""
    updates = SeenUpdate.objects.filter(at__lt=before).delete()[0]
    return SeenInteraction.objects.filter(at__lt=before).delete()[0] + updates
