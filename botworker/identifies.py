"""How often the bot may say IDENTIFY: at once when all is well, ever more slowly in a crash loop.

Discord takes 1,000 a day and then ends every session and resets the token. Counted are those of
every process, because a supervisor starts a crashing one again and again. A RESUME costs nothing
and is not counted.
"""

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from botworker import leader
from botworker.leader import Deposed, Term
from botworker.models import Identify
from slomix.lib import clock
from slomix.lib.bridge import call

log = logging.getLogger(__name__)

DAY = timedelta(hours=24)
# Those of the last ten minutes make the next one wait 1, 2, 4 … 60 s after the last.
LATELY = timedelta(minutes=10)
LONGEST = 60.0
# From the 300th within 24 hours on, one in four minutes: 660 in any 24 hours at the most.
MANY, SELDOM = 300, 240.0
# An open socket that has not identified is closed after a minute; longer waits are done without.
ON_THE_LINE = 40.0


class TooOften(Exception):
    """The next IDENTIFY is too far away to keep a socket open for it."""


def pause(lately: int, today: int) -> float:
    """Return how many seconds must lie between the last IDENTIFY and the next."""
    if today >= MANY:
        return SELDOM
    return min(LONGEST, 2.0 ** (lately - 1)) if lately else 0.0


def wait(crashed: Sequence[datetime], today: Sequence[datetime], at: datetime) -> float:
    """Return how many seconds to wait: `today` are all of the last day, `crashed` those of terms
    that were not ended on request."""
    if not today:
        return 0.0
    lately = sum(one > at - LATELY for one in crashed)
    # A clock that was set back must not add its step to the pause.
    last = min(at, max(today))
    return max(0.0, (last - at).total_seconds() + pause(lately, len(today)))


def seconds_left(at: datetime) -> float:
    """Return how long the next IDENTIFY must wait."""
    rows = list(Identify.objects.filter(at__gt=at - DAY).values_list("at", "ended_well"))
    return wait([when for when, well in rows if not well], [when for when, _well in rows], at)


def counted() -> list[tuple[datetime, bool]]:
    """Return when each IDENTIFY of the last day was counted, and whether its term ended well."""
    return list(Identify.objects.order_by("at").values_list("at", "ended_well"))


@transaction.atomic
def record(term: Term, at: datetime) -> None:
    """Count an IDENTIFY that is about to be sent. Raises Deposed when the term is over."""
    if not leader.beat(term):
        raise Deposed
    Identify.objects.filter(at__lte=at - DAY).delete()
    Identify.objects.create(at=at, epoch=term.epoch)


async def wait_for_turn() -> None:
    """Wait until the next IDENTIFY may be sent."""
    left = await call(seconds_left, clock.now())
    if left:
        log.warning("identified often of late; the next one in %.0f s", left)
    while left:
        await asyncio.sleep(left)
        left = await call(seconds_left, clock.now())


async def take_turn(term: Term) -> None:
    """Wait a little and count, with the socket open already. Raises TooOften and Deposed."""
    left = await call(seconds_left, clock.now())
    if left > ON_THE_LINE:
        raise TooOften(f"{left:.0f} s too early")
    await asyncio.sleep(left)
    await call(record, term, clock.now())
