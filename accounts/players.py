"""Finding players: by any name they wore, and those that look like somebody."""

import re
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from accounts.models import Player, User

SHORTEST = 2
MOST = 20
MOST_SUGGESTED = 5


def search(text: str) -> list[Player]:
    """Return up to 20 players whose name or alias contains the text, best first.

    Fewer than two letters find nothing. Two queries, aliases and links included.
    """
    wanted = text.strip()[:64]
    if len(wanted) < SHORTEST:
        return []
    # Cut generously before sorting: a good match must not fall to the alphabet.
    found = _complete(Player.objects.filter(_any_name([wanted])))[: MOST * 10]
    return sorted(found, key=lambda player: (_distance(player, wanted), player.name))[:MOST]


def suggestions(person: User) -> list[Player]:
    """Return the players this person most likely is: free ones with a name like theirs."""
    account = getattr(person, "discord", None)
    if account is None:
        return []
    certain = Q(imported_discord_id=account.discord_id)
    names = _names(f"{account.display_name} {account.username}")
    found = _complete(Player.objects.filter(certain | _any_name(names), link__isnull=True))
    wanted = account.display_name or account.username

    def order(player: Player) -> tuple[bool, int, str]:
        mine = player.imported_discord_id == account.discord_id
        return not mine, _distance(player, wanted), player.name

    return sorted(found[: MOST * 10], key=order)[:MOST_SUGGESTED]


def _complete(players: QuerySet[Player]) -> QuerySet[Player]:
    return players.select_related("link").prefetch_related("aliases").distinct()


def _any_name(names: Iterable[str]) -> Q:
    wanted = Q(pk__in=[])
    for name in names:
        wanted |= Q(name__icontains=name) | Q(aliases__name__icontains=name)
    return wanted


def _names(text: str) -> list[str]:
    """Return the pieces of a name that are long enough to mean something."""
    pieces = re.findall(r"[^\W_]{3,}", text)
    return list(dict.fromkeys(piece[:32] for piece in pieces))[:6]


def _distance(player: Player, wanted: str) -> int:
    """Rank a match: the name itself, its beginning, an alias, anywhere."""
    name, text = player.name.casefold(), wanted.casefold()
    if name == text:
        return 0
    if name.startswith(text):
        return 1
    if any(alias.name.casefold() == text for alias in player.aliases.all()):
        return 2
    return 3 if text in name else 4
