"""Who was there, set right afterwards: by the raid's leader, or after somebody objects."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions import levels as points
from accounts.models import AuditEntry, Guild, User
from planning.raids import policy
from planning.raids.actions import common
from planning.raids.errors import BadInput, RaidRefused
from planning.raids.models import Attendance, Objection, Raid, Unlisted

# A raid that was cancelled counts nobody.
WITH_ATTENDANCE = (Raid.Status.FINISHED, Raid.Status.STALE)


@transaction.atomic
def correct_attendance(
    *,
    raid_id: int,
    person: User,
    status: str,
    actor: policy.Actor,
    at: datetime,
    door: str = "discord",
) -> Attendance:
    """Write whether somebody was there, also somebody who never voted; it is written down who did it.

    The raid's leader or an admin may. Said again it changes nothing. Raises RaidGone, NotYours, and
    BadInput for a raid that counts nobody (yet) and for a status that there is not.
    """
    raid = _ended(raid_id)
    policy.check(actor, policy.Deed.CORRECT, raid=raid)
    return _mark(raid, person, status, actor.person, at, door)


@transaction.atomic
def set_listed(*, guild: Guild, person: User, listed: bool) -> None:
    """Say whether one stands in a server's lists and whether points are counted; everybody's own wish.

    One act, wherever it is said: leaving takes the points there were, coming back begins at none.
    """
    points.count_levels(guild=guild, person=person, counts=listed)
    if listed:
        Unlisted.objects.filter(guild=guild, person=person).delete()
    else:
        Unlisted.objects.get_or_create(guild=guild, person=person)


@transaction.atomic
def object_to(*, raid_id: int, person: User, says: str, at: datetime) -> Objection:
    """Say that one's own attendance is wrong: `says` is what is right, present or absent.

    The leader or an admin settles it. Objected again meanwhile, it is the same objection with the
    new word. Raises RaidGone and BadInput.
    """
    raid = _ended(raid_id)
    _check_status(says)
    found = Attendance.objects.filter(raid=raid, person=person).first()
    if found is not None and found.status == says:
        raise BadInput("says", _("That is what is written down already."))
    mine = Objection.objects.filter(raid=raid, person=person, settled_at=None)
    if mine.update(says=says, at=at):
        objection = mine.get()
    else:
        objection = Objection.objects.create(raid=raid, person=person, says=says, at=at)
    common.touch(raid, None)
    return objection


@transaction.atomic
def settle_objection(
    *,
    objection_id: int,
    accept: bool,
    actor: policy.Actor,
    at: datetime,
    door: str = "discord",
) -> Objection:
    """Accept what somebody objected, which corrects their attendance, or leave it as it is.

    Raises RaidRefused where it is settled already, and NotYours.
    """
    raid_id = Objection.objects.filter(pk=objection_id).values_list("raid", flat=True).first()
    raid = _ended(raid_id or 0)
    policy.check(actor, policy.Deed.CORRECT, raid=raid)
    objection = Objection.objects.select_related("person").get(pk=objection_id)
    if objection.settled_at is not None:
        raise RaidRefused("objection", _("This is settled already."))
    objection.accepted, objection.settled_at, objection.settled_by = accept, at, actor.person
    objection.save(update_fields=["accepted", "settled_at", "settled_by"])
    if accept:
        _mark(raid, objection.person, objection.says, actor.person, at, door)
    common.touch(raid, None)
    return objection


def _ended(raid_id: int) -> Raid:
    raid = common.lock(raid_id)
    if raid.status not in WITH_ATTENDANCE:
        raise BadInput("raid", _("Only a raid that is over has an attendance."))
    return raid


def _check_status(status: str) -> None:
    if status not in (Attendance.Status.PRESENT, Attendance.Status.ABSENT):
        raise BadInput("status", _("Write present or absent."))


def _mark(raid: Raid, person: User, status: str, by: User, at: datetime, door: str) -> Attendance:
    _check_status(status)
    row, new = Attendance.objects.get_or_create(
        raid=raid,
        person=person,
        defaults={"status": status, "marked_by": by, "created_at": at, "updated_at": at},
    )
    before = "" if new else row.status
    if before == status:
        return row
    row.status, row.marked_by, row.updated_at = status, by, at
    row.save(update_fields=["status", "marked_by", "updated_at"])
    AuditEntry.write(
        "attendance_corrected",
        at=at,
        actor=by,
        subject=person,
        door=door,
        raid=raid.pk,
        before=before,
        after=status,
    )
    common.touch(raid, None)
    return row
