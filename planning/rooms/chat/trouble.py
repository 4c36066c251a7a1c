"""Why a room's thread is not there, in the reader's language; stored is the keeper's own word."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from botworker.thread_words import NO_RIGHT, NO_THREADS_HERE, REMOVED, TOO_MANY, WORDS

# The keeper's words that have others for people; the rest are known by themselves.
SAID = {
    REMOVED: noop("somebody deleted it in Discord"),
    WORDS[NO_RIGHT]: noop("the bot may not begin private threads there"),
    WORDS[NO_THREADS_HERE]: noop("private threads hang below text channels only"),
    WORDS[TOO_MANY]: noop("too many threads are open on the server"),
    "the channel is gone": noop("its channel is gone"),
    "the bot may not see this channel": noop("the bot may not see its channel"),
    "Discord cannot be reached": noop("Discord cannot be reached"),
    "Discord had trouble": noop("Discord had trouble"),
}


def said(trouble: str) -> str:
    """Return why the thread is not there as a piece of a sentence; empty for no trouble."""
    return _(SAID.get(trouble, noop("Discord did not take it"))) if trouble else ""
