"""What everybody sees of a call, while it is looked at every few seconds: counts only.

`promotions.report` reads every row for it; this asks two questions, whatever the call's size.
"""

from dataclasses import dataclass
from datetime import datetime

from botworker import outbox
from promotions import promises
from promotions.models import Campaign


@dataclass(frozen=True)
class Glance:
    """How many are called, how many of them have something of it, and when it goes on."""

    people: int
    reached: int
    # The time of the first thing that is ahead or still under way; None: it is over.
    next_at: datetime | None


def of(campaign: Campaign, at: datetime) -> Glance:
    """Look at a call, in two queries."""
    called = campaign.recipients.filter(left_out="")
    slots = promises.slots_of(campaign)
    found = outbox.tally([slot.event_key for slot in slots], called.values("key"))
    ahead = (s.due_at for s in slots if at < s.due_at or s.event_key in found.waiting)
    return Glance(called.count(), found.reached, next(ahead, None))
