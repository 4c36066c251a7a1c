"""Who could still come to an evening, and why one of them is not asked whether they do.

A promoter's nudge and the planning room's ping ask the same people the same thing, so they share
the key: nobody is asked twice in an evening, whoever presses what.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext_noop as noop

from accounts import reach
from accounts.models import User
from accounts.reach import Reach
from availability import prompt_words
from availability.board import Times
from availability.models import Entry, Status
from botworker import outbox, promising, rules, told
from botworker.outbox import Event, Message

ASKED_FOR = timedelta(minutes=30)
LEAST = timedelta(minutes=1)
WEEK = timedelta(days=7)
# Whoever looks or does not play is not asked; no answer is no status.
COULD = ("", Status.AVAILABLE, Status.MAYBE)
OFTEN = noop("asked often enough this week")
# Both are the same question.
KINDS = (rules.NUDGE, rules.NEED_MORE)


@dataclass(frozen=True)
class Choice:
    """One person who could come: what they said, and why they are not asked, if so."""

    person: User
    status: str
    reach: Reach
    silent: str = ""


def choices(*, kind: str, wish: str, by: User, day: date, at: datetime) -> list[Choice]:
    """Return everybody who could come and has `wish` switched on, but whoever asks; six queries.

    `kind` is what the message would be in the ledger.
    """
    said = dict(Entry.objects.on(day).values_list("person", "status"))
    linked = User.objects.linked().filter(**{f"preferences__{wish}": True})
    people = [
        who
        for who in linked.with_identity().exclude(pk=by.pk).order_by("pk")
        if said.get(who.pk, "") in COULD
    ]
    reached = reach.of_many(who.pk for who in people)
    names = {who.pk: outbox.recipient_of(who.discord.discord_id) for who in people}
    often = told.times(KINDS, names.values(), at - WEEK)
    about = told.about(day, names.values())
    return [
        Choice(
            who,
            said.get(who.pk, ""),
            reached[who.pk],
            _silent(kind, reached[who.pk], often[names[who.pk]], about.get(names[who.pk], []), at),
        )
        for who in people
    ]


def _silent(kind: str, person: Reach, often: int, evening: list[rules.Told], at: datetime) -> str:
    if not person.channels:
        return "no channel"
    if often >= settings.NUDGES_A_WEEK:
        return OFTEN
    if person.quiet_until(at):
        return "quiet hours"
    if any(one.kind in KINDS and one.ahead for one in evening):
        return "enough for one evening"
    return rules.unasked(kind, evening, at)


def ask(asked: Sequence[Choice], *, kind: str, times: Times, missing: int, at: datetime) -> None:
    """Ask these people, for half an hour and until the start at the longest."""
    ends = min(at + ASKED_FOR, times.start_at)
    event = Event(prompt_words.nudge_key(times.day), kind, at, ends, times.day)
    messages = [_message(one, times, missing) for one in asked]
    outbox.enqueue(messages, event, at=at, planned=False)


def _message(choice: Choice, times: Times, missing: int) -> Message:
    return promising.message_to(
        choice.person,
        choice.reach,
        lambda _who: (
            prompt_words.nudge(times, missing, choice.status),
            prompt_words.nudge_rows(times.day),
        ),
    )
