"""The verbs of a call: preview, promote, add who came since, cancel."""

from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts import access, limits, reach
from accounts.models import AuditEntry, User
from availability import actions as evenings
from availability.board import Counts
from availability.quorum import Quorum
from botworker import outbox
from promotions import adding, called_off, promises, words
from promotions import preview as previews
from promotions.models import Campaign, Job, Recipient
from promotions.preview import Preview
from promotions.promises import message
from slomix.lib import clock
from slomix.lib.compiled import Compiled

CANCELLED = "call cancelled"
# A sample that comes later shows nothing any more.
SAMPLE_IS_WORTH = timedelta(minutes=5)
SAMPLES = limits.Limit("call_samples", 6, timedelta(minutes=10))


class PromoteRefused(Exception):
    """The call cannot be made; the text says why and what to do."""


class NotAPromoter(PromoteRefused):
    """Only promoters can call the others."""


class AlreadyCalled(PromoteRefused):
    """The evening is called already; `campaign` is that call."""

    def __init__(self, text: str, campaign: Campaign) -> None:
        super().__init__(text)
        self.campaign = campaign


def preview(
    *, promoter: User, include_available: bool, include_maybe: bool, at: datetime
) -> Preview:
    """Show who would be reminded, when and where, who not and why. Raises NotAPromoter."""
    _check(promoter)
    return previews.build(
        promoter=promoter,
        include_available=include_available,
        include_maybe=include_maybe,
        at=at,
    )


def _check(promoter: User) -> None:
    if not access.of(promoter).promoter:
        raise NotAPromoter(_("Only promoters can call the others. Ask an admin."))
    if not settings.PROMOTION_ENABLED:
        raise PromoteRefused(_("Calls are switched off here. Ask an admin."))


@transaction.atomic
def promote(
    *,
    promoter: User,
    include_available: bool,
    include_maybe: bool,
    dry_run: bool,
    at: datetime,
    door: str = "web",
) -> Campaign:
    """Call today's people: one campaign, three jobs, the recipients and their deliveries.

    All of it is written in one transaction or nothing is. Raises NotAPromoter, AlreadyCalled with
    the call that exists (a second press is no second call), and PromoteRefused when nothing of
    the evening can be said in time any more.
    """
    _check(promoter)
    # Two presses at the same instant take turns; the second one then sees the first one's call.
    evenings.lock(clock.today(at))
    seen = preview(
        promoter=promoter, include_available=include_available, include_maybe=include_maybe, at=at
    )
    _refuse(promoter, seen, dry_run)
    campaign = _write(promoter, seen, dry_run, at)
    evenings.touch(seen.day)
    AuditEntry.write(
        "campaign_confirmed",
        at=at,
        actor=promoter,
        door=door,
        campaign=campaign.pk,
        called=len(seen.will_hear),
        left_out=len(seen.left_out),
        dry_run=dry_run,
    )
    return campaign


def _refuse(promoter: User, seen: Preview, dry_run: bool) -> None:
    if seen.too_late:
        raise too_late(seen)
    calls = Campaign.objects.on(seen.day).live().select_related("promoter")
    mine = calls.filter(promoter=promoter).first()
    if mine and not dry_run:
        text = _("You have called this evening already. Nobody hears it twice.")
        raise AlreadyCalled(text, mine)
    other = calls.first()
    if other and not dry_run and settings.PROMOTION_GLOBAL_COOLDOWN:
        text = _("Tonight is already called, by %(name)s at %(at)s. Nobody hears it twice.")
        facts = {"name": other.promoter.name, "at": clock.named(other.created_at)}
        raise AlreadyCalled(text % facts, other)


def too_late(seen: Preview) -> PromoteRefused:
    """Return the refusal of an evening of which nothing can be said in time any more."""
    text = _("It is too late to call anybody for %(at)s. Tomorrow is another evening.")
    return PromoteRefused(text % {"at": clock.named(seen.times.start_at)})


def _write(promoter: User, seen: Preview, dry_run: bool, at: datetime) -> Campaign:
    campaign = Campaign.objects.create(
        day=seen.day,
        promoter=promoter,
        include_available=seen.include_available,
        include_maybe=seen.include_maybe,
        dry_run=dry_run,
        timezone=clock.zone().key,
        reminder_at=seen.times.reminder_at,
        start_at=seen.times.start_at,
        created_at=at,
    )
    Job.objects.bulk_create(_jobs(campaign))
    everybody = [*seen.will_hear, *seen.left_out]
    Recipient.objects.bulk_create(adding.recipient(campaign, line) for line in everybody)
    for slot in promises.promised_by(campaign):
        said = promises.call_words(slot, seen.times, _quorum(seen.counts))
        messages = [message(line, slot, said, at=at, dry_run=dry_run) for line in everybody]
        outbox.enqueue(messages, slot.event, at=at, planned=True)
    promises.respect_times(campaign, at=at)
    if not dry_run:
        called_off.take_back(campaign, at=at)
    return campaign


