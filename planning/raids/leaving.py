"""What raids keep about a person: handed out to them, and forgotten.

The raids stay, with their numbers: who is behind a tick or a presence is nobody afterwards.
"""

from datetime import datetime
from typing import Any

from django.db.models import F, Q

from accounts.models import User
from planning.raids import reminders
from planning.raids.actions import common
from planning.raids.models import Attendance, Objection, Raid, StepOut, Unlisted, Vote

Rows = list[dict[str, Any]]


def raids_of(person: User) -> Rows:
    """Return the raids that somebody made or ended."""
    mine = Raid.objects.filter(Q(creator=person) | Q(ended_by=person)).order_by("pk")
    return [
        {
            **row,
            "made_by_you": row.pop("creator") == person.pk,
            "ended_by_you": row.pop("ended_by") == person.pk,
        }
        for row in mine.values(
            *("guild__name", "display_id", "dungeon_name", "status", "created_at", "ended_at"),
            *("creator", "ended_by"),
        )
    ]


def votes_of(person: User) -> Rows:
    """Return what somebody voted for."""
    columns = ("option__raid__guild__name", "option__raid__display_id", "option__label", "at")
    return list(Vote.objects.filter(person=person).order_by("pk").values(*columns))


def step_outs_of(person: User) -> Rows:
    """Return the slots that somebody left without taking a vote back."""
    columns = ("day__raid__display_id", "day__label", "time__label", "at")
    return list(StepOut.objects.filter(person=person).order_by("pk").values(*columns))


def attendance_of(person: User) -> Rows:
    """Return where somebody was. Who wrote it down stays out where it was somebody else."""
    mine = Attendance.objects.filter(Q(person=person) | Q(marked_by=person)).order_by("pk")
    return [
        {
            **row,
            "about_you": row.pop("person") == person.pk,
            "marked_by_you": row.pop("marked_by") == person.pk,
        }
        for row in mine.values(
            *("raid__guild__name", "raid__display_id", "raid__dungeon_name", "status"),
            *("created_at", "updated_at", "person", "marked_by"),
        )
    ]


def objections_of(person: User) -> Rows:
    """Return what somebody said was wrong."""
    mine = Objection.objects.filter(person=person).order_by("pk")
    columns = ("raid__guild__name", "raid__display_id", "says", "at", "settled_at", "accepted")
    return list(mine.values(*columns))


def unlisted_of(person: User) -> Rows:
    """Return where somebody does not want to be listed."""
    columns = ("guild__name",)
    return list(Unlisted.objects.filter(person=person).order_by("pk").values(*columns))


def forget_votes(person: User, at: datetime) -> None:
    """Take somebody out of what is still planned, and off what was; whoever shows it notices."""
    voted = Vote.objects.filter(person=person).values("option__raid")
    attended = Attendance.objects.filter(person=person).values("raid")
    mine = Raid.objects.filter(Q(pk__in=voted) | Q(pk__in=attended))
    # Held in order, as every verb holds them, and before their servers' settings.
    raids = list(mine.select_for_update(of=("self",)).select_related("guild").order_by("pk"))
    open_ones = [raid for raid in raids if raid.is_open]
    Vote.objects.filter(person=person, option__raid__in=open_ones).delete()
    Vote.objects.filter(person=person).update(person=None)
    StepOut.objects.filter(person=person).delete()
    Raid.objects.filter(pk__in=[raid.pk for raid in raids]).update(version=F("version") + 1)
    for guild in sorted({raid.guild_id for raid in raids}):
        common.touch_guild(guild)
    for raid in open_ones:
        reminders.settle(raid, at=at)


def forget_raids(person: User, at: datetime) -> None:
    """Leave somebody's raids without a maker; a server's admins look after them."""
    Raid.objects.filter(creator=person).update(creator=None, version=F("version") + 1)
    Raid.objects.filter(ended_by=person).update(ended_by=None)


def forget_attendance(person: User, at: datetime) -> None:
    """Keep that somebody was there, and not who; nor who wrote it down."""
    Attendance.objects.filter(person=person).update(person=None)
    Attendance.objects.filter(marked_by=person).update(marked_by=None)


def forget_objections(person: User, at: datetime) -> None:
    """Forget what somebody objected to, that they settled what others did, and a wish of theirs."""
    Objection.objects.filter(person=person).delete()
    Objection.objects.filter(settled_by=person).update(settled_by=None)
    Unlisted.objects.filter(person=person).delete()
