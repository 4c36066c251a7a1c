"""What a press in Discord does, and what the presser reads then. Knows nothing of discord.py.

One transaction a press. Everything a button carries is looked at again: who presses, whose message
it is, which evening it means; the button's own word is never trusted. What each verb does and says
is in `pressing`.
"""

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import access, language
from accounts import actions as people
from accounts.models import User
from availability import prompt_words
from availability.actions import AnswerRefused, NotLinked
from availability.pressing import REMINDER_VERBS, WISH_VERBS, already, on_evening
from availability.replies import (
    Press,
    Presser,
    Reply,
    by_person,
    our_fault,
    refusal,
    unknown_button,
)
from botworker import outbox, rules
from slomix.lib import clock, dates

__all__ = [
    "REMINDER_VERBS",
    "Press",
    "Presser",
    "Reply",
    "by_person",
    "on_post",
    "on_reminder",
    "on_unknown",
    "on_word",
    "our_fault",
    "refusal",
    "unknown_button",
]


def on_word(press: Press, *, verb: str, evening: date) -> Reply:
    """Answer a message in words: what its button of the same verb does, wherever it was sent.

    A status has a door of its own.
    """
    if verb in WISH_VERBS:
        return _wish(press, evening, verb)
    if verb not in REMINDER_VERBS or verb in prompt_words.STATUS_VERBS:
        return unknown_button()
    day = f"{evening:%Y%m%d}"
    return _guarded(press, day, lambda person, on: REMINDER_VERBS[verb](press, person, on))


def on_post(press: Press, *, day: str, verb: str) -> Reply:
    """Answer an evening from its living post: looking, available, maybe, no, clear."""
    return _guarded(press, day, lambda person, evening: on_evening(press, person, evening, verb))


def on_reminder(press: Press, *, marker: str, verb: str, day: str) -> Reply:
    """Answer from a private message; only its recipient can, and only for its own evening."""
    if press.person is None:
        with translation.override(language.on_discord(press.presser.discord_id)):
            return _on_reminder(press, marker, verb, day)
    return _on_reminder(press, marker, verb, day)


def _on_reminder(press: Press, marker: str, verb: str, day: str) -> Reply:
    said = outbox.addressed(marker)
    if said is None or verb not in REMINDER_VERBS | WISH_VERBS:
        return unknown_button()
    if said.recipient != outbox.recipient_of(press.presser.discord_id):
        return refusal(_("**This belongs to somebody else.** Yours is in your own messages."))
    if said.evening is None or f"{said.evening:%Y%m%d}" != day:
        return unknown_button()
    if verb in WISH_VERBS:
        reply = _wish(press, said.evening, verb)
    else:
        reply = _guarded(
            press, day, lambda person, evening: REMINDER_VERBS[verb](press, person, evening)
        )
    if reply.refused:
        return reply
    rows = reply.rows
    if said.kind == rules.DAILY and verb in prompt_words.STATUS_VERBS:
        rows = [*rows, prompt_words.daily_rows(said.evening)[-1]]
    return Reply(f"{said.body}\n\n{reply.text}", rows)


def on_unknown(press: Press) -> Reply:
    """Answer a press on a button that is none of ours, in the presser's language."""
    with translation.override(language.on_discord(press.presser.discord_id)):
        return unknown_button()


def _wish(press: Press, evening: date, verb: str) -> Reply:
    """Change what is sent at all: also long after the evening, and without a player.

    Whoever is not linked is asked nothing anyway, so what they may do is say no.
    """
    with transaction.atomic():
        person = press.person or met(press)
        return WISH_VERBS[verb](press, person, evening)


def _guarded(press: Press, day: str, verb: Callable[[User, date], Reply]) -> Reply:
    evening = _evening(day)
    if evening is None:
        return unknown_button()
    if evening < clock.today(press.at):
        text = _("**That was %(day)s, it is over.** For tonight press here.")
        return refusal(text % {"day": dates.about(evening)}, _("Tonight"))
    try:
        with transaction.atomic():
            return _once(press, evening, verb)
    except NotLinked:
        text = _("**First tell us who you are in the game.** It takes a minute.")
        return refusal(text, _("Link my player"), "/link/")
    except AnswerRefused as refused:
        return refusal(str(refused))


def _once(press: Press, evening: date, verb: Callable[[User, date], Reply]) -> Reply:
    person = press.person or met(press)
    if not access.of(person).linked:
        raise NotLinked("person", "")
    if not press.person and not outbox.first_time(press.interaction_id, press.at):
        return already(person, evening)
    return verb(person, evening)


def met(press: Press) -> User:
    """Return the person behind a press or a command; a first contact makes one."""
    who = press.presser
    return people.meet(
        discord_id=who.discord_id,
        username=who.username,
        display_name=who.display_name,
        avatar=who.avatar,
        at=press.at,
    )


def _evening(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007  a day has no zone
    except ValueError:
        return None
