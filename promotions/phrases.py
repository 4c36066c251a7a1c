"""What promoters read about a call, through every door. Pure: facts in, words out."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import HandleChannel
from availability import words as evening_words
from promotions.preview import Preview
from promotions.report import Report
from promotions.schedule import Slot
from slomix.lib import clock

SHARED = "/you/"


def added(number: int) -> str:
    """Say how many more are called."""
    if not number:
        return _("Nobody else answered since the call.")
    text = ngettext(
        "%(n)d more person is called, for what is still ahead.",
        "%(n)d more people are called, for what is still ahead.",
        number,
    )
    return text % {"n": number}


def off(stopped: int) -> str:
    """Say that a call is off, and how much of it is not said."""
    text = ngettext("%(n)d message is not sent.", "%(n)d messages are not sent.", stopped)
    return _("The call is off. ") + text % {"n": stopped}


def lead(seen: Preview) -> str:
    """Say what a call does: when everybody below hears it."""
    if seen.too_late:
        return _("A call reminds people shortly before the game and at its start.")
    text = _(
        "Everyone below is reminded at **%(times)s**, once, where they chose. What you see here is "
        "what is sent."
    )
    zone = clock.named(seen.times.start_at).rpartition(" ")[2]
    return text % {"times": f"{_walls(seen.slots)} {zone}"}


def once(seen: Preview) -> str:
    """Say how often one calls, and until when a call says nothing yet."""
    first = min((slot.due_at for slot in seen.slots), default=seen.at)
    if first <= seen.at:
        return _("One call per evening. It begins at once.")
    return _("One call per evening. You can cancel until %(at)s.") % {"at": clock.wall(first)}


def what_is_left(seen: Preview) -> str:
    """Say what of the evening's times will still be said; empty while all are ahead."""
    if seen.too_late:
        return ""
    ahead = [slot for slot in seen.slots if slot not in seen.at_once]
    told = []
    if seen.over:
        told.append(_("%(times)s is over") % {"times": _walls(seen.over)})
    if seen.at_once:
        told.append(_("%(times)s is past and is sent at once") % {"times": _walls(seen.at_once)})
    if not told:
        return ""
    if ahead:
        told.append(_("%(times)s will be sent") % {"times": _walls(ahead)})
    return "; ".join(told) + "."


def _walls(slots: Iterable[Slot]) -> str:
    return ", ".join(clock.wall(slot.due_at) for slot in slots)


def looking_and_asked(seen: Preview) -> str:
    """“12 are looking, 3 asked to be reminded.”"""
    looking = seen.counts.looking
    if not looking:
        return _("Nobody is looking yet.")
    asked = ngettext("%(n)d asked to be reminded", "%(n)d asked to be reminded", seen.asked)
    return f"{evening_words.looking(looking)}, {asked % {'n': seen.asked}}."


def share_link() -> str:
    """Return the page on which anybody switches reminders on, to be passed on."""
    return settings.FRONTEND_ORIGIN + SHARED


def in_force(seen: Preview) -> str:
    """Say whom the call is for beside those who are looking."""
    if seen.include_available and seen.include_maybe:
        return _("Called are Looking, Available and Maybe.")
    if seen.include_available:
        return _("Called are Looking and Available; Maybe is not.")
    if seen.include_maybe:
        return _("Called are Looking and Maybe; Available is not.")
    return _("Called are those who are Looking alone.")


def sample_sent(channel: str) -> str:
    """Say where a sample goes."""
    title = dict(HandleChannel.choices).get(channel, "Discord")
    return _("A sample is on its way to you, on %(channel)s.") % {"channel": title}


def perhaps(number: int) -> str:
    """Say how many messages perhaps arrived; empty for none."""
    if not number:
        return ""
    text = ngettext(
        "%(n)d message perhaps arrived: there was no clear answer, so it is not said twice.",
        "%(n)d messages perhaps arrived: there was no clear answer, so they are not said twice.",
        number,
    )
    return text % {"n": number}


def sums(found: Report) -> str:
    """“4 messages = 2 sent + 2 waiting + …”: it always adds up."""
    text = _(
        "%(p)d messages = %(s)d sent + %(w)d waiting + %(f)d failed + %(k)d skipped + "
        "%(u)d unconfirmed."
    )
    counts = found.counts
    return text % {
        "p": found.promised,
        "s": counts["sent"],
        "w": counts["waiting"],
        "f": counts["failed"],
        "k": counts["skipped"],
        "u": counts["unconfirmed"],
    }
