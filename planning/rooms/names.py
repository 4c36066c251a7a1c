"""Team names as they are taken, and when two of them are the same to the eye. Pure.

What a name is made harmless for is where it is said: templates escape it, `botworker.plain` writes
it for Discord. Here goes only what nobody sees.
"""

import hashlib
import re
import unicodedata

from planning.rooms.lookalikes import LOOKALIKES, PAIRS

SHORTEST, LONGEST = 2, 48
# More strokes than that on one letter run over their neighbours.
MOST_MARKS = 2
FOLDED = 200  # Name.folded holds no more

# Format (bidi, zero width, tags), surrogates, private and unassigned; they show nothing.
UNSEEN = frozenset({"Cf", "Cs", "Co", "Cn"})
# Shown as nothing although Unicode calls them letters, marks or signs.
FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
SELECTORS = re.compile("[\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
SPACES = frozenset({"Zs", "Zl", "Zp", "Cc"})
DOT_ABOVE = "\u0307"


class Unfit(ValueError):
    """A text that is no team name: too short or too long once what nobody sees is gone."""


def clean(text: str) -> str:
    """Return a name as it is kept: 2 to 48 characters, at least two of them to be seen.

    Control characters and every kind of space are one space, what shows nothing is gone, no letter
    has more than two marks. Raises Unfit.
    """
    # Far longer ones are not worth the work.
    letters = unicodedata.normalize("NFC", "".join(map(_kept, text[: LONGEST * 100])))
    name = " ".join(_few_marks(letters).split())
    if len(name) > LONGEST or sum(map(_shows, name)) < SHORTEST:
        raise Unfit
    return name


def fold(name: str) -> str:
    """Return what names that look alike have in common, at most 200 characters.

    Upper and lower case, full width, ligatures, composed and decomposed letters, and the twins of
    `lookalikes` are the same: «Alpha», «ALPHA» and «Аlpha» with a Cyrillic А. Accents are not.
    """
    # Twice: what is compatible may have an upper case of its own.
    level = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    letters = unicodedata.normalize("NFD", level.casefold()).translate(LOOKALIKES)
    for pair, one in PAIRS:
        letters = letters.replace(pair, one)
    # An i has its dot already, and `lookalikes` calls it l.
    folded = " ".join(letters.replace("l" + DOT_ABOVE, "l").split())
    # One sign can stand for a whole sentence.
    return folded if len(folded) <= FOLDED else hashlib.sha256(folded.encode()).hexdigest()


def _kept(letter: str) -> str:
    kind = unicodedata.category(letter)
    if kind in SPACES:
        return " "
    gone = kind in UNSEEN or letter in FILLERS or SELECTORS.match(letter)
    return "" if gone else letter


def _few_marks(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for letter in text:
        marks = marks + 1 if unicodedata.category(letter).startswith("M") else 0
        if marks <= MOST_MARKS:
            kept.append(letter)
    return "".join(kept)


def _shows(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "LNPS"
