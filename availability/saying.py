"""What a page says right after a press: what holds now. Pure: an answer in, a sentence out."""

from datetime import date

from django.utils.translation import gettext as _

from availability.models import Entry
from availability.phrases import not_filled
from slomix.lib import clock, dates


def answered(entry: Entry) -> str:
    """Say which answer holds on an evening, and from when where that is later."""
    facts = {"day": dates.about(entry.day), "status": entry.get_status_display()}
    if entry.late_until is None:
        return _("Your answer for %(day)s: %(status)s.") % facts
    facts["at"] = clock.named(entry.late_until)
    return _("Your answer for %(day)s: %(status)s, from %(at)s.") % facts


def cleared(day: date, left: Entry | None, *, usual: bool) -> str:
    """Say that an answer is gone, and that it stays so where the week would have filled it."""
    text = _("Your answer for %(day)s is cleared.") % {"day": dates.about(day)}
    if left:
        away = _("You are away, so it is %(status)s.")
        return f"{text} {away % {'status': left.get_status_display()}}"
    return f"{text} {not_filled()}" if usual else text


def undone(day: date, entry: Entry | None) -> str:
    """Say what holds again after an undo."""
    if entry is None:
        return _("Undone. You have no answer for %(day)s.") % {"day": dates.about(day)}
    return " ".join((_("Undone."), answered(entry)))
