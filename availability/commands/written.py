"""An evening in words: what is written behind `!avail`, and to the bot privately."""

from datetime import timedelta

from django.utils.translation import gettext as _

from accounts.models import User
from availability import grammar
from availability.commands import common, days, evening, question, reached
from availability.grammar import Meant, Mistake, Verb, Wrong
from availability.models import Status
from availability.presses import Press, Reply, refusal
from botworker import history
from botworker.plain import plain
from slomix.lib import clock

LONGEST_READ = 300
# A bare IN answers the last message; one that is older than this is not what anybody means.
ANSWERS_FOR = timedelta(hours=12)


def written(press: Press, *, text: str) -> Reply:
    """Do what somebody wrote behind `!avail`, in either language and order."""
    return _answer(press, _read(press, f"avail {text}"))


def spoken(press: Press, *, text: str) -> Reply:
    """Do what somebody wrote to the bot privately, without any sign before it."""
    return _answer(press, _read(press, text))


def is_talk(press: Press, text: str) -> bool:
    """Say whether a message is none of our sentences; nobody answers those."""
    found = _read(press, text)
    return isinstance(found, Mistake) and found.wrong is Wrong.UNKNOWN


def _read(press: Press, text: str) -> Meant | Mistake:
    return grammar.parse(text[:LONGEST_READ], today=clock.today(press.at))


def _answer(press: Press, meant: Meant | Mistake) -> Reply:
    if isinstance(meant, Mistake):
        common.linked(press)
        return _mistaken(meant)
    if meant.verb is Verb.STOP and meant.day is None:
        # Works for everybody, as every no does.
        return reached.unsubscribe(press, channel=reached.EVERYWHERE)
    return _done(press, meant)


def _done(press: Press, meant: Meant) -> Reply:
    person = common.linked(press)
    day = meant.day or clock.today(press.at)
    if meant.verb is Verb.ANSWER:
        said = evening.say(press, person, day, meant.status, meant.start)
        return question.below(press, said)
    if meant.verb is Verb.CLEAR:
        return evening.take_back(press, person, day)
    if meant.verb is Verb.STATUS:
        return evening.status(press, person, meant.day)
    if meant.verb is Verb.UNDO:
        return evening.undo(press, person, meant.day)
    if meant.verb is Verb.HELP:
        return usage()
    return _like_a_button(press, person, meant)


def _like_a_button(press: Press, person: User, meant: Meant) -> Reply:
    """IN, LATE, NO, STOP and REMIND answer the last message, where no day is named."""
    today = clock.today(press.at)
    day = meant.day or history.last_evening(person, press.at - ANSWERS_FOR) or today
    coming = meant.verb in (Verb.IN, Verb.LATE)
    if coming and (day > today or meant.start):
        late = meant.verb is Verb.LATE and meant.start is None
        return evening.say(press, person, day, Status.LOOKING, meant.start, late=late)
    if meant.verb is Verb.NO and day > today:
        return evening.say(press, person, day, Status.NOT_PLAYING)
    return evening.as_pressed(press, person, day, meant.verb.value)


def _mistaken(mistake: Mistake) -> Reply:
    if mistake.wrong is Wrong.DAY:
        return days.no_day(mistake.text).reply
    if mistake.wrong is Wrong.TIME:
        return days.no_time(mistake.text).reply
    if mistake.wrong is Wrong.STATUS:
        text = _("**I do not know “%(text)s”.** Write looking, available, maybe, no or clear.")
        return refusal(text % {"text": plain(mistake.text, days.LONGEST_TYPED)})
    return usage()


def usage() -> Reply:
    """Say how `!avail` is written."""
    text = _(
        "**Write:** *!avail today looking* (available, maybe, no, clear), *!avail tomorrow maybe*, "
        "*!avail 2026-11-24 no*, *!avail status*."
    )
    return refusal(text)
