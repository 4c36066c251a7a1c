"""What a call promises: its slots, whom the ledger knows, and one message for each of both."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.utils import translation

from accounts.models import User
from accounts.text import language_of
from availability import words as evening_words
from availability.board import Times
from availability.models import Entry
from availability.quorum import Quorum
from botworker import conditions, outbox, voice_name
from botworker.outbox import Message
from botworker.plain import plain
from botworker.rewording import Words
from promotions import places, recipients, schedule, words
from promotions.models import Campaign, Job
from promotions.preview import Line
from promotions.recipients import Choice
from promotions.schedule import FOLLOW_UP, Slot

DRY_RUN = "dry run"
JOB_OF = {
    "reminder": Job.Kind.REMINDER,
    "start": Job.Kind.START,
    FOLLOW_UP: Job.Kind.FOLLOW_UP,
}


def slots_of(campaign: Campaign) -> list[Slot]:
    """Return what a campaign can say and when; a dry run under keys of its own."""
    start_at, delay = campaign.start_at, settings.VOICE_CHECK_DELAY
    slots = (
        *schedule.slots(campaign.day, reminder_at=campaign.reminder_at, start_at=start_at),
        schedule.follow_up(campaign.day, start_at=start_at, delay=delay),
    )
    if not campaign.dry_run:
        return list(slots)
    return [slot.renamed(f"DRY:{campaign.pk}:{slot.kind}:{campaign.day}") for slot in slots]


def calls_of(campaign: Campaign) -> list[Slot]:
    """Return what is said to everybody; who is called at all is decided by these alone."""
    return [slot for slot in slots_of(campaign) if slot.kind != FOLLOW_UP]


def promised_by(campaign: Campaign) -> list[Slot]:
    """Return what a campaign promises now: the word to the missing only where it is switched on."""
    return slots_of(campaign) if settings.VOICE_CHECK_ENABLED else calls_of(campaign)


def follow_up_of(campaign: Campaign) -> Slot:
    """Return the word to the missing."""
    return next(slot for slot in slots_of(campaign) if slot.kind == FOLLOW_UP)


def key_of(person: User) -> str:
    """Return the ledger's name for a person; one without Discord never gets a message."""
    if hasattr(person, "discord"):
        return outbox.recipient_of(person.discord.discord_id)
    return f"user:{person.pk}"


def call_words(slot: Slot, times: Times, quorum: Quorum) -> Callable[[], Words]:
    """Return what makes the words of one slot, and its buttons, in the language that is active."""
    where = places.known()
    return lambda: Words(
        words.body(slot.kind, times, quorum, where),
        {"rows": words.rows(slot.kind, slot.day, where)},
    )


def message(
    line: Line, slot: Slot, everybodys: Callable[[], Words], *, at: datetime, dry_run: bool
) -> Message:
    """Return what one person is promised of one slot, or why they are not.

    `everybodys` makes what all of them read; the word to the missing has words for each. All of it
    is in the person's language, whatever the promoter reads.
    """
    silent = _silent(line.choice, slot)
    if slot.kind == FOLLOW_UP:
        said, silent = asking(line.person, slot), _not_asked(line.choice, slot, at)
    else:
        with translation.override(language_of(line.person)):
            said = everybodys()
    return Message(
        recipient=key_of(line.person),
        person_id=line.person.pk,
        channels=tuple(line.choice.reach.channels),
        body=said.body,
        extras=said.extras,
        silent=silent or (DRY_RUN if dry_run else ""),
    )


def _silent(choice: Choice, slot: Slot) -> str:
    # What was over before somebody was added is in neither list of their choice.
    unsaid = "" if slot.kind in choice.said else recipients.TOO_LATE
    return dict(choice.silent).get(slot.kind, unsaid)


def _not_asked(choice: Choice, slot: Slot, at: datetime) -> str:
    """Whoever was not called is not missing either."""
    return choice.left_out or recipients.at_its_time(slot, choice.reach, at)


def asking(person: User, slot: Slot) -> Words:
    """Return the word to the missing as one person reads it, in the language they have now."""
    start_at = slot.expires_at - schedule.FOLLOW_UP_LASTS
    with translation.override(language_of(person)):
        missing = words.missing(plain(person.name), start_at)
        condition = conditions.extras(
            on_server=words.on_server(voice_name.known()), missing=missing
        )
        return Words(missing, {"rows": evening_words.reminder_rows(slot.day), **condition})


def respect_times(campaign: Campaign, *, at: datetime) -> None:
    """Whoever said before the call from when they come is asked nothing before that."""
    late = Entry.objects.on(campaign.day).filter(
        late_until__isnull=False, person__in=campaign.recipients.values("person")
    )
    for entry in late.select_related("person"):
        assert entry.late_until is not None
        outbox.postpone(entry.person, campaign.day, entry.late_until, at=at)
