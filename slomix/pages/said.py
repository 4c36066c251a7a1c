"""What was sent to somebody, and why not: the ledger's rows in their own words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import access
from accounts.models import User
from botworker import history
from botworker.history import Message, Try
from promotions import report, silences, words
from promotions.promises import DRY_RUN
from promotions.schedule import FOLLOW_UP
from promotions.silences import Silence
from slomix.lib import clock
from slomix.pages.reached import TITLES, moment

MOST = 30
SHOWN = 8  # the others stand behind a fold
KINDS = {
    **words.KINDS,
    "session_ready": gettext_lazy("We play"),
    "daily_prompt": gettext_lazy("Daily question"),
    "fell_apart": gettext_lazy("Too few again"),
    "call_off": gettext_lazy("The call is off"),
    "nudge": gettext_lazy("Could you come?"),
    "need_more": gettext_lazy("Could you come?"),
    "standby": gettext_lazy("Place in a team"),
    "planning": gettext_lazy("Place in a team"),
    "raid_reminder": gettext_lazy("Raid"),
    "raid_cancelled": gettext_lazy("The raid is cancelled"),
    "raid_quiet": gettext_lazy("Does the raid go on?"),
    "reachability": gettext_lazy("Test"),
    "test": gettext_lazy("Test"),
    "security": gettext_lazy("Notice about your account"),
    "answer": gettext_lazy("Answer to you"),
}
# The ledger's reasons as one says them to the person themselves; the others are in promotions.words.
TO_YOU = {
    "not linked": gettext_lazy("You had no player linked"),
    "reminders are off": gettext_lazy("Your reminders were off"),
    "not asked": gettext_lazy("You had not asked for reminders"),
    "not asked for": gettext_lazy("You had not asked for this"),
    "said no": gettext_lazy("You said you would not play"),
    "left the slot": gettext_lazy("You had left the raid’s slot"),
    "asked for no more tonight": gettext_lazy("You asked for no more that evening"),
    "no channel": gettext_lazy("No channel of yours worked"),
    "no channel reaches them": gettext_lazy("No channel of yours worked"),
    "quiet hours": gettext_lazy("Your quiet hours"),
    "answered": gettext_lazy("You had answered already"),
    "fell apart": gettext_lazy("Too few were left by then"),
    "too late": gettext_lazy("It was too late for it"),
    "the reminder says it": gettext_lazy("A reminder had told you already"),
    "enough for one evening": gettext_lazy("You had heard enough from us that evening"),
    "direct messages are closed": gettext_lazy("Your direct messages are closed"),
    "in voice": gettext_lazy("You were in voice already"),
    "no fresh news from voice": gettext_lazy(
        "We did not know who was in voice, so we asked nobody"
    ),
    "comes later": gettext_lazy("You had said that you come later"),
    "not expected any more": gettext_lazy("Your answer had changed"),
    "not on our Discord server": gettext_lazy("You are not on our Discord server"),
}
# Where the ledger gives no reason.
OTHERWISE = {
    "expired": gettext_lazy("It could not be sent in time, and nothing is sent late"),
    "failed": gettext_lazy("It was refused"),
    "cancelled": gettext_lazy("It was called off"),
    "withdrawn": gettext_lazy("It was taken back"),
    "unconfirmed": gettext_lazy("No clear answer, so it is not said twice"),
}


@dataclass(frozen=True)
class Line:
    """One line of somebody's message history."""

    title: str
    at: datetime
    when: str
    group: str
    words: str


def history_of(person: User, at: datetime) -> list[Line]:
    """Return what was said to somebody and what was not, the newest first, in four queries.

    Beside the ledger's rows stand the evenings of the last week that have none, and why.
    """
    messages = history.latest(person, MOST)
    told = lines(messages, at)
    if not access.of(person).linked:
        return told
    real = [one for one in messages if one.kind in words.KINDS and one.reason != DRY_RUN]
    heard = {one.evening for one in real if one.evening}
    silent = silences.of(person, heard, at)
    if len(messages) == MOST:  # what is older was cut off, so nobody knows whether it is missing
        silent = [one for one in silent if one.start_at > messages[-1].due_at]
    told += [_silent(one, at) for one in silent]
    return sorted(told, key=lambda line: line.at, reverse=True)[:MOST]


def _silent(one: Silence, at: datetime) -> Line:
    when = moment(one.start_at, at)
    return Line(_("Nothing was sent"), one.start_at, when, "skipped", one.words)


def lines(messages: list[Message], at: datetime) -> list[Line]:
    """Put messages into words, in the order they come."""
    return [
        Line(
            title=str(KINDS.get(one.kind, one.kind)),
            at=one.due_at,
            when=moment(one.due_at, at),
            group=report.group_of(one.state),
            words=_words(one, at),
        )
        for one in messages
    ]


def _words(one: Message, at: datetime) -> str:
    where = TITLES.get(one.channel, one.channel)
    if one.state == "sent":
        refused = [TITLES.get(each.channel, each.channel) for each in _refused(one)]
        facts = {"where": where, "at": _arrived(one, at)}
        if not refused:
            return _("%(where)s, %(at)s") % facts
        return _("%(before)s did not take it. %(where)s, %(at)s") % {
            "before": ", ".join(dict.fromkeys(refused)),
            **facts,
        }
    if one.kind == FOLLOW_UP and one.state in ("planned", "scheduled"):
        return _("Only if you are not in voice then")
    if report.group_of(one.state) == "waiting":
        return _("On its way, %(where)s") % {"where": where} if where else _("On its way")
    return str(TO_YOU.get(one.reason) or words.why(one.reason) or OTHERWISE.get(one.state, ""))


def _arrived(one: Message, at: datetime) -> str:
    """The day stands in the line already, unless it was another one."""
    then = one.settled_at or one.due_at
    same = clock.today(then) == clock.today(one.due_at)
    return clock.wall(then.replace(microsecond=0)) if same else moment(then, at)


def _refused(one: Message) -> list[Try]:
    return [
        each for each in one.tries if each.outcome == "rejected" and each.channel != one.channel
    ]
