"""What every verb on a raid begins and ends with."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import Guild
from planning.raids import labels, moments
from planning.raids.errors import BadInput, RaidGone
from planning.raids.models import GuildSettings, Kind, Option, Raid
from slomix.lib import dates


def lock(raid_id: int) -> Raid:
    """Hold a raid until the transaction ends, so that what is done to it is done in turns.

    A raid is always held before its server's settings. Raises RaidGone where there is none.
    """
    held = Raid.objects.select_for_update(of=("self",)).select_related("guild")
    raid = held.filter(pk=raid_id).first()
    if raid is None:
        raise gone()
    return raid


def lock_open(raid_id: int) -> Raid:
    """The same for a raid that is still planned; raises RaidGone for one that ended."""
    raid = lock(raid_id)
    if not raid.is_open:
        raise gone()
    return raid


def gone() -> RaidGone:
    """Return the refusal for a raid that is not there."""
    return RaidGone("raid", _("This raid is no longer there. /raidlist shows the open ones."))


def touch(raid: Raid, at: datetime | None) -> None:
    """Let everything that shows a raid notice; `at` where somebody did something about it."""
    moved = {} if at is None else {"last_activity_at": at}
    Raid.objects.filter(pk=raid.pk).update(version=F("version") + 1, **moved)
    touch_guild(raid.guild_id)


def touch_guild(guild_id: int) -> None:
    """Let the list of a server's raids notice."""
    GuildSettings.objects.filter(guild=guild_id).update(version=F("version") + 1)


def settings_of(guild: Guild) -> GuildSettings:
    """Return a server's settings, made at the first look."""
    return GuildSettings.objects.get_or_create(guild=guild)[0]


def hold_settings(guild: Guild) -> GuildSettings:
    """The same, held until the transaction ends."""
    settings_of(guild)
    return GuildSettings.objects.select_for_update().get(guild=guild)


def options(kind: str, found: Iterable[str], *, guild: Guild, at: datetime) -> list[Option]:
    """Make options of labels, not stored yet. Raises BadInput for a day that is over."""
    today = at.astimezone(guild.zone).date()
    made = []
    for position, label in enumerate(found):
        date = moments.date_of(label, today=today) if kind == Kind.DAY else None
        if date is not None and date < today:
            text = _("%(day)s is over. Choose today or later.")
            raise BadInput("days", text % {"day": dates.long(date)})
        made.append(
            Option(
                kind=kind,
                label=label,
                folded=labels.fold(label),
                position=position,
                date=date,
                wall=moments.wall_of(label) if kind == Kind.TIME else None,
            )
        )
    return made
