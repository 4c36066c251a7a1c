"""Servers: the bot joins and leaves, and their admins say how raids are planned there."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import AuditEntry, Guild, User, validate_zone
from botworker import outbox, tracked
from planning.raids import keys, labels, policy, reminders
from planning.raids.actions import common
from planning.raids.errors import BadInput
from planning.raids.models import Attendance, GuildSettings, Objection, Option, Raid

CHANNELS = ("planner_channel_id", "participants_channel_id", "raidlist_channel_id")
# What an admin sets, by whether it may be empty.
OWN_FIELDS = {
    **dict.fromkeys((*CHANNELS, "voice_channel_id", "planner_role_id"), True),
    **dict.fromkeys(("default_min_players", "templates_enabled", "leaderboard_enabled"), False),
}
SWITCHES = ("counts_levels", "tells_levels")
OF_THE_GUILD = ("language", "timezone", *SWITCHES)


@transaction.atomic
def guild_joined(*, discord_id: int, name: str, at: datetime) -> Guild:
    """Know a server that the bot is on, with settings for its raids; its name is refreshed.

    Call it as often as Discord says it.
    """
    guild, new = Guild.objects.get_or_create(
        discord_id=discord_id, defaults={"name": name[:100], "joined_at": at}
    )
    if not new and guild.name != name[:100]:
        guild.name = name[:100]
        guild.save(update_fields=["name"])
        # The list bears it in its title.
        common.touch_guild(guild.pk)
    common.settings_of(guild)
    return guild


def guild_left(*, discord_id: int, at: datetime) -> bool:
    """Forget a server that the bot is not on any more, whole: raids, templates, attendance, levels.

    What was still to be said about its raids is cancelled, and its messages are kept no longer.
    False where we know of none.
    """
    guild = Guild.objects.filter(discord_id=discord_id).first()
    if guild is None:
        return False
    # By itself and first: without a channel no raid begins any more, and those that did are held
    # below in the order in which every verb holds them.
    GuildSettings.objects.filter(guild=guild).update(**dict.fromkeys(CHANNELS))
    return _forget_guild(guild, at)


@transaction.atomic
def _forget_guild(guild: Guild, at: datetime) -> bool:
    held = Raid.objects.filter(guild=guild).select_for_update(of=("self",)).order_by("pk")
    raids = list(held.select_related("guild"))
    if not Guild.objects.select_for_update().filter(pk=guild.pk).exists():
        return False
    for raid in raids:
        _forget(raid, at)
    tracked.leave(keys.raidlist(guild.pk), at=at)
    Attendance.objects.filter(raid__guild=guild).delete()
    Objection.objects.filter(raid__guild=guild).delete()
    Raid.objects.filter(guild=guild).delete()
    guild.delete()
    AuditEntry.write("guild_left", at=at, actor=None, door="worker", raids=len(raids))
    return True


def _forget(raid: Raid, at: datetime) -> None:
    tracked.leave(keys.planner(raid.pk), at=at)
    options = Option.objects.filter(raid=raid).values_list("pk", "kind")
    days = [pk for pk, kind in options if kind == "day"]
    times = [pk for pk, kind in options if kind == "time"]
    for day in days:
        for hour in times:
            tracked.leave(keys.slot(raid.pk, day, hour), at=at)
    events = [keys.reminder(raid.pk, start) for start in reminders.starts_of(raid)]
    events.append(keys.cancelled(raid.pk))
    told = {line.recipient for line in outbox.lines_of(events)}
    outbox.cancel(events, told, reason=reminders.OVER, at=at)


@transaction.atomic
def set_settings(
    *, guild: Guild, actor: policy.Actor, at: datetime, door: str = "discord", **wanted: Any
) -> GuildSettings:
    """Change what is named of OWN_FIELDS and OF_THE_GUILD; the rest stays. None empties a channel.

    Votes of open raids move to a new planner channel. A new zone moves dates and reminders. It is
    written down who changed what. Raises NotYours, and BadInput for a wrong value or name.
    """
    policy.check(actor, policy.Deed.SETTINGS)
    held = Raid.objects.filter(guild=guild, status=Raid.Status.OPEN).select_for_update(of=("self",))
    raids = list(held.select_related("guild").order_by("pk"))
    before = {raid.pk: reminders.starts_of(raid) for raid in raids} if "timezone" in wanted else {}
    wishes = common.hold_settings(guild)
    guild = Guild.objects.select_for_update().get(pk=guild.pk)
    changed = [name for name, value in wanted.items() if _set(guild, wishes, name, value)]
    if not changed:
        return wishes
    guild.save(update_fields=list(OF_THE_GUILD))
    wishes.save(update_fields=list(OWN_FIELDS))
    if "planner_channel_id" in changed and wishes.planner_channel_id:
        Raid.objects.filter(pk__in=[raid.pk for raid in raids]).update(
            channel_id=wishes.planner_channel_id
        )
    for raid in raids:
        raid.guild = guild
        common.touch(raid, None)
        if "timezone" in changed:
            reminders.settle(raid, at=at, before=before[raid.pk])
    common.touch_guild(guild.pk)
    _note(guild, actor.person, changed, at, door)
    return GuildSettings.objects.get(guild=guild)


def template_config(
    *, guild: Guild, actor: policy.Actor, enabled: bool, at: datetime, door: str = "discord"
) -> bool:
    """Switch templates on or off; what they remember stays. Returns what holds. Raises NotYours."""
    wishes = set_settings(guild=guild, actor=actor, at=at, door=door, templates_enabled=enabled)
    return wishes.templates_enabled


def check_setting(name: str, value: Any) -> Any:
    """Return a setting's value as it would be stored. Raises BadInput as `set_settings` does."""
    if name in OF_THE_GUILD:
        return _of_the_guild(name, value)
    if name in OWN_FIELDS:
        return _own(name, value)
    raise BadInput(name, _("There is no such setting."))


def _set(guild: Guild, wishes: GuildSettings, name: str, value: Any) -> bool:
    """Set one value; returns whether it is another one than before."""
    value = check_setting(name, value)
    row = guild if name in OF_THE_GUILD else wishes
    if getattr(row, name) == value:
        return False
    setattr(row, name, value)
    return True


def _of_the_guild(name: str, value: Any) -> str | bool:
    if name in SWITCHES:
        return bool(value)
    if name == "timezone":
        try:
            validate_zone(str(value))
        except ValidationError as wrong:
            raise BadInput(name, " ".join(wrong.messages)) from wrong
        return str(value)
    if value and value not in dict(settings.LANGUAGES):
        known = ", ".join(dict(settings.LANGUAGES))
        raise BadInput(name, _("Choose one of these languages: %(known)s.") % {"known": known})
    return str(value or "")


def _own(name: str, value: Any) -> Any:
    if name == "default_min_players":
        return labels.minimum(value, field=name)
    if not OWN_FIELDS[name]:
        return bool(value)
    if value in (None, "", 0):
        return None
    if not str(value).isdecimal() or not 0 < int(value) < 2**63:
        raise BadInput(name, _("That is no channel or role of this server."))
    return int(value)


def _note(guild: Guild, by: User, changed: list[str], at: datetime, door: str) -> None:
    AuditEntry.write(
        "guild_changed", at=at, actor=by, door=door, guild=guild.pk, changed=sorted(changed)
    )
