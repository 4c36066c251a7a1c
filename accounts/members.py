"""Who is on which server, and what they may there, as far as the bot saw it a moment ago."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from accounts.models import Guild, Membership, User

# The bot looks twice a minute. What it saw longer ago may be wrong by now, and is no yes.
FRESH = timedelta(minutes=5)


@dataclass(frozen=True)
class Standing:
    """What somebody is on one server."""

    manages: bool = False
    roles: frozenset[int] = field(default_factory=frozenset)


def fresh_ones(person_id: int, *, at: datetime) -> QuerySet[Membership]:
    """Return on which servers somebody is, leaving out what was seen too long ago."""
    return Membership.objects.filter(person=person_id, guild__members_at__gt=at - FRESH)


def standing_of(person_id: int, *, at: datetime) -> dict[int, Standing]:
    """Return the servers on which somebody is, by their rows, with what they are there."""
    rows = fresh_ones(person_id, at=at).values_list("guild", "manages", "roles")
    return {guild: Standing(manages, frozenset(roles)) for guild, manages, roles in rows}


def fresh(guild: Guild, *, at: datetime) -> bool:
    """Say whether what we know of a server's members still counts."""
    return guild.members_at is not None and guild.members_at > at - FRESH


def on(guild: Guild, *, at: datetime, most: int) -> list[User]:
    """Return who is on a server, by name; nobody where that was seen too long ago."""
    if not fresh(guild, at=at):
        return []
    people = User.objects.filter(servers__guild=guild, is_active=True)
    found = people.select_related("discord", "link__player").order_by("pk")[:most]
    return sorted(found, key=lambda one: (one.name.casefold(), one.pk))


# --- what is kept about a person -------------------------------------------------------------------


def memberships_of(person: User) -> list[dict[str, Any]]:
    """Return on which servers somebody is, and what they are there."""
    mine = Membership.objects.filter(person=person).order_by("pk")
    found = mine.values("guild__name", "guild__members_at", "manages", "roles")
    return [dict(row) for row in found]


def forget(person: User, at: datetime) -> None:
    """Forget where somebody is."""
    Membership.objects.filter(person=person).delete()
