"""Quiet hours as a bar of one day, with the game on it. Pure."""

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from accounts.models import Preferences
from slomix.lib import clock

DAY = 24 * 60
NEAR = 150  # minutes in which two figures under the bar would touch


@dataclass(frozen=True)
class Stretch:
    """A stretch of the bar, in per cent as SVG wants them."""

    x: str
    width: str


@dataclass(frozen=True)
class Night:
    """The bar: what of the day is quiet, where the game is, and whether the two meet."""

    stretches: list[Stretch]
    game_x: str
    game_label_x: str
    game: str
    hours: list[tuple[str, str]]
    label: str
    covers: bool


def of(stored: Preferences, start_at: datetime) -> Night | None:
    """Return the bar for somebody's quiet hours, on their own clock; None without quiet hours."""
    if stored.quiet_start is None or stored.quiet_end is None:
        return None
    return night(stored.quiet_start, stored.quiet_end, start_at, stored.zone)


def night(start: time, end: time, start_at: datetime, zone: ZoneInfo) -> Night:
    """Draw the hours from `start` to `end`, over midnight where they are that way round."""
    game = minute(clock.local(start_at, zone).time())
    spans = _spans(minute(start), minute(end))
    covers = any(begins <= game < ends for begins, ends in spans)
    facts = {
        "start": clock.spoken(start),
        "end": clock.spoken(end),
        "game": clock.wall(start_at, zone),
    }
    inside = _("Quiet from %(start)s to %(end)s; the game at %(game)s is inside.")
    outside = _("Quiet from %(start)s to %(end)s; the game at %(game)s is outside.")
    return Night(
        stretches=[Stretch(share(begins), share(ends - begins)) for begins, ends in spans],
        game_x=share(game),
        game_label_x=share(min(max(game, 60), DAY - 60)),
        game=facts["game"],
        hours=[(share(at), f"{at // 60}") for at in (20, DAY // 2) if abs(at - game) > NEAR],
        label=(inside if covers else outside) % facts,
        covers=covers,
    )


def _spans(start: int, end: int) -> list[tuple[int, int]]:
    return [(start, end)] if start < end else [(0, end), (start, DAY)]


def minute(at: time) -> int:
    """Return the minute of the day."""
    return at.hour * 60 + at.minute


def share(minutes: int) -> str:
    """Write minutes as a share of the day."""
    return f"{100 * minutes / DAY:.1f}%"
