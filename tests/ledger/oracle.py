"""What a provider does and what people wished, in plain Python: nothing here knows our rows."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

# Discord compares nonces "for a few minutes"; two is what we trust.
NONCE_WINDOW = timedelta(seconds=120)


@dataclass(frozen=True)
class Posted:
    """One request as the provider saw it."""

    event_key: str
    recipient: str
    marker: str
    nonce: str
    at: datetime


@dataclass
class Provider:
    """Keeps messages, answers a repeated nonce with the first one, lets some land late."""

    messages: list[Posted] = field(default_factory=list)
    under_way: list[Posted] = field(default_factory=list)
    # Nobody knows any more whose history to read.
    blind: bool = False

    def post(self, request: Posted) -> int:
        """Take a message and return its number; the same nonce in time is the same message."""
        for number, said in enumerate(self.messages, 1):
            if said.nonce == request.nonce and request.at - said.at <= NONCE_WINDOW:
                return number
        self.messages.append(request)
        return len(self.messages)

    def advance(self, at: datetime) -> None:
        """Let land what was under way and is due by now."""
        landing = [one for one in self.under_way if one.at <= at]
        self.under_way = [one for one in self.under_way if one.at > at]
        for request in sorted(landing, key=lambda one: one.at):
            self.post(request)

    def find(self, marker: str) -> int | None:
        """Look for a message by its marker, as reading the history does."""
        numbers = [n for n, said in enumerate(self.messages, 1) if said.marker == marker]
        return numbers[0] if numbers and not self.blind else None


@dataclass
class Wishes:
    """What one person wants to hear now."""

    opted_in: bool = True
    quiet: tuple[time, time] | None = None

    def refuse(self, wall: time) -> str:
        """Say why nothing may be said to them at this time of day; empty: it may."""
        if not self.opted_in:
            return "opted out"
        return "quiet hours" if self.quiet and _covers(self.quiet, wall) else ""


def _covers(quiet: tuple[time, time], wall: time) -> bool:
    start, end = quiet
    return start <= wall < end if start < end else wall >= start or wall < end


@dataclass
class Oracle:
    """Who may be told what now."""

    wishes: dict[str, Wishes]
    # (event key, recipient): promised and not taken back since.
    no: set[tuple[str, str]] = field(default_factory=set)
    cancelled: set[tuple[str, str]] = field(default_factory=set)
    promised: set[tuple[str, str]] = field(default_factory=set)

    def promise(self, event_key: str, recipient: str) -> None:
        """Somebody promised it, perhaps again."""
        self.no.discard((event_key, recipient))
        self.cancelled.discard((event_key, recipient))
        self.promised.add((event_key, recipient))

    def say_no(self, recipient: str) -> None:
        """A person does not come."""
        self.no |= {one for one in self.promised if one[1] == recipient}

    def say_yes(self, recipient: str) -> None:
        """They come after all."""
        self.no -= {one for one in self.no if one[1] == recipient}

    def cancel(self, event_key: str, recipient: str) -> None:
        """Nobody wants it said to them any more."""
        self.cancelled |= {(event_key, recipient)} & self.promised

    def why_not(self, event_key: str, recipient: str, wall: time) -> str:
        """Say why a request may not start now; empty: it may."""
        if (event_key, recipient) not in self.promised:
            return "never promised"
        if (event_key, recipient) in self.cancelled:
            return "cancelled"
        if (event_key, recipient) in self.no:
            return "said no"
        return self.wishes[recipient].refuse(wall)
