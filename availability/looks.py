"""What others may see of many people, as one text from the database.

Two hundred names read as rows and compared cost more than everything else of an answer that is
kept; one text is compared at once, and read only where it is another one.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import connection

from accounts.models import DiscordAccount, Player, PlayerLink, User
from slomix.lib import keep

# What `User.name` and a face are made of. Written out: asked with every request that names people.
COLUMNS = """u.id, u.username, u.display_name, p.name,
        d.discord_id, d.username, d.display_name, d.avatar"""
PEOPLE = """website_users u
        LEFT JOIN discord_accounts d ON d.user_id = u.id
        LEFT JOIN user_player_links l ON l.user_id = u.id
        LEFT JOIN players p ON p.id = l.player_id
        WHERE u.is_active AND u.id"""
POSTGRESQL = f"""
SELECT string_agg(json_build_array({COLUMNS})::text, ',' ORDER BY u.id)
        FROM {PEOPLE} = ANY(%s::bigint[])
"""  # noqa: S608  constants above
SQLITE = f"""
SELECT group_concat(seen) FROM (SELECT json_array({COLUMNS}) seen
        FROM {PEOPLE} IN (SELECT value FROM json_each(%s)) ORDER BY u.id)
"""  # noqa: S608  constants above


@dataclass(frozen=True)
class Discord:
    """What of a Discord account others may see."""

    discord_id: int
    username: str
    display_name: str
    avatar: str


@dataclass(frozen=True)
class Look:
    """What of one person others may see."""

    pk: int
    username: str
    display_name: str
    player: str | None
    discord: Discord | None


# Whoever looks as before is not made anew: of five hundred, an answer changes one.
@lru_cache(maxsize=2048)
def person(look: Look) -> User:
    """Return them as `User` with this and nothing more; asks nothing of the database.

    The same one is given to all who ask: nobody may change it.
    """
    made = User(pk=look.pk, username=look.username, display_name=look.display_name)
    seen = DiscordAccount(user=made, **vars(look.discord)) if look.discord else None
    link = PlayerLink(user=made, player=Player(name=look.player)) if look.player else None
    User.discord.related.set_cached_value(made, seen)
    User.link.related.set_cached_value(made, link)
    return made


keep.forget_too(person.cache_clear)


def text_of(numbers: Collection[int]) -> str:
    """Return a text that is another one as soon as others see one of these people differently.

    That is their names, their picture, and whether they may sign in at all. One query.
    """
    asked: tuple[str, Any] = (SQLITE, json.dumps(list(numbers)))
    if connection.vendor == "postgresql":
        asked = (POSTGRESQL, f"{{{','.join(map(str, numbers))}}}")
    with connection.cursor() as cursor:
        cursor.execute(asked[0], [asked[1]])
        return str(cursor.fetchone()[0] or "")


def read(text: str) -> list[Look]:
    """Return the people of a text from `text_of`, in the order of their numbers."""
    return [
        Look(pk, username, own, player, Discord(*discord) if discord[0] is not None else None)
        for pk, username, own, player, *discord in json.loads(f"[{text}]")
    ]
