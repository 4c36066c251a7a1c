"""The sentences of the raids' pages. Pure: facts in, words out; what people wrote stays text."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from planning.raids.models import Attendance, Raid
from planning.raids.posts import phrases
from planning.raids.slots import Slot
from slomix.lib import clock, dates

MOST_LETTERS = 400
there = phrases.person
votes, slots_stand = phrases.votes, phrases.slots_stand


def slot(one: Slot, zone: ZoneInfo) -> str:
    """“Sun 22 Nov, 20:30 CET”, or its labels as they were written."""
    day = dates.brief(one.day.on) if one.day.on else one.day.label
    at = clock.named(one.starts_at, zone) if one.starts_at else one.time.label
    return f"{day}, {at}"


def own_time(one: Slot, zone: ZoneInfo, reader: ZoneInfo | None) -> str:
    """“19:30 GMT for you”; empty where the reader's clock shows the same."""
    if one.starts_at is None or reader is None:
        return ""
    ours, theirs = one.starts_at.astimezone(zone), one.starts_at.astimezone(reader)
    if ours.utcoffset() == theirs.utcoffset():
        return ""
    written = clock.named(one.starts_at, reader)
    if ours.date() != theirs.date():
        written = f"{dates.brief(theirs.date())}, {written}"
    return _("%(at)s for you") % {"at": written}


def mine(days: Sequence[str], times: Sequence[str]) -> str:
    """Say what somebody has voted for, and what is still missing."""
    facts = {"days": _said(days), "times": _said(times)}
    if days and times:
        return _("Your days: %(days)s. Your times: %(times)s.") % facts
    if days:
        return _("Your days: %(days)s. Now choose times, too, then you count.") % facts
    if times:
        return _("Your times: %(times)s. Now choose days, too, then you count.") % facts
    return _("You have not voted yet.")


def _said(labels: Sequence[str]) -> str:
    said = phrases.cut(labels, between=", ", most=25, letters=MOST_LETTERS)
    # “Fri 27.11.” ends the sentence by itself.
    return said.removesuffix(".")


def voted(all_: int, both: int) -> str:
    """“11 have voted, 9 for both day and time”."""
    if not all_:
        return _("nobody has voted yet")
    text = ngettext("%(n)d has voted", "%(n)d have voted", all_) % {"n": all_}
    rest = ngettext("%(n)d for both day and time", "%(n)d for both day and time", both)
    return f"{text}, {rest % {'n': both}}"


def so_far(voted_: int, standing: int) -> str:
    """“11 have voted, 2 slots stand”."""
    if not voted_:
        return _("nobody has voted yet")
    text = ngettext("%(n)d has voted", "%(n)d have voted", voted_) % {"n": voted_}
    return f"{text}, {slots_stand(standing)}" if standing else text


def least(raid: Raid) -> str:
    """“at least 6 players a slot”."""
    text = ngettext("at least %(n)d player a slot", "at least %(n)d players a slot", raid.threshold)
    return text % {"n": raid.threshold}


def almost(one: Slot, zone: ZoneInfo) -> str:
    """“Sun 22 Nov, 19:00 CET: 1 is needed.”"""
    return f"{slot(one, zone)}: {phrases.needed(one.missing)}."


def ended(raid: Raid) -> str:
    """Name how a raid ended, as a word on a badge."""
    return {
        Raid.Status.FINISHED: _("done"),
        Raid.Status.CANCELLED: _("cancelled"),
        Raid.Status.STALE: _("went quiet"),
    }[Raid.Status(raid.status)]


def outcome(raid: Raid, present: int) -> str:
    """Say in a line how a raid ended."""
    if raid.status == Raid.Status.CANCELLED:
        return _("cancelled, nobody is counted")
    if raid.status == Raid.Status.STALE and not present:
        return _("went quiet, nobody is counted yet")
    return ngettext("%(n)d was there", "%(n)d were there", present) % {"n": present}


def ask_finish(counted: int) -> str:
    """Say what finishing does."""
    text = ngettext(
        "In its slots: %(n)d person. They are counted, and nobody can vote any more.",
        "In its slots: %(n)d people. They are counted, and nobody can vote any more.",
        counted,
    )
    return text % {"n": counted}


def reminded(minutes: int, *, wants: bool) -> str:
    """Say whether somebody who is in a slot is reminded of it."""
    if not wants:
        return _("You are in.")
    text = ngettext(
        "You are in. Reminder %(n)d minute before.",
        "You are in. Reminder %(n)d minutes before.",
        minutes,
    )
    return text % {"n": minutes}


def until(closes_at: datetime, zone: ZoneInfo, at: datetime) -> str:
    """Say when a raid that nobody ends closes by itself."""
    day, today = closes_at.astimezone(zone).date(), at.astimezone(zone).date()
    if day <= today:
        return _("closes today")
    if (day - today).days == 1:
        return _("closes tomorrow")
    return _("until %(day)s") % {"day": dates.brief(day)}


def presence(status: str) -> str:
    """Name whether somebody was there."""
    return {
        Attendance.Status.PRESENT: _("there"),
        Attendance.Status.ABSENT: _("missed"),
        Attendance.Status.PENDING: _("to be confirmed"),
    }[Attendance.Status(status)]


def objects(says: str) -> str:
    """Say what somebody objected."""
    if says == Attendance.Status.PRESENT:
        return _("says: I was there")
    return _("says: I was not there")


def so_long(raids: int, level: int) -> str:
    """“23 raids, level 9”; empty for neither."""
    said = [ngettext("%(n)d raid", "%(n)d raids", raids) % {"n": raids}] if raids else []
    if level:
        said.append(_("level %(n)d") % {"n": level})
    return ", ".join(said)
