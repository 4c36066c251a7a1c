"""What the commands have in common: who asks, in which language, and what they are refused."""

import secrets
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import access, language, limits
from accounts.actions.handles import HandleRefused
from accounts.models import User
from availability import phrases, words
from availability.actions import AnswerRefused, NotLinked
from availability.models import Entry
from availability.presses import Press, Reply, met, refusal
from availability.quorum import Quorum
from availability.words import Rows
from slomix.lib import clock

# What the buttons of any message of ours carry in the place of `{marker}`: 22 characters.
MARKER_BYTES = 16
END = ". "
T = TypeVar("T")


class Refused(Exception):
    """A command is refused; `reply` says what was wrong and how to do it right."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(reply.text)
        self.reply = reply


def run(press: Press, verb: Callable[..., Reply], **given: Any) -> Reply:
    """Run one command in the language of whoever asks; a refusal is an answer like any other."""
    return in_their_language(press, _refusing, verb, **given)


def in_their_language(press: Press, verb: Callable[..., T], *rest: Any, **given: Any) -> T:
    """Run something in the language of whoever asks."""
    with translation.override(language.on_discord(press.presser.discord_id)):
        return verb(press, *rest, **given)


def _refusing(press: Press, verb: Callable[..., Reply], **given: Any) -> Reply:
    try:
        return verb(press, **given)
    except Refused as refused:
        return refused.reply
    except NotLinked:
        return not_linked()
    except (AnswerRefused, HandleRefused) as refused:
        return refusal(first_sentence_bold(str(refused)))


def older_command(press: Press) -> Reply:
    """Answer a command of a list that Discord's own program still shows and we do not have."""
    text = _("**This command has changed.** Type / again: the list is new then.")
    return refusal(text)


def first_sentence_bold(text: str) -> str:
    """Say a refusal as Discord shows it: what was wrong is bold."""
    first, end, rest = text.partition(END)
    return f"**{first}.** {rest}" if end else f"**{text}**"


def meet(press: Press) -> User:
    """Return the person behind a command, with names, player and wishes."""
    return User.objects.with_identity().get(pk=met(press).pk)


def linked(press: Press) -> User:
    """Return the person behind a command; raises NotLinked for one without a player."""
    person = meet(press)
    if not access.of(person).linked:
        raise NotLinked("person", "")
    return person


def not_linked() -> Reply:
    """Say how somebody without a player gets one."""
    text = _("**First tell us who you are in the game.** It takes a minute.")
    return refusal(text, _("Link my player"), "/link/")


def limit(kind: limits.Limit, press: Press, holds: Entry | None = None, *, about: bool) -> None:
    """Count a command; raises Refused when it was one too many.

    `about` says that an evening was meant: then the refusal repeats the answer that `holds` there.
    """
    wait = limits.take(kind, f"discord {press.presser.discord_id}", at=press.at)
    if wait:
        raise Refused(too_much(wait, said(holds) if about else ""))


def too_much(seconds: int, holds: str = "") -> Reply:
    """Say that it was a lot at once, and which answer counts if one was meant."""
    wait = ngettext("in %(n)d second", "in %(n)d seconds", seconds) % {"n": seconds}
    told = [_("**That was a lot at once.** Again %(wait)s.") % {"wait": wait}]
    if holds:
        told.append(_("Your last answer that counts: %(status)s.") % {"status": holds})
    return Reply(" ".join(told), refused=True)


def said(entry: Entry | None) -> str:
    """Write an answer: “Looking, from 21:30 CET (your week)”."""
    return phrases.status(entry) if entry else _("no answer yet")


def counted(looking: int, could_come: int) -> str:
    """Say how far an evening is: “3 are looking, 3 more and we play. 1 could still come.”"""
    told = phrases.numbers(looking)
    if Quorum(looking, settings.READY_THRESHOLD).ready:
        return f"{told} " + _("We play.")
    return f"{told} {words.could(could_come)}." if could_come else told


def buttons(day: date) -> Rows:
    """Return the buttons of an evening, as under its post, for a message of their own."""
    marker = secrets.token_urlsafe(MARKER_BYTES)
    return [
        [_marked(button, marker) if "id" in button else button for button in row]
        for row in words.post_rows(day)
    ]


def _marked(button: dict[str, Any], marker: str) -> dict[str, Any]:
    return button | {"id": button["id"].format(marker=marker)}


def start_of(at: datetime) -> str:
    """Return when tonight begins, with its zone."""
    return clock.named(clock.instant(clock.today(at), settings.START_TIME))
