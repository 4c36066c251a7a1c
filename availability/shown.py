"""The evenings as JSON, put together from pieces that are made once for everybody.

Thirty evenings of two hundred people are 400 kB. Nobody's own answer and nobody's rights are in
the pieces; they are put between them, and names are left out for whoever may not see them.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from availability.board import Counts, days
from availability.models import Status
from availability.quorum import Quorum


def encoded(data: Any) -> bytes:
    """Write JSON as `JsonResponse` does."""
    return json.dumps(data, cls=DjangoJSONEncoder).encode()


@dataclass(frozen=True)
class Numbers:
    """What everybody sees of a range of days: the beginning of each day's object, and the end."""

    days: Sequence[date]
    # Each begins an object and leaves it open: {"date": …, "counts": …, "total": …
    heads: Sequence[bytes]
    begin: bytes
    ready: bytes
    digest: bytes


@dataclass(frozen=True)
class Named:
    """Who said what, day by day in the same order; each ends its day's object."""

    tails: Sequence[bytes]
    digest: bytes


def numbers(
    first: date, last: date, counts: Mapping[date, Counts], *, today: date, threshold: int
) -> Numbers:
    """Write what everybody sees. `counts` may lack evenings that nobody answered."""
    asked = days(first, last)
    heads = [_head(day, counts.get(day, Counts())) for day in asked]
    begin = encoded({"from": first, "to": last, "statuses": Status.values})[:-1]
    ready = encoded(_ready(today, counts.get(today, Counts()), threshold))
    return Numbers(asked, heads, begin, ready, _digest([begin, *heads, ready]))


def _head(day: date, counts: Counts) -> bytes:
    return encoded({"date": day, "counts": counts.by_status(), "total": counts.total})[:-1]


def _ready(today: date, counts: Counts, threshold: int) -> dict[str, Any]:
    """Today's, whatever days were asked for."""
    quorum = Quorum(counts.looking, threshold)
    return {
        "date": today,
        "ready": quorum.ready,
        "looking_count": quorum.looking,
        "threshold": quorum.threshold,
        "event_key": f"SESSION_READY:{today}:threshold={quorum.threshold}",
    }


def named(
    asked: Sequence[date],
    said: Mapping[date, Mapping[str, Sequence[int]]],
    people: Mapping[int, Mapping[str, str]],
) -> Named:
    """Write who said what: `said` has people's numbers by day and status; whoever is not among
    `people` is not named."""
    written = {number: encoded(person) for number, person in people.items()}
    tails = [_tail(said.get(day, {}), written) for day in asked]
    return Named(tails, _digest(tails))


def _tail(said: Mapping[str, Sequence[int]], written: Mapping[int, bytes]) -> bytes:
    there = [
        b'"%s": [%s]'
        % (
            status.encode(),
            b", ".join(written[one] for one in said.get(status, ()) if one in written),
        )
        for status in Status.values
    ]
    return b', "users_by_status": {%s}}' % b", ".join(there)


def _digest(pieces: Sequence[bytes]) -> bytes:
    return hashlib.sha256(b"\n".join(pieces)).digest()


@dataclass(frozen=True)
class Answer:
    """The answer for one viewer: its tag first, its bytes only if they are wanted."""

    tag: str
    body: Callable[[], bytes]


def answer(
    seen: Numbers, names: Named | None, mine: Mapping[date, str] | None, viewer: Mapping[str, bool]
) -> Answer:
    """Put the pieces together for one viewer; `mine` is None for a visitor."""
    own = _own(seen.days, mine)
    about = encoded(viewer)
    digest = hashlib.sha256(seen.digest)
    digest.update(b"\n".join([*own, about, names.digest if names else b""]))
    return Answer(digest.hexdigest()[:32], lambda: _body(seen, names, own, about))


_MINE = {said: b', "my_status": %s' % encoded(said) for said in (None, *Status.values)}


def _own(asked: Sequence[date], mine: Mapping[date, str] | None) -> list[bytes]:
    if mine is None:
        return [b""] * len(asked)
    return [_MINE[mine.get(day)] for day in asked]


def _body(seen: Numbers, names: Named | None, own: Sequence[bytes], about: bytes) -> bytes:
    ends = names.tails if names else [b"}"] * len(own)
    pieces: list[bytes] = []
    for head, mine, end in zip(seen.heads, own, ends, strict=True):
        pieces += (b", ", head, mine, end)
    pieces[0] = b', "days": ['
    return b"".join(
        [seen.begin, *pieces, b'], "viewer": ', about, b', "session_ready": ', seen.ready, b"}"]
    )
