"""What raids say to people privately. Facts in, words out, in the language spoken now."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from botworker.claims import MARKER
from botworker.plain import plain
from planning.raids.models import Raid
from planning.raids.models.raid import LONGEST_LABEL
from planning.raids.slots import Slot
from slomix.lib import clock, dates

Rows = list[list[dict[str, Any]]]


def name_of(raid: Raid) -> str:
    """Return what a raid is called, harmless for a chat."""
    return plain(raid.dungeon_name, LONGEST_LABEL)


def slot_day(slot: Slot) -> str:
    """Return a slot's day: its date in words, or its label as it was written."""
    return dates.long(slot.day.on) if slot.day.on else plain(slot.day.label, LONGEST_LABEL)


def slot_time(slot: Slot, zone: ZoneInfo) -> str:
    """Return a slot's time: with its zone where it is one, or its label as it was written."""
    if slot.starts_at:
        return clock.named(slot.starts_at, zone)
    return plain(slot.time.label, LONGEST_LABEL)


def reminder(raid: Raid, starts_at: datetime, voice_channel_id: int | None) -> str:
    """Say that a slot begins. It names the hour: tried again later, “in 10 minutes” would be wrong."""
    at = clock.named(starts_at, raid.guild.zone)
    said = _("🔔 **%(raid)s starts at %(at)s.**") % {"raid": name_of(raid), "at": at}
    if voice_channel_id:
        said += " " + _("Voice: %(channel)s.") % {"channel": f"<#{voice_channel_id}>"}
    return said


def cancelled(raid: Raid, mine: Sequence[Slot]) -> str:
    """Say that a raid is off to somebody who was in some of its slots."""
    if len(mine) != 1:
        said = _("**%(raid)s is cancelled.** Your evening is free.")
        return said % {"raid": name_of(raid)}
    said = _("**%(raid)s on %(day)s, %(at)s, is cancelled.** Your evening is free.")
    slot = mine[0]
    at = slot_time(slot, raid.guild.zone)
    return said % {"raid": name_of(raid), "day": slot_day(slot), "at": at}


def goes_on(raid: Raid, closes_at: datetime, *, planned: bool) -> str:
    """Ask a raid's maker whether it goes on; `planned`: its last planned day is over."""
    facts = {
        "id": raid.display_id,
        "raid": name_of(raid),
        "day": dates.long(closes_at.astimezone(raid.guild.zone).date()),
    }
    if planned:
        said = _(
            "**The last day of raid #%(id)d is over.** Does it go on? "
            "Without an answer it closes on %(day)s."
        )
    else:
        said = _(
            "**Raid #%(id)d has been quiet for six days.** Does it go on? "
            "Without an answer it closes on %(day)s."
        )
    return said % facts


def goes_on_rows(raid: Raid) -> Rows:
    """Return the buttons below that question; the cog knows their ids by their pattern."""
    verbs = (
        ("goes_on", _("Goes on"), "primary"),
        ("finish", _("Finish it"), "secondary"),
        ("cancel", _("Cancel it"), "secondary"),
    )
    return [
        [
            {"id": f"raid:{raid.pk}:{verb}:{MARKER}", "label": label, "style": style}
            for verb, label, style in verbs
        ]
    ]


def slot_rows(raid: Raid, slot: Slot) -> Rows:
    """Return the buttons of one slot, wherever it is spoken of."""
    leave = f"raid:{raid.pk}:out:{slot.day.pk}:{slot.time.pk}:{MARKER}"
    return [
        [
            {"id": leave, "label": _("Can’t make it"), "style": "secondary"},
            {"label": _("Open the raid"), "url": page(raid)},
        ]
    ]


def page(raid: Raid) -> str:
    """Return the address of a raid's page."""
    return f"{settings.FRONTEND_ORIGIN}/raids/{raid.pk}/"
