"""What a chat reads about evenings: one sentence each. Pure: facts in, words out."""

from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from availability import queries, words
from availability.models import Door, Entry, Status
from availability.quorum import Quorum
from availability.words import Rows
from slomix.lib import clock, dates

Held = Entry | None


def when(day: date, today: date) -> str:
    """“tonight”, “Saturday 21 November”, as it stands behind “for”."""
    return pgettext("inside a sentence", "tonight") if day == today else dates.about(day)


def status(entry: Entry) -> str:
    """“Looking”, “Looking, from 21:30 CET”, “Maybe (your week)”."""
    label = str(Status(entry.status).label)
    if entry.late_until:
        facts = {"status": label, "at": clock.named(entry.late_until)}
        label = _("%(status)s, from %(at)s") % facts
    return f"{label} ({Door(entry.door).label})" if entry.standing else label


def answered(day: date, today: date, entry: Entry) -> str:
    """“Your answer for tonight: Looking.”"""
    facts = {"day": when(day, today), "status": status(entry)}
    return _("**Your answer for %(day)s: %(status)s.**") % facts


def same(before: Held, after: Entry) -> bool:
    """Say whether an answer was there already, said aloud and with the same time."""
    return (
        before is not None
        and not before.standing
        and (before.status, before.late_until) == (after.status, after.late_until)
    )


def already(entry: Entry) -> str:
    """“Already so: Looking. Nothing changed.”"""
    return _("**Already so: %(status)s.** Nothing changed.") % {"status": status(entry)}


def withdrawn(number: int) -> str:
    """“2 reminders are cancelled.”, or nothing."""
    if not number:
        return ""
    counted = ngettext("%(n)d reminder is cancelled.", "%(n)d reminders are cancelled.", number)
    return counted % {"n": number}


def cleared(day: date, today: date, *, cleared: bool, left: Held, usual: bool = False) -> str:
    """Say that nothing is said about a day any more, or was not; and what stands there then.

    `usual` says that the week would have filled it.
    """
    facts = {"day": when(day, today)}
    if cleared:
        said = _("**Your answer for %(day)s is cleared.**") % facts
    else:
        said = _("**There was no answer for %(day)s.**") % facts
    if left is None:
        return f"{said} {not_filled()}" if cleared and usual else said
    return f"{said} " + _("What holds now: %(status)s.") % {"status": status(left)}


def not_filled() -> str:
    """“Your usual week does not fill it again.”"""
    return _("Your usual week does not fill it again.")


def holds(day: date, today: date, entry: Held) -> str:
    """“Tonight, 21:00 CET: Looking.”"""
    at = clock.named(queries.times(day).start_at)
    said = status(entry) if entry else _("no answer yet")
    if day == today:
        return _("**Tonight, %(at)s: %(status)s.**") % {"at": at, "status": said}
    facts = {"day": words.long_day(day), "at": at, "status": said}
    return _("**%(day)s, %(at)s: %(status)s.**") % facts


def holds_tomorrow(entry: Held) -> str:
    """“Tomorrow: Maybe.”"""
    said = status(entry) if entry else _("no answer yet")
    return _("**Tomorrow: %(status)s.**") % {"status": said}


def numbers(looking: int) -> str:
    """“3 are looking, 3 more and we play.”"""
    quorum = Quorum(looking, settings.READY_THRESHOLD)
    if looking == 0:
        return _("Nobody is looking yet.")
    if quorum.ready:
        return f"{words.looking(looking)}."
    facts = {"looking": words.looking(looking), "more": words.more(quorum.missing)}
    return _("%(looking)s, %(more)s.") % facts


def progress(looking: int) -> str:
    """“2 more and we play.”, or how many are looking once that is enough."""
    quorum = Quorum(looking, settings.READY_THRESHOLD)
    if quorum.ready:
        return f"{words.looking(looking)}."
    return words.progress(quorum.missing)


def other(day: date, today: date, entry: Held) -> str:
    """What to write for another answer: “tonight maybe”, “2026-11-24 looking”."""
    ahead = (day - today).days
    named = {
        0: pgettext("to write", "tonight"),
        1: pgettext("to write", "tomorrow"),
    }.get(ahead, day.isoformat())
    if entry is not None and entry.status == Status.LOOKING:
        return " ".join((named, pgettext("to write", "maybe")))
    return " ".join((named, pgettext("to write", "looking")))


def four(day: date, entry: Held) -> Rows:
    """The four answers as buttons, two in a row; the one that holds ticked; and how to clear it."""
    made = [
        {
            "id": f"day:{day:%Y%m%d}:{verb}",
            "label": str(Status(status).label),
            "disabled": entry is not None and entry.status == status,
        }
        for verb, status in words.VERBS.items()
    ]
    rows = [made[:2], made[2:]]
    if entry is not None and not entry.away:
        rows.append([{"id": f"day:{day:%Y%m%d}:clear", "label": _("Clear my answer")}])
    return rows
