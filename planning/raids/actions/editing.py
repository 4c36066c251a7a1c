"""A raid that is planned changes: its days, times and minimum, its maker, its role."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import AuditEntry, User
from planning.raids import labels, policy, reminders
from planning.raids.actions import common
from planning.raids.errors import BadInput
from planning.raids.models import Kind, Option, Raid


@dataclass(frozen=True)
class Edited:
    """The raid as it is now, and what of the input a vote has no room for."""

    raid: Raid
    dropped_days: tuple[str, ...] = ()
    dropped_times: tuple[str, ...] = ()


@transaction.atomic
def edit(
    *,
    raid_id: int,
    actor: policy.Actor,
    at: datetime,
    days: str | Iterable[str] | None = None,
    times: str | Iterable[str] | None = None,
    min_players: str | int | None = None,
) -> Edited:
    """Change what is named; votes for a label that stays, in whatever case, stay with it.

    Reminders follow: promised for slots that are new, withdrawn for those that are gone. Raises
    RaidGone, NotYours, and BadInput as `plan` does.
    """
    raid = common.lock_open(raid_id)
    policy.check(actor, policy.Deed.EDIT, raid=raid)
    before = reminders.starts_of(raid)
    on = None if days is None else labels.read(days, field="days")
    hours = None if times is None else labels.read(times, field="times")
    if min_players is not None:
        raid.min_players = labels.minimum(min_players)
        raid.save(update_fields=["min_players"])
    if on is not None:
        _replace(raid, Kind.DAY, on.kept, at)
    if hours is not None:
        _replace(raid, Kind.TIME, hours.kept, at)
    common.touch(raid, at)
    reminders.settle(raid, at=at, before=before)
    return Edited(raid, on.dropped if on else (), hours.dropped if hours else ())


def _replace(raid: Raid, kind: Kind, wanted: tuple[str, ...], at: datetime) -> None:
    there = {one.folded: one for one in Option.objects.filter(raid=raid, kind=kind)}
    kept = {labels.fold(label) for label in wanted} & set(there)
    # A day that is over may stay where it is; it cannot be added.
    fresh = [label for label in wanted if labels.fold(label) not in kept]
    made = {one.folded: one for one in common.options(kind, fresh, guild=raid.guild, at=at)}
    Option.objects.filter(raid=raid, kind=kind).exclude(folded__in=kept).delete()
    for position, label in enumerate(wanted):
        option = made.get(labels.fold(label)) or there[labels.fold(label)]
        option.raid, option.label, option.position = raid, label, position
        option.save()


@transaction.atomic
def hand_over(
    *, raid_id: int, actor: policy.Actor, to: User, at: datetime, door: str = "discord"
) -> Raid:
    """Give a raid to somebody else, who may then finish it. Its maker or an admin may do it.

    Raises RaidGone, NotYours, and BadInput for somebody who is gone or has it already.
    """
    raid = common.lock_open(raid_id)
    policy.check(actor, policy.Deed.HAND_OVER, raid=raid)
    if raid.creator_id == to.pk:
        raise BadInput("to", _("This raid is theirs already."))
    if not to.is_active or not hasattr(to, "discord"):
        raise BadInput("to", _("Choose somebody who is on this server."))
    before = raid.creator_id
    raid.creator = to
    raid.save(update_fields=["creator"])
    common.touch(raid, at)
    AuditEntry.write(
        "raid_handed_over",
        at=at,
        actor=actor.person,
        subject=to,
        door=door,
        raid=raid.pk,
        before=before,
    )
    return raid


@transaction.atomic
def remember_role(*, raid_id: int, role_id: int | None, at: datetime) -> Raid:
    """Keep the id of the role that was made for a raid; None: it is gone.

    By its id alone: a role of the server's own that is called the same is never touched. Raises
    RaidGone for a raid that is not there; an ended one may lose its role. No version rises: nothing
    that shows a raid shows its role, and a change makes every message of it wait for quiet again.
    """
    raid = common.lock(raid_id)
    raid.role_id, raid.role_created = role_id, role_id is not None
    raid.save(update_fields=["role_id", "role_created"])
    return raid
