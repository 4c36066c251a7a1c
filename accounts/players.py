"""Finding players: by any name they wore, and those that look like somebody."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

from accounts.models import Player, PlayerAlias, User

SHORTEST = 2
MOST = 20
MOST_SUGGESTED = 5
COLOUR = re.compile(r"\^.")
Rank = tuple[int, str]
# How good a name is, 0 the best; None: not meant.
Judge = Callable[[str], int | None]


def folded(name: str) -> str:
    """Return a name as people type it: no capitals, no carons, none of the game's colours.

    The databases differ in what they hold for the same letter (SQLite knows only ASCII), so names
    are compared here.
    """
    plain = unicodedata.normalize("NFKD", COLOUR.sub("", name).casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).strip()


def too_short(text: str) -> bool:
    """Tell whether a text was given that is too short to search for."""
    return bool(text) and len(folded(text)) < SHORTEST


def search(text: str) -> list[Player]:
    """Return up to 20 players whose name or alias contains the text, best first.

    Fewer than two letters find nothing. Four queries, whatever the number of players.
    """
    wanted = folded(text)
    if len(wanted) < SHORTEST:
        return []
    ranks = _ranks(lambda name: _rank(name, wanted))
    return _fetch(sorted(ranks, key=ranks.__getitem__)[:MOST])


def wears(name: str, *, but: int | None = None) -> bool:
    """Tell whether some player (`but` one) is called so, or was: as people read it."""
    wanted = folded(name)
    return bool(set(_ranks(lambda other: 0 if other == wanted else None)) - {but})


def suggestions(person: User) -> list[Player]:
    """Return the players this person most likely is: free ones with a name like theirs."""
    account = getattr(person, "discord", None)
    if account is None:
        return []
    pieces = _pieces(account.display_name) | _pieces(account.username)
    whole = {folded(account.display_name), folded(account.username)}
    ranks = _ranks(lambda name: _likeness(name, whole, pieces))
    taken = set(Player.objects.filter(link__isnull=False).values_list("pk", flat=True))
    mine = Player.objects.filter(imported_discord_id=account.discord_id, link__isnull=True)
    likely = [pk for pk in sorted(ranks, key=ranks.__getitem__) if pk not in taken]
    certain = list(mine.values_list("pk", flat=True))
    return _fetch(list(dict.fromkeys([*certain, *likely]))[:MOST_SUGGESTED])


def _ranks(judge: Judge) -> dict[int, Rank]:
    """Judge every name and alias; keep each player's best."""
    best: dict[int, Rank] = {}
    names: Iterable[tuple[int, str]] = [
        *Player.objects.values_list("pk", "name"),
        *PlayerAlias.objects.values_list("player_id", "name"),
    ]
    for pk, name in names:
        plain = folded(name)
        rank = judge(plain)
        if rank is not None:
            best[pk] = min(best.get(pk, (9, "")), (rank, plain))
    return best


def _rank(name: str, wanted: str) -> int | None:
    """Judge a name by a text: the name itself, its beginning, anywhere; None: not at all."""
    if wanted not in name:
        return None
    return 0 if name == wanted else 1 if name.startswith(wanted) else 2


def _likeness(name: str, whole: set[str], pieces: set[str]) -> int | None:
    if name in whole:
        return 0
    alike = any(piece in name for piece in pieces) or _pieces(name) & pieces
    return 1 if alike else None


def _pieces(name: str) -> set[str]:
    """Return the pieces of a name that are long enough to mean something."""
    return set(re.findall(r"[^\W\d_]{3,}", folded(name)))


def _fetch(pks: Sequence[int]) -> list[Player]:
    players = Player.objects.select_related("link").prefetch_related("aliases").in_bulk(list(pks))
    return [players[pk] for pk in pks]
