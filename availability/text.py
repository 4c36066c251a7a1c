"""What people write and press on Telegram and Signal about evenings. It only translates.

Every answer says what now holds and how to change it: with buttons on Telegram; on Signal, which
has none, with the words to send and a link that works once. Whoever is not linked is not answered
here: `accounts.text` says how to link, and nothing else.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from accounts import links, text
from accounts.actions import handles
from accounts.models import User
from accounts.text import Heard, Pressed, Reply
from availability import actions, grammar, phrases, presses, queries
from availability.actions import AnswerRefused, NotLinked
from availability.grammar import Meant, Mistake, Verb, Wrong
from availability.models import Status
from availability.words import Rows
from botworker import history, outbox
from botworker.channels import http
from slomix.lib import clock

# A bare IN answers the last message; one that is older than this is not what anybody means.
ANSWERS_FOR = timedelta(hours=12)
# Below a delivery: its marker says whose it is. Below an answer of ours: the evening alone.
DELIVERED = re.compile(r"dlv:(?P<marker>[\w-]{22}):(?P<verb>[a-z_]{2,12}):(?P<day>[0-9]{8})")
ANSWERED = re.compile(r"(?P<kind>day|call):(?P<day>[0-9]{8}):(?P<verb>[a-z_]{2,12})")
OURS = re.compile(r"dlv:\{marker\}:(?P<verb>[a-z_]{2,12}):(?P<day>[0-9]{8})")


@dataclass(frozen=True)
class Talk:
    """Who says something, on which channel, when."""

    person: User
    channel: str
    at: datetime

    @property
    def today(self) -> date:
        """The evening that “tonight” means."""
        return clock.today(self.at)

    @property
    def press(self) -> presses.Press:
        """The same as a press of theirs."""
        return presses.by_person(self.person, at=self.at, door=self.channel)

    def entry(self, day: date) -> "phrases.Held":
        """What the person says about a day, if anything."""
        return queries.answer_of(self.person.pk, day)


def answer(heard: Heard) -> Reply | None:
    """Do what a message asks for; None for one that is not about evenings, or from a stranger."""
    person = handles.owner_of(heard.channel, heard.address)
    if person is None:
        return None
    talk = Talk(person, heard.channel, heard.at)
    with translation.override(text.language_of(person)):
        meant = grammar.parse(heard.text, today=talk.today)
        if isinstance(meant, Mistake):
            return None if text.knows(heard.text) else _mistaken(meant)
        if meant.verb is Verb.HELP or (meant.verb is Verb.STOP and meant.day is None):
            return None
        try:
            return VERBS[meant.verb](talk, meant)
        except NotLinked:
            words = _("**First tell us who you are in the game.** It takes a minute.")
            return _of(presses.refusal(words, _("Link my player"), "/link/"))
        except AnswerRefused as refused:
            return Reply(str(refused), refused=True)


def press(pressed: Pressed) -> Reply | None:
    """Do what a button asks for; None for one that is not about evenings, or from a stranger.

    A button below a delivery counts for its recipient and its evening alone, as in Discord; one
    below an answer for whose chat it is. A day that is over is refused in words.
    """
    person = handles.owner_of(pressed.channel, pressed.address)
    if person is None:
        return None
    talk = Talk(person, pressed.channel, pressed.at)
    with translation.override(text.language_of(person)):
        if found := DELIVERED.fullmatch(pressed.data):
            return _below_a_delivery(talk, **found.groupdict())
        if found := ANSWERED.fullmatch(pressed.data):
            return _below_an_answer(talk, **found.groupdict())
    return None


def _below_a_delivery(talk: Talk, marker: str, verb: str, day: str) -> Reply:
    reply = presses.on_reminder(talk.press, marker=marker, verb=verb, day=day)
    rows = [[_filled(one, marker) for one in row] for row in reply.rows]
    if reply.refused:
        return Reply(reply.text, rows=rows, refused=True)
    said = outbox.addressed(marker)
    ends = http.way_out(said.kind, talk.person.pk) if said else []
    return Reply("\n".join((reply.text, *ends)), rows=rows)


def _filled(button: dict[str, object], marker: str) -> dict[str, object]:
    if "id" not in button:
        return button
    return button | {"id": str(button["id"]).replace("{marker}", marker)}


def _below_an_answer(talk: Talk, kind: str, day: str, verb: str) -> Reply:
    if kind == "call":
        evening = _day_of(day)
        if evening is None:
            return _of(presses.unknown_button())
        return _of(presses.on_word(talk.press, verb=verb, evening=evening))
    reply = presses.on_post(talk.press, day=day, verb=verb)
    evening = _day_of(day)
    if reply.refused or evening is None:
        return _of(reply)
    return Reply(reply.text, rows=_four(talk, evening))


def _day_of(digits: str) -> date | None:
    try:
        return datetime.strptime(digits, "%Y%m%d").date()  # noqa: DTZ007  a day has no zone
    except ValueError:
        return None


def _of(reply: presses.Reply) -> Reply:
    """Return what a press says, with buttons that stand below an answer of ours."""
    rows: Rows = [[_named(one) for one in row] for row in reply.rows]
    return Reply(reply.text, rows=rows, refused=reply.refused)


def _named(button: dict[str, object]) -> dict[str, object]:
    found = OURS.fullmatch(str(button.get("id", "")))
    return button | {"id": f"call:{found['day']}:{found['verb']}"} if found else button


def _four(talk: Talk, day: date) -> Rows:
    """The four answers for a day, the one that holds ticked, and how to take it back."""
    return phrases.four(day, talk.entry(day))


def _told(talk: Talk, day: date, said: str) -> Reply:
    """Say what holds on a day and offer the change, as the channel can."""
    entry = talk.entry(day)
    words = {"words": phrases.other(day, talk.today, entry)}
    hint = _("Change: %(words)s.") % words if entry else _("Write: %(words)s.") % words
    return Reply(f"{said} {hint}\n{_link(talk, day)}".rstrip(), rows=_rows(talk, day))


def _rows(talk: Talk, day: date) -> Rows:
    return _four(talk, day) if talk.channel == "telegram" else []


def _link(talk: Talk, day: date) -> str:
    """The line with a link for one answer, where there are no buttons and the day is near."""
    near = talk.today <= day < talk.today + links.ANSWER_LIVES
    if talk.channel != "signal" or not near:
        return ""
    return _("Or choose here, once: %(link)s") % {
        "link": links.answer_link(talk.person.pk, talk.channel, day, talk.at)
    }


def _answer(talk: Talk, meant: Meant, *, late: bool = False) -> Reply:
    day, status = meant.day or talk.today, meant.status or Status.LOOKING
    before = talk.entry(day)
    planned = outbox.planned_for(talk.person, day)
    after = actions.answer(
        person=talk.person,
        day=day,
        status=status,
        at=talk.at,
        door=talk.channel,
        late=late,
        come_at=meant.start,
    )
    if phrases.same(before, after):
        return _told(talk, day, phrases.already(after))
    withdrawn = planned if status == Status.NOT_PLAYING else 0
    progress = "" if status == Status.NOT_PLAYING else phrases.progress(_looking(day))
    said = [phrases.answered(day, talk.today, after), phrases.withdrawn(withdrawn), progress]
    return _told(talk, day, " ".join(one for one in said if one))


def _clear(talk: Talk, meant: Meant) -> Reply:
    day = meant.day or talk.today
    cleared = actions.clear(person=talk.person, day=day, at=talk.at, door=talk.channel)
    usual = queries.is_usual(talk.person.pk, day)
    left = talk.entry(day)
    said = phrases.cleared(day, talk.today, cleared=cleared, left=left, usual=usual)
    return _told(talk, day, said)


def _status(talk: Talk, meant: Meant) -> Reply:
    day = meant.day or talk.today
    tomorrow = talk.today + timedelta(days=1)
    then = talk.entry(tomorrow) if meant.day is None else None
    said = [
        phrases.holds(day, talk.today, talk.entry(day)),
        phrases.holds_tomorrow(then) if meant.day is None else "",
        phrases.numbers(_looking(day)),
    ]
    return _told(talk, day, " ".join(one for one in said if one))


def _looking(day: date) -> int:
    found = queries.counts(day, day).get(day)
    return found.looking if found else 0


def _called(verb: str) -> Callable[[Talk, Meant], Reply]:
    """Answer the last message in words: what its button does, for the evening it was about."""

    def answered(talk: Talk, meant: Meant) -> Reply:
        last = history.last_evening(talk.person, talk.at - ANSWERS_FOR)
        day = meant.day or last or talk.today
        if verb in ("in", "late") and (day > talk.today or meant.start):
            return _answer(talk, Meant(Verb.ANSWER, day, start=meant.start), late=verb == "late")
        if verb == "no" and day > talk.today:
            return _answer(talk, Meant(Verb.ANSWER, day, Status.NOT_PLAYING))
        reply = _of(presses.on_word(talk.press, verb=verb, evening=day))
        if talk.channel == "telegram" or reply.refused:
            return reply
        send = _("Send %(see)s to see, %(no)s to change.") % {
            "see": pgettext("to send", "STATUS"),
            "no": WAY_BACK[verb],
        }
        return Reply(f"{reply.text}\n{send}\n{_link(talk, day)}".rstrip())

    return answered


def _undo(talk: Talk, meant: Meant) -> Reply:
    undone = actions.undo(person=talk.person, at=talk.at, door=talk.channel, day=meant.day)
    day = undone.day
    if undone.entry is None:
        said = phrases.cleared(day, talk.today, cleared=True, left=None)
    else:
        said = phrases.answered(day, talk.today, undone.entry)
    return _told(talk, day, said)


def _mistaken(mistake: Mistake) -> Reply | None:
    if mistake.wrong not in MISTAKES:
        return None
    return Reply(MISTAKES[mistake.wrong]() % {"text": mistake.text[:40]}, refused=True)


# What undoes the answer that was just given.
WAY_BACK = {
    "in": pgettext_lazy("to send", "NO"),
    "late": pgettext_lazy("to send", "NO"),
    "no": pgettext_lazy("to send", "IN"),
    "stop": pgettext_lazy("to send", "REMIND"),
    "resume": pgettext_lazy("to send", "STOP TONIGHT"),
    "leave": pgettext_lazy("to send", "IN"),
    "nodaily": pgettext_lazy("to send", "ASK DAILY"),
    "daily": pgettext_lazy("to send", "STOP DAILY"),
}
MISTAKES: dict[Wrong, Callable[[], str]] = {
    Wrong.DAY: lambda: _("I do not know the day “%(text)s”. Write today, tomorrow or 2026-11-24."),
    Wrong.STATUS: lambda: _(
        "I do not know “%(text)s”. Write looking, available, maybe, no or clear."
    ),
    Wrong.TIME: lambda: _("“%(text)s” is not a time. Write it as 21:30."),
}
VERBS: dict[Verb, Callable[[Talk, Meant], Reply]] = {
    Verb.ANSWER: _answer,
    Verb.CLEAR: _clear,
    Verb.STATUS: _status,
    Verb.IN: _called("in"),
    Verb.LATE: _called("late"),
    Verb.NO: _called("no"),
    Verb.STOP: _called("stop"),
    Verb.RESUME: _called("resume"),
    Verb.LEAVE: _called("leave"),
    Verb.NO_DAILY: _called("nodaily"),
    Verb.DAILY: _called("daily"),
    Verb.UNDO: _undo,
}
