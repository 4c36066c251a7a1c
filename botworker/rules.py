"""Whether a thing may be said to a person at all, looked at again as it is sent."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from accounts.models import CHANNELS, User
from accounts.reach import ASKED_FOR, Reach
from botworker.models import Delivery, State
from botworker.outbox import ASKED_TO_STOP

# Only these kinds are said to people because a promoter called them; each is said once an evening.
CALLS = frozenset({"reminder", "start", "follow_up"})
# Answers to the person's own press, tests and security notices: never too much.
UNCOUNTED = frozenset({"answer", "test", "reachability", "security"})
# What the person asked for at this moment: quiet hours do not keep it from them.
OWN_PRESS = frozenset({"answer", "test", "reachability"})
SESSION_READY = "session_ready"
FELL_APART = "fell_apart"
NUDGE = "nudge"
DAILY = "daily_prompt"
# Whoever wants to hear that we play wants to hear that we do not, after all.
WISHES = {FELL_APART: SESSION_READY}
# Four messages reach a person in an evening; three of them are kept for the calls.
OTHERS_AN_EVENING = 1
MOST_AN_EVENING = 4
COVERED_WITHIN = timedelta(minutes=30)
PROMISED = (State.PLANNED, State.SCHEDULED, State.LEASED, State.RETRY_WAIT)
SAID = (State.SENDING, State.SENT, State.UNKNOWN, State.UNCONFIRMED)


def why_not(kind: str, person: Reach | None) -> str:
    """Return why a kind may not be said to a person now; empty when it may."""
    if person is None or not person.linked:
        return "not linked"
    if kind in CALLS | {NUDGE} and not person.allows_promotions:
        return "reminders are off"
    wish = WISHES.get(kind, kind)
    if wish in ASKED_FOR and wish not in person.allows:
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
    # Reminder and start have places of their own; the follow-up is the one that can be the fifth.
    if kind in (CALLS - {"follow_up"}) | UNCOUNTED:
        return ""
    mine = Delivery.objects.get(pk=delivery_id)
    if mine.evening is None or mine.person_id is None:
        return ""
    list(User.objects.select_for_update().filter(pk=mine.person_id).values_list("pk"))
    evening = Delivery.objects.filter(recipient=mine.recipient, evening=mine.evening)
    said = evening.filter(state__in=SAID).exclude(pk=delivery_id).exclude(kind__in=UNCOUNTED)
    if kind == "follow_up":
        return "enough for one evening" if said.count() >= MOST_AN_EVENING else ""
    return _unasked(kind, evening, said.exclude(kind__in=CALLS), at)


def _unasked(
    kind: str, evening: QuerySet[Delivery], others: QuerySet[Delivery], at: datetime
) -> str:
    """Judge what no promoter called for: there is one place for it, and reminders come first."""
    if evening.filter(state=State.WITHDRAWN, reason=ASKED_TO_STOP).exists():
        return ASKED_TO_STOP
    if kind in (SESSION_READY, NUDGE) and _covered(evening.filter(kind="reminder"), at):
        return "the reminder says it"
    if kind == FELL_APART:
        # A correction of what took the place, so it needs none; a call ahead brings new numbers.
        calls = evening.filter(kind__in=("reminder", "start"), state__in=PROMISED)
        others = others.filter(kind=FELL_APART)
        if calls.exists():
            return "the reminder says it"
    return "enough for one evening" if others.count() >= OTHERS_AN_EVENING else ""


def _covered(reminders: QuerySet[Delivery], at: datetime) -> bool:
    near = reminders.filter(due_at__gte=at - COVERED_WITHIN, due_at__lte=at + COVERED_WITHIN)
    return near.filter(state__in=(*PROMISED, *SAID)).exists()
