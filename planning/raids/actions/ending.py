"""How raids end: finished with who was there, or cancelled. What went quiet is in `quieting`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import translation

from accounts import language, reach
from accounts.models import AuditEntry, Guild, User
from botworker import outbox, rules
from planning.raids import keys, policy, queries, reminders, words
from planning.raids.actions import common
from planning.raids.models import Attendance, Raid
from planning.raids.slots import Slot

# Later nobody is told any more that there is no raid.
NEWS_FOR = timedelta(days=1)


@dataclass(frozen=True)
class Finished:
    """A raid that is done, and how many were counted."""

    raid: Raid
    counted: int


@transaction.atomic
def finish(*, raid_id: int, actor: policy.Actor, at: datetime, door: str = "discord") -> Finished:
    """End a raid and count everybody who is in a slot that stands: once each, however many slots.

    The raid stays, and so does who was there. Votes that are committed before count, later ones
    are refused. Raises RaidGone and NotYours.
    """
    raid = common.lock_open(raid_id)
    policy.check(actor, policy.Deed.FINISH, raid=raid)
    present = queries.board(raid, names=False).members
    write_attendance(raid, present, Attendance.Status.PRESENT, at)
    end(raid, Raid.Status.FINISHED, by=actor.person, at=at)
    _note(raid, actor.person, at, door, counted=len(present))
    return Finished(raid, len(present))


@transaction.atomic
def cancel(*, raid_id: int, actor: policy.Actor, at: datetime, door: str = "discord") -> Raid:
    """Call a raid off: nobody is counted, and its slots' people are told. Raises as `finish`."""
    raid = common.lock_open(raid_id)
    policy.check(actor, policy.Deed.CANCEL, raid=raid)
    _call_off(raid, actor.person, at, door)
    return raid


def cancel_all(
    *,
    guild: Guild,
    actor: policy.Actor,
    at: datetime,
    remote: bool = False,
    door: str = "discord",
) -> int:
    """Call off every open raid of a server, each in a transaction of its own; returns how many.

    `remote`: an owner of the bot does it from outside. Raises NotYours.
    """
    policy.check(actor, policy.Deed.REMOTE if remote else policy.Deed.CANCEL_ALL)
    done = 0
    for number in Raid.objects.of(guild).open().values_list("pk", flat=True):
        with transaction.atomic():
            raid = common.lock(number)
            if raid.is_open:  # nobody ended it in between
                _call_off(raid, actor.person, at, door)
                done += 1
    return done


def _call_off(raid: Raid, by: User, at: datetime, door: str) -> None:
    standing = queries.board(raid, names=False).standing
    end(raid, Raid.Status.CANCELLED, by=by, at=at)
    _tell(raid, [slot for slot in standing if not slot.starts_at or slot.starts_at > at], by, at)
    _note(raid, by, at, door)


def end(raid: Raid, status: Raid.Status, *, by: User | None, at: datetime) -> None:
    """Close a raid that the caller holds, and remind nobody of it any more."""
    raid.status, raid.ended_at, raid.ended_by = status, at, by
    raid.save(update_fields=["status", "ended_at", "ended_by"])
    common.touch(raid, at)
    reminders.settle(raid, at=at)


def write_attendance(
    raid: Raid, people: Iterable[int], status: Attendance.Status, at: datetime
) -> None:
    """Write down who was in a slot as the raid ended."""
    Attendance.objects.bulk_create(
        Attendance(raid=raid, person_id=one, status=status, created_at=at, updated_at=at)
        for one in sorted(people)
    )


def _note(raid: Raid, by: User, at: datetime, door: str, **counts: int) -> None:
    """Write down who ended whose raid."""
    AuditEntry.write(
        "raid_ended",
        at=at,
        actor=by,
        subject=raid.creator,
        door=door,
        raid=raid.pk,
        status=str(raid.status),
        **counts,
    )


def _tell(raid: Raid, standing: list[Slot], by: User, at: datetime) -> None:
    """Promise the word that it is off to everybody in a slot but whoever called it off."""
    mine: dict[int, list[Slot]] = {}
    for slot in standing:
        for one in slot.members:
            if one != by.pk:
                mine.setdefault(one, []).append(slot)
    if not mine:
        return
    reached, spoken = reach.of_many(mine), language.by_person(mine)
    messages = []
    for number in sorted(reached):
        with translation.override(spoken[number]):
            body = words.cancelled(raid, mine[number])
        messages += reminders.message(reached[number], body)
    event = outbox.Event(keys.cancelled(raid.pk), rules.RAID_CANCELLED, at, at + NEWS_FOR)
    outbox.enqueue(messages, event, at=at, planned=False)
