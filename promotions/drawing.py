"""How far a call is, drawn as one bar. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

# What became of a message, from left to right, and the colour of its slice.
TONES = {
    "sent": "available",
    "unconfirmed": "maybe",
    "failed": "bad",
    "skipped": "out",
    "waiting": "looking",
}


@dataclass(frozen=True)
class Slice:
    """A piece of the bar: where it begins and how wide it is, as SVG has it."""

    tone: str
    x: str
    width: str


def slices(counts: Mapping[str, int]) -> list[Slice]:
    """Return the pieces of a bar; together they fill it, and nothing has no piece."""
    total = sum(counts.values())
    found, begun = [], 0
    for group, tone in TONES.items():
        number = counts.get(group, 0)
        if number:
            found.append(Slice(tone, _percent(begun, total), _percent(number, total)))
        begun += number
    return found


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.4g}%"
