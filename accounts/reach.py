"""How a person may be reached at a moment. Pure decisions; rows are read by `of` and `of_many`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from accounts.models import CHANNELS, Handle, User
from slomix.lib import clock

# What is said only to those who switched it on, beside the calls.
ASKED_FOR = ("session_ready", "daily_prompt", "planning", "raids")


@dataclass(frozen=True)
class Quiet:
    """Quiet hours in the person's own zone: [start, end), over midnight where start > end."""

    start: time
    end: time
    zone: ZoneInfo

    def until(self, at: datetime) -> datetime | None:
        """Return the UTC instant at which the quiet that covers `at` ends; None: not quiet.

        Equal start and end mean no quiet hours at all: a day of silence is what switching the
        reminders off is for.
        """
        for day in self._days(at):
            begins = clock.instant(day, self.start, self.zone)
            last = day if self.start < self.end else day + timedelta(days=1)
            ends = clock.instant(last, self.end, self.zone)
            if begins <= at < ends and self.start != self.end:
                return ends
        return None

    def _days(self, at: datetime) -> tuple[date, date]:
        today = at.astimezone(self.zone).date()
        return today - timedelta(days=1), today


@dataclass(frozen=True)
class Reach:
    """What the ledger needs to know about somebody at the moment of sending."""

    person_id: int
    discord_id: int | None
    dm_channel_id: int | None
    linked: bool
    allows_promotions: bool
    quiet: Quiet | None
    # The other kinds that the person switched on: "session_ready", "daily_prompt", …
    allows: frozenset[str] = frozenset()
    # The channels the person lets us use, in their order.
    order: tuple[str, ...] = CHANNELS
    # Where else messages may be sent now: linked and not switched off.
    handles: frozenset[str] = frozenset()
    # Known by a Discord account, with or without a player.
    on_discord: bool = False

    def quiet_until(self, at: datetime) -> datetime | None:
        """Return when the quiet hours that cover `at` end (UTC), or None."""
        return self.quiet.until(at.astimezone(UTC)) if self.quiet else None

    @property
    def channels(self) -> list[str]:
        """The channels to try, in the person's order."""
        reachable = self.handles | ({"discord"} if self.discord_id else set())
        return [channel for channel in self.order if channel in reachable]


def describe(user: User, handles: Iterable[str] = ()) -> Reach:
    """Read one person, fetched `with_identity()`, without a query.

    `handles` are the channels besides Discord that reach them, which `of_many` asks for.
    """
    discord = getattr(user, "discord", None)
    return Reach(
        person_id=user.pk,
        discord_id=discord.discord_id if discord else None,
        dm_channel_id=discord.dm_channel_id if discord else None,
        linked=bool(discord and hasattr(user, "link") and user.is_active),
        allows_promotions=hasattr(user, "preferences") and user.preferences.allow_promotions,
        quiet=_quiet(user),
        allows=_allowed(user),
        order=tuple(user.preferences.channel_order) if hasattr(user, "preferences") else CHANNELS,
        handles=frozenset(handles),
        on_discord=discord is not None and user.is_active,
    )


def set_up() -> frozenset[str]:
    """Return the channels besides Discord that this place has."""
    switched = {"telegram": settings.TELEGRAM_ENABLED, "signal": settings.SIGNAL_ENABLED}
    return frozenset(channel for channel, on in switched.items() if on)


def _allowed(user: User) -> frozenset[str]:
    if not hasattr(user, "preferences"):
        return frozenset()
    return frozenset(kind for kind in ASKED_FOR if getattr(user.preferences, f"allow_{kind}"))


def _quiet(user: User) -> Quiet | None:
    if not hasattr(user, "preferences"):
        return None
    stored = user.preferences
    if stored.quiet_start is None or stored.quiet_end is None:
        return None
    return Quiet(stored.quiet_start, stored.quiet_end, stored.zone)


def of_many(person_ids: Iterable[int]) -> dict[int, Reach]:
    """Read several people in two queries; somebody who is gone is not in the answer."""
    wanted = set(person_ids)
    handles: dict[int, list[str]] = {}
    on = Handle.objects.filter(user__in=wanted, channel__in=set_up(), off_reason="")
    for owner, channel in on.values_list("user_id", "channel"):
        handles.setdefault(owner, []).append(channel)
    people = User.objects.with_identity().filter(pk__in=wanted)
    return {person.pk: describe(person, handles.get(person.pk, ())) for person in people}
