"""The planning room in a few words, on the Tonight page."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from availability.board import Counts
from availability.queries import Stamp
from availability.quorum import Quorum
from planning.rooms import page_words, reading
from slomix.lib.keep import Kept


@dataclass(frozen=True)
class Room:
    """How far the planning room is: it counts as the muster line does, LOOKING alone."""

    badge: str
    words: str
    label: str
    looking: int
    threshold: int
    ready: bool
    open: bool


_there: Kept[bool] = Kept(4)


def there(day: date, stamp: Stamp, at: datetime) -> bool:
    """Say whether an evening's room is open; opening it changes the evening, and so the stamp."""
    return _there.get(day, stamp, at, lambda: reading.exists(day))


def room(quorum: Quorum, counts: Counts, *, there: bool) -> Room:
    """Say what the room is up to, what opens it, and how many it still takes."""
    committed = counts.looking + counts.available
    if there:
        badge = ngettext("in the room: %(n)d", "in the room: %(n)d", committed) % {"n": committed}
        text = page_words.here(committed, counts.maybe)
    elif quorum.ready:
        badge = _("may be opened")
        text = _("Enough of us. Whoever opens the room starts the team names and the draft.")
    else:
        badge = _("opens at %(n)d") % {"n": quorum.threshold}
        text = page_words.locked(quorum)
    return Room(
        badge=badge,
        words=text,
        label=page_words.progress(quorum),
        looking=min(quorum.looking, quorum.threshold),
        threshold=quorum.threshold,
        ready=quorum.ready,
        open=there,
    )


def way_in(quorum: Quorum, *, there: bool, linked: bool) -> SafeString | None:
    """Return the link for the page's lead: into the room, or to where somebody opens it."""
    if there:
        return _link(_("The planning room is open."))
    if quorum.ready and linked:
        return _link(_("The planning room may be opened."))
    return None


def _link(words: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', reverse("room"), words)
