"""Where somebody talks: a channel, a thread, or the direct messages of a service."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

CHANNEL, DIRECT, TELEGRAM, SIGNAL = "c", "dm", "telegram", "signal"
PRIVATE = {DIRECT: "Discord", TELEGRAM: "Telegram", SIGNAL: "Signal"}
SIGNS = {DIRECT: "mail", TELEGRAM: "plane", SIGNAL: "bubble"}


@dataclass(frozen=True, slots=True)
class Place:
    """One conversation of one person; its text stands in addresses: `c701`, `dm`, `telegram`."""

    kind: str = DIRECT
    channel: int = 0

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Read what an address says; None when it says nothing of the kind."""
        if text in PRIVATE:
            return cls(text)
        channel = number(text[1:]) if text.startswith(CHANNEL) else 0
        return cls(CHANNEL, channel) if channel else None

    def __str__(self) -> str:
        return f"{CHANNEL}{self.channel}" if self.kind == CHANNEL else self.kind


def number(text: str) -> int:
    """Read an id; 0 when it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 20 else 0
