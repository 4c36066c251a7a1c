"""Signs of the design: icons and status marks out of the sprite at the end of the page."""

import re
from collections.abc import Collection
from datetime import date, datetime
from functools import lru_cache

from django import template
from django.contrib.messages.storage.base import Message
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from botworker.plain import ASIDE, put_back, set_aside
from slomix.lib import clock, dates
from slomix.lib.pieces import piece, pieces

register = template.Library()
register.simple_tag(piece)
register.simple_tag(pieces)

ICON = '<svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><use href="#i-{}"/></svg>'
MARK = '<svg class="mark {0}" viewBox="0 0 24 24" aria-hidden="true"><use href="#m-{0}"/></svg>'
# The stored word of a status and its name in the style sheets.
TONES = {
    "LOOKING": "looking",
    "AVAILABLE": "available",
    "MAYBE": "maybe",
    "NOT_PLAYING": "out",
}
# What became of a message: its colour, sign and word.
OUTCOMES = {
    "sent": ("available", "check", _("sent")),
    "waiting": ("looking", "hourglass", _("waiting")),
    "failed": ("bad", "warn", _("failed")),
    "skipped": ("out", "moon", _("skipped")),
    "unconfirmed": ("looking", "hourglass", _("unconfirmed")),
}
BOLD = re.compile(r"\*\*(.+?)\*\*")
CODE = re.compile(r"`(.+?)`")
HIDDEN = re.compile(f"[{chr(ASIDE)}-{chr(ASIDE + 127)}]")


# A page draws some two hundred of the same twenty.
@register.simple_tag
@lru_cache(maxsize=256)
def icon(name: str) -> SafeString:
    """Draw an icon beside a word; it says nothing of its own."""
    return format_html(ICON, name)


@register.simple_tag
@lru_cache(maxsize=64)
def mark(status: str) -> SafeString:
    """Draw the shape of a status."""
    return format_html(MARK, tone(status))


@register.filter
def day(at: date, form: str) -> str:
    """Write a day, or the game night's day of an instant, in a form of `slomix.lib.dates`."""
    written: str = getattr(dates, form)(clock.local(at) if isinstance(at, datetime) else at)
    return written


@register.filter
def wall(at: datetime) -> str:
    """Write a time of day on the game night's clock."""
    return clock.wall(at)


@register.filter
def tone(status: str) -> str:
    """Return the style name of a status."""
    return TONES.get(str(status), "out")


@register.simple_tag
def outcome(group: str, before: str = "") -> SafeString:
    """Draw what became of a message as a badge: shape, colour and word."""
    colour, sign, word = OUTCOMES[group]
    badge = '<span class="badge {}">{}{} {}</span>'
    return format_html(badge, colour, icon(sign), before, word)


@register.filter
def spoken(text: str) -> SafeString:
    """Show a message of the bot as Discord would: **strong** is strong, `code` is code, the rest
    is text, names without the backslashes that keep them from being markup.

    The sign that a message may begin with is left to the page's own icon.
    """
    ours = escape(set_aside(text.lstrip("🔔🎯⏳✅ ")))
    drawn = CODE.sub(r"<code>\1</code>", BOLD.sub(r"<b>\1</b>", ours))
    # A sign that comes back is somebody's own, and so it is text.
    shown = HIDDEN.sub(lambda sign: escape(put_back(sign[0])), drawn)
    return mark_safe(shown)  # noqa: S308  escaped before


@register.filter
def undo_of(message: Message, undoable: Collection[date]) -> str:
    """Return the address that takes back what a toast tells of; empty where nothing can be."""
    what, _space, day = (message.extra_tags or "").partition(" ")
    if what != "undo" or date.fromisoformat(day) not in undoable:
        return ""
    return reverse("evening_undo", args=(date.fromisoformat(day),))
