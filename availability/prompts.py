"""What people who asked for it are told without a call: the daily question, “we play”, its end.

Each is promised at most once an evening: the evening's row is held, and the time is written into it in
the same transaction. So it may be run by several at once, twice, or late. What is too late is not
promised at all. Nothing is sent from here.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import translation

from accounts import language, reach, text
from accounts.models import User
from availability import prompt_words, queries, readiness
from availability.actions import days
from availability.board import Counts, Times
from availability.models import Entry, Evening, Status
from availability.quorum import Quorum
from availability.words import Rows
from botworker import outbox, rules, told
from botworker.outbox import Event, Message
from slomix.lib import clock

# The question is about the evening, but nobody is asked in the middle of something else.
QUESTION_LASTS = timedelta(hours=1)
# Nothing is promised that could not be said any more.
LEAST = timedelta(minutes=1)
COMING = (Status.LOOKING, Status.AVAILABLE, Status.MAYBE)
Words = Callable[[User], tuple[str, Rows]]


def run(at: datetime) -> int:
    """Promise whatever is due at an instant; returns how many messages."""
    if not settings.PROMPTS_ENABLED:
        return 0
    settle(at)
    return ask_daily(at) + tell_on(at) + tell_short(at)


@transaction.atomic
def settle(at: datetime) -> None:
    """Look anew whether today is on: people leave, and thresholds change, without an answer."""
    day = clock.today(at)
    if Evening.objects.select_for_update().filter(day=day).exists() and readiness.remember(
        day, at=at
    ):
        days.touch(day)


@transaction.atomic
def ask_daily(at: datetime) -> int:
    """Ask those who want to be asked and have no answer for today; returns how many.

    From its time on for an hour; a worker that stood still longer asks nobody that day. Who has
    a usual week or is away has an answer.
    """
    day = clock.today(at)
    times = queries.times(day)
    due_at = clock.instant(day, settings.DAILY_REMINDER_TIME)
    ends = min(due_at + QUESTION_LASTS, times.start_at)
    if not due_at <= at < ends - LEAST:
        return 0
    row = _hold(day)
    if row.asked_at:
        return 0
    _note(row, asked_at=at)
    wanted = User.objects.linked().filter(preferences__allow_daily_prompt=True)
    people = wanted.exclude(entries__day=day).order_by("pk")
    looking = _quorum(day).looking
    event = Event(prompt_words.daily_key(day), rules.DAILY, due_at, ends, day)
    return _promise(
        [who.pk for who in people],
        lambda _who: (prompt_words.daily(times, looking), prompt_words.daily_rows(day)),
        event,
        at,
    )


@transaction.atomic
def tell_on(at: datetime) -> int:
    """Tell those who may come that enough are looking today; returns how many.

    Not before the evening's post is up: an evening that filled days before is told in the morning. Whoever
    answers later sees it where they answer.
    """
    day = clock.today(at)
    times = queries.times(day)
    if not clock.instant(day, settings.POLL_POST_TIME) <= at < times.start_at - LEAST:
        return 0
    row = _hold(day)
    if row.told_on_at or not readiness.memory_of(row).stands(at):
        return 0
    _note(row, told_on_at=at)
    quorum = _quorum(day)
    said = _said(day)
    event = Event(prompt_words.ready_key(day), rules.SESSION_READY, at, times.start_at, day)
    if settings.ANNOUNCE_ENABLED and settings.ANNOUNCE_CHANNEL_ID:
        outbox.enqueue([_announcement(times, quorum.looking)], event, at=at, planned=False)
    wanted = User.objects.linked().filter(pk__in=said, preferences__allow_session_ready=True)
    return _promise(
        sorted(who.pk for who in wanted),
        lambda who: (
            prompt_words.ready(times, quorum.looking, said[who.pk]),
            prompt_words.ready_rows(day),
        ),
        event,
        at,
    )


@transaction.atomic
def tell_short(at: datetime) -> int:
    """Tell those who were told that too few are left, once it has been so for ten minutes.

    Once, before the start, and only whoever may still come. Who had not heard yet that we play hears neither.
    """
    day = clock.today(at)
    times = queries.times(day)
    if at >= times.start_at - LEAST:
        return 0
    row = _hold(day)
    if row.told_short_at or not row.told_on_at or not readiness.memory_of(row).fell_apart(at):
        return 0
    _note(row, told_short_at=at)
    for key, who in told.waiting(prompt_words.ready_prefix(day)):
        outbox.cancel([key], [who], reason="fell apart", at=at)
    said = _said(day)
    heard = [number for number in told.people(prompt_words.ready_prefix(day)) if number in said]
    quorum = _quorum(day)
    return _promise(
        sorted(heard),
        lambda _who: (prompt_words.short(times, quorum), prompt_words.ready_rows(day)),
        Event(prompt_words.short_key(day), rules.FELL_APART, at, times.start_at, day),
        at,
    )


def _hold(day: date) -> Evening:
    """Return the evening's row, held until the transaction ends: no answer changes it meanwhile."""
    held = Evening.objects.select_for_update().filter(day=day)
    if row := held.first():
        return row
    Evening.objects.bulk_create([Evening(day=day)], ignore_conflicts=True)
    return held.get()


def _note(row: Evening, **columns: datetime) -> None:
    Evening.objects.filter(pk=row.pk).update(**columns)


def _quorum(day: date) -> Quorum:
    counts = queries.counts(day, day).get(day, Counts())
    return Quorum(counts.looking, settings.READY_THRESHOLD)


def _said(day: date) -> dict[int, str]:
    """Return who may come, and what they said."""
    entries = Entry.objects.on(day).filter(status__in=COMING, person__is_active=True)
    return dict(entries.values_list("person", "status"))


@language.ours()
def _announcement(times: Times, looking: int) -> Message:
    return Message(
        recipient=outbox.channel_recipient(settings.ANNOUNCE_CHANNEL_ID),
        body=prompt_words.announcement(times, looking),
        extras={"rows": prompt_words.page_row()},
    )


def _promise(numbers: list[int], words: Words, event: Event, at: datetime) -> int:
    """Write one message for each, in their own language; returns how many may still be said."""
    reached = reach.of_many(numbers)
    messages = []
    for who in User.objects.with_identity().filter(pk__in=numbers).order_by("pk"):
        with translation.override(text.language_of(who)):
            body, rows = words(who)
        messages.append(
            Message(
                recipient=outbox.recipient_of(who.discord.discord_id),
                person_id=who.pk,
                channels=tuple(reached[who.pk].channels),
                body=body,
                extras={"rows": rows},
            )
        )
    if messages:
        outbox.enqueue(messages, event, at=at, planned=False)
    return len(messages)
