"""What Discord does with a repeated nonce and with our buttons, measured and not believed.

Two habits of Discord carry "said once" and are written down nowhere: for how long it answers a
repeated nonce with the first message, and whether the history shows a bot the buttons of its own
messages. This says a few messages to one person and looks.
"""

import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import discord

from botworker import render
from botworker.channels.refusals import UNKNOWN_MESSAGE
from botworker.claims import MARKER

# The ledger repeats a request within seconds; beyond that it reads the history first.
RELIED_ON = 10.0
WORDS = "A test of Slomix. Nothing to do; this goes away by itself."
Sleep = Callable[[float], Awaitable[None]]
Tell = Callable[[str], None]


@dataclass
class Nonce:
    """For how long a repeated nonce was answered with the first message, in seconds.

    `same` and `new` are the longest wait that made none and the first that made another message.
    """

    same: float | None = None
    new: float | None = None
    other_words_ignored: bool | None = None
    after_deletion: str = ""


@dataclass
class History:
    """What reading the messages back showed."""

    found: bool = False
    buttons: bool = False
    nonce: bool = False
    words: bool = False


@dataclass
class Measured:
    """The measurements, and what of them Slomix would miss."""

    nonce: Nonce = field(default_factory=Nonce)
    history: History = field(default_factory=History)
    left_behind: int = 0

    @property
    def missed(self) -> list[str]:
        """Say which habits that the ledger relies on were not seen; empty when all were."""
        gaps = {
            f"a nonce repeated within {RELIED_ON:.0f} s makes a second message": (
                self.nonce.new is None or self.nonce.new > RELIED_ON
            ),
            "the history does not show the bot's own message": self.history.found,
            "the history does not show the buttons of the bot's own message": self.history.buttons,
        }
        return [gap for gap, fine in gaps.items() if not fine]


class Canary:
    """One measurement in one channel. Whatever it said is deleted at the end."""

    def __init__(self, target: discord.abc.Messageable, *, sleep: Sleep, tell: Tell) -> None:
        self.target = target
        self.sleep = sleep
        self.tell = tell
        self.said: list[discord.Message] = []

    async def measure(self, waits: Sequence[float]) -> Measured:
        """Measure; `waits` are seconds after the first message, rising.

        Raises discord.HTTPException for what Discord refuses.
        """
        found = Measured()
        try:
            marker = secrets.token_urlsafe(16)
            first = await self._say(nonce := _nonce(), marker)
            found.history = await self._read_back(first, marker)
            found.nonce = await self._repeat(first, nonce, marker, waits)
            found.nonce.after_deletion = await self._after_deletion()
        finally:
            found.left_behind = await self._tidy()
        return found

    async def _say(self, nonce: str, marker: str, words: str = WORDS) -> discord.Message:
        button = {"id": f"dlv:{MARKER}:canary:00000000", "label": "Test", "disabled": True}
        message = await self.target.send(
            words,
            nonce=nonce,
            allowed_mentions=discord.AllowedMentions.none(),
            **render.arguments({"rows": [[button]]}, marker),
        )
        if all(message.id != one.id for one in self.said):
            self.said.append(message)
        return message

    async def _read_back(self, said: discord.Message, marker: str) -> History:
        before = discord.Object(said.id - (60_000 << 22))
        async for message in self.target.history(after=before, limit=None):
            if message.id == said.id:
                return History(
                    found=True,
                    buttons=render.carries(message, marker),
                    nonce=message.nonce is not None,
                    words=message.content == WORDS,
                )
        return History()

    async def _repeat(
        self, first: discord.Message, nonce: str, marker: str, waits: Sequence[float]
    ) -> Nonce:
        found, waited = Nonce(), 0.0
        for wait in waits:
            await self.sleep(wait - waited)
            waited = wait
            again = await self._say(nonce, marker)
            self.tell(f"after {wait:g} s: {'the same' if again.id == first.id else 'another'}")
            if again.id != first.id:
                found.new = wait
                break
            found.same = wait
            if found.other_words_ignored is None:
                other = await self._say(nonce, marker, f"{WORDS} Said differently.")
                found.other_words_ignored = other.id == first.id and other.content == WORDS
        return found

    async def _after_deletion(self) -> str:
        """Say how a nonce is answered whose message was deleted in between."""
        nonce, marker = _nonce(), secrets.token_urlsafe(16)
        gone = await self._say(nonce, marker)
        await gone.delete()
        self.said.remove(gone)
        try:
            again = await self._say(nonce, marker)
        except discord.HTTPException as refused:
            known = " (unknown message)" if refused.code == UNKNOWN_MESSAGE else ""
            return f"refused with {refused.status}, {refused.code}{known}"
        return "the deleted message" if again.id == gone.id else "a new message"

    async def _tidy(self) -> int:
        left = 0
        for message in self.said:
            try:
                await message.delete()
            except discord.NotFound:
                pass  # somebody was quicker
            except discord.HTTPException:
                left += 1
        return left


def _nonce() -> str:
    # Discord takes 25 characters at most.
    return secrets.token_hex(12)


def as_json(found: Measured) -> dict[str, Any]:
    """Return the measurements as plain data."""
    return {
        "nonce": vars(found.nonce),
        "history": vars(found.history),
        "left_behind": found.left_behind,
        "missed": found.missed,
    }
