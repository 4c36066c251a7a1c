"""Who looks at raids on the site, at which servers' raids, and what is known of people there."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Count

from accounts import access, members
from accounts.models import Guild, Level, User
from planning.raids import policy, queries
from planning.raids.models import Attendance, GuildSettings, Raid, RaidQuerySet, Unlisted, Vote
from planning.raids.policy import Actor, Viewer
from slomix.lib import clock

MOST_LISTED = 50
# Among so many of a server's people a raid can be handed over.
MOST_HEIRS = 300


def viewer_of(user: User | AnonymousUser) -> Viewer:
    """Return what decides what somebody sees; one query for whoever has Discord."""
    seen = access.of(user)
    if not isinstance(user, User) or not seen.has_discord:
        return Viewer(person_id=user.pk or 0, admin=seen.admin)
    return Viewer(user.pk, linked=seen.linked, admin=seen.admin, known=_met_on(user))


def with_servers(viewer: Viewer) -> Viewer:
    """Add what Discord says of somebody on each server; one query for whoever is known anywhere."""
    if not viewer.known:
        return viewer
    return replace(viewer, servers=members.standing_of(viewer.person_id, at=clock.now()))


def actor_of(person: User, viewer: Viewer, guild: Guild) -> Actor:
    """Return who would do something on a server, with what Discord says of them there.

    An admin of the site is one on every server.
    """
    here = viewer.servers.get(guild.pk, members.Standing())
    return Actor(person, guild_admin=viewer.manages(guild.pk), roles=here.roles)


def _met_on(person: User) -> frozenset[int]:
    traces = (
        Level.objects.filter(person=person).values_list("guild"),
        Vote.objects.filter(person=person).values_list("option__raid__guild"),
        Attendance.objects.filter(person=person).values_list("raid__guild"),
        Raid.objects.filter(creator=person).order_by().values_list("guild"),
        members.fresh_ones(person.pk, at=clock.now()).values_list("guild"),
    )
    first, *rest = (one.order_by().distinct() for one in traces)
    return frozenset(row[0] for row in first.union(*rest))


def is_home(guild: Guild) -> bool:
    """Say whether it is the community's own server, DISCORD_GUILD_ID."""
    return guild.discord_id == settings.DISCORD_GUILD_ID


def sight_of(viewer: Viewer, guild: Guild) -> policy.Sight:
    """Return what somebody sees of a server's raids."""
    return policy.sight(viewer, guild.pk, home=is_home(guild))


def takes_part(viewer: Viewer, guild: Guild) -> bool:
    """Say whether somebody may vote on a server's raids."""
    return policy.takes_part(viewer, guild.pk, home=is_home(guild))


def heirs(raid: Raid) -> list[User]:
    """Return to whom a raid can be handed over: who is on its server now, by name."""
    found = members.on(raid.guild, at=clock.now(), most=MOST_HEIRS)
    return [one for one in found if one.pk != raid.creator_id]


def servers(viewer: Viewer) -> list[Guild]:
    """Return the servers whose raids somebody sees, with their settings; ours first."""
    there = Guild.objects.select_related("raid_settings")
    seen = [one for one in there if sight_of(viewer, one) is not policy.Sight.NOTHING]
    return sorted(seen, key=lambda one: not is_home(one))


def raids() -> RaidQuerySet:
    """Return raids with what their pages need of them and of their server."""
    return queries.raids().select_related("guild__raid_settings")


def wishes_of(guild: Guild) -> GuildSettings:
    """Return a server's settings where they were read with it; the defaults where it has none."""
    return guild.raid_settings if hasattr(guild, "raid_settings") else GuildSettings(guild=guild)


@dataclass(frozen=True)
class Standings:
    """How often people were at a server's raids, and how far they came there.

    Nobody is in it who does not want to be listed, and no level that its owner or the
    server switched off.
    """

    raids: dict[int, int] = field(default_factory=dict)
    levels: dict[int, int] = field(default_factory=dict)
    unlisted: frozenset[int] = frozenset()


def standings(guild: Guild, people: Collection[int] | None = None) -> Standings:
    """Read them in three queries, for everybody or for these people."""
    present = Attendance.objects.present().filter(raid__guild=guild, person__isnull=False)
    counted = Level.objects.filter(guild=guild, guild__counts_levels=True, counts=True)
    levels = counted.filter(xp__gt=0)
    if people is not None:
        present, levels = present.filter(person__in=people), levels.filter(person__in=people)
    out = frozenset(Unlisted.objects.filter(guild=guild).values_list("person", flat=True))
    came = present.values_list("person").annotate(n=Count("pk")).order_by()
    return Standings(
        {person: n for person, n in came if person and person not in out},
        {
            person: level
            for person, level in levels.values_list("person", "level")
            if person not in out
        },
        out,
    )


def leaders(found: Standings) -> list[tuple[User, int, int]]:
    """Return people with their raids and level, who was at most raids first; one query."""
    both = found.raids.keys() | found.levels.keys()
    ranked = sorted(
        both, key=lambda one: (-found.raids.get(one, 0), -found.levels.get(one, 0), one)
    )
    people = User.objects.select_related("discord", "link__player").in_bulk(ranked[:MOST_LISTED])
    return [
        (people[one], found.raids.get(one, 0), found.levels.get(one, 0))
        for one in ranked
        if one in people
    ]


def others_there(raid: Raid, besides: Collection[int]) -> list[User]:
    """Return who else might have been at a raid: who voted for it or was at another one there."""
    voted = Vote.objects.filter(option__raid=raid, person__isnull=False).values("person")
    came = Attendance.objects.filter(raid__guild=raid.guild_id, person__isnull=False)
    numbers = voted.union(came.values("person"))
    found = User.objects.select_related("discord", "link__player").filter(pk__in=numbers)
    free = [one for one in found.order_by("pk")[:200] if one.pk not in besides]
    return sorted(free, key=lambda one: one.name.casefold())
