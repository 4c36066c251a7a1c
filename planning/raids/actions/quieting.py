"""Raids that went quiet: their makers are asked, and what nobody answers for ends."""

import logging
from collections import Counter
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils import translation

from accounts import language, reach
from accounts.models import AuditEntry
from botworker import outbox, rules
from planning.raids import keys, policy, queries, quiet, reminders, words
from planning.raids.actions import common, ending
from planning.raids.models import Attendance, Option, Raid

log = logging.getLogger(__name__)


def look(at: datetime) -> tuple[int, int]:
    """Look at every open raid: ask about those that end in a day, end those nobody answered for.

    A transaction for each; one that fails is logged and leaves the others done. Returns how many
    were asked about and how many ended; a second look changes nothing.
    """
    done: Counter[str] = Counter()
    for number in _due(at):
        try:
            done[_look_at(number, at)] += 1
        except Exception:
            log.exception("raid %s could not be looked at; the next look does", number)
    return done["asked"], done["closed"]


@transaction.atomic
def _look_at(number: int, at: datetime) -> str:
    raid = Raid.objects.select_for_update().filter(pk=number, status=Raid.Status.OPEN).first()
    if raid is None:
        return "gone"  # it ended in between
    life = _life(raid, _last_day(raid))
    if life.is_over(at):
        _close(raid, at)
        return "closed"
    if closes_at := life.to_ask(at):
        _ask(raid, closes_at, at)
        return "asked"
    return "alive"


@transaction.atomic
def goes_on(*, raid_id: int, actor: policy.Actor, at: datetime) -> Raid:
    """Let a raid live for another week, after which its maker is asked again.

    Raises RaidGone and NotYours.
    """
    raid = common.lock_open(raid_id)
    policy.check(actor, policy.Deed.EDIT, raid=raid)
    raid.goes_on_until = at + quiet.SILENCE + quiet.NOTICE
    raid.save(update_fields=["goes_on_until"])
    common.touch(raid, at)
    return raid


def _due(at: datetime) -> list[int]:
    living = list(Raid.objects.open().select_related("guild"))
    dated = Option.objects.filter(raid__status=Raid.Status.OPEN, date__isnull=False)
    last = dict(dated.values_list("raid").annotate(Max("date")).order_by())
    lives = [(raid.pk, _life(raid, last.get(raid.pk))) for raid in living]
    return [number for number, life in lives if life.is_over(at) or life.to_ask(at)]


def _last_day(raid: Raid) -> date | None:
    found: date | None = Option.objects.filter(raid=raid).aggregate(last=Max("date"))["last"]
    return found


def _life(raid: Raid, last_day: date | None) -> quiet.Life:
    return quiet.Life(
        last_activity_at=raid.last_activity_at,
        zone=raid.guild.zone,
        last_day=last_day,
        goes_on_until=raid.goes_on_until,
        asked_for=raid.asked_for,
    )


def _ask(raid: Raid, closes_at: datetime, at: datetime) -> None:
    raid.asked_for = closes_at
    raid.save(update_fields=["asked_for"])
    maker = raid.creator
    found = reach.of_many([maker.pk]).get(maker.pk) if maker else None
    if maker is None or found is None:
        return
    with translation.override(language.by_person([maker.pk])[maker.pk]):
        body = words.goes_on(raid, closes_at, planned=_last_day(raid) is not None)
        messages = reminders.message(found, body, words.goes_on_rows(raid))
    event = outbox.Event(keys.quiet(raid.pk, closes_at), rules.RAID_QUIET, at, closes_at)
    outbox.enqueue(messages, event, at=at, planned=False)


def _close(raid: Raid, at: datetime) -> None:
    """End it without counting anybody: whoever was in a slot is kept for its maker to confirm."""
    members = queries.board(raid, names=False).members
    ending.write_attendance(raid, members, Attendance.Status.PENDING, at)
    ending.end(raid, Raid.Status.STALE, by=None, at=at)
    AuditEntry.write(
        "raid_ended", at=at, actor=None, subject=raid.creator, door="worker", raid=raid.pk
    )
