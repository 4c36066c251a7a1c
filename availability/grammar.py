"""What people write about an evening, in English and Slovene. Pure: no clock, no query.

`parse` understands *tonight looking*, *iščem v petek*, *24. 11. 2026 ne*, *status*, *IN*: both orders,
any case, with or without carons, with or without `/` or `!`, and *from 21:30* beside an answer. What
it does not understand it names, so that whoever answers can say how to write it right.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

from availability.grammar_words import (
    ALONE,
    CLEARS,
    COMMANDS,
    DATES,
    DAYS,
    FILLERS,
    FROM,
    MONTHS,
    PUNCTUATION,
    STATUSES,
    TIME,
    WEEKDAYS,
    Verb,
)
from availability.models import Status

__all__ = [
    "Meant",
    "Mistake",
    "Verb",
    "Wrong",
    "day_of",
    "is_clear",
    "parse",
    "status_of",
    "time_of",
]

# Nobody says an evening in more words; a longer message is talk.
MOST_WORDS = 12
# “Friday 24. 11. 2026” is the longest day.
LONGEST_DAY = 4


class Wrong(StrEnum):
    """What was not understood."""

    DAY = "day"
    STATUS = "status"
    TIME = "time"
    UNKNOWN = "unknown"  # none of our sentences


@dataclass(frozen=True)
class Meant:
    """What a message asks for. `day` is None where none was named; `start` is the *from*."""

    verb: Verb
    day: date | None = None
    status: str = ""
    start: time | None = None


@dataclass(frozen=True)
class Mistake:
    """What is wrong with a message, and the piece of it that is, as it was written."""

    wrong: Wrong
    text: str = ""


@dataclass(frozen=True)
class _Word:
    """One word as it was written, with its punctuation but plain, and its letters alone."""

    raw: str
    plain: str
    key: str


def folded(text: str) -> str:
    """Return a text in small letters, without carons and in the plainest form of each sign."""
    # A sign may fall apart once more when it is small.
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(one for one in apart if not unicodedata.combining(one))


def parse(text: str, *, today: date) -> Meant | Mistake:
    """Read one message; never raises. `today` is the date in the evening's zone.

    A day without a year is the nearest one, so *20. 11.* on the 21st is yesterday; a weekday is the
    next one, today included. Whether a day can be answered is for the verbs to say.
    """
    words = _words(text)
    asked = bool(words) and words[0].key in COMMANDS
    if asked:
        words = words[1:]
    if not words or len(words) > MOST_WORDS:
        return Mistake(Wrong.UNKNOWN, text.strip())
    rest, said = _time_apart(words)
    found = _sentence(rest, today, asked) if rest else Mistake(Wrong.UNKNOWN, text.strip())
    if said is None or isinstance(found, Mistake):
        return found
    if not _may_begin_later(found):
        return Mistake(Wrong.UNKNOWN, text.strip())
    start = time_of(said)
    if start is None:
        return Mistake(Wrong.TIME, said)
    return Meant(found.verb, found.day, found.status, start)


def day_of(text: str, *, today: date) -> date | None:
    """Read a day alone: a word for it, a weekday, or a date with or without its year; else None."""
    words = [one for one in _words(text) if one.key not in FILLERS]
    return _day(words, today) if 0 < len(words) <= LONGEST_DAY else None


def status_of(text: str) -> str | None:
    """Read an answer alone, by its name or any synonym; return the status or None."""
    words = _words(text)
    return STATUSES.get(_key(words)) if len(words) <= MOST_WORDS else None


def is_clear(text: str) -> bool:
    """Say whether a text is one of the words that take an answer back."""
    words = _words(text)
    return len(words) == 1 and words[0].key in CLEARS


def time_of(text: str) -> time | None:
    """Read a time of day: 21:30, 21.30, 21h30, 21h or 21; None for anything else."""
    found = TIME.fullmatch(folded(text.strip()))
    if found is None:
        return None
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _words(text: str) -> list[_Word]:
    found = []
    for number, raw in enumerate(text.split()[: MOST_WORDS + 2]):
        plain = folded(raw).strip(PUNCTUATION)
        if number == 0:
            # Telegram writes the bot's name after a command: /today@slomix_bot
            plain = plain.lstrip("/!").partition("@")[0]
        for piece in plain.split() or [plain]:
            key = "".join(one for one in piece if one.isalnum())
            if key or raw.strip(PUNCTUATION + "/!"):
                found.append(_Word(raw, piece, key))
    return found


def _time_apart(words: list[_Word]) -> tuple[list[_Word], str | None]:
    """Return the words without “from 21:30”, and what stands in the place of the time."""
    for number, word in enumerate(words):
        if word.key in FROM and number + 1 < len(words):
            return words[:number] + words[number + 2 :], words[number + 1].plain
    return words, None


def _may_begin_later(found: Meant) -> bool:
    coming = found.verb is Verb.ANSWER and found.status != Status.NOT_PLAYING
    return coming or found.verb is Verb.IN


def _sentence(words: list[_Word], today: date, asked: bool) -> Meant | Mistake:
    whole = _key(words)
    if whole in ALONE and not (asked and whole in STATUSES):
        return Meant(ALONE[whole])
    spoken, words = words, [one for one in words if one.key not in FILLERS]
    if not words:
        return Mistake(Wrong.UNKNOWN, _raw(spoken))
    day, rest = _day_apart(words, today)
    if day is not None:
        meant = _meant(_key(rest)) if rest else Meant(Verb.STATUS)
        if meant is None and _day_apart(rest, today)[0]:
            return Mistake(Wrong.DAY, _raw(words))  # Monday the 24th, which is a Tuesday
        if meant is None:
            return Mistake(Wrong.STATUS, _raw(rest))
        return Meant(meant.verb, day, meant.status)
    key = _key(words)
    if key in ALONE and not (asked and key in STATUSES):
        return Meant(ALONE[key])
    return _meant(key) or _mistake(words, asked)


def _meant(key: str) -> Meant | None:
    """Return what the words beside a day mean."""
    if key in STATUSES:
        return Meant(Verb.ANSWER, status=STATUSES[key])
    if key in CLEARS:
        return Meant(Verb.CLEAR)
    return Meant(ALONE[key]) if key in ALONE else None


def _mistake(words: list[_Word], asked: bool) -> Mistake:
    """Say which half was not understood: an answer beside something that is no day, or none."""
    for size in range(min(len(words) - 1, LONGEST_DAY), 0, -1):
        for some, rest in ((words[-size:], words[:-size]), (words[:size], words[size:])):
            if (_key(some) in STATUSES or _key(some) in CLEARS) and (asked or _like_a_day(rest)):
                return Mistake(Wrong.DAY, _raw(rest))
    if asked and len(words) == 1:
        return Mistake(Wrong.STATUS, _raw(words))
    return Mistake(Wrong.UNKNOWN, _raw(words))


def _like_a_day(words: list[_Word]) -> bool:
    """Tell “29. 2. 2026” and “fryday” from “no problem, see you”."""
    digits = any(one.isdigit() for word in words for one in word.key)
    return len(words) == 1 or (digits and len(words) <= LONGEST_DAY)


def _day_apart(words: list[_Word], today: date) -> tuple[date | None, list[_Word]]:
    """Find the day at either end of a sentence, the longest that is one; return the rest, too."""
    for size in range(min(len(words), LONGEST_DAY), 0, -1):
        if (day := _day(words[:size], today)) is not None:
            return day, words[size:]
        if (day := _day(words[-size:], today)) is not None:
            return day, words[:-size]
    return None, words


def _day(words: list[_Word], today: date) -> date | None:
    try:
        if len(words) == 1 and words[0].key in DAYS:
            return today + timedelta(days=DAYS[words[0].key])
        weekday = WEEKDAYS.get(words[0].key)
        if weekday is None:
            return _date(" ".join(one.plain for one in words), today)
        if len(words) == 1:
            return today + timedelta(days=(weekday - today.weekday()) % 7)
        named = _date(" ".join(one.plain for one in words[1:]), today)
        return named if named and named.weekday() == weekday else None
    except (ValueError, OverflowError):
        return None  # 2026-02-29 looks like a day and is none


def _date(text: str, today: date) -> date | None:
    """Read a date. Raises ValueError for one that looks right and does not exist."""
    for shape in DATES:
        if found := shape.fullmatch(text):
            day = int(found["day"])
            month = MONTHS.get(found["month"]) or int(found["month"])
            if found["year"]:
                return date(int(found["year"]), month, day)
            return _nearest(today, month, day)
    return None


def _nearest(today: date, month: int, day: int) -> date:
    found = []
    for year in (today.year, today.year + 1, today.year - 1):
        try:
            found.append(date(year, month, day))
        except ValueError:
            continue  # there is no 29 February that year
    return min(found, key=lambda one: abs(one - today))


def _key(words: Iterable[_Word]) -> str:
    return "".join(one.key for one in words)


def _raw(words: Iterable[_Word]) -> str:
    # A word that falls apart into two is one word as it was written.
    return " ".join(dict.fromkeys(one.raw.lstrip("/!") for one in words)).strip(",;:?!\"'“”„»«")
