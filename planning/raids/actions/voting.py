"""Votes: ticked and unticked in a message, or said whole on the site; and leaving one slot."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from botworker import outbox
from planning.raids import labels, reminders
from planning.raids.actions import common, sheet
from planning.raids.actions.sheet import Sheet
from planning.raids.errors import BadInput
from planning.raids.models import Kind, Option, Raid, StepOut, Vote


@dataclass(frozen=True)
class Mine:
    """What somebody has voted for now, in the order the choices were written."""

    raid: Raid
    days: tuple[str, ...]
    times: tuple[str, ...]

    @property
    def counts(self) -> bool:
        """They said a day and a time, so they are in a slot."""
        return bool(self.days and self.times)


@transaction.atomic
def vote(
    *,
    raid_id: int,
    person: User,
    kind: str,
    chosen: Iterable[str],
    at: datetime,
    interaction_id: int | None = None,
) -> Mine:
    """Tick each chosen day (or time) that is not ticked, and untick each that is.

    All of it or nothing, in turns with everybody else's; the same interaction counts once, however
    often Discord tells it. Returns what they have voted for now. Raises RaidGone, and BadInput for
    a choice that is not there and for none at all.
    """
    held = sheet.opened(raid_id)
    if interaction_id is None or outbox.first_time(interaction_id, at):
        _toggle(held, person, _find(held.known, kind, chosen), at)
    return _said(held, person)


@transaction.atomic
def tick(
    *,
    raid_id: int,
    guild_id: int,
    person: User,
    kind: str,
    numbers: Iterable[int],
    at: datetime,
    interaction_id: int,
) -> Mine:
    """The same by the options' own numbers, from a message on a server (by Discord's id).

    Raises RaidGone also for a raid of another server.
    """
    held = sheet.opened(raid_id)
    if held.raid.guild.discord_id != guild_id:
        raise common.gone()
    if outbox.first_time(interaction_id, at):
        _toggle(held, person, _numbered(held.known, kind, numbers), at)
    return _said(held, person)


@transaction.atomic
def set_votes(
    *, raid_id: int, person: User, days: Iterable[str], times: Iterable[str], at: datetime
) -> Mine:
    """Vote for exactly these days and times; none at all takes every vote back.

    Said again it changes nothing. Raises RaidGone, and BadInput for a choice that is not there.
    """
    held = sheet.opened(raid_id)
    wanted = _find(held.known, Kind.DAY, days, none=True)
    wanted |= _find(held.known, Kind.TIME, times, none=True)
    _toggle(held, person, wanted ^ held.of(person), at)
    return _said(held, person)


@transaction.atomic
def leave_slot(*, raid_id: int, day_id: int, time_id: int, person: User, at: datetime) -> bool:
    """Take somebody out of one slot; their votes and other slots stay. False when they were out.

    Raises RaidGone, and BadInput for a slot that is not there any more.
    """
    held = sheet.opened(raid_id)
    _check_slot(held, day_id, time_id)
    out = (day_id, time_id, person.pk)
    if not {day_id, time_id} <= held.of(person) or out in held.outs:
        return False
    StepOut.objects.create(day_id=day_id, time_id=time_id, person=person, at=at)
    held.outs.add(out)
    _changed(held, person, at, {day_id, time_id})
    return True


@transaction.atomic
def rejoin_slot(*, raid_id: int, day_id: int, time_id: int, person: User, at: datetime) -> bool:
    """Put somebody into one slot: back, or by voting for its day and time. False when they were in.

    Raises as `leave_slot` does.
    """
    held = sheet.opened(raid_id)
    _check_slot(held, day_id, time_id)
    out = {(day_id, time_id, person.pk)} & held.outs
    missing = {day_id, time_id} - held.of(person)
    if out:
        StepOut.objects.filter(day=day_id, time=time_id, person=person).delete()
        held.outs -= out
    _tick(held, person, missing, at)
    if out or missing:
        _changed(held, person, at, {day_id, time_id})
    return bool(out or missing)


def _find(known: list[Option], kind: str, chosen: Iterable[str], *, none: bool = False) -> set[int]:
    by_label = {one.folded: one.pk for one in known if one.kind == kind}
    said = [label for label in chosen if label.strip()]
    if not said and not none:
        raise BadInput("votes", _("Choose at least one."))
    unknown = [label for label in said if labels.fold(label.strip()) not in by_label]
    if unknown:
        raise _not_there(unknown[0])
    return {by_label[labels.fold(label.strip())] for label in said}


def _numbered(known: list[Option], kind: str, numbers: Iterable[int]) -> set[int]:
    wanted = set(numbers)
    if not wanted:
        raise BadInput("votes", _("Choose at least one."))
    if unknown := wanted - {one.pk for one in known if one.kind == kind}:
        raise _not_there(f"№ {min(unknown)}")
    return wanted


def _not_there(label: str) -> BadInput:
    text = _("“%(label)s” is not among the choices any more. Look at the raid again.")
    return BadInput("votes", text % {"label": label[:100]})


def _toggle(held: Sheet, person: User, turned: set[int], at: datetime) -> None:
    """Turn somebody's ticks at these options round. Whoever votes anew means all of its slots."""
    if not turned:
        return
    take = turned & held.of(person)
    if take:
        Vote.objects.filter(person=person, option__in=take).delete()
        held.ticks -= {(one, person.pk) for one in take}
    _tick(held, person, turned - take, at)
    if left := held.left_by(person, turned):
        mine = StepOut.objects.filter(person=person)
        (mine.filter(day__in=turned) | mine.filter(time__in=turned)).delete()
        held.outs -= left
    _changed(held, person, at, turned)


def _tick(held: Sheet, person: User, options: set[int], at: datetime) -> None:
    Vote.objects.bulk_create(Vote(option_id=one, person=person, at=at) for one in sorted(options))
    held.ticks |= {(one, person.pk) for one in options}


def _changed(held: Sheet, person: User, at: datetime, touched: set[int]) -> None:
    common.touch(held.raid, at)
    reminders.settle(held.raid, at=at, touched=touched, mover=person.pk, board=held.board())


def _said(held: Sheet, person: User) -> Mine:
    ticked = held.of(person)
    said = [one for one in held.known if one.pk in ticked]
    return Mine(
        held.raid,
        tuple(one.label for one in said if one.kind == Kind.DAY),
        tuple(one.label for one in said if one.kind == Kind.TIME),
    )


def _check_slot(held: Sheet, day_id: int, time_id: int) -> None:
    wanted = {(day_id, Kind.DAY.value), (time_id, Kind.TIME.value)}
    if not wanted <= {(one.pk, one.kind) for one in held.known}:
        raise BadInput("slot", _("This slot is not there any more. Look at the raid again."))
