"""Words in chat that are answered: whole words, whatever their case. What fits is pure.

The rows are kept in memory and read anew now and then, so a message costs no query.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from botworker.models import KeywordReply

READ_EVERY = 15.0
# In one channel a word is answered that often; else two people could fill it with our replies.
AGAIN_AFTER = 10.0
LONGEST = 2000


@dataclass(frozen=True)
class Keyword:
    """One word and its answer; `guild_id` is Discord's, 0 for everywhere."""

    number: int
    guild_id: int
    word: re.Pattern[str]
    reply: str


@dataclass
class Replies:
    """Answers by what was read last; remembers when it answered what where."""

    keywords: tuple[Keyword, ...] = ()
    answered: dict[tuple[int, int], float] = field(default_factory=dict)

    def to(self, text: str, *, guild_id: int, channel_id: int, now: float) -> str:
        """Return the reply to a message; empty for none. `now` is in seconds, of any clock that
        runs forward; `guild_id` is 0 privately."""
        due = [
            one
            for one in matching(self.keywords, text, guild_id)
            if now - self.answered.get((channel_id, one.number), -AGAIN_AFTER) >= AGAIN_AFTER
        ]
        if not due:
            return ""
        self.answered = {
            where: at for where, at in self.answered.items() if now - at < AGAIN_AFTER
        } | {(channel_id, one.number): now for one in due}
        return "\n".join(one.reply for one in due)[:LONGEST]


def matching(keywords: Iterable[Keyword], text: str, guild_id: int) -> list[Keyword]:
    """Return the keywords that a text holds as whole words, on a server or, with 0, privately."""
    return [one for one in keywords if one.guild_id in (0, guild_id) and one.word.search(text)]


def pattern(word: str) -> re.Pattern[str]:
    """Return what finds a word, not inside of another one, whatever its case."""
    return re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)


def active() -> tuple[Keyword, ...]:
    """Return the words that are answered; one query."""
    rows = KeywordReply.objects.filter(is_active=True).select_related("guild").order_by("pk")
    return tuple(
        Keyword(row.pk, row.guild.discord_id if row.guild else 0, pattern(row.word), row.reply)
        for row in rows
    )
