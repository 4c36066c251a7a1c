"""What the JSON doors to evenings have in common: days as they are asked for, and refusals."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Annotated

from ninja import Schema
from pydantic import ConfigDict, Field, StringConstraints

from availability import actions
from availability.actions import AnswerRefused, NotLinked
from slomix.lib import clock
from slomix.lib.errors import Refused

LONGEST_RANGE = 180
Word = Annotated[str, StringConstraints(strict=True, max_length=64)]


class Body(Schema):
    """What is sent; a field that we do not know is a mistake, and said to be one."""

    model_config = ConfigDict(extra="forbid")


class Span(Schema):
    """The days that are asked for: from and to, both included."""

    start: str | None = Field(None, alias="from")
    end: str | None = Field(None, alias="to")


@contextmanager
def refusals() -> Iterator[None]:
    """Turn the verbs' refusals into answers of the API."""
    try:
        yield
    except NotLinked as refused:
        raise Refused(403, str(refused), refused.field) from refused
    except actions.NothingToUndo as refused:
        raise Refused(409, str(refused)) from refused
    except actions.NoSuchAbsence as refused:
        raise Refused(404, str(refused), refused.field) from refused
    except AnswerRefused as refused:
        raise Refused(400, str(refused), refused.field) from refused


def day(text: str | None, field: str, *, status: int = 400) -> date:
    """Read one day; raises Refused with the status for what is none."""
    if not text or not actions.ISO_DAY.fullmatch(text):
        raise Refused(status, f"{field} is {(text or '')[:40]!r}; write it as 2026-11-24.", field)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(status, f"{field} is {text!r}; there is no such day.", field) from None


def span(asked: Span, days: int) -> tuple[date, date]:
    """Read a range: from today, `days` long unless told otherwise, 180 days at most.

    Raises Refused: 422 for what is no day, 400 for a range that is swapped or too long.
    """
    first = day(asked.start, "from", status=422) if asked.start else clock.today(clock.now())
    # 9999-12-31 plus sixty days is no date.
    latest = min(first, date.max - timedelta(days)) + timedelta(days=days)
    last = day(asked.end, "to", status=422) if asked.end else latest
    if first > last:
        raise Refused(400, "from is after to; swap them.", "from")
    if (last - first).days + 1 > LONGEST_RANGE:
        raise Refused(400, f"Ask for {LONGEST_RANGE} days at most.", "to")
    return first, last
