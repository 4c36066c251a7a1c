"""Evenings as a calendar to subscribe to (RFC 5545). Pure: facts in, the file out.

A wall time and its zone with the zone's rules, so 21:00 stays 21:00 over both change nights. The
same facts give the same bytes, so an unchanged calendar is not sent again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Timezone

LASTS = timedelta(hours=2)
# What a program that asks may wait; most wait longer whatever we say.
REFRESH = timedelta(minutes=15)


@dataclass(frozen=True)
class Evening:
    """One evening as one calendar shows it."""

    uid: str
    # The wall time in the game night's zone.
    start: datetime
    summary: str
    description: str
    url: str
    # Rises with every change, so that a program knows the newer one.
    sequence: int
    changed_at: datetime
    # "CONFIRMED", "TENTATIVE" or "CANCELLED".
    status: str
    lead: timedelta | None = None


def calendar(name: str, evenings: Iterable[Evening], *, zone: ZoneInfo) -> bytes:
    """Return the calendar file of some evenings; an empty one is a calendar too."""
    made = Calendar()
    made.add("prodid", "-//Slomix//Game nights//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", REFRESH)
    shown = sorted(evenings, key=lambda one: one.start)
    if shown:
        made.add_component(_zone(zone, shown[0].start.date(), shown[-1].start.date()))
    for one in shown:
        made.add_component(_event(one))
    return bytes(made.to_ical())


def _zone(zone: ZoneInfo, first: date, last: date) -> Timezone:
    """Both change nights around the evenings; clients guess where the rules are missing."""
    year = timedelta(days=366)
    return Timezone.from_tzid(zone.key, first_date=first - year, last_date=last + year)


def _event(one: Evening) -> Event:
    event = Event()
    event.add("uid", one.uid)
    event.add("dtstamp", one.changed_at)
    event.add("last-modified", one.changed_at)
    event.add("sequence", one.sequence)
    event.add("dtstart", one.start)
    event.add("duration", LASTS)
    event.add("summary", one.summary)
    event.add("description", one.description)
    event.add("url", one.url)
    event.add("status", one.status)
    # Only who surely plays is busy.
    event.add("transp", "OPAQUE" if one.status == "CONFIRMED" else "TRANSPARENT")
    if one.lead is not None and one.status != "CANCELLED":
        event.add_component(_alarm(one.summary, one.lead))
    return event


def _alarm(text: str, lead: timedelta) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", text)
    alarm.add("trigger", -lead)
    return alarm
