"""What people who asked for it are told without a call: the daily question, “we play”, its end.

Each is promised at most once an evening: the evening's row is held, and the time is written into it in
the same transaction. So it may be run by several at once, twice, or late. What is too late is not
promised at all. Nothing is sent from here.
"""

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import transaction

from accounts import language
from accounts.models import User
from availability import prompt_words, queries, readiness
from availability.actions import days
from availability.board import Counts, Times
from availability.models import Entry, Evening, Status
from availability.quorum import Quorum
from botworker import hold, outbox, rules, told
from botworker.outbox import Event, Message
from botworker.promising import promise
from slomix.lib import clock

# The question is about the evening, but nobody is asked in the middle of something else.
QUESTION_LASTS = timedelta(hours=1)
# Nothing is promised that could not be said any more.
LEAST = timedelta(minutes=1)
COMING = (Status.LOOKING, Status.AVAILABLE, Status.MAYBE)


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
    return promise(
        [who.pk for who in people],
        lambda _who: (prompt_words.daily(times, looking), prompt_words.daily_rows(day)),
        event,
        at=at,
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
    if row.told_on_at or not readiness.memory_of(row).stands(at) or _may_be_told(day):
        return 0
    _note(row, told_on_at=at)
    quorum = _quorum(day)
    said = _said(day)
    event = Event(prompt_words.ready_key(day), rules.SESSION_READY, at, times.start_at, day)
    if settings.ANNOUNCE_ENABLED and settings.ANNOUNCE_CHANNEL_ID:
        outbox.enqueue([_announcement(times, quorum.looking)], event, at=at, planned=False)
    wanted = User.objects.linked().filter(pk__in=said, preferences__allow_session_ready=True)
    return promise(
        sorted(who.pk for who in wanted),
        lambda who: (
            prompt_words.ready(times, quorum.looking, said[who.pk]),
            prompt_words.ready_rows(day),
        ),
        event,
        at=at,
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
    if _may_be_told(day):
        return 0
    _note(row, told_short_at=at)
    for key, who in told.waiting(prompt_words.ready_prefix(day)):
        outbox.cancel([key], [who], reason="fell apart", at=at)
    said = _said(day)
    heard = [number for number in told.people(prompt_words.ready_prefix(day)) if number in said]
    quorum = _quorum(day)
    return promise(
        sorted(heard),
        lambda _who: (prompt_words.short(times, quorum), prompt_words.ready_rows(day)),
        Event(prompt_words.short_key(day), rules.FELL_APART, at, times.start_at, day),
        at=at,
    )


def _hold(day: date) -> Evening:
    """Return the evening's row, held until the transaction ends: no answer changes it meanwhile."""
    held = Evening.objects.select_for_update().filter(day=day)
    if row := held.first():
        return row
    Evening.objects.bulk_create([Evening(day=day)], ignore_conflicts=True)
    return held.get()


def _may_be_told(day: date) -> bool:
    """Say whether today's word may be out already: its evening was restored from a backup."""
    return hold.restored_since(clock.instant(day, time.min))


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
