"""Points are earned, by message and by hour in voice; and whoever wants none has none."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F

from accounts import levels
from accounts.models import Guild, Level, User, VoiceStay

MESSAGE_POINTS = 10
HOUR_POINTS = 1
HOUR = 3600
# Between two looks at voice. After a longer gap nobody knows who stayed, so it counts for nobody.
LONGEST_GAP = timedelta(minutes=10)
AT_ONCE = 25


@dataclass(frozen=True)
class Risen:
    """Somebody who came to a level that nobody was told of yet."""

    row: int
    guild: Guild
    person: User
    level: int
    xp: int
    # Where they wrote last; none for somebody who never wrote.
    channel_id: int | None


def earn_by_message(*, guild_id: int, discord_id: int, channel_id: int, at: datetime) -> bool:
    """Count a message; False for somebody who has no row on this server yet (`begin`).

    At most two queries, whatever comes of it. Within the cooldown, for whoever switched it off,
    and on a server that counts no levels nothing is earned. `guild_id` is Discord's.
    """
    mine = Level.objects.filter(
        guild__discord_id=guild_id, person__discord__discord_id=discord_id
    ).values_list("pk", "xp", "spoke_at", "counts", "guild__counts_levels")
    found = mine.first()
    if found is None:
        return False
    row, xp, spoke_at, counts, here = found
    if counts and here and not _too_soon(spoke_at, at):
        # Of two messages that were read at once, one earns.
        Level.objects.filter(pk=row, spoke_at=spoke_at).update(
            xp=F("xp") + MESSAGE_POINTS,
            level=levels.of(xp + MESSAGE_POINTS),
            spoke_at=at,
            channel_id=channel_id,
        )
    return True


def _too_soon(spoke_at: datetime | None, at: datetime) -> bool:
    return spoke_at is not None and at - spoke_at < settings.MESSAGE_XP_COOLDOWN


@transaction.atomic
def begin(*, guild_id: int, person: User) -> bool:
    """Give somebody a row on a server, without points; False where none are counted (`counting`)."""
    guild = counting(guild_id)
    if guild is None:
        return False
    Level.objects.get_or_create(guild=guild, person=person)
    return True


def counting(guild_id: int) -> Guild | None:
    """Return a server by Discord's id; None where it is not known, or its admins want no levels."""
    return Guild.objects.filter(discord_id=guild_id, counts_levels=True).first()


@transaction.atomic
def hours_in_voice(*, guild_id: int, there: Mapping[int, bool], at: datetime) -> int:
    """Write down who of ours is in voice, by the ids of people, and whether it counts for them.

    Every full hour earns a point; who is not named has left, and their hour begins anew. Returns how
    many points were earned. The time since the last look counts if it counted then and counts now.
    """
    guild = Guild.objects.select_for_update().filter(discord_id=guild_id).first()
    if guild is None:
        return 0
    if not guild.counts_levels:
        VoiceStay.objects.filter(guild=guild).delete()
        return 0
    off = set(Level.objects.filter(guild=guild, counts=False).values_list("person", flat=True))
    wanted = {person: counts for person, counts in there.items() if person not in off}
    VoiceStay.objects.filter(guild=guild).exclude(person__in=wanted.keys()).delete()
    stays = {stay.person_id: stay for stay in VoiceStay.objects.filter(guild=guild)}
    earned = 0
    for person, counts in wanted.items():
        stay = stays.get(person)
        if stay is None:
            VoiceStay.objects.create(
                guild=guild, person_id=person, since=at, seen_at=at, counting=counts
            )
            continue
        points = _stay_on(stay, counts, at) * HOUR_POINTS
        if points:
            _earn(guild, person, points)
        earned += points
    return earned


def _stay_on(stay: VoiceStay, counts: bool, at: datetime) -> int:
    """Note that somebody is still there; returns how many hours became full."""
    gap = at - stay.seen_at
    if counts and stay.counting and timedelta(0) < gap <= LONGEST_GAP:
        stay.seconds += round(gap.total_seconds())
    hours, stay.seconds = divmod(stay.seconds, HOUR)
    stay.seen_at, stay.counting = at, counts
    stay.save(update_fields=["seconds", "seen_at", "counting"])
    return hours


def _earn(guild: Guild, person: int, points: int) -> None:
    row, _new = Level.objects.select_for_update().get_or_create(guild=guild, person_id=person)
    row.xp += points
    row.level = levels.of(row.xp)
    row.save(update_fields=["xp", "level"])


def risen() -> list[Risen]:
    """Return whose level is higher than what was told, a few at a time; one query.

    On a server that counts no levels (any more) nobody rises.
    """
    rows = Level.objects.filter(level__gt=F("told"), counts=True, guild__counts_levels=True)
    people = ("guild", "person__discord", "person__link__player")
    return [
        Risen(row.pk, row.guild, row.person, row.level, row.xp, row.channel_id)
        for row in rows.select_related(*people).order_by("pk")[:AT_ONCE]
    ]


def told(row: int, level: int) -> bool:
    """Note that a level was told; False where somebody else noted it first."""
    return bool(Level.objects.filter(pk=row, told__lt=level).update(told=level))


@transaction.atomic
def count_levels(*, guild: Guild, person: User, counts: bool) -> Level:
    """Switch somebody's points on a server on or off; off takes what there was. Returns the row."""
    row, _new = Level.objects.select_for_update().get_or_create(guild=guild, person=person)
    if row.counts != counts:
        row.counts = counts
        row.xp = row.level = row.told = 0
        row.spoke_at = row.channel_id = None
        row.save()
        VoiceStay.objects.filter(guild=guild, person=person).delete()
    return row


def level_on(*, guild: Guild, person: User) -> Level:
    """Return how far somebody came on a server; a row that is not stored for a newcomer."""
    found = Level.objects.filter(guild=guild, person=person).first()
    return found or Level(guild=guild, person=person)


def known_people(discord_ids: Iterable[int]) -> dict[int, int]:
    """Return who of these Discord accounts we know, with the id of the person."""
    known = User.objects.filter(is_active=True, discord__discord_id__in=list(discord_ids))
    return dict(known.values_list("discord__discord_id", "pk"))