def _quorum(counts: Counts) -> Quorum:
    return Quorum(counts.looking, settings.READY_THRESHOLD)


def _jobs(campaign: Campaign) -> list[Job]:
    delay = settings.VOICE_CHECK_DELAY
    times = {
        Job.Kind.REMINDER: campaign.reminder_at,
        Job.Kind.START: campaign.start_at,
        Job.Kind.FOLLOW_UP: campaign.start_at + delay,
    }
    return [Job(campaign=campaign, kind=kind, run_at=run_at) for kind, run_at in times.items()]


@transaction.atomic
def add_recipients(*, campaign: Campaign, by: User, at: datetime, door: str = "web") -> int:
    """Call whoever answered or opted in since the call; returns how many people.

    They hear what is still ahead. Adding twice adds nobody twice. Raises NotAPromoter, and
    PromoteRefused from two minutes before the start and for a call that was cancelled.
    """
    _check(by)
    evenings.lock(campaign.day)
    campaign.refresh_from_db()
    _refuse_to_add(campaign, at)
    found = adding.since(campaign, at)
    adding.write(campaign, found, at=at)
    called = len(found.called)
    evenings.touch(campaign.day)
    AuditEntry.write(
        "campaign_extended", at=at, actor=by, door=door, campaign=campaign.pk, called=called
    )
    return called


def _refuse_to_add(campaign: Campaign, at: datetime) -> None:
    if campaign.cancelled_at:
        raise PromoteRefused(_("The call was cancelled. Call again."))
    if not adding.open_for(campaign, at):
        raise PromoteRefused(_("It is too late to add anybody to this call."))


@transaction.atomic
def cancel(*, campaign: Campaign, by: User, at: datetime, door: str = "web") -> int:
    """Say no more of a call; returns how many messages are not sent. A second cancel changes nothing.

    People whom another live call of the evening names are that call's now and keep theirs.
    What was sent stays sent, and whoever heard it hears that the call is off. Raises NotAPromoter.
    """
    if not access.of(by).promoter:
        raise NotAPromoter(_("Only promoters can call the others. Ask an admin."))
    evenings.lock(campaign.day)
    live = Campaign.objects.filter(pk=campaign.pk, cancelled_at__isnull=True)
    if not live.update(cancelled_at=at):
        return 0
    mine = _only_mine(campaign)
    stopped = outbox.cancel(
        [slot.event_key for slot in promises.slots_of(campaign)],
        mine,
        reason=CANCELLED,
        at=at,
    )
    told = called_off.tell(campaign, mine, at=at)
    evenings.touch(campaign.day)
    AuditEntry.write(
        "campaign_cancelled",
        at=at,
        actor=by,
        door=door,
        campaign=campaign.pk,
        stopped=stopped,
        told=told,
    )
    return stopped


def _only_mine(campaign: Campaign) -> set[str]:
    mine = set(campaign.recipients.values_list("key", flat=True))
    others = Recipient.objects.filter(
        campaign__in=Campaign.objects.on(campaign.day).live().exclude(pk=campaign.pk), left_out=""
    )
    return mine - set(others.values_list("key", flat=True))


@transaction.atomic
def send_sample(*, promoter: User, kind: str, at: datetime, door: str = "web") -> str:
    """Send a promoter what a call would say now: "reminder", "start" or "follow_up"; to them alone.

    Returns the channel. Each press sends one, under a key of its own: nobody's evening is touched,
    and there are no buttons that could change an answer. Raises NotAPromoter, and PromoteRefused
    for another kind, without a channel and after six within ten minutes.
    """
    _check(promoter)
    if kind not in words.KINDS:
        raise PromoteRefused(_("There is no such message."))
    [me] = reach.of_many([promoter.pk]).values()
    if not me.channels:
        raise PromoteRefused(_("No channel reaches you. Link one on the page You."))
    wait = limits.take(SAMPLES, f"person {promoter.pk}", at=at)
    if wait:
        text = _("That were many samples. Again in %(n)d seconds.")
        raise PromoteRefused(text % {"n": wait})
    sample = outbox.Message(
        recipient=promises.key_of(promoter),
        body=previews.sample(promoter, kind, at=at),
        person_id=promoter.pk,
        channels=tuple(me.channels),
    )
    key = f"SAMPLE:{kind}:{promoter.pk}:{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}"
    event = outbox.Event(key, "test", at, at + SAMPLE_IS_WORTH)
    outbox.enqueue([sample], event, at=at, planned=False)
    AuditEntry.write("campaign_sample", at=at, actor=promoter, door=door, kind=kind)
    return me.channels[0]


def _latest() -> QuerySet[Campaign]:
    calls = Campaign.objects.on(date.min).filter(cancelled_at__isnull=True)
    people = ("promoter__discord", "promoter__link__player")
    return calls.select_related(*people).order_by("dry_run", "-created_at")[:1]


_LATEST = Compiled(_latest)


def latest(day: date) -> Campaign | None:
    """Return the evening's newest call that was not cancelled, or None."""
    return next(iter(_LATEST.all(day)), None)
