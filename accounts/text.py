"""What people write on Telegram and Signal about being reached: LINK, UNLINK, HELP, STOP, START.

Somebody who is not linked learns how to link, and nothing else.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import language
from accounts.actions import handles
from accounts.models import User
from slomix.lib import clock


@dataclass(frozen=True)
class Heard:
    """A message that somebody wrote to our bot or number; the channel vouches for the address."""

    channel: str
    address: str
    text: str
    at: datetime

    def __repr__(self) -> str:
        return f"Heard({self.channel}, {self.at:%H:%M:%S})"


@dataclass(frozen=True)
class Pressed:
    """A button of ours that somebody pressed in a chat; the channel vouches for the address alone."""

    channel: str
    address: str
    data: str
    at: datetime

    def __repr__(self) -> str:
        return f"Pressed({self.channel}, {self.at:%H:%M:%S})"


@dataclass(frozen=True)
class Reply:
    """What is said back; `linked` is the person whom this message has linked.

    `rows` are buttons, for channels that have them; `refused`: nothing was changed.
    """

    text: str
    linked: User | None = None
    rows: list[list[dict[str, Any]]] = field(default_factory=list)
    refused: bool = False


def words_of(text: str) -> tuple[str, str]:
    """Split a message into its first word, as people mean it, and the rest as it was written.

    Without a sign before it, without the bot's name after it, in small letters and without carons.
    """
    first, _space, rest = text.strip().partition(" ")
    plain = unicodedata.normalize("NFKD", first.lstrip("/!").partition("@")[0].casefold())
    return "".join(one for one in plain if not unicodedata.combining(one)), rest.strip()


def knows(text: str) -> bool:
    """Say whether a message begins with one of the words that are answered here."""
    word = words_of(text)[0]
    return word in LINK or word in VERBS


def language_of(person: User | None) -> str:
    """Return the language that a person chose, or ours."""
    return language.spoken_to(person)


def answer(heard: Heard) -> Reply:
    """Do what a message asks for and say so, in the person's language."""
    word, rest = words_of(heard.text)
    person = handles.owner_of(heard.channel, heard.address)
    with translation.override(language_of(person)):
        # Telegram's links to a bot send /start and the code.
        if word in LINK or (word in START and rest):
            return _link(heard, rest)
        if person is None:
            return _stranger()
        said = VERBS.get(word, _help)(person, heard)
        return said if isinstance(said, Reply) else Reply(said)


def press(pressed: Pressed) -> Reply:
    """Take STOP back for ten minutes; any button that nobody knows changes nothing."""
    person = handles.owner_of(pressed.channel, pressed.address)
    with translation.override(language_of(person)):
        if person is None:
            return _stranger()
        if stopped := STOPPED.fullmatch(pressed.data):
            return _back(person, pressed, datetime.fromtimestamp(int(stopped["stamp"]), UTC))
        return Reply(_("This button does nothing any more. Write HELP."), refused=True)


def _stranger() -> Reply:
    text = _("I do not know you here yet. Get a code under “You” on the site, then send: LINK code")
    return Reply(text, refused=True)


def _link(heard: Heard, code: str) -> Reply:
    if not code:
        return Reply(_("Get a code under “You” on the site, then send: LINK code"))
    try:
        handle = handles.redeem(
            channel=heard.channel,
            address=heard.address,
            token=code,
            at=heard.at,
            door=heard.channel,
        )
    except handles.AddressTaken:
        return Reply(_("This account is linked already. Send UNLINK first to change it."))
    except handles.HandleRefused:
        return Reply(_("This code is not valid any more. Get a new one under “You” on the site."))
    person = User.objects.with_identity().get(pk=handle.user_id)
    told = _(
        "✅ Linked with %(name)s. Reminders come here if you chose so. STOP ends them, /help shows "
        "the rest."
    )
    return Reply(told % {"name": person.name}, person)


def _unlink(person: User, heard: Heard) -> str:
    handles.disconnect(person=person, channel=heard.channel, at=heard.at, door=heard.channel)
    return _(
        "Unlinked. Nothing comes here any more, and nothing sent from here counts. "
        "Back: a new code from the site."
    )


def _stop(person: User, heard: Heard) -> Reply:
    if not handles.stop(person=person, channel=heard.channel, at=heard.at):
        return Reply(_("Nothing is sent to you here. So nothing to stop."))
    text = _(
        "No more messages anywhere, from now on. Your answers stay. "
        "Back: START, or “You” on the site."
    )
    mistake = {"id": f"back:{int(heard.at.timestamp()):010}", "label": _("That was a mistake")}
    return Reply(text, rows=[[mistake]])


def _back(person: User, pressed: Pressed, since: datetime) -> Reply:
    if not timedelta(0) <= pressed.at - since <= TAKEN_BACK_FOR:
        return Reply(_("That was more than ten minutes ago. Write START."), refused=True)
    if not handles.start(person=person, channel=pressed.channel, at=pressed.at):
        return Reply(_("Messages are on already."), refused=True)
    return Reply(_("**Messages are on again, as before.**"))


def _start(person: User, heard: Heard) -> str:
    if not handles.start(person=person, channel=heard.channel, at=heard.at):
        return _help(person, heard)
    next_at = clock.instant(clock.today(heard.at), settings.REMINDER_TIME)
    return _("Messages are on again here. Next: %(at)s, if somebody calls.") % {
        "at": clock.named(next_at)
    }


def _help(person: User, heard: Heard) -> str:
    return _(
        "Write: tonight looking (available, maybe, no, clear), tomorrow maybe, 2026-11-24 no, "
        "status, stop. Linking: LINK code, unlink."
    )


LINK = frozenset({"link", "povezi"})
START = frozenset({"start", "zacni"})
# The button below the answer to STOP: since when.
STOPPED, TAKEN_BACK_FOR = re.compile(r"back:(?P<stamp>[0-9]{10})"), timedelta(minutes=10)
VERBS: dict[str, Callable[[User, Heard], str | Reply]] = {
    **dict.fromkeys(("unlink", "prekini"), _unlink),
    **dict.fromkeys(("stop", "konec"), _stop),
    **dict.fromkeys(START, _start),
    **dict.fromkeys(("help", "pomoc"), _help),
}
