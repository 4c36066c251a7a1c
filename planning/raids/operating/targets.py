"""Which server somebody means by what they wrote. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from planning.raids.errors import BadInput

Servers = Sequence[tuple[int, str]]
NUMBER = re.compile(r"\(([0-9]{1,20})\)\s*$")
MOST_CHOICES, LONGEST = 25, 100


def find(written: str, servers: Servers) -> int:
    """Return the id of the server that is meant: by “name (id)”, its whole name, or a piece of it.

    Case does not matter. Raises BadInput where none or several are meant.
    """
    text = written.strip()
    if not text:
        raise BadInput("guild_name", _("Write the name of a server."))
    if number := NUMBER.search(text):
        return _one([one for one, _name in servers if one == int(number[1])], text)
    wanted = text.casefold()
    whole = [one for one, name in servers if name.casefold() == wanted]
    return _one(whole or [one for one, name in servers if wanted in name.casefold()], text)


def _one(found: Sequence[int], text: str) -> int:
    if not found:
        raise BadInput("guild_name", _("I am on no server “%(name)s”.") % {"name": text[:LONGEST]})
    if len(found) > 1:
        facts = {"name": text[:LONGEST], "n": len(found)}
        wrong = _("“%(name)s” could be %(n)d servers. Choose one of those that are offered.")
        raise BadInput("guild_name", wrong % facts)
    return found[0]


def offered(typed: str, servers: Servers) -> list[str]:
    """Return what completes a server's name; two of one name are told apart by their ids."""
    wanted = typed.strip().casefold()
    return [one for one in labels(servers) if wanted in one.casefold()][:MOST_CHOICES]


def labels(servers: Servers) -> list[str]:
    """Return the servers' names in their order, with the id where two have the same."""
    often = Counter(name.casefold() for _one, name in servers)
    return [_label(one, name, often[name.casefold()] > 1) for one, name in _sorted(servers)]


def _label(number: int, name: str, twice: bool) -> str:
    suffix = f" ({number})" if twice else ""
    return name[: LONGEST - len(suffix)] + suffix


def _sorted(servers: Iterable[tuple[int, str]]) -> list[tuple[int, str]]:
    return sorted(servers, key=lambda one: (one[1].casefold(), one[0]))
