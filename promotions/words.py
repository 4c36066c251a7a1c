"""What a call says, and why somebody hears nothing. Pure: facts in, words out."""

from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from availability import words
from availability.board import Times
from availability.quorum import Quorum
from availability.words import Rows
from botworker import conditions, outbox
from promotions import recipients, refusals
from promotions.places import Places
from slomix.lib import clock

KINDS = {
    "reminder": gettext_lazy("Reminder"),
    "start": gettext_lazy("Start"),
    "follow_up": gettext_lazy("Follow-up"),
}
LEFT_OUT = {
    recipients.CALLS_THEMSELVES: gettext_lazy("Makes this call"),
    recipients.NOT_LINKED: gettext_lazy("Has no player linked"),
    recipients.NOT_ASKED: gettext_lazy("Has not asked for reminders"),
    recipients.NO_CHANNEL: gettext_lazy("No channel reaches them"),
    recipients.QUIET: gettext_lazy("Quiet hours"),
    recipients.TOO_LATE: gettext_lazy("Too late for it"),
}
REASONS = {
    **LEFT_OUT,
    **refusals.WORDS,
    "answered": gettext_lazy("Answered already"),
    "fell apart": gettext_lazy("Too few were left by then"),
    "the place is not free any more": gettext_lazy("The place was not free any more"),
    "the reminder says it": gettext_lazy("A reminder says it"),
    "enough for one evening": gettext_lazy("Has heard enough from us that evening"),
    "reminders are off": gettext_lazy("Switched reminders off"),
    "not asked for": gettext_lazy("Did not ask for this"),
    "said no": gettext_lazy("Said no"),
    "left the slot": gettext_lazy("Left the raid’s slot"),
    "the raid is over": gettext_lazy("The raid was over"),
    "asked for no more tonight": gettext_lazy("Asked for no more tonight"),
    "erased": gettext_lazy("Erased their account"),
    "called again": gettext_lazy("Called again"),
    "call cancelled": gettext_lazy("The call was cancelled"),
    "skipped: cancelled": gettext_lazy("The call was cancelled"),
    "skipped: dry run": gettext_lazy("Dry run: nothing is sent"),
    "skipped: switched off": gettext_lazy("Nobody is asked after the start: it is switched off"),
    conditions.IN_VOICE: gettext_lazy("In voice already"),
    conditions.NO_NEWS: gettext_lazy("No fresh news from voice, so nobody is asked"),
    outbox.COMES_LATER: gettext_lazy("Said that they come later"),
    "not expected any more": gettext_lazy("Not expected any more"),
    "switched off": gettext_lazy("Nobody is asked after the start: it is switched off"),
    "dry run": gettext_lazy("Dry run: nothing is sent"),
    "direct messages are closed": gettext_lazy("Direct messages are closed"),
    "Discord does not know this account": gettext_lazy("Discord does not know this account"),
    "no clear answer": gettext_lazy("No clear answer, so it is not said twice"),
    "no channel reaches them": gettext_lazy("No channel reaches them"),
    "not linked there any more": gettext_lazy("Unlinked the channel"),
    "the bot is blocked on Telegram": gettext_lazy("Blocked the bot on Telegram"),
    "the Telegram account is gone": gettext_lazy("The Telegram account is gone"),
    "the number has no Signal": gettext_lazy("The number has no Signal"),
    "the Signal keys changed": gettext_lazy("New keys on Signal that nobody has trusted yet"),
    "the address cannot be decrypted": gettext_lazy("Our key does not open the address"),
    "not on our Discord server": gettext_lazy("Not on our Discord server"),
}


def body(kind: str, times: Times, quorum: Quorum, places: Places) -> str:
    """Return the text of one kind; true from its time until it expires.

    Where the voice channel has no name the word stands for it.

    It names the hour and never "in 15 minutes": a text that is frozen and perhaps tried again
    later would be wrong by then.
    """
    at = clock.named(times.start_at)
    facts = {
        "at": at,
        "looking": words.looking(quorum.looking),
        "more": words.more(quorum.missing),
        "needed": words.needed(quorum.missing),
    }
    if kind == "start":
        if quorum.ready:
            return _starting(facts["at"], places)
        return _("**It is %(at)s and %(needed)s.** Every one counts.") % facts
    if quorum.ready:
        return _("🔔 **We play at %(at)s.** %(looking)s. Coming?") % facts
    return _("🔔 **Game night at %(at)s.** %(looking)s, %(more)s. Coming?") % facts


def _starting(at: str, places: Places) -> str:
    text = _("🔔 **%(at)s, we are starting.** See you in voice.")
    if places.voice:
        text = _("🔔 **%(at)s, we are starting.** Voice: %(channel)s.")
    said = text % {"at": at, "channel": places.voice}
    if not places.server:
        return said
    server = _("Server: `/connect %(address)s`") % {"address": places.server}
    return f"{said} {server}"


def rows(kind: str, day: date, places: Places) -> Rows:
    """Return the buttons of one kind; the start has one that opens the voice channel, too."""
    first, *rest = words.reminder_rows(day)
    if kind == "start" and places.voice_link:
        first = [*first, {"label": _("Open voice"), "url": places.voice_link}]
    return [first, *rest]


def missing(name: str, start_at: datetime) -> str:
    """Return the word to somebody who said that they play and is not in voice; never nagging."""
    text = _(
        "**Hi %(name)s, we saved you a place for %(at)s.** You are not in voice yet. Coming? "
        "Any answer is fine."
    )
    return text % {"name": name, "at": clock.named(start_at)}


def on_server(channel: str = "") -> str:
    """Return the word to somebody who plays without voice; `channel` is its name, if it has one."""
    if channel:
        text = _(
            "**We see you on the server, but not in voice.** %(channel)s is open. Playing without "
            "voice? Press *I’m in*."
        )
        return text % {"channel": channel}
    return _(
        "**We see you on the server, but not in voice.** Voice is open. Playing without voice? "
        "Press *I’m in*."
    )


def why(reason: str) -> str:
    """Put a reason of the ledger or of a choice into words; an unknown one is shown as it is."""
    return str(REASONS.get(refusals.without_code(reason), reason))
