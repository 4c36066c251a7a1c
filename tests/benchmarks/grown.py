"""Grown: the evening under load with a second bot, a second worker and two more drains.

As on further machines with one database: each of them may send, one keeps the gateway, nobody hears
anything twice.
"""

from dataclasses import replace
from typing import Any

from tests.benchmarks.load import SIZES, play

MORE = ("bot", "worker", "drain", "drain")


def measure(size: str) -> dict[str, Any]:
    """Play a third of the pages, for a minute at most: this is about who sends, not how fast."""
    wanted = SIZES[size].third()
    return play(replace(wanted, seconds=min(60, wanted.seconds)), MORE)
