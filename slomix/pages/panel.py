"""Tonight's call and the planning room in a few words, for the people they may concern."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from availability.quorum import Quorum
from promotions import actions, report
from promotions.report import Report, Station
from slomix.lib import clock


@dataclass(frozen=True)
class Panel:
    """What the Tonight page says about a call; counts only."""

    pk: int
    badge: str
    rehearsed: bool
    begun: bool
    words: str
    reached: int
    people: int


@dataclass(frozen=True)
class Room:
    """How far the planning room is from opening; it counts as the muster line does."""

    badge: str
    words: str
    label: str
    looking: int
    threshold: int
    ready: bool


def room(quorum: Quorum) -> Room:
    """Say what opens the room, and how many it still takes: LOOKING alone counts, for both."""
    facts = {"n": quorum.threshold, "looking": min(quorum.looking, quorum.threshold)}
    if quorum.ready:
        badge = _("opens soon")
        text = _("Enough of us. Team names and the draft come to this place soon.")
    else:
        badge = _("opens at %(n)d") % facts
        missing = ngettext("%(m)d to go.", "%(m)d to go.", quorum.missing)
        text = _("Team names and the draft start when %(n)d are looking.") % facts
        text = f"{text} {missing % {'m': quorum.missing}}"
    return Room(
        badge=badge,
        words=text,
        label=_("%(looking)d of %(n)d to open the planning room") % facts,
        looking=facts["looking"],
        threshold=quorum.threshold,
        ready=quorum.ready,
    )


def of(day: date, at: datetime) -> Panel | None:
    """Return the evening's call, or None."""
    campaign = actions.latest(day)
    if campaign is None:
        return None
    found = report.of(campaign, at, named=False)
    begun = at >= campaign.reminder_at and not campaign.dry_run
    return Panel(
        pk=campaign.pk,
        badge=_badge(found, at),
        rehearsed=campaign.dry_run,
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
