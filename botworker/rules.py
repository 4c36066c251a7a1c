"""Whether a thing may be said to a person at all, looked at again as it is sent."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from accounts.models import CHANNELS, User
from accounts.reach import ASKED_FOR, Reach
from botworker.models import Delivery, State

# Only these kinds are said to people because a promoter called them; each is said once an evening.
CALLS = frozenset({"reminder", "start", "follow_up"})
# Answers to the person's own press, tests and security notices: never too much.
UNCOUNTED = frozenset({"answer", "test", "reachability", "security"})
# What the person asked for at this moment: quiet hours do not keep it from them.
OWN_PRESS = frozenset({"answer", "test", "reachability"})
SESSION_READY = "session_ready"
# Four messages reach a person in an evening; three of them are kept for the calls.
OTHERS_AN_EVENING = 1
COVERED_WITHIN = timedelta(minutes=30)
SAID = (State.SENDING, State.SENT, State.UNKNOWN, State.UNCONFIRMED)


def why_not(kind: str, person: Reach | None) -> str:
    """Return why a kind may not be said to a person now; empty when it may."""
    if person is None or not person.linked:
        return "not linked"
    if kind in CALLS and not person.allows_promotions:
        return "reminders are off"
    if kind in ASKED_FOR and kind not in person.allows:
        return "not asked for"
    return ""


def may_use(channel: str, kind: str, person: Reach) -> bool:
    """Say whether a channel is still linked and switched on; own presses and notices need not ask."""
    return channel not in CHANNELS or kind in UNCOUNTED or channel in person.channels


def too_much(delivery_id: int, kind: str, at: datetime) -> str:
    """Return why one more message would be too much for the person's evening; empty when it is not.

    Call it in the transaction that begins the send. The person's row is held until its end, so two
    drains with two messages for one person take turns.
    """
    if kind in CALLS | UNCOUNTED:
        return ""
    mine = Delivery.objects.get(pk=delivery_id)
    if mine.evening is None or mine.person_id is None:
        return ""
    list(User.objects.select_for_update().filter(pk=mine.person_id).values_list("pk"))
    evening = Delivery.objects.filter(recipient=mine.recipient, evening=mine.evening)
    if kind == SESSION_READY and _covered(evening.filter(kind="reminder"), at):
        return "the reminder says it"
    others = evening.filter(state__in=SAID).exclude(kind__in=CALLS | UNCOUNTED)
    return "enough for one evening" if others.count() >= OTHERS_AN_EVENING else ""


def _covered(reminders: QuerySet[Delivery], at: datetime) -> bool:
    near = reminders.filter(due_at__gte=at - COVERED_WITHIN, due_at__lte=at + COVERED_WITHIN)
    promised = (State.PLANNED, State.SCHEDULED, State.LEASED, State.RETRY_WAIT, *SAID)
    return near.filter(state__in=promised).exists()
