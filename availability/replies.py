"""A press, and what the presser reads then. Knows nothing of discord.py, and decides nothing."""

from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import User
from availability.models import Door
from availability.words import Rows


@dataclass(frozen=True)
class Presser:
    """Who pressed, as Discord says."""

    discord_id: int
    username: str
    display_name: str
    avatar: str


@dataclass(frozen=True)
class Press:
    """One press: Discord's id for it, who, when; and through which door.

    On other channels `person` is known already, and `interaction_id` is nothing: whoever heard the
    press knows whether it is new.
    """

    interaction_id: int
    presser: Presser
    at: datetime
    door: str = Door.DISCORD
    person: User | None = None


@dataclass(frozen=True)
class Reply:
    """What the presser reads, and the buttons that are left. `refused`: nothing was changed."""

    text: str
    rows: Rows = field(default_factory=list)
    refused: bool = False


def refusal(text: str, label: str = "", path: str = "/") -> Reply:
    """Refuse with a sentence and, where it helps, a link to our own page."""
    link = {"label": label, "url": settings.FRONTEND_ORIGIN + path}
    return Reply(text, [[link]] if label else [], refused=True)


def unknown_button() -> Reply:
    """Answer a button that is none of ours, or one that somebody made up."""
    text = _("**This button does nothing any more.** For tonight press here.")
    return refusal(text, _("Tonight"))


def our_fault(interaction_id: int) -> Reply:
    """Say that it is our fault; the code finds the line in the log."""
    text = _(
        "**That did not work, and it is our fault.** Nothing was saved. Try again in a minute. "
        "`%(code)s`"
    )
    return Reply(text % {"code": interaction_id % 10**6}, refused=True)


def by_person(person: User, *, at: datetime, door: str) -> Press:
    """Return a press of somebody whom another channel knows; what it may do is looked at as ever."""
    who = getattr(person, "discord", None)
    presser = Presser(who.discord_id if who else 0, "", "", "")
    return Press(0, presser, at, door, person)
