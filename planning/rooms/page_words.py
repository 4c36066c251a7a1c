"""The sentences of the room's pages. Pure: facts in, words out."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from availability.quorum import Quorum
from planning.rooms.measure import Standing, points


def locked(quorum: Quorum) -> str:
    """Say what opens the room and how many it still takes: LOOKING alone counts, for both."""
    text = _("Team names and the draft start when %(n)d are looking.") % {"n": quorum.threshold}
    missing = ngettext("%(m)d to go.", "%(m)d to go.", quorum.missing)
    return f"{text} {missing % {'m': quorum.missing}}"


def progress(quorum: Quorum) -> str:
    """Say the same for whoever cannot see the bar."""
    facts = {"n": quorum.threshold, "looking": min(quorum.looking, quorum.threshold)}
    return _("%(looking)d of %(n)d to open the planning room") % facts


def here(committed: int, standby: int) -> str:
    """“8 are in, 2 on standby.”"""
    text = ngettext("%(n)d is in", "%(n)d are in", committed) % {"n": committed}
    if not standby:
        return f"{text}."
    rest = ngettext("%(n)d on standby", "%(n)d on standby", standby) % {"n": standby}
    return f"{text}, {rest}."


def votes(number: int) -> str:
    """“5 votes”."""
    return ngettext("%(n)d vote", "%(n)d votes", number) % {"n": number}


def level(found: Standing) -> str:
    """Say the level's whole figure for whoever cannot see it."""
    a, b = (points(one) for one in (found.averages if found.per_player else found.sums))
    if found.ahead is None:
        return _("Both teams are equally strong: %(a)d to %(b)d") % {"a": a, "b": b}
    facts = {"side": found.ahead, "n": points(found.gap), "a": a, "b": b}
    if found.per_player:
        return _("Per player, team %(side)s is %(n)d rating points ahead: %(a)d to %(b)d") % facts
    return _("Team %(side)s is %(n)d rating points stronger: %(a)d to %(b)d") % facts
