"""One post in the channel, by a promoter's button, for those of a call whom no channel reaches."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import access
from accounts.models import AuditEntry, User
from availability import actions as evenings
from availability import queries
from availability import words as evening_words
from availability.models import Entry
from availability.quorum import Quorum
from botworker import outbox
from botworker.outbox import Event, Line, Message
from promotions import promises, recipients, schedule
from promotions.actions import NotAPromoter, PromoteRefused
from promotions.models import Campaign
from slomix.lib import clock

KIND = "combined_post"
# No channel of theirs took it, or there is none.
NOWHERE = ("no channel reaches them", recipients.NO_CHANNEL)
# They have it, or may have: then nobody may say that they could not be reached.
REACHED = ("sent", "unconfirmed")
# It never stood there and never will, so it may be said after all.
GONE = ("failed", "expired", "suppressed", "cancelled")


@dataclass(frozen=True)
class Offer:
    """What the call's page says of the post: how many it is for, what became of it, why not."""

    unreached: list[Entry]
    line: Line | None
    refused: str

    @property
    def number(self) -> int:
        """How many people no channel reaches."""
        return len(self.unreached)

    @property
    def to_say(self) -> int:
        """For how many it may be said now; 0 where it may not."""
        return 0 if self.words else self.number

    @property
    def label(self) -> str:
        """What stands beside the button."""
        text = ngettext(
            "%(n)d person could not be reached privately",
            "%(n)d people could not be reached privately",
            self.number,
        )
        return text % {"n": self.number}

    @property
    def words(self) -> str:
        """What became of the post, or why there is none; empty while the button is there."""
        if self.line is None:
            return self.refused
        if self.line.state == "sent" and self.line.settled_at:
            return _("Posted in the channel at %(at)s.") % {"at": clock.named(self.line.settled_at)}
        if self.line.state == "unconfirmed":
            return _("Discord gave no clear answer: look into the channel. It is not posted twice.")
        return _("The post is on its way into the channel.")


def offer(campaign: Campaign, at: datetime) -> Offer:
    """Return what can be said in the channel for a call now, and what was."""
    return Offer(unreached(campaign), _line(campaign), _why_not(campaign, at))


def unreached(campaign: Campaign) -> list[Entry]:
    """Return the answers of those of a call whom no channel reached, and who still say so.

    A definite refusal of every channel, or no channel at all; silence that somebody asked for, and
    what may have arrived, is neither.
    """
    kinds = promises.calls_of(campaign)
    people = list(campaign.recipients.filter(person__isnull=False))
    keys = {one.key: one.person_id for one in people}
    lines = outbox.lines([slot.event_key for slot in kinds], keys)
    by_key: dict[str, list[Line]] = {}
    for (_event, key), line in lines.items():
        by_key.setdefault(key, []).append(line)
    missed = {keys[key] for key, found in by_key.items() if _missed(found)}
    answers = Entry.objects.on(campaign.day).with_people().filter(person__is_active=True)
    return [one for one in answers if one.person_id in missed and _fits(one, campaign)]


def _missed(lines: Iterable[Line]) -> bool:
    found = list(lines)
    if any(one.state in REACHED for one in found):
        return False
    return any(one.state == "failed" or one.reason in NOWHERE for one in found)


def _fits(entry: Entry, campaign: Campaign) -> bool:
    return recipients.wanted(
        entry.status,
        include_available=campaign.include_available,
        include_maybe=campaign.include_maybe,
    )


def _line(campaign: Campaign) -> Line | None:
    """Return the evening's post where it was said, may have been, or still will be."""
    key, channel = _event(campaign, campaign.start_at).key, _channel()
    line = outbox.lines([key], [channel]).get((key, channel))
    return None if line is None or line.state in GONE else line


def _channel() -> str:
    return outbox.channel_recipient(settings.ANNOUNCE_CHANNEL_ID)


def _event(campaign: Campaign, at: datetime) -> Event:
    ends = campaign.start_at + schedule.START_LASTS
    key = f"PROMOTE:POST:{campaign.day}"
    return Event(key, KIND, min(at, campaign.start_at), ends, campaign.day)


def _why_not(campaign: Campaign, at: datetime) -> str:
    if campaign.cancelled_at or campaign.dry_run:
        return _("This call sends nothing, so nothing is posted for it either.")
    if not settings.ANNOUNCE_CHANNEL_ID:
        return _(
            "No channel is named for it. Ask an admin to set "
            "AVAILABILITY_DISCORD_ANNOUNCE_CHANNEL_ID."
        )
    if at < campaign.reminder_at:
        text = _("From %(at)s on it can be said in the channel.")
        return text % {"at": clock.named(campaign.reminder_at)}
    if not _event(campaign, at).in_time(at):
        return _("It is too late to post this in the channel.")
    return ""


@transaction.atomic
def say(*, campaign: Campaign, by: User, at: datetime, door: str = "web") -> int:
    """Say the evening in the channel, once, for those whom no channel reached; returns how many.

    It names those alone who let their name be shown in the channel, and mentions nobody: being
    named is no consent to being pinged. Raises NotAPromoter, and PromoteRefused where nobody is
    left to tell, before the reminder's time, when it is over, and for a second post.
    """
    if not access.of(by).promoter:
        raise NotAPromoter(_("Only promoters can call the others. Ask an admin."))
    evenings.lock(campaign.day)
    campaign.refresh_from_db()
    if refused := _why_not(campaign, at):
        raise PromoteRefused(refused)
    if _line(campaign):
        raise PromoteRefused(_("It is posted already. Nobody hears it twice."))
    people = unreached(campaign)
    if not people:
        raise PromoteRefused(_("Everybody was reached. There is nothing to post."))
    with translation.override(settings.LANGUAGE_CODE):
        rows = {"rows": evening_words.yes_or_no(campaign.day)}
        said = Message(_channel(), words(campaign, people), extras=rows)
    outbox.enqueue([said], _event(campaign, at), at=at, planned=False)
    agreed = sum(evening_words.shows_name(one) for one in people)
    AuditEntry.write(
        "campaign_posted",
        at=at,
        actor=by,
        door=door,
        campaign=campaign.pk,
        unreached=len(people),
        named=agreed,
    )
    return len(people)


def words(campaign: Campaign, people: list[Entry]) -> str:
    """Return what the channel reads; without a name where nobody agreed to be named there."""
    day = campaign.day
    looking = queries.named_days(day, day)[day].counts.looking
    quorum = Quorum(looking, settings.READY_THRESHOLD)
    counted = [evening_words.looking(quorum.looking)]
    counted += [evening_words.more(quorum.missing)] if quorum.missing else []
    text = _("🔔 **Game night at %(at)s.** %(counted)s.")
    facts = {"at": clock.named(campaign.start_at), "counted": ", ".join(counted)}
    if any(evening_words.shows_name(one) for one in people):
        also = _("Also for %(names)s, whom we could not reach privately.")
        return f"{text % facts} {also % {'names': evening_words.names(people)}}"
    return " ".join((text % facts, _("We could not reach everyone privately: pass it on.")))
