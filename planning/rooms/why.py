"""Keep with a line-up why these teams: facts, so that everybody reads them in their own language.

`fairness` has the words. Pure.
"""

import json
from dataclasses import replace
from typing import Any

from planning.rooms.balance import Reason, Split, Standing, Unkept, Wish

LONGEST = 300  # Lineup.why holds no more
REASONS = tuple(Reason)
NOBODY = Standing((0.0, 0.0), (0.0, 0.0), per_player=False, gap=0.0, ahead=None, larger=None)


def pack(split: Split) -> str:
    """Return the facts of a split in 300 characters; of too many wishes the last go first."""
    while True:
        text = json.dumps(_facts(split), separators=(",", ":"))
        if len(text) <= LONGEST:
            return text
        if split.unkept:
            split = replace(split, unkept=split.unkept[:-1])
        elif split.kept:
            split = replace(split, kept=split.kept[:-1])
        else:
            split = replace(split, unrated=())


def unpack(text: str) -> Split | None:
    """Return a split with the facts that were packed, for `fairness`; None where none were.

    Sides and standing are not among them: the line-up has those.
    """
    try:
        facts = json.loads(text)
        return Split(
            sides=((), ()),
            standing=NOBODY,
            seed=facts["s"],
            possible=facts["p"],
            examined=facts["x"],
            proved=bool(facts["v"]),
            equals=facts["e"],
            kept=tuple(_wish(one) for one in facts["k"]),
            unkept=tuple(_unkept(one) for one in facts["u"]),
            unrated=tuple(facts["n"]),
            stand_in=facts["i"],
            repeats=facts["r"],
        )
    except (ValueError, KeyError, TypeError, IndexError):
        return None


def _facts(split: Split) -> dict[str, Any]:
    return {
        "s": split.seed,
        "p": split.possible,
        "x": split.examined,
        "v": int(split.proved),
        "e": split.equals,
        "k": [_pair(wish) for wish in split.kept],
        "u": [
            [*_pair(one.wish), REASONS.index(one.reason), *map(_pair, one.against)]
            for one in split.unkept
        ],
        "n": list(split.unrated),
        "i": round(split.stand_in, 3),
        "r": split.repeats,
    }


def _pair(wish: Wish) -> list[int]:
    return [wish.first, wish.second, int(wish.apart)]


def _wish(packed: list[int]) -> Wish:
    first, second, apart = packed
    return Wish(first, second, apart=bool(apart))


def _unkept(packed: list[Any]) -> Unkept:
    wish, reason, against = packed[:3], packed[3], packed[4:]
    return Unkept(_wish(wish), REASONS[reason], tuple(map(_wish, against)))
