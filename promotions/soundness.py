"""Whether what a call needs is alive: the bot, the worker, and how the last evening went."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from availability.words import long_day
from botworker import pulse
from promotions import report
from promotions.models import Campaign
from promotions.report import Report
from slomix.lib import clock

# The bot says that it lives every few seconds, the worker every two; a restart takes less.
SILENT_AFTER = timedelta(seconds=45)


@dataclass(frozen=True)
class Part:
    """One thing that a call needs: whether it is well, in words, and what to do where it is not."""

    name: str  # "bot", "worker" or "last_evening"
    fine: bool
    words: str
    call: int | None = None  # the call that the words are about


def parts(at: datetime) -> list[Part]:
    """Look at the bot, the worker and the last evening that was called."""
    return [_bot(at), _worker(at), _last_evening(at)]


def _bot(at: datetime) -> Part:
    seen = pulse.last("bot")
    if not _alive(seen, at):
        text = _(
            "The bot is not running: %(since)s. Nothing is sent without it; ask an admin to "
            "start it. What is due goes out when it is back, if that is in time."
        )
        return Part("bot", False, text % {"since": _silent_since(seen, at)})
    if pulse.detail("bot") != "connected":
        text = _(
            "The bot has no connection to Discord at the moment. Reminders are tried all the "
            "same; buttons are not answered. If it stays so for a minute, tell an admin."
        )
        return Part("bot", False, text)
    return Part("bot", True, _("The bot is connected."))


def _worker(at: datetime) -> Part:
    seen = pulse.last("worker")
    if _alive(seen, at):
        return Part("worker", True, _("The worker is running."))
    text = _(
        "The worker is not running: %(since)s. Reminders go out five seconds late, and nobody sums "
        "up the evening; ask an admin to start it."
    )
    return Part("worker", False, text % {"since": _silent_since(seen, at)})


def _alive(seen: datetime | None, at: datetime) -> bool:
    return seen is not None and at - seen <= SILENT_AFTER


def _silent_since(seen: datetime | None, at: datetime) -> str:
    if seen is None:
        return _("it never was")
    today = clock.today(seen) == clock.today(at)
    then = clock.wall(seen.replace(second=0, microsecond=0))
    return _("silent since %(at)s") % {"at": then if today else f"{clock.today(seen)}, {then}"}


def _last_evening(at: datetime) -> Part:
    before = Campaign.objects.live().filter(day__lt=clock.today(at))
    call = before.order_by("-day", "-created_at").first()
    if call is None:
        return Part("last_evening", True, _("No evening was called before."))
    found = report.of(call, at, named=False)
    facts = {
        "day": long_day(call.day),
        "sent": found.counts["sent"],
        "all": found.counts["sent"] + found.counts["failed"] + found.counts["unconfirmed"],
    }
    late = _our_fault(found)
    if late:
        text = _(
            "On %(day)s, %(late)d of %(all)d messages were not sent in time. Look at that call "
            "before you make the next one."
        )
        return Part("last_evening", False, text % (facts | {"late": late}), call.pk)
    text = _("On %(day)s, %(sent)d of %(all)d messages were sent.")
    return Part("last_evening", True, text % facts, call.pk)


def _our_fault(found: Report) -> int:
    """Count what expired or still waits; closed direct messages are nobody's fault here."""
    told = [one.line.state for line in found.people for one in line.told]
    return sum(state == "expired" or report.group_of(state) == "waiting" for state in told)
