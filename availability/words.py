"""What the bot says about an evening. Pure: facts in, the words and buttons of a message out.

The words are those of the design's message book; a phrase with a number in it is one msgid.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from availability.board import Day, Times
from availability.models import Entry, Status
from availability.quorum import Memory, Quorum, Stage
from botworker.plain import plain
from botworker.tracked import DrawnEvent
from slomix.lib import clock, dates

MOST_NAMES = 20
# Of the 1024 that Discord takes in a field; the rest is for “and 12 more”, in any language.
MOST_LETTERS = 950
PLAYS = "🎯"
AMBER, GREY = 0xF5A623, 0xA7AA9F
VERBS = {
    "looking": Status.LOOKING,
    "available": Status.AVAILABLE,
    "maybe": Status.MAYBE,
    "no": Status.NOT_PLAYING,
}
Rows = list[list[dict[str, Any]]]


def looking(number: int) -> str:
    """“3 are looking”, “nobody is looking yet”."""
    if number == 0:
        return _("nobody is looking yet")
    return ngettext("%(n)d is looking", "%(n)d are looking", number) % {"n": number}


def more(number: int) -> str:
    """“2 more and we play”."""
    return ngettext("%(n)d more and we play", "%(n)d more and we play", number) % {"n": number}


def progress(number: int) -> str:
    """“2 more and we play.”, a sentence of its own."""
    counted = npgettext(
        "begins a sentence", "%(n)d more and we play.", "%(n)d more and we play.", number
    )
    return counted % {"n": number}


def needed(number: int) -> str:
    """“2 are needed”."""
    return ngettext("%(n)d is needed", "%(n)d are needed", number) % {"n": number}


def could(number: int) -> str:
    """“5 could still come”."""
    return ngettext("%(n)d could still come", "%(n)d could still come", number) % {"n": number}


def long_day(day: date) -> str:
    """“Friday 20 November”."""
    return dates.long(day)


def names(entries: Iterable[Entry]) -> str:
    """Name those who let their name be shown in the channel; the rest are counted."""
    everybody = list(entries)
    shown: list[str] = []
    for name in (plain(one.person.name) for one in everybody if shows_name(one)):
        # A name full of markup is twice as long once that is escaped.
        if len(shown) == MOST_NAMES or len(", ".join([*shown, name])) > MOST_LETTERS:
            break
        shown.append(name)
    rest = len(everybody) - len(shown)
    if rest and shown:
        return _("%(names)s and %(k)d more") % {"names": ", ".join(shown), "k": rest}
    if rest:
        return ngettext("%(n)d player", "%(n)d players", rest) % {"n": rest}
    return ", ".join(shown)


def shows_name(entry: Entry) -> bool:
    """Say whether somebody agreed to be named in the channel."""
    person = entry.person
    return hasattr(person, "preferences") and person.preferences.show_name


def sentence(
    quorum: Quorum, start_at: datetime, could_come: int, *, fell_apart: bool = False
) -> str:
    """Say how far the evening is, in the words of the living post.

    `fell_apart`: there were enough before, and now there are not.
    """
    at = clock.named(start_at)
    if fell_apart and not quorum.ready:
        return _fell_apart(quorum)
    if quorum.stage is Stage.NOBODY:
        threshold = quorum.threshold
        return _("**Who starts?** Nobody is looking yet. With %(n)d we play.") % {"n": threshold}
    if quorum.stage is Stage.FULL:
        said = _("**Two full teams, %(at)s.** Whoever comes now is on standby.") % {"at": at}
        return f"{PLAYS} {said}"
    if quorum.stage is Stage.ON:
        said = _("**We play at %(at)s.** %(looking)s.") % {
            "at": at,
            "looking": looking(quorum.looking),
        }
        return f"{PLAYS} {said}"
    if quorum.stage is Stage.ONE_MORE:
        return _("**%(looking)s. One more and we play.**") % {"looking": looking(quorum.looking)}
    said = f"**{looking(quorum.looking)}. {progress(quorum.missing)}**"
    return f"{said} {could(could_come)}." if could_come else said


def _fell_apart(quorum: Quorum) -> str:
    if quorum.looking:
        again = ngettext("We are %(n)d again.", "We are %(n)d again.", quorum.looking)
    else:
        again = _("Nobody is looking any more.")
    counted = again % {"n": quorum.looking}
    return f"**{counted} {progress(quorum.missing)}** " + _("The evening is not off.")


def event(times: Times) -> DrawnEvent:
    """Return an evening that is on as a scheduled event. No numbers: they change, it stays."""
    at = clock.named(times.start_at)
    return DrawnEvent(
        name=_("Game night, %(at)s") % {"at": at},
        description=_("**We play at %(at)s.** Say on the page whether you come.") % {"at": at},
        start_at=times.start_at,
        end_at=times.ends_at,
        location=f"{settings.FRONTEND_ORIGIN}/"[:100],
    )


def post(day: Day, times: Times, *, at: datetime, memory: Memory | None = None) -> dict[str, Any]:
    """Return the evening's living post: an embed, and its buttons until midnight."""
    memory = memory or Memory()
    quorum = Quorum(day.counts.looking, settings.READY_THRESHOLD)
    over = at >= times.ends_at
    title = _("%(day)s, %(at)s") % {
        "day": long_day(day.day),
        "at": clock.named(times.start_at),
    }
    embed = {
        "title": title,
        "description": _over(quorum, memory, times)
        if over
        else sentence(quorum, times.start_at, day.counts.could_come, fell_apart=memory.was_on),
        "color": AMBER if quorum.looking and not over else GREY,
        "fields": [] if over else _fields(day),
        "footer": {
            "text": _("Answers count at once. Updated %(at)s.")
            % {"at": clock.named(at.replace(second=0))}
        },
    }
    return {"embed": embed, "rows": [] if over else post_rows(day.day, room=quorum.ready)}


