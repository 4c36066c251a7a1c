"""What was changed about somebody's answers, in words for themselves. Pure."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from availability.history import Step, somebody_else, who
from availability.models import Change, Door, Status
from slomix.lib import clock, dates
from slomix.pages.reached import moment

SHOWN, MOST = 8, 30  # the others stand behind a fold, the oldest in the export
DOORS = {
    Door.WEB: gettext_lazy("you, on the site"),
    Door.DISCORD: gettext_lazy("you, on Discord"),
    Door.TELEGRAM: gettext_lazy("you, on Telegram"),
    Door.SIGNAL: gettext_lazy("you, on Signal"),
    Door.API: gettext_lazy("you, through the API"),
    Door.IMPORT: gettext_lazy("brought over from the first Slomix"),
    Door.PATTERN: gettext_lazy("your usual week"),
    Door.AWAY: gettext_lazy("you are away"),
}


@dataclass(frozen=True)
class Line:
    """One line of the history of somebody's answers."""

    title: str
    at: datetime
    when: str
    # The stored words of the answers before and after, and how one calls them; empty for none.
    before: str
    after: str
    before_label: str
    after_label: str
    words: str
    # Who said it for them, where that is known.
    by: User | None
    # The evening that can be answered anew, and the change that can be taken back.
    day: str
    undo: int | None


def lines(steps: list[Step], at: datetime) -> list[Line]:
    """Put steps into words, in the order they come."""
    return [_line(step, at) for step in steps[:MOST]]


def _line(step: Step, at: datetime) -> Line:
    change = step.newest
    ahead = len(step.days) == 1 and change.day >= clock.today(at)
    # A week overwrites many things at once; what each was before stands nowhere in one line.
    before = change.before if len({one.before for one in step.changes}) == 1 else ""
    return Line(
        title=_title(step),
        at=change.at,
        when=moment(change.at, at),
        before=before,
        after=change.after,
        before_label=_label(before),
        after_label=_label(change.after, change.after_late),
        words=_words(change),
        by=who(change),
        day=change.day.isoformat() if ahead else "",
        undo=change.pk if step.can_undo else None,
    )


def _title(step: Step) -> str:
    first, last = step.days[0], step.days[-1]
    if first == last:
        return dates.long(first)
    evenings = ngettext("%(n)d evening", "%(n)d evenings", len(step.days))
    return _("%(evenings)s, %(first)s to %(last)s") % {
        "evenings": evenings % {"n": len(step.days)},
        "first": dates.month_day(first),
        "last": dates.month_day(last),
    }


def _label(status: str, late: datetime | None = None) -> str:
    if not status:
        return _("no answer")
    label = str(Status(status).label)
    if late is None:
        return label
    return _("%(status)s from %(at)s") % {"status": label, "at": clock.wall(late)}


def _words(change: Change) -> str:
    if change.undoes_id:
        return _("taken back by %(who)s") % {"who": _who(change)}
    return _who(change)


def _who(change: Change) -> str:
    if somebody_else(change):
        return _("an admin answered for you")
    if change.door == Door.ADMIN:
        return _("you, in the admin")
    if change.door == Door.AWAY and change.after_door != Door.AWAY:
        return _("you are back")
    return str(DOORS[Door(change.door)])
