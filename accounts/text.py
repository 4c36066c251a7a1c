"""What people write on Telegram and Signal about being reached: LINK, UNLINK, HELP, STOP, START.

Somebody who is not linked learns how to link, and nothing else.
"""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

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
class Reply:
    """What is said back; `linked` is the person whom this message has linked."""

    text: str
    linked: User | None = None


def words_of(text: str) -> tuple[str, str]:
    """Split a message into its first word, as people mean it, and the rest as it was written.

    Without a sign before it, without the bot's name after it, in small letters and without carons.
    """
    first, _space, rest = text.strip().partition(" ")
    plain = unicodedata.normalize("NFKD", first.lstrip("/!").partition("@")[0].casefold())
    return "".join(one for one in plain if not unicodedata.combining(one)), rest.strip()


def answer(heard: Heard) -> Reply:
    """Do what a message asks for and say so, in the person's language."""
    word, rest = words_of(heard.text)
    person = handles.owner_of(heard.channel, heard.address)
    language = person.preferences.language if person and hasattr(person, "preferences") else ""
    with translation.override(language or settings.LANGUAGE_CODE):
        # Telegram's links to a bot send /start and the code.
        if word in LINK or (word in START and rest):
            return _link(heard, rest)
        if person is None:
            return Reply(
                _(
                    "I do not know you here yet. Get a code under “You” on the site, "
                    "then send: LINK code"
                )
            )
        return Reply(VERBS.get(word, _help)(person, heard))


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


def _stop(person: User, heard: Heard) -> str:
    if not handles.stop(person=person, channel=heard.channel, at=heard.at):
        return _("Nothing is sent to you here. So nothing to stop.")
    return _(
        "No more messages anywhere, from now on. Your answers stay. "
        "Back: START, or “You” on the site."
    )


def _start(person: User, heard: Heard) -> str:
    if not handles.start(person=person, channel=heard.channel, at=heard.at):
        return _help(person, heard)
    next_at = clock.instant(clock.today(heard.at), settings.REMINDER_TIME)
    return _("Messages are on again here. Next: %(at)s, if somebody calls.") % {
        "at": clock.named(next_at)
    }


def _help(person: User, heard: Heard) -> str:
    return _("Write: STOP, and nothing more comes; START, and it does. Linking: LINK code, UNLINK.")


LINK = frozenset({"link", "povezi"})
START = frozenset({"start", "zacni"})
VERBS: dict[str, Callable[[User, Heard], str]] = {
    **dict.fromkeys(("unlink", "prekini"), _unlink),
    **dict.fromkeys(("stop", "konec"), _stop),
    **dict.fromkeys(START, _start),
    **dict.fromkeys(("help", "pomoc"), _help),
}
