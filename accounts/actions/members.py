"""Who is on a server, written down as the bot sees it: the site cannot ask Discord itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from accounts.models import Guild, Membership, User


@dataclass(frozen=True)
class Seen:
    """What a server says of one of its members."""

    manages: bool = False
    roles: frozenset[int] = field(default_factory=frozenset)


@transaction.atomic
def see_members(*, guild_id: int, there: Mapping[int, Seen], at: datetime) -> bool:
    """Write down who of ours is on a server, by the ids of people, and who is an admin there.

    Whoever is not named is not there (any more). `guild_id` is Discord's; False where we do not know
    the server. Said again it changes nothing but the time.
    """
    guild = Guild.objects.filter(discord_id=guild_id).first()
    if guild is None:
        return False
    before = {
        row.person_id: Seen(row.manages, frozenset(row.roles))
        for row in Membership.objects.filter(guild=guild)
    }
    Membership.objects.filter(guild=guild, person__in=before.keys() - there.keys()).delete()
    Membership.objects.bulk_create(
        [
            Membership(guild=guild, person_id=who, manages=now.manages, roles=sorted(now.roles))
            for who, now in sorted(there.items())
            if before.get(who) != now
        ],
        update_conflicts=True,
        unique_fields=["guild", "person"],
        update_fields=["manages", "roles"],
    )
    Guild.objects.filter(pk=guild.pk).update(members_at=at)
    return True


def known_accounts() -> dict[int, int]:
    """Return everybody whom we know with Discord: the account's number, and the person's."""
    known = User.objects.filter(is_active=True, discord__isnull=False)
    return dict(known.values_list("discord__discord_id", "pk"))
