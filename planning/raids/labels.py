"""What is written into the form for a raid, as days, times and a minimum. Pure."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from planning.raids.errors import BadInput
from planning.raids.models.raid import LONGEST_LABEL, MOST_OPTIONS
from planning.raids.models.setup import MOST_PLAYERS

SEPARATORS = re.compile(r"[,;\r\n\u2028\u2029]+")
# What Discord's form takes for a list; the site's as well.
LONGEST_LIST = 400
# Nothing is to be seen of them: a label of these alone would be an empty line in the vote.
UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn")


@dataclass(frozen=True)
class Labels:
    """The labels in their order, and those beyond the 25 that a vote holds."""

    kept: tuple[str, ...]
    dropped: tuple[str, ...] = ()


def fold(label: str) -> str:
    """Return what two labels are compared by: “FRI” and “fri” are one."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", label).casefold())


def read(text: str | Iterable[str], *, field: str) -> Labels:
    """Split a list at commas, semicolons and new lines; or take one that is split already.

    Trimmed, without empties, each once whatever its case, in the order they were written. Raises
    BadInput (`field` as given) for none at all and for a label that is longer than Discord shows.
    """
    pieces = SEPARATORS.split(text) if isinstance(text, str) else list(text)
    found: dict[str, str] = {}
    for piece in pieces:
        label = _tidy(piece)
        if len(label) > LONGEST_LABEL:
            raise BadInput(field, _too_long(label))
        if label:
            found.setdefault(fold(label), label)
    if not found:
        raise BadInput(field, _nothing(field))
    labels = tuple(found.values())
    return Labels(labels[:MOST_OPTIONS], labels[MOST_OPTIONS:])


def _tidy(piece: str) -> str:
    shown = [
        "" if unicodedata.category(letter) in UNSEEN and not letter.isspace() else letter
        for letter in unicodedata.normalize("NFC", piece)
    ]
    return " ".join("".join(shown).split())


def _too_long(label: str) -> str:
    text = _("“%(start)s…” is too long. Write at most %(most)d characters for one choice.")
    return text % {"start": label[:30], "most": LONGEST_LABEL}


def _nothing(field: str) -> str:
    if field == "days":
        return _("There is no day. Write at least one, such as Fri 20.11., Sat 21.11.")
    return _("There is no time. Write at least one, such as 20:00, 21:30.")


def minimum(text: str | int, *, field: str = "min_players") -> int:
    """Read the number of players that a slot needs; 0 means “from one”. Raises BadInput."""
    written = str(text).strip()
    if not re.fullmatch(r"[0-9]{1,9}", written) or int(written) > MOST_PLAYERS:
        shown = _tidy(written)[:30]
        words = _("“%(text)s” is not a number of players. Write 0 to %(most)d; 0 means from one.")
        raise BadInput(field, words % {"text": shown, "most": MOST_PLAYERS})
    return int(written)


def joined(labels: Iterable[str]) -> str:
    """Return labels as the form shows them: whole ones only, as many as it takes."""
    text = ""
    for label in labels:
        longer = f"{text}, {label}" if text else label
        if len(longer) > LONGEST_LIST:
            break
        text = longer
    return text
