"""The page with the evening's clock, how to bring the evening near, and how one goes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from aiohttp import web

from botworker.standin.parts import Parts
from botworker.standin.times import Times

from .frame import main, page
from .html import Markup, join, tag
from .icons import icon

# Minutes until the reminder, and from there to the start.
NEAR = ((3, 5), (10, 15))


def evening(parts: Parts) -> web.Response:
    """Show the clock and the way through an evening."""
    now = datetime.now(UTC)
    head = tag("header", tag("h1", "The evening", class_="title"), class_="page-head")
    times = parts.times
    sheets = [_clock(times, now), _near(times, now)] if times else [_untold()]
    sides = tag("div", tag("div", *sheets, class_="stack"), _way(parts), class_="two")
    return page(parts, "Evening", main(head, sides), tab="/evening")


def _untold() -> Markup:
    words = "This local Discord was started by itself, so it does not know when the evening is."
    return tag("section", tag("p", words), class_="sheet", aria_label="The clock")


def _clock(times: Times, now: datetime) -> Markup:
    here = now.astimezone(times.zone)
    rows = [
        _row("Reminder", times.today(times.reminder, now), now),
        _row("Start", times.today(times.start, now), now),
    ]
    words = (
        "Two minutes before each, the messages of a call are made ready; on the minute they go out."
    )
    return tag(
        "section",
        tag("header", tag("h2", f"{here:%A %-d %B}", id="clock-title"), tag("span", str(times.zone), class_="small soft")),
        tag("p", tag("time", f"{here:%H:%M}", datetime=here.isoformat(timespec="minutes")), " ",
            tag("small", f"{here:%Z}"), class_="clock stencil"),
        tag("dl", *rows, class_="facts"),
        tag("p", words, class_="small soft"),
        class_="sheet neatline",
        id="clock",
        aria_labelledby="clock-title",
    )  # fmt: skip


def _row(name: str, at: datetime, now: datetime) -> Markup:
    clock = f"{at:%H:%M:%S}" if at.second else f"{at:%H:%M}"
    told = tag("dd", f"{clock} {at:%Z}", tag("small", f" {_distance(at - now)}"))
    return tag("div", tag("dt", name), told, class_="fact")


def _distance(left: timedelta) -> str:
    minutes = round(left.total_seconds() / 60)
    if minutes == 0:
        return "now"
    hours, rest = divmod(abs(minutes), 60)
    length = " ".join(filter(None, [f"{hours} h" if hours else "", f"{rest} min" if rest else ""]))
    return f"in {length}" if minutes > 0 else f"{length} ago"


def _near(times: Times, now: datetime) -> Markup:
    """Say how to bring the evening near: site, worker and bot read its times when they start."""
    lines = [one for one in (_line(times, now, *near) for near in NEAR) if one]
    why = (
        "Site, worker and bot read the times when they start, so no button here could honestly change "
        "them. Stop make dev with Ctrl-C and start it again with one of these; everything goes on "
        "where it was."
    )
    late = tag("p", "It is nearly midnight: try again in a quarter of an hour.", class_="note")
    return tag(
        "section",
        tag("h2", "Bring the evening near", id="near-title"),
        tag("p", why),
        *(lines or [late]),
        class_="sheet",
        id="near",
        aria_labelledby="near-title",
    )


def _line(times: Times, now: datetime, until: int, start: int) -> Markup | None:
    here = now.astimezone(times.zone)
    reminder, begins = here + timedelta(minutes=until), here + timedelta(minutes=start)
    if begins.date() != here.date():
        return None
    command = (
        f"AVAILABILITY_PROMOTION_REMINDER_TIME={reminder:%H:%M} "
        f"AVAILABILITY_PROMOTION_START_TIME={begins:%H:%M} make dev"
    )
    label = f"Reminded in {until} minutes, start in {start}:"
    return tag(
        "div",
        tag("p", label, class_="small soft"),
        tag("pre", tag("code", command)),
        class_="stack tight",
    )


def _way(parts: Parts) -> Markup:
    site, bot = parts.site_url, parts.world.application.name
    play, hurt, journal = _link("Play", "/"), _link("Make it hurt", "/faults"), "/journal"
    steps = [
        join(_link("Open the site", site), ", press Link Discord, be somebody not linked yet."),
        "Pick your player, press Looking, and say whether you want to be reminded.",
        join("Under ", play, f", be somebody else and press a button of {bot}’s post."),
        "On the site, sign in as a promoter and press Call: see who will hear, then confirm.",
        "At the reminder’s time the private messages arrive under Play. Press a button in one.",
        "Join voice, join the game server, write on Telegram or Signal, leave again.",
        join(hurt, ": let messages fail, and watch them arrive all the same."),
        join(_link("Read the journal", journal), " to see what was truly asked and answered."),
    ]
    rows = [tag("li", tag("span", one)) for one in steps]
    start = tag("a", icon("tonight"), "Open the site", class_="button", href=site)
    return tag(
        "section",
        tag("h2", "How an evening goes", id="way-title"),
        tag("ol", *rows, class_="way"),
        tag("div", start, class_="row"),
        class_="sheet",
        id="way",
        aria_labelledby="way-title",
    )


def _link(words: str, to: str) -> Markup:
    return tag("a", words, href=to)
