"""What is said to people without a call: words, buttons and keys. Pure: facts in, words out.

The words are those of the design's message book.
"""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from availability import words
from availability.board import Times
from availability.models import Entry, Status
from availability.quorum import Quorum
from availability.words import Rows, reminder_id
from slomix.lib import clock

ASKS = "⏳"
# In a private message “no” is “Can't make it”, so the answer has a verb of its own.
STATUS_VERBS = {
    "looking": Status.LOOKING,
    "available": Status.AVAILABLE,
    "maybe": Status.MAYBE,
    "notplaying": Status.NOT_PLAYING,
}


def daily_key(day: date) -> str:
    """Return the ledger's key for the daily question."""
    return f"DAILY_REMINDER:{day}"


def nudge_key(day: date) -> str:
    """Return the ledger's key for a promoter's nudge."""
    return f"NUDGE:{day}"


def ready_prefix(day: date) -> str:
    """Return how every key of an evening's “we play” begins, whatever the threshold was."""
    return f"SESSION_READY:{day}:"


def ready_key(day: date) -> str:
    """Return the ledger's key for “we play”."""
    return f"{ready_prefix(day)}threshold={settings.READY_THRESHOLD}"


def short_key(day: date) -> str:
    """Return the ledger's key for “we are five again”."""
    return f"FELL_APART:{day}"


def daily(times: Times, looking: int) -> str:
    """Ask whether somebody plays tonight."""
    question = _("**Playing tonight, %(at)s?**") % {"at": clock.named(times.start_at)}
    if looking:
        return f"{question} {words.looking(looking)}."
    return question + " " + _("Nobody is looking yet.")


def ready(times: Times, looking: int, status: str) -> str:
    """Tell somebody that the evening is on."""
    said = _("**We play tonight at %(at)s.** %(looking)s. You said %(status)s.") % {
        "at": clock.named(times.start_at),
        "looking": words.looking(looking),
        "status": Status(status).label,
    }
    return f"{words.PLAYS} {said}"


def announcement(times: Times, looking: int) -> str:
    """Tell the channel that the evening is on."""
    said = _("**We play at %(at)s.** %(looking)s.") % {
        "at": clock.named(times.start_at),
        "looking": words.looking(looking),
    }
    return f"{words.PLAYS} {said}"


def short(times: Times, quorum: Quorum) -> str:
    """Tell those who were told that we play that too few are left, for now."""
    return words.sentence(quorum, times.start_at, 0, fell_apart=True)


def nudge(times: Times, missing: int, status: str) -> str:
    """Ask somebody who could come; `status` is empty where they did not answer."""
    facts = {"at": clock.named(times.start_at), "needed": words.needed(missing)}
    said = _("**Tonight, %(at)s: %(needed)s.**") % facts
    if status:
        said += " " + _("You said %(status)s.") % {"status": Status(status).label}
    return f"{ASKS} {said} " + _("Could you come?")


def status_row(day: date, mine: Entry | None = None) -> Rows:
    """Return the four answers as buttons; the one that holds cannot be pressed again."""
    made = []
    for verb, status in STATUS_VERBS.items():
        holds = mine is not None and mine.status == status and not mine.standing
        made.append(
            {
                "id": reminder_id(day, verb),
                "label": str(Status(status).label),
                "style": "secondary",
                "disabled": holds,
            }
        )
    return [made]


def daily_rows(day: date, mine: Entry | None = None, *, asked: bool = True) -> Rows:
    """Return the daily question's buttons: the four, and no more of them (or again)."""
    verb, label = ("nodaily", _("Stop asking me daily")) if asked else ("daily", _("Ask me again"))
    return [*status_row(day, mine), [button(day, verb, label)]]


def ready_rows(day: date) -> Rows:
    """Return the buttons of “we play”, and of “we are five again”."""
    return [
        [
            button(day, "in", _("I’m in"), "primary"),
            button(day, "maybe", str(Status.MAYBE.label)),
            button(day, "no", _("Can’t make it")),
        ]
    ]


def nudge_rows(day: date) -> Rows:
    """Return a nudge's buttons."""
    return [
        [
            button(day, "in", _("I’m in"), "primary"),
            button(day, "leave", _("Leave it")),
            button(day, "no", _("Can’t make it")),
        ]
    ]


def button(day: date, verb: str, label: str, style: str = "secondary") -> dict[str, str]:
    """Return one button of a private message."""
    return {"id": reminder_id(day, verb), "label": label, "style": style}


def page_row() -> Rows:
    """Return the one button of a message in a channel."""
    return [[{"label": _("Tonight’s page"), "url": settings.FRONTEND_ORIGIN + "/"}]]


def answered_keys(day: date) -> Iterable[str]:
    """Return what nobody needs to be asked any more once they answered."""
    return (daily_key(day), nudge_key(day))
