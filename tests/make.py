"""Rows for tests, in the club's words. Nothing here decides anything: rules live in `actions`."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from django.db import transaction

from accounts import vault
from accounts.models import (
    DiscordAccount,
    Handle,
    Player,
    PlayerAlias,
    PlayerLink,
    Preferences,
    User,
)
from availability.actions import days
from availability.models import Door, Entry, Status
from botworker import outbox
from botworker.models import Attempt, Delivery, State

LJUBLJANA = ZoneInfo("Europe/Ljubljana")
# A Friday in winter, an hour and a half before the game.
TONIGHT = datetime(2026, 11, 20, 19, 30, tzinfo=LJUBLJANA)
_numbers = count(1)


def at(wall: str, day: date | None = None) -> datetime:
    """Return the instant of a wall time in Ljubljana: at("20:45") is tonight's reminder."""
    moment = datetime.combine(day or TONIGHT.date(), time.fromisoformat(wall), LJUBLJANA)
    return moment.astimezone(UTC)


def discord_id() -> int:
    """Return a Discord id that nobody else has."""
    return 200_000_000_000_000_000 + next(_numbers)


def player(
    name: str = "",
    *,
    guid: str = "",
    rating: float | None = None,
    aliases: tuple[str, ...] = (),
    discord_id: int | None = None,
) -> Player:
    """Make a player whom nobody has claimed."""
    number = next(_numbers)
    made = Player.objects.create(
        guid=guid or f"{number:032X}",
        name=name or f"player{number}",
        rating=rating,
        imported_discord_id=discord_id,
    )
    PlayerAlias.objects.bulk_create(PlayerAlias(player=made, name=alias) for alias in aliases)
    return made


def person(
    name: str = "",
    *,
    linked: bool = True,
    discord: bool = True,
    promoter: bool = False,
    avatar: str = "",
    opted_in: bool = False,
    **prefs: bool | str | time | datetime | None,
) -> User:
    """Make somebody: with Discord and a player, unless told otherwise; nothing is allowed yet."""
    number = next(_numbers)
    name = name or f"person{number}"
    made = User.objects.create_user(f"user{number}", is_promoter=promoter, date_joined=TONIGHT)
    if discord:
        DiscordAccount.objects.create(
            user=made,
            discord_id=discord_id(),
            username=f"discord{number}",
            display_name=name[:64],
            avatar=avatar,
            linked_at=TONIGHT,
            refreshed_at=TONIGHT,
        )
    Preferences.objects.create(user=made, allow_promotions=opted_in, **prefs)
    if linked:
        PlayerLink.objects.create(user=made, player=player(name[:64]), linked_at=TONIGHT)
    return User.objects.with_identity().get(pk=made.pk)


@transaction.atomic
def entry(
    who: User,
    status: str = Status.LOOKING,
    *,
    day: date | None = None,
    since: datetime = TONIGHT,
    door: str = Door.WEB,
    late_until: datetime | None = None,
) -> Entry:
    """Write down an answer, for tonight unless a day is named; whoever shows it notices."""
    day = day or TONIGHT.date()
    days.touch(day)
    return Entry.objects.create(
        person=who,
        day=day,
        status=status,
        since=since,
        door=door,
        late_until=late_until,
    )


def quiet(who: User, start: str, end: str, zone: str = "Europe/Ljubljana") -> None:
    """Give somebody quiet hours, in their own zone."""
    Preferences.objects.update_or_create(
        user=who,
        defaults={
            "quiet_start": time.fromisoformat(start),
            "quiet_end": time.fromisoformat(end),
            "timezone": zone,
        },
    )


def handle(who: User, channel: str = "telegram", address: str = "") -> Handle:
    """Give somebody a linked address on a channel; the settings need a key for it."""
    number = next(_numbers)
    address = address or (f"70{number:08}" if channel == "telegram" else f"+4477009{number:05}")
    return Handle.objects.create(
        user=who,
        channel=channel,
        sealed=vault.seal(address),
        sealed_by=vault.sealing_key(),
        index=vault.index(channel, address),
        verified_at=TONIGHT,
    )


def told(who: User, messages: int, channel: str = "discord") -> None:
    """Let somebody have got so many messages, one a day, each at the first try."""
    for ago in range(messages, 0, -1):
        number = next(_numbers)
        due_at = TONIGHT - timedelta(days=ago)
        row = Delivery.objects.create(
            event_key=f"TOLD:{number}",
            recipient=outbox.recipient_of(who.discord.discord_id),
            person=who,
            kind="reminder",
            due_at=due_at,
            expires_at=due_at + timedelta(minutes=12),
            deadline_at=due_at + timedelta(minutes=11),
            next_at=due_at,
            state=State.SENT,
            channels=[channel],
            channel=channel,
            body="🔔 **Game night.**",
            settled_at=due_at,
        )
        Attempt.objects.create(
            delivery=row,
            n=1,
            channel=channel,
            nonce=f"n{number}",
            fence=1,
            started_at=due_at,
            ended_at=due_at,
            outcome=Attempt.Outcome.SENT,
        )
