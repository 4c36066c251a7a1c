"""Whether a thing may be said to a person at all, looked at again as it is sent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

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
# To whoever a call reminded: it takes the place of what is not said any more.
CALL_OFF = "call_off"
DAILY = "daily_prompt"
# Raids are for everybody on the server: whoever wants to hear of them needs no player.
RAID_REMINDER = "raid_reminder"
RAID_CANCELLED = "raid_cancelled"
# Asks a raid's maker whether it goes on; nobody else, and only about what they began.
RAID_QUIET = "raid_quiet"
RAIDS = frozenset({RAID_REMINDER, RAID_CANCELLED, RAID_QUIET})
# The planning room's question to those who could still come.
NEED_MORE = "need_more"
# A place in a team, offered to whoever stands in line for one.
STANDBY = "standby"
# Whoever wants to hear that we play wants to hear that we do not, after all.
WISHES = {
    FELL_APART: SESSION_READY,
    RAID_REMINDER: "raids",
    RAID_CANCELLED: "raids",
    NEED_MORE: "planning",
    STANDBY: "planning",
}
# Four messages reach a person in an evening; three of them are kept for the calls.
OTHERS_AN_EVENING = 1
MOST_AN_EVENING = 4
# They stand in line, so an offer answers them and takes no other message's place; but a telephone
# does not ring for everybody who leaves.
OFFERS_AN_EVENING = 2
# What is not counted among the four.
ANSWERS = UNCOUNTED | {STANDBY}
COVERED_WITHIN = timedelta(minutes=30)
PROMISED = (State.PLANNED, State.SCHEDULED, State.LEASED, State.RETRY_WAIT)
SAID = (State.SENDING, State.SENT, State.UNKNOWN, State.UNCONFIRMED)


def why_not(kind: str, person: Reach | None) -> str:
    """Return why a kind may not be said to a person now; empty when it may."""
    if person is None or not (person.on_discord if kind in RAIDS else person.linked):
        return "not linked"
    if kind in CALLS | {NUDGE, CALL_OFF} and not person.allows_promotions:
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
    held = User.objects.select_for_update(no_key=True).filter(pk=mine.person_id)
    list(held.values_list("pk"))
    rows = Delivery.objects.filter(recipient=mine.recipient, evening=mine.evening)
    others = [Told(*row) for row in rows.exclude(pk=delivery_id).values_list(*Told.COLUMNS)]
    if kind == "follow_up":
        heard = [one for one in others if one.said and one.kind not in ANSWERS]
        return "enough for one evening" if len(heard) >= MOST_AN_EVENING else ""
    return unasked(kind, others, at)


@dataclass(frozen=True)
class Told:
    """One thing said, or to be said, to a person about an evening."""

    COLUMNS: ClassVar = ("kind", "state", "reason", "due_at")

    kind: str
    state: str
    reason: str
    due_at: datetime

    @property
    def said(self) -> bool:
        """It reached them, or may have."""
        return self.state in SAID

    @property
    def ahead(self) -> bool:
        """It is still to be said."""
        return self.state in PROMISED


def unasked(kind: str, others: Iterable[Told], at: datetime) -> str:
    """Return why what no promoter called for may not be said, by what else an evening said.

    There is one place for it, and reminders come first. Pure.
    """
    rows = list(others)
    if any(one.state == State.WITHDRAWN and one.reason == ASKED_TO_STOP for one in rows):
        return ASKED_TO_STOP
    if kind == CALL_OFF:
        return ""
    if kind == STANDBY:
        offered = [one for one in rows if one.said and one.kind == STANDBY]
        return "enough for one evening" if len(offered) >= OFFERS_AN_EVENING else ""
    if kind in (SESSION_READY, NUDGE, NEED_MORE) and any(_covers(one, at) for one in rows):
        return "the reminder says it"
    # A correction of what took the place needs none; a call that is ahead brings new numbers.
    if kind == FELL_APART and any(one.ahead for one in rows if one.kind in ("reminder", "start")):
        return "the reminder says it"
    free = CALLS | ANSWERS
    heard = [one for one in rows if one.said and one.kind not in free]
    if kind == FELL_APART:
        heard = [one for one in heard if one.kind == FELL_APART]
    return "enough for one evening" if len(heard) >= OTHERS_AN_EVENING else ""


def _covers(one: Told, at: datetime) -> bool:
    near = abs(one.due_at - at) <= COVERED_WITHIN
    return one.kind == "reminder" and near and (one.said or one.ahead)