def _over(quorum: Quorum, memory: Memory, times: Times) -> str:
    # Who takes an answer back after the game has played all the same.
    played = memory.short_since is not None and memory.short_since > times.start_at
    if played and quorum.looking == 0:
        return _("**We played.** Thanks for coming.")
    if quorum.ready or played:
        players = ngettext("%(n)d player", "%(n)d players", quorum.looking)
        return _("**We played.** Thanks for coming, %(players)s.") % {
            "players": players % {"n": quorum.looking}
        }
    return _("**Not enough of us tonight.** Tomorrow is another evening.")


def _fields(day: Day) -> list[dict[str, Any]]:
    titles = {
        Status.LOOKING: _("Looking %(n)d"),
        Status.AVAILABLE: _("Available %(n)d"),
        Status.MAYBE: _("Maybe %(n)d"),
    }
    return [
        {"name": title % {"n": len(said)}, "value": names(said), "inline": True}
        for status, title in titles.items()
        if (said := day.named(status))
    ]


def post_rows(day: date, *, room: bool = False) -> Rows:
    """Return the living post's buttons. Their ids carry the evening: yesterday's stay yesterday's.

    `room`: enough are looking, so the planning room is open or can be opened.
    """
    first = [
        _button(_evening_id(day, verb), str(Status(status).label)) for verb, status in VERBS.items()
    ]
    first[0]["style"] = "primary"
    page = {"label": _("Tonight’s page"), "url": settings.FRONTEND_ORIGIN + "/"}
    second = [_button(_evening_id(day, "clear"), _("Clear my answer")), page]
    if room:
        second.append({"label": _("Planning room"), "url": f"{settings.FRONTEND_ORIGIN}/room/"})
    return [first, second]


def yes_or_no(day: date) -> Rows:
    """Return the buttons of a post that asks whether one comes; it is for whoever presses."""
    return [
        [
            _button(_evening_id(day, "looking"), _("I’m in"), "primary"),
            _button(_evening_id(day, "no"), _("Can’t make it")),
        ]
    ]


def _evening_id(day: date, verb: str) -> str:
    return f"evening:{day:%Y%m%d}:{verb}:{{marker}}"


def _button(custom_id: str, label: str, style: str = "secondary") -> dict[str, Any]:
    return {"id": custom_id, "label": label, "style": style}


def reminder_id(day: date, verb: str) -> str:
    """Return the id of a button in a private message about an evening."""
    return f"dlv:{{marker}}:{verb}:{day:%Y%m%d}"


def reminder_rows(day: date) -> Rows:
    """Return the buttons of a call: in, late, no, and no more tonight."""
    return [
        [
            _button(reminder_id(day, "in"), _("I’m in"), "primary"),
            _button(reminder_id(day, "late"), _("10 min late")),
            _button(reminder_id(day, "no"), _("Can’t make it")),
        ],
        [_button(reminder_id(day, "stop"), _("Not tonight, stop reminders"))],
    ]
