"""An offered place on Telegram and Signal: what is pressed and what is written. It only translates.

Nothing else of the room is here: names, votes and teams need more than a line of text.
"""

import re
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from accounts import text
from accounts.actions import handles
from accounts.models import User
from accounts.text import Heard, Pressed, Reply
from availability import grammar
from availability.actions import AnswerRefused
from botworker.channels import http, signal
from planning.rooms import actions
from planning.rooms.chat import offers
from planning.rooms.models import Offer
from slomix.lib import clock

BUTTON = re.compile(
    r"room:(?P<deed>take|pass|drop|leave|back):(?P<number>[0-9]{1,18})(?::(?P<marker>[\w-]{22}))?"
)
# What is written instead of a press, as `grammar.folded` leaves its letters.
WORDS = {
    **dict.fromkeys(("take", "takeit", "illtakeit", "sprejmem"), "take"),
    **dict.fromkeys(("pass", "notthistime", "tokratne"), "pass"),
}
LONGEST = 40


def answer(heard: Heard) -> Reply | None:
    """Take the place that is offered, or let it pass; None for any other words, or a stranger."""
    word = letters(heard.text)
    person = handles.owner_of(heard.channel, heard.address) if word in WORDS else None
    if person is None:
        return None
    with translation.override(text.language_of(person)):
        mine = Offer.objects.filter(person=person, room__day=clock.today(heard.at))
        offer = mine.select_related("room").order_by("-pk").first()
        if offer is None:
            return Reply(_("No place is offered to you now."), refused=True)
        return _done(person, offer, WORDS[word], heard)


def letters(said: str) -> str:
    """Return the letters of a few words, as `WORDS` has them; empty for a long text."""
    return re.sub(r"[^a-z]", "", grammar.folded(said)) if len(said) <= LONGEST else ""


def press(pressed: Pressed) -> Reply | None:
    """Do what a button below an offer says; None for any other button, or a stranger."""
    found = BUTTON.fullmatch(pressed.data)
    person = handles.owner_of(pressed.channel, pressed.address) if found else None
    if found is None or person is None:
        return None
    with translation.override(text.language_of(person)):
        offer = Offer.objects.select_related("room").filter(pk=int(found["number"])).first()
        if offer is None:
            return Reply(_("This button does nothing any more. Write HELP."), refused=True)
        if offer.person_id != person.pk:
            said = _("This belongs to somebody else. Yours is in your own messages.")
            return Reply(said, refused=True)
        return _done(person, offer, found["deed"], pressed, found["marker"] or "")


def _done(person: User, offer: Offer, deed: str, what: Heard | Pressed, marker: str = "") -> Reply:
    try:
        offers.answer(deed, offer, person=person, at=what.at, door=what.channel)
    except (actions.Refused, AnswerRefused) as refused:
        return Reply(str(refused), refused=True)
    now = Offer.objects.select_related("room").get(pk=offer.pk)
    shown = offers.shown(now, what.at)
    ends = http.way_out("standby", person.pk) if isinstance(what, Pressed) else []
    if what.channel == "signal":
        ends = signal.send_words(signal.verbs_of(shown.rows, "room:"))
    rows = [[_named(one, marker) for one in row] for row in shown.rows]
    return Reply("\n".join((shown.text, *ends)), rows=rows)


def _named(button: dict[str, Any], marker: str) -> dict[str, Any]:
    """Fill in whose message a button stands below; below an answer of ours there is no marker."""
    filled = str(button["id"]).replace("{marker}", marker).removesuffix(":")
    return button | {"id": filled}
