"""What the room says to one person: words, buttons and keys. Pure: facts in, words out.

The words are those of the design's message book.
"""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from botworker.plain import plain
from planning.rooms.models import Side
from slomix.lib import clock

Rows = list[list[dict[str, Any]]]
ASKS = "⏳"
# A name of a team is 48 characters at most.
LONGEST = 48


def offer_key(day: date, offer_id: int) -> str:
    """Return the ledger's key for one offer of a place."""
    return f"STANDBY:{day}:{offer_id}"


def team(side: str, names: tuple[str, str]) -> str:
    """Return what a team is called in a sentence: the name that leads, else “team A”."""
    name = names[0] if side == Side.A else names[1]
    return plain(name, LONGEST) if name else _("team %(side)s") % {"side": side}


def offer(start_at: datetime, team_name: str, until: datetime) -> str:
    """Offer somebody a free place, until an instant."""
    facts = {"at": clock.named(start_at), "team": team_name, "until": _time(until)}
    said = _("**A place is free, %(at)s, %(team)s.** It is yours until %(until)s.") % facts
    return f"{ASKS} {said}"


def offer_rows(offer_id: int) -> Rows:
    """Return the two answers to an offer; “{marker}” is filled in as it is sent."""
    return [
        [
            {"id": button_id("take", offer_id), "label": _("I’ll take it"), "style": "primary"},
            {"id": button_id("pass", offer_id), "label": _("Not this time"), "style": "secondary"},
        ]
    ]


def button_id(verb: str, offer_id: int) -> str:
    """Return the id of one button of an offer."""
    return f"room:{verb}:{offer_id}:{{marker}}"


def too_late(until: datetime) -> str:
    """Say that an offer has ended."""
    said = _("The offer ended at %(at)s. You stay in line for the next.")
    return said % {"at": _time(until)}


def filled() -> str:
    """Say that somebody else was quicker."""
    return _("The place was filled a moment before. You are first in line for the next.")


def not_free() -> str:
    """Say that nobody is needed any more."""
    return _("The place is not free after all. You stay first in line.")


def kept(until: datetime) -> str:
    """Say that a free place is somebody's for a while."""
    said = _("This place is kept for somebody until %(at)s. If they let it pass, press again.")
    return said % {"at": _time(until)}


def accepted() -> str:
    """Say that somebody took a place already."""
    return _("You took this place. Step out of the room if you cannot make it after all.")


def declined() -> str:
    """Say that somebody gave a place away already."""
    return _("You let this one pass. You stay on standby tonight.")


def _time(at: datetime) -> str:
    """A place is offered for so many seconds; nobody reads those."""
    return clock.wall(at.replace(second=0, microsecond=0))
