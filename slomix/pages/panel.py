"""Tonight's call in a few words, for the people it may concern."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from promotions import actions, report
from promotions.report import Report, Station
from slomix.lib import clock


@dataclass(frozen=True)
class Panel:
    """What the Tonight page says about a call; counts only."""

    pk: int
    badge: str
    begun: bool
    words: str
    reached: int
    people: int


def of(day: date, at: datetime) -> Panel | None:
    """Return the evening's call, or None."""
    campaign = actions.latest(day)
    if campaign is None:
        return None
    found = report.of(campaign, at)
    begun = at >= campaign.reminder_at and not campaign.dry_run
    return Panel(
        pk=campaign.pk,
        badge=_badge(found, at),
        begun=begun,
        words=_so_far(found) if begun else _promise(found),
        reached=found.reached,
        people=len(found.people),
    )


def _badge(found: Report, at: datetime) -> str:
    if found.campaign.dry_run:
        return _("dry run")
    ahead = [station for station in found.stations if station.state != "done"]
    if not ahead:
        return _("done")
    return _coming(ahead[0], at)


def _coming(station: Station, at: datetime) -> str:
    minutes = -(-int((station.at - at).total_seconds()) // 60)
    if minutes <= 0:
        return clock.wall(station.at)
    if minutes > 90:
        return _("at %(at)s") % {"at": clock.wall(station.at)}
    return _("in %(m)d min") % {"m": minutes}


def _promise(found: Report) -> str:
    if found.campaign.dry_run:
        return _("Only a dry run: nobody hears anything.")
    text = ngettext(
        "%(n)d person will hear from us at %(call)s and %(start)s.",
        "%(n)d people will hear from us at %(call)s and %(start)s.",
        len(found.people),
    )
    call, start = found.campaign.reminder_at, found.campaign.start_at
    return text % {"n": len(found.people), "call": clock.wall(call), "start": clock.named(start)}


def _so_far(found: Report) -> str:
    text = ngettext("%(n)d of %(all)d reached.", "%(n)d of %(all)d reached.", found.reached)
    return text % {"n": found.reached, "all": len(found.people)}
