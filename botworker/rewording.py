"""Writing anew what was promised and never tried. Reached through `outbox`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from botworker.models import Delivery, State


@dataclass(frozen=True)
class Words:
    """What one person will read; `extras` are laid over those of the promise."""

    body: str
    extras: Mapping[str, Any]


@transaction.atomic
def reword(event_key: str, words: Mapping[str, Words]) -> int:
    """Give each recipient of an event the words of now; returns how many rows have others.

    Only planned rows: none of them was ever tried, so no try can differ from another.
    """
    rows = Delivery.objects.filter(
        event_key=event_key, recipient__in=set(words), state=State.PLANNED
    )
    changed = []
    for row in rows.select_for_update().order_by("pk"):
        said = words[row.recipient]
        if (row.body, row.extras) != (said.body, row.extras | said.extras):
            row.body, row.extras = said.body, row.extras | said.extras
            changed.append(row)
    return Delivery.objects.bulk_update(changed, ["body", "extras"], batch_size=100)
