"""The evening as a ruler: where now, the call and the start stand on it. Pure."""

from dataclasses import dataclass
from datetime import datetime

from availability.board import Times
from slomix.lib import clock


@dataclass(frozen=True)
class Tick:
    """One stroke across the ruler; long ones carry a time."""

    x: str
    top: int
    bottom: int


@dataclass(frozen=True)
class Ruler:
    """The ruler at one moment; positions are per cent, as SVG wants them."""

    now: str
    x: str
    call: str
    start: str

    ticks = tuple(Tick(f"{n * 10}%", *((20, 40) if n in (6, 9) else (25, 35))) for n in range(11))
    call_x = "60%"
    start_x = "89%"


def of(times: Times, at: datetime) -> Ruler | None:
    """Return the ruler in the hour around the call and the start; None before and after.

    The stretch from the call to the start is three of its ten parts, whatever its length.
    """
    part = (times.start_at - times.reminder_at) / 3
    begins = times.reminder_at - 6 * part
    share = (at - begins) / (10 * part)
    if not 0 <= share <= 1:
        return None
    return Ruler(
        now=clock.spoken(clock.local(at).time()),
        x=f"{share * 100:.1f}%",
        call=clock.wall(times.reminder_at),
        start=clock.wall(times.start_at),
    )
