"""The sentences of the Tonight page. Pure: facts in, words out."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext, pgettext

from accounts.models import User
from accounts.templatetags.people import called
from availability import words as evening_words
from availability.board import Counts, Day, Times
from availability.models import Door, Status
from availability.quorum import Quorum, Stage
from slomix.lib import clock, keep

MOST_NAMES = 5


def title(quorum: Quorum) -> SafeString:
    """Return the page's one statement; what matters in it is marked."""
    statements = {
        Stage.NOBODY: format_html("{} <em>{}</em>", _("Who"), _("goes first?")),
        Stage.ON: format_html("<em>{}</em>", _("We are on")),
        Stage.FULL: format_html("<em>{}</em>", _("Two full teams")),
    }
    more = npgettext("begins a sentence", "%(n)d more", "%(n)d more", quorum.missing)
    more %= {"n": quorum.missing}
    return statements.get(quorum.stage, format_html("<em>{}</em> {}", more, _("and we play")))


def plain_title(quorum: Quorum) -> str:
    """The same for the window's title."""
    return {
        Stage.NOBODY: _("Who goes first?"),
        Stage.ON: _("We are on"),
        Stage.FULL: _("Two full teams"),
    }.get(
        quorum.stage,
        evening_words.progress(quorum.missing).rstrip("."),
    )


def lead(
    day: Day, quorum: Quorum, viewer: User | None, room: SafeString | None = None
) -> SafeString:
    """Say who is looking, with names only where the day has them; `room` is the way into it."""
    if quorum.stage is Stage.NOBODY:
        text = _("Nobody is looking yet. Someone always has to be first, and the rest follow.")
        return mark_safe(escape(text))  # noqa: S308  escaped
    who = _who(day, viewer) or format_html("{}.", looking(day.counts))
    said = format_html("{} {}", who, _rest(day.counts, quorum))
    return format_html("{} {}", said, room) if room else said


def _who(day: Day, viewer: User | None) -> SafeString | None:
    queue = day.looking
    if not queue:
        return None
    me = viewer.pk if viewer else None
    mine = any(entry.person_id == me for entry in queue)
    others = len(queue) - mine
    # Of hundreds the first few are looked at, one more than are named: one of them may be oneself.
    first = [entry.person for entry in queue[: MOST_NAMES + 1] if entry.person_id != me]
    shown = [called(person) for person in first[: MOST_NAMES - mine]]
    if mine and not others:
        return format_html("{}", _("You are looking."))
    names = [format_html("{}", pgettext("among names", "You")), *shown] if mine else shown
    if others > len(shown):
        rest = others - len(shown)
        names.append(format_html("{}", ngettext("%(n)d more", "%(n)d more", rest) % {"n": rest}))
    verb = ngettext("%(names)s is looking.", "%(names)s are looking.", len(names))
    return _fill(verb, listed(names))


def _fill(text: str, names: SafeString) -> SafeString:
    return mark_safe(escape(text) % {"names": names})  # noqa: S308  both parts are escaped


def listed(names: Sequence[SafeString]) -> SafeString:
    """Join names as people say them: a, b and c."""
    if len(names) == 1:
        return names[0]
    head = mark_safe(", ".join(names[:-1]))  # noqa: S308  every name is escaped already
    return format_html("{} {} {}", head, _("and"), names[-1])


def _rest(counts: Counts, quorum: Quorum) -> str:
    if quorum.stage is Stage.FULL:
        return _("Whoever comes now is on standby.")
    if quorum.stage is Stage.ON:
        return _("Headsets on.")
    if not counts.could_come:
        return ""
    return ngettext(
        "%(n)d more could still come.", "%(n)d more could still come.", counts.could_come
    ) % {"n": counts.could_come}


def looking(counts: Counts) -> str:
    """“3 people are looking for a game tonight”."""
    return ngettext(
        "%(n)d person is looking for a game tonight",
        "%(n)d people are looking for a game tonight",
        counts.looking,
    ) % {"n": counts.looking}


def left(times: Times, at: datetime) -> str:
    """Return the time to the start in large letters; empty once it has begun."""
    minutes = -(-int((times.start_at - at).total_seconds()) // 60)
    if minutes <= 0:
        return ""
    if minutes < 60:
        return _("%(m)d min") % {"m": minutes}
    return _("%(h)d h %(m)d min") % {"h": minutes // 60, "m": minutes % 60}


def own_time(times: Times, reader: ZoneInfo | None) -> str:
    """Return the start on the reader's own clock, where it differs; else nothing."""
    if reader is None:
        return ""
    ours, theirs = clock.local(times.start_at), clock.local(times.start_at, reader)
    if ours.utcoffset() == theirs.utcoffset():
        return ""
    return clock.named(times.start_at, reader)


def split(counts: Counts) -> str:
    """Say in words how an evening divides."""
    if not counts.total:
        return _("nobody has answered yet")
    return _(
        "%(looking)d looking, %(available)d available, %(maybe)d maybe, %(out)d not playing"
    ) % {
        "looking": counts.looking,
        "available": counts.available,
        "maybe": counts.maybe,
        "out": counts.out,
    }


def places(quorum: Quorum) -> str:
    """Say what is missing under the queue."""
    if quorum.ready:
        return _("Enough to play.")
    return ngettext(
        "%(n)d place to fill before we play.",
        "%(n)d places to fill before we play.",
        quorum.missing,
    ) % {"n": quorum.missing}


def invitation(counts: Counts) -> str:
    """Say to an empty queue's first visitor who would join."""
    if not counts.could_come:
        return _("Somebody has to be first. The others see it the moment you press.")
    return ngettext(
        "%(n)d could still come. They see it the moment you press.",
        "%(n)d could still come. They see it the moment you press.",
        counts.could_come,
    ) % {"n": counts.could_come}


def remembered(remind: bool, times: Times) -> str:
    """Say what holds after the question about reminders, and how to change it."""
    if not remind:
        return _("No reminders, and we won’t ask again. Change it under You.")
    text = _("We remind you on Discord at %(call)s and %(start)s, never in your quiet hours.")
    return text % {"call": clock.wall(times.reminder_at), "start": clock.named(times.start_at)}


# A page says them dozens of times, and asking the model goes through all choices each time.
@keep.in_words(16)
def door(door: str) -> str:
    """Name where an answer came from."""
    return str(Door(door).label)


@keep.in_words(8)
def status(status: str) -> str:
    """Name an answer."""
    return str(Status(status).label)
