"""After the start: the word to the missing is released, and what came of it is summed up once."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from accounts import language
from availability.models import Entry, Status
from botworker import outbox, presence
from botworker.outbox import Message
from botworker.rewording import Words
from promotions import headcount, schedule
from promotions.headcount import OPEN, Expected
from promotions.models import Campaign, Recipient
from promotions.promises import asking, follow_up_of
from promotions.recipients import wanted
from promotions.schedule import Slot
from slomix.lib import clock

SWITCHED_OFF = "switched off"
NOT_EXPECTED = "not expected any more"


def release(campaign: Campaign, *, at: datetime) -> str:
    """Let the drains ask whoever is missing when it is time; returns the job's outcome.

    Whoever has changed to an answer that no call of the evening is for is not expected any more;
    the others read it in the language, and under the name, that they have by now.
    """
    slot = follow_up_of(campaign)
    key, recipients = slot.event_key, set(campaign.recipients.values_list("key", flat=True))
    if not settings.VOICE_CHECK_ENABLED:
        outbox.cancel([key], recipients, reason=SWITCHED_OFF, at=at)
        return f"skipped: {SWITCHED_OFF}"
    outbox.cancel([key], recipients & _unwanted(campaign.day), reason=NOT_EXPECTED, at=at)
    outbox.reword(key, _words_of_now(campaign, slot))
    return f"released {outbox.release(key, recipients)}"


def _words_of_now(campaign: Campaign, slot: Slot) -> dict[str, Words]:
    rows = _recipients([campaign]).select_related(
        "person__discord", "person__link__player", "person__preferences"
    )
    return {one.key: asking(one.person, slot) for one in rows if one.person}


def _unwanted(day: date) -> set[str]:
    """Name whose answer is neither a no (that is withdrawn and may come back) nor one that a call
    of the evening is for."""
    answers = dict(Entry.objects.on(day).values_list("person_id", "status"))
    asked: dict[str, bool] = {}
    for one in _recipients(Campaign.objects.on(day).live()):
        status = answers.get(one.person_id or 0, Status.NOT_PLAYING)
        fits = status == Status.NOT_PLAYING or _fits(status, one.campaign)
        asked[one.key] = asked.get(one.key, False) or fits
    return {key for key, fits in asked.items() if not fits}


def _recipients(calls: Iterable[Campaign]) -> QuerySet[Recipient]:
    found = Recipient.objects.filter(campaign__in=calls, person__isnull=False)
    return found.select_related("campaign").order_by("pk")


def _fits(status: str, call: Campaign) -> bool:
    return wanted(
        status, include_available=call.include_available, include_maybe=call.include_maybe
    )


def summarize(*, at: datetime) -> int:
    """Write the summaries that are due; returns how many. Calling it again writes none twice.

    An evening's is due when every question is settled, at the latest twenty minutes after the
    start, and never later than half an hour after it.
    """
    if not (settings.VOICE_CHECK_ENABLED and settings.FOLLOWUP_CHANNEL_ID):
        return 0
    longest = schedule.FOLLOW_UP_LASTS + schedule.SUMMARY_LASTS
    calls = Campaign.objects.live().filter(start_at__lte=at, start_at__gt=at - longest)
    evenings = {call.day: call.start_at for call in calls}
    return sum(_summarize(day, start_at, at) for day, start_at in evenings.items())


@language.ours()
def _summarize(day: date, start_at: datetime, at: datetime) -> int:
    slot = schedule.summary(day, start_at=start_at, at=at)
    channel = outbox.channel_recipient(settings.FOLLOWUP_CHANNEL_ID)
    if slot is None or outbox.lines([slot.event_key], [channel]):
        return 0
    people = expected(day)
    waiting = [one for one in people if one.line and one.line.state in OPEN]
    if not any(one.line for one in people):
        return 0
    if waiting and at < start_at + schedule.FOLLOW_UP_LASTS:
        return 0
    found = headcount.count(people, presence.evidence(at=at), at)
    text = headcount.summary(found, start_at)
    said = Message(recipient=channel, body=text)
    outbox.enqueue([said], slot.event, at=at, planned=False)
    return 1


def expected(day: date) -> list[Expected]:
    """Return whom the evening's calls are for and who still says that they play."""
    calls = list(Campaign.objects.on(day).live())
    rows = list(_recipients(calls))
    answers = {
        entry.person_id: entry
        for entry in Entry.objects.on(day).with_people().filter(person__is_active=True)
    }
    lines = _lines(calls, {one.key for one in rows})
    found: dict[str, Expected] = {}
    for one in rows:
        entry = answers.get(one.person_id or 0)
        if entry and _fits(entry.status, one.campaign):
            found[one.key] = Expected(entry, lines.get(one.key))
    return list(found.values())


def _lines(calls: list[Campaign], keys: set[str]) -> dict[str, outbox.Line]:
    if not calls:
        return {}
    key = follow_up_of(calls[0]).event_key
    return {recipient: line for (_key, recipient), line in outbox.lines([key], keys).items()}


def status(campaign: Campaign, *, at: datetime) -> dict[str, Any] | None:
    """Return what is known now of who came: counts and nothing else, so that anybody may read it.

    None before the start, after the evening's midnight, and where the check is off.
    """
    today = clock.today(at) == campaign.day
    if not settings.VOICE_CHECK_ENABLED or at < campaign.start_at or not today:
        return None
    seen = presence.evidence(at=at)
    found = headcount.count(expected(campaign.day), seen, at)
    return {
        "voice": {"fresh": seen.voice_fresh, "count": seen.voice_number},
        "server": {"fresh": seen.server_fresh, "count": seen.server_number},
        "in_voice": len(found.in_voice),
        "on_the_way": len(found.on_the_way),
        "on_server_only": found.on_server,
        "not_seen": found.not_seen,
        "asked": found.asked,
    }
