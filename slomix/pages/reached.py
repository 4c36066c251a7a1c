"""How somebody is reached: each channel with its place in the order, and whether it works."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.conf import settings
from django.utils.translation import gettext as _

from accounts import reach
from accounts.actions import handles
from accounts.models import CHANNELS, DiscordAccount, Handle, HandleChannel, Preferences, User
from botworker import history
from slomix.lib import clock, dates

Health = Literal["works", "new", "broken", "unused"]
TITLES = {"discord": "Discord", **dict(HandleChannel.choices)}
ICONS = {"discord": "chat", "telegram": "plane", "signal": "wave"}
OUTSIDE = "not on our Discord server"


@dataclass(frozen=True)
class Way:
    """One channel that somebody linked."""

    channel: str
    # From 1 on in the order that is tried; 0 where it is not used.
    place: int
    last: bool
    health: Health
    address: str
    words: str
    # Where somebody joins our server, when that is what is missing.
    invite: str = ""
    # Why it is switched off, as Handle.Off has it.
    off: str = ""

    @property
    def title(self) -> str:
        """The channel's own name."""
        return TITLES[self.channel]

    @property
    def icon(self) -> str:
        """Its sign in the sprite."""
        return ICONS[self.channel]


@dataclass(frozen=True)
class Known:
    """What is known of a channel before its place in the order is."""

    address: str
    fault: str
    worked_at: datetime | None
    invite: str = ""
    off: str = ""


def ways(person: User, stored: Preferences, at: datetime) -> list[Way]:
    """Return the channels that somebody linked, in their order, in two queries."""
    known = _known(person, at)
    order = [channel for channel in stored.channel_order if channel in known]
    order += [channel for channel in CHANNELS if channel in known and channel not in order]
    used = [one for one in order if one in stored.channel_order and not known[one].off]
    return [_way(channel, known[channel], used, at) for channel in order]


def to_link(linked: Sequence[Way]) -> list[str]:
    """Return the channels that are set up here and that somebody has not linked."""
    mine = {way.channel for way in linked}
    return [one for one in HandleChannel.values if one in reach.set_up() and one not in mine]


def moved(order: Sequence[str], shown: Sequence[str], channel: str) -> list[str]:
    """Return an order in which a channel comes one place earlier among those that are shown."""
    used = [one for one in shown if one in order]
    place = used.index(channel) if channel in used else 0
    if place:
        used[place - 1], used[place] = used[place], used[place - 1]
    return [*used, *(one for one in order if one not in used)]


def _known(person: User, at: datetime) -> Mapping[str, Known]:
    found: dict[str, Known] = {}
    account = getattr(person, "discord", None)
    if account:
        worked_at = history.arrived_at(person, "discord")
        outside = account.dm_refusal == OUTSIDE
        invite = settings.DISCORD_INVITE_URL if outside else ""
        found["discord"] = Known(account.username, _dm_fault(account, at), worked_at, invite)
    for handle in handles.handles_of(person):
        if handle.channel in reach.set_up():
            found[handle.channel] = Known(
                handles.masked(handle),
                _fault(handle, at),
                handle.worked_at,
                off=handle.off_reason,
            )
    return found


def _way(channel: str, known: Known, used: Sequence[str], at: datetime) -> Way:
    place = used.index(channel) + 1 if channel in used else 0
    health: Health = "works" if known.worked_at else "new"
    words = _worked(known.worked_at, at)
    if known.fault:
        health, words = "broken", known.fault
    elif not place:
        health = "unused"
    return Way(
        channel=channel,
        place=place,
        last=place == len(used),
        health=health,
        address=known.address,
        words=words,
        invite=known.invite,
        off=known.off,
    )


def _worked(worked_at: datetime | None, at: datetime) -> str:
    if worked_at is None:
        return _("Nothing has arrived there yet. Send yourself a test.")
    return _("Worked last: %(at)s.") % {"at": moment(worked_at, at)}


def moment(then: datetime, at: datetime) -> str:
    """Write an instant as people do: “today, 20:45”, “Tue 17 Nov, 20:45”."""
    local = clock.local(then)
    if local.date() == clock.today(at):
        return _("today, %(time)s") % {"time": clock.wall(then)}
    day = dates.brief(local) if local.year == at.year else dates.brief_year(local)
    return f"{day}, {clock.wall(then)}"


def _dm_fault(account: DiscordAccount, at: datetime) -> str:
    if not account.dm_refusal:
        return ""
    facts = {"at": moment(account.dm_refused_at or at, at)}
    told = {
        "direct messages are closed": _(
            "Did not take our message (%(at)s): your direct messages are closed. Open them for "
            "our server, then send yourself a test."
        ),
        OUTSIDE: _(
            "Did not take our message (%(at)s): you are not on our Discord server. Join it, then "
            "send yourself a test."
        ),
        "Discord does not know this account": _(
            "Did not take our message (%(at)s): Discord does not know this account any more."
        ),
    }
    other = _("Did not take our message (%(at)s). Send yourself a test in a while.")
    return told.get(account.dm_refusal, other) % facts


def _fault(handle: Handle, at: datetime) -> str:
    if handle.on:
        return ""
    told = {
        Handle.Off.STOPPED: _(
            "Off since %(at)s: you sent STOP there. START there, or the button, brings it back."
        ),
        Handle.Off.BLOCKED: _(
            "Off since %(at)s: you blocked our bot there. Unblock it, then send yourself a test."
        ),
        Handle.Off.GONE: _(
            "Off since %(at)s: the account is gone, or the number is registered no more. Link it "
            "again."
        ),
    }
    return told[Handle.Off(handle.off_reason)] % {"at": moment(handle.off_at or at, at)}
