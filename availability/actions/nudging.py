"""“Need one more”: a promoter's one polite question to those who could still come."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from accounts import access, reach, text
from accounts.models import AuditEntry, User
from accounts.reach import Reach
from availability import prompt_words, queries
from availability.board import Counts, Times
from availability.models import Entry, Evening, Status
from availability.quorum import Quorum
from botworker import outbox, rules, told
from botworker.outbox import Event, Message
from slomix.lib import clock

ASKED_FOR = timedelta(minutes=30)
LEAST = timedelta(minutes=1)
WEEK = timedelta(days=7)
# Whoever looks or does not play is not asked; no answer is no status.
COULD = ("", Status.AVAILABLE, Status.MAYBE)
OFTEN = noop("asked often enough this week")


class NudgeRefused(Exception):
    """Nobody can be asked now; the text says why."""


@dataclass(frozen=True)
class Choice:
    """One person who could come: what they said, and why they are not asked, if so."""

    person: User
    status: str
    reach: Reach
    silent: str = ""


@dataclass(frozen=True)
class Seen:
    """Whom a nudge made now would ask, and why not the others."""

    times: Times
    quorum: Quorum
    asked: list[Choice]
    left_out: list[Choice]
    nudged_at: datetime | None
    # Why nothing can be asked at all; empty when it can.
    refusal: str

    @property
    def reasons(self) -> Counter[str]:
        """How many are left out for which reason."""
        return Counter(choice.silent for choice in self.left_out)


def see(*, promoter: User, at: datetime) -> Seen:
    """Look at whom a nudge would ask at an instant; changes nothing, seven queries."""
    day = clock.today(at)
    times = queries.times(day)
    counts = queries.counts(day, day).get(day, Counts())
    quorum = Quorum(counts.looking, settings.READY_THRESHOLD)
    row = Evening.objects.filter(day=day).first()
    nudged_at = row.nudged_at if row else None
    choices = _choices(promoter, day, at)
    asked = [choice for choice in choices if not choice.silent]
    return Seen(
        times=times,
        quorum=quorum,
        asked=asked,
        left_out=[choice for choice in choices if choice.silent],
        nudged_at=nudged_at,
        refusal=_refusal(quorum, times, nudged_at, len(asked), at),
    )


def _refusal(
    quorum: Quorum, times: Times, nudged_at: datetime | None, number: int, at: datetime
) -> str:
    if not settings.PROMPTS_ENABLED:
        return _("Messages without a call are switched off here.")
    if nudged_at:
        text = _("That was asked tonight, at %(at)s. Once per evening is enough.")
        return text % {"at": clock.wall(nudged_at)}
    if quorum.ready:
        return _("Enough are looking: we play. Nobody needs to be asked.")
    if at >= times.start_at - LEAST:
        return _("The evening has begun. Tomorrow is another one.")
    if not number:
        return _("Nobody is left who could be asked.")
    return ""


def _choices(promoter: User, day: date, at: datetime) -> list[Choice]:
    said = dict(Entry.objects.on(day).values_list("person", "status"))
    linked = User.objects.linked().filter(preferences__allow_promotions=True)
    people = [
        who
        for who in linked.with_identity().exclude(pk=promoter.pk).order_by("pk")
        if said.get(who.pk, "") in COULD
    ]
    reached = reach.of_many(who.pk for who in people)
    names = {who.pk: outbox.recipient_of(who.discord.discord_id) for who in people}
    often = told.times(rules.NUDGE, names.values(), at - WEEK)
    about = told.about(day, names.values())
    return [
        Choice(
            who,
            said.get(who.pk, ""),
            reached[who.pk],
            _silent(reached[who.pk], often[names[who.pk]], about.get(names[who.pk], []), at),
        )
        for who in people
    ]


def _silent(person: Reach, often: int, evening: list[rules.Told], at: datetime) -> str:
    if not person.channels:
        return "no channel"
    if often >= settings.NUDGES_A_WEEK:
        return OFTEN
    if person.quiet_until(at):
        return "quiet hours"
    return rules.unasked(rules.NUDGE, evening, at)


@transaction.atomic
def nudge(*, promoter: User, at: datetime, door: str = "web") -> int:
    """Ask whoever could still come tonight, once per evening; returns how many people.

    Only those who asked for reminders and did not say Looking or Not playing; nobody in quiet hours,
    and nobody more often than NUDGES_A_WEEK in seven days. Raises NudgeRefused when the evening is
    on, has begun, was asked about already, or nobody is left; and for whoever is no promoter.
    """
    if not access.of(promoter).promoter:
        raise NudgeRefused(_("Only promoters can call the others. Ask an admin."))
    day = clock.today(at)
    Evening.objects.bulk_create([Evening(day=day)], ignore_conflicts=True)
    row = Evening.objects.select_for_update().get(day=day)
    seen = see(promoter=promoter, at=at)
    if seen.refusal:
        raise NudgeRefused(seen.refusal)
    Evening.objects.filter(pk=row.pk).update(nudged_at=at)
    ends = min(at + ASKED_FOR, seen.times.start_at)
    event = Event(prompt_words.nudge_key(day), rules.NUDGE, at, ends, day)
    outbox.enqueue([_message(one, seen) for one in seen.asked], event, at=at, planned=False)
    AuditEntry.write(
        AuditEntry.Action.NUDGED,
        at=at,
        actor=promoter,
        door=door,
        day=day.isoformat(),
        people=len(seen.asked),
    )
    return len(seen.asked)


def _message(choice: Choice, seen: Seen) -> Message:
    who = choice.person
    with translation.override(text.language_of(who)):
        return Message(
            recipient=outbox.recipient_of(who.discord.discord_id),
            person_id=who.pk,
            channels=tuple(choice.reach.channels),
            body=prompt_words.nudge(seen.times, seen.quorum.missing, choice.status),
            extras={"rows": prompt_words.nudge_rows(seen.times.day)},
        )
