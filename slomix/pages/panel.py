"""Tonight's call in a few words, for the people it may concern."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from availability.queries import Stamp
from promotions import actions, glance
from promotions.glance import Glance
from promotions.models import Campaign
from slomix.lib import clock
from slomix.lib.keep import Kept

# The same for everybody who looks: hundreds of pages count a call's messages once a second.
_glances: Kept[Glance] = Kept(8)
_calls: Kept[Campaign | None] = Kept(8)


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


def of(day: date, at: datetime, stamp: Stamp) -> Panel | None:
    """Return the evening's call, or None; every call, and its end, changes `stamp`."""
    campaign = _calls.get(day, stamp, at, lambda: actions.latest(day))
    if campaign is None:
        return None
    second = int(at.timestamp())
    found = _glances.get(campaign.pk, second, at, lambda: glance.of(campaign, at))
    begun = at >= campaign.reminder_at and not campaign.dry_run
    return Panel(
        pk=campaign.pk,
        badge=_badge(campaign, found, at),
        rehearsed=campaign.dry_run,
        begun=begun,
        words=_so_far(found) if begun else _promise(campaign, found),
        reached=found.reached,
        people=found.people,
    )


def _badge(campaign: Campaign, found: Glance, at: datetime) -> str:
    if campaign.dry_run:
        return _("dry run")
    return _coming(found.next_at, at) if found.next_at else _("done")


def _coming(next_at: datetime, at: datetime) -> str:
    minutes = -(-int((next_at - at).total_seconds()) // 60)
    if minutes <= 0:
        return clock.wall(next_at)
    if minutes > 90:
        return _("at %(at)s") % {"at": clock.wall(next_at)}
    return _("in %(m)d min") % {"m": minutes}


def _promise(campaign: Campaign, found: Glance) -> str:
    if campaign.dry_run:
        return _("Only a dry run: nobody hears anything.")
    text = ngettext(
        "%(n)d person will hear from us at %(call)s and %(start)s.",
        "%(n)d people will hear from us at %(call)s and %(start)s.",
        found.people,
    )
    call, start = campaign.reminder_at, campaign.start_at
    return text % {"n": found.people, "call": clock.wall(call), "start": clock.named(start)}


def _so_far(found: Glance) -> str:
    text = ngettext("%(n)d of %(all)d reached.", "%(n)d of %(all)d reached.", found.reached)
    return text % {"n": found.reached, "all": found.people}
