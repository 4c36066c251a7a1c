"""A raid begins: what the form is filled in with, and what becomes of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import limits
from accounts.models import Guild
from planning.raids import labels, moments, policy
from planning.raids.actions import common
from planning.raids.errors import BadInput, NotSetUp, TooMuch
from planning.raids.models import Dungeon, GuildSettings, Kind, Option, Raid, Template

# Nobody plans more in earnest, and each makes messages in three channels.
PLANNED = limits.Limit("raids_planned", 20, timedelta(hours=1))


@dataclass(frozen=True)
class Prefill:
    """What the form shows at first."""

    days: str
    times: str
    min_players: int


@dataclass(frozen=True)
class Planned:
    """The raid that was made, and what of the input a vote has no room for.

    `new` is False where Discord handed the same form in twice.
    """

    raid: Raid
    dropped_days: tuple[str, ...] = ()
    dropped_times: tuple[str, ...] = ()
    new: bool = True


def dungeon_named(name: str) -> Dungeon:
    """Return the active dungeon of a name, whatever its case. Raises BadInput."""
    found = Dungeon.objects.active().filter(folded=labels.fold(name.strip())).first()
    if found is None:
        raise BadInput("dungeon", _("There is no such raid. Choose one from the list."))
    return found


def prepare(*, guild: Guild, actor: policy.Actor, dungeon: str, at: datetime) -> Prefill:
    """Return what the form for a raid shows; refuse what `plan` would refuse anyway.

    With templates on it is what was put in last, without days that are over. Raises NotSetUp,
    NotYours, and BadInput for a dungeon that is not in the list.
    """
    wishes = common.settings_of(guild)
    _check(wishes, actor)
    chosen = dungeon_named(dungeon)
    last = Template.objects.filter(guild=guild, dungeon=chosen).first()
    if last is None or not wishes.templates_enabled:
        return Prefill("", "", wishes.default_min_players)
    today = at.astimezone(guild.zone).date()
    ahead = [label for label in last.labels("day") if not _over(label, today)]
    least = last.data.get("min_players")
    return Prefill(
        labels.joined(ahead),
        labels.joined(last.labels("time")),
        least if isinstance(least, int) else wishes.default_min_players,
    )


def _over(label: str, today: date) -> bool:
    meant = moments.date_of(label, today=today)
    return meant is not None and meant < today


def _check(wishes: GuildSettings, actor: policy.Actor) -> None:
    policy.check(actor, policy.Deed.PLAN, wishes=wishes)
    if not wishes.ready:
        text = _("This server has no channels for raids yet. An admin chooses them with /settings.")
        raise NotSetUp("guild", text)


@transaction.atomic
def plan(
    *,
    guild: Guild,
    actor: policy.Actor,
    dungeon: str,
    days: str | Iterable[str],
    times: str | Iterable[str],
    min_players: str | int,
    at: datetime,
    interaction_id: int | None = None,
) -> Planned:
    """Begin a raid: a number of its own, its days and times; what was put in is remembered.

    Lists are split at commas, semicolons and new lines. The number is given under a lock on the
    server's settings and never again. Raises NotSetUp, NotYours, BadInput and TooMuch, which change
    nothing.
    """
    wishes = common.hold_settings(guild)
    if interaction_id and (twin := Raid.objects.filter(interaction_id=interaction_id).first()):
        return Planned(twin, new=False)
    _check(wishes, actor)
    chosen = dungeon_named(dungeon)
    on, hours = labels.read(days, field="days"), labels.read(times, field="times")
    least = labels.minimum(min_players)
    found = [
        *common.options(Kind.DAY, on.kept, guild=guild, at=at),
        *common.options(Kind.TIME, hours.kept, guild=guild, at=at),
    ]
    _not_too_often(guild, actor, at)
    raid = _make(wishes, actor, chosen, least, interaction_id, at)
    for option in found:
        option.raid = raid
    Option.objects.bulk_create(found)
    if wishes.templates_enabled:
        _remember(guild, chosen, on, hours, least, at)
    return Planned(raid, on.dropped, hours.dropped)


def _not_too_often(guild: Guild, actor: policy.Actor, at: datetime) -> None:
    wait = limits.take(PLANNED, f"{guild.pk}:{actor.person.pk}", at=at)
    if wait:
        text = _("That was a lot at once. Plan the next raid in %(n)d min.")
        raise TooMuch("person", text % {"n": -(-wait // 60)})


def _make(
    wishes: GuildSettings,
    actor: policy.Actor,
    chosen: Dungeon,
    least: int,
    interaction_id: int | None,
    at: datetime,
) -> Raid:
    wishes.last_display_id += 1
    wishes.version += 1
    wishes.save(update_fields=["last_display_id", "version"])
    assert wishes.planner_channel_id is not None  # `_check` looked
    return Raid.objects.create(
        guild=wishes.guild,
        display_id=wishes.last_display_id,
        channel_id=wishes.planner_channel_id,
        creator=actor.person,
        dungeon=chosen,
        dungeon_name=chosen.name,
        min_players=least,
        created_at=at,
        last_activity_at=at,
        interaction_id=interaction_id,
    )


def _remember(
    guild: Guild,
    chosen: Dungeon,
    on: labels.Labels,
    hours: labels.Labels,
    least: int,
    at: datetime,
) -> None:
    data = {"days": list(on.kept), "times": list(hours.kept), "min_players": least}
    Template.objects.update_or_create(
        guild=guild, dungeon=chosen, defaults={"data": data, "updated_at": at}
    )
