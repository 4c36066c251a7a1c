"""What raids promise to people through the outbox: a reminder for each slot that begins.

The ledger is compared with the slots, and the difference is written: so a verb need not know what
was promised before. Call these in the verb's transaction.
"""

from collections.abc import Iterable, Set
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import translation

from accounts import language, reach
from accounts.models import Preferences
from botworker import outbox, rules
from botworker.outbox import Event, Message
from planning.raids import keys, queries, slots, words
from planning.raids.models import GuildSettings, Option, Raid
from planning.raids.slots import Slot
from slomix.lib.compiled import Compiled

# A slot begins less and less late: nothing is said from two minutes before it on.
LATEST = timedelta(minutes=2)
# The ledger's reasons; promotions.words puts them into words.
LEFT = "left the slot"
OVER = "the raid is over"
# These still reach somebody, or have.
DEAD = frozenset({"failed", "expired", "suppressed", "cancelled", "withdrawn"})
# Asked with nearly every vote.
WANTS_IT = Compiled(
    lambda: Preferences.objects.filter(user=0, allow_raids=True).values_list("user")
)
VOICE = Compiled(lambda: GuildSettings.objects.filter(guild=0).values_list("voice_channel_id"))


def lead() -> timedelta:
    """Return how long before a slot begins its people are reminded."""
    return timedelta(minutes=settings.RAID_REMINDER_MINUTES)


def settle(
    raid: Raid,
    *,
    at: datetime,
    touched: Set[int] | None = None,
    mover: int | None = None,
    board: queries.Board | None = None,
    before: Iterable[datetime] = (),
) -> None:
    """Promise each slot's people a reminder before it begins, and take back what no longer holds.

    `touched` narrows it to slots that are made of one of these options, `mover` says that one
    person alone went in or out of them; `board` is the raid as it is now where it has been read;
    `before` names starts that there were and are no more. A slot without a date and a time reminds
    nobody. It is promised to whoever wants to hear of raids; `actions.catch_up` finds those who want
    it since, and the drain asks again as it is sent.
    """
    board = board or _board(raid, before)
    if board is None:
        return
    near = [
        slot
        for slot in board.slots
        if touched is None or slot.day.pk in touched or slot.time.pk in touched
    ]
    starts = {slot.starts_at for slot in near if slot.starts_at} | set(before)
    ahead = {start for start in starts if start > at}
    if not ahead:
        return
    wanted = _wanted(board, ahead)
    if mover is None or any(_may_have_turned(slot) for slot in near):
        _write(raid, wanted, at)
    else:
        mine = {start: _of(some, mover) for start, some in wanted.items()}
        _write(raid, mine, at, people={mover})


def _may_have_turned(slot: Slot) -> bool:
    """Say whether one person more or less could have made the slot stand, or fall."""
    return slot.threshold - 1 <= len(slot.members) <= slot.threshold


def _of(some: dict[int, Slot], person: int) -> dict[int, Slot]:
    return {person: some[person]} if person in some else {}


def starts_of(raid: Raid) -> set[datetime]:
    """Return when a raid's slots could begin, those that stand and those that do not."""
    board = _board(raid)
    return {slot.starts_at for slot in board.slots if slot.starts_at} if board else set()


def _board(raid: Raid, before: Iterable[datetime] = ()) -> queries.Board | None:
    """Return the raid as it is now; None where no slot says when it begins, or began."""
    options = list(Option.objects.filter(raid=raid).order_by("position", "pk"))
    if not before and not _dated(options):
        return None
    return queries.board_of(raid, options)


def _dated(options: Iterable[Option]) -> bool:
    said = [(one.date is not None, one.wall is not None) for one in options]
    return any(day for day, _time in said) and any(time for _day, time in said)


# By start and person the slot that they are in; the first one of several that begin together.
Wanted = dict[datetime, dict[int, Slot]]


def _wanted(board: queries.Board, ahead: Set[datetime]) -> Wanted:
    wanted: Wanted = {start: {} for start in ahead}
    if board.raid.is_open:
        for slot in slots.standing(board.slots):
            if slot.starts_at in wanted:
                for one in slot.members:
                    wanted[slot.starts_at].setdefault(one, slot)
    return wanted


def _write(raid: Raid, wanted: Wanted, at: datetime, people: Set[int] | None = None) -> None:
    by_key = {keys.reminder(raid.pk, start): start for start in wanted}
    lines = outbox.lines_of(by_key, people)
    new: Wanted = {}
    for key, start in by_key.items():
        mine = [line for line in lines if line.event_key == key and line.person_id]
        held = {line.person_id for line in mine if line.state not in DEAD}
        back = {line.person_id for line in mine if _may_come_back(line)} & set(wanted[start])
        gone = {one for one in held - set(wanted[start]) if one}
        if gone:
            reason = LEFT if raid.is_open else OVER
            outbox.take_back([key], gone, reason=reason, at=at)
        if again := {one for one in back - held if one}:
            outbox.bring_back([key], again, reason=LEFT, at=at)
        new[start] = {one: slot for one, slot in wanted[start].items() if one not in held | back}
    _promise(raid, new, at)


def _may_come_back(line: outbox.Line) -> bool:
    return line.state == "withdrawn" and line.reason == LEFT


def _who_want_it(people: set[int]) -> set[int]:
    if len(people) == 1:
        return {who for (who,) in WANTS_IT.all(*people)}
    wish = Preferences.objects.filter(user__in=people, allow_raids=True)
    return set(wish.values_list("user", flat=True)) if people else set()


def _promise(raid: Raid, new: Wanted, at: datetime) -> None:
    people = _who_want_it({one for some in new.values() for one in some})
    if not people:
        return
    reached, spoken = reach.of_many(people), language.by_person(people)
    voice = next((number for (number,) in VOICE.all(raid.guild_id)), None)
    for start, some in new.items():
        due_at, expires_at = start - lead(), start - min(LATEST, lead() / 5)
        known = [reached[one] for one in sorted(some) if one in reached]
        if due_at <= at or not known:
            continue
        event = Event(keys.reminder(raid.pk, start), rules.RAID_REMINDER, due_at, expires_at)
        messages = []
        for found in known:
            with translation.override(spoken[found.person_id]):
                rows = words.slot_rows(raid, some[found.person_id])
                messages += message(found, words.reminder(raid, start, voice), rows)
        outbox.enqueue(messages, event, at=at, planned=False)


def message(found: reach.Reach, body: str, rows: words.Rows | None = None) -> list[Message]:
    """Return the message, or nothing for somebody without a Discord account to know them by."""
    if found.discord_id is None:
        return []
    return [
        Message(
            recipient=outbox.recipient_of(found.discord_id),
            body=body,
            person_id=found.person_id,
            channels=tuple(found.channels),
            extras={"rows": rows} if rows else {},
        )
    ]
