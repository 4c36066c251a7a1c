"""What others call somebody: a name of their own, a name they wore, or the player's."""

import re
import unicodedata
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import players
from accounts.models import AuditEntry, PlayerAlias, User

LONGEST = 32
MOST_ALIASES = 25
# What a chat would read as markup or as a mention; a name needs none of it.
MARKUP = re.compile(r"[\\*_~|>#\[\]()`<@]")
# Control, format (bidi, zero width), lone surrogates, private use, not assigned.
UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn")


class NameRefused(Exception):
    """The name is not taken; the text says which would be."""


def clean(name: str) -> str:
    """Return a name without control, bidi, zero-width and markup characters, at most 32 letters.

    White space becomes one space. Nothing may be left of it.
    """
    spaced = "".join(
        " " if letter.isspace() else letter
        for letter in unicodedata.normalize("NFC", name)
        if letter.isspace() or unicodedata.category(letter) not in UNSEEN
    )
    return " ".join(MARKUP.sub("", spaced).split())[:LONGEST].strip()


@transaction.atomic
def set_display_name(*, person: User, name: str, at: datetime, door: str = "web") -> str:
    """Choose a name freely; returns it as it is kept.

    Raises NameRefused if nothing is left of it, and for a name that another player wears.
    """
    kept = clean(name)
    if not kept:
        raise NameRefused(_("Write a name with letters that others can see, 32 at most."))
    if players.wears(kept, but=getattr(getattr(person, "link", None), "player_id", None)):
        raise NameRefused(_("A player is called %(name)s. Choose another name.") % {"name": kept})
    return _keep(person, kept, "custom", at, door)


@transaction.atomic
def use_alias(*, person: User, name: str, at: datetime, door: str = "web") -> str:
    """Choose a name that the person's player was seen with; raises NameRefused for any other."""
    if name not in aliases_of(person):
        raise NameRefused(_("Your player was never seen with that name. Choose one of the list."))
    return _keep(person, clean(players.COLOUR.sub("", name)), "alias", at, door)


@transaction.atomic
def reset_display_name(*, person: User, at: datetime, door: str = "web") -> str:
    """Go back to the player's own name; returns it."""
    _keep(person, "", "reset", at, door)
    return person.name


def _keep(person: User, name: str, how: str, at: datetime, door: str) -> str:
    person.display_name = name
    person.save(update_fields=["display_name"])
    AuditEntry.write("display_name_changed", at=at, actor=person, door=door, how=how)
    return name


def aliases_of(person: User) -> list[str]:
    """Return the names a person's player was seen with, the newest first, 25 at most."""
    if not hasattr(person, "link"):
        return []
    seen = PlayerAlias.objects.filter(player=person.link.player).order_by("-pk")
    names = [person.link.player.name, *seen.values_list("name", flat=True)[:MOST_ALIASES]]
    return list(dict.fromkeys(names))[:MOST_ALIASES]
