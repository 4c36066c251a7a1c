"""A range of days as the JSON API shows it, kept in the process until an answer changes it.

Names are compared each time: somebody who is called differently, or is not linked to Discord any
more, is seen at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings

from availability import board, looks, queries, shown
from availability.queries import Said, Stamp
from availability.shown import Named, Numbers
from slomix.lib import clock
from slomix.lib.keep import Kept


@dataclass(frozen=True)
class _Written:
    """Names as JSON, and whose they are as it was read."""

    named: Named
    people: frozenset[int]
    text: str


# Half a year of names of two hundred people is 2 MB.
_numbers: Kept[Numbers] = Kept(64)
_written: Kept[_Written] = Kept(8)


def numbers(first: date, last: date, stamp: Stamp, at: datetime) -> Numbers:
    """Return what everybody sees as JSON; `stamp` is of these days and of today."""
    today, threshold = clock.today(at), settings.READY_THRESHOLD

    def make() -> Numbers:
        counts = queries.counts(first, last, also=today)
        return shown.numbers(first, last, counts, today=today, threshold=threshold)

    return _numbers.get((first, last, today, threshold), stamp, at, make)


def named(first: date, last: date, stamp: Stamp, at: datetime) -> Named:
    """Return who said what as JSON. Only for those who may see names."""
    return _written.get(
        (first, last), stamp, at, lambda: _write(first, last), still=_look_the_same
    ).named


def _look_the_same(kept: _Written) -> bool:
    return kept.text == looks.text_of(kept.people)


def _write(first: date, last: date) -> _Written:
    said = queries.said(first, last)
    people = frozenset(_everybody(said))
    text = looks.text_of(people)
    called = {
        one.pk: {"user_id": str(one.discord.discord_id), "display_name": looks.person(one).name}
        for one in looks.read(text)
        if one.discord
    }
    return _Written(shown.named(board.days(first, last), said, called), people, text)


def _everybody(said: Said) -> Iterable[int]:
    return (who for day in said.values() for some in day.values() for who in some)
