"""The demo community as rows, through the same verbs that people use."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from accounts import actions as people
from accounts.models import Player, PlayerAlias, User
from availability import actions as evenings
from availability import queries
from availability.models import Entry
from planning.raids import actions as raids
from planning.raids.policy import Actor
from slomix.lib import clock
from slomix.management.community import (
    GUILD_ID,
    MEMBERS,
    RAID_LIST_ID,
    RAID_SLOTS_ID,
    RAIDS_ID,
    STATUSES,
    Member,
)

AHEAD = 9  # days that somebody has said something for


@transaction.atomic
def seed(at: datetime) -> int:
    """Bring the club in, or go on where it was; returns how many answers were written.

    People are made once. Only days that nobody has answered yet are filled, so whatever was
    changed by hand stays.
    """
    first = not User.objects.filter(discord__discord_id=MEMBERS[0].discord_id).exists()
    if first:
        _players()
        for member in MEMBERS:
            if member.linked:
                _come_in(member, at)
    _raids(at)
    club = _club()
    return sum(_fill(day, club, at, tonight=first) for day in _open_days(at, first=first))


def _players() -> None:
    for member in MEMBERS:
        player = Player.objects.create(
            guid=member.guid, name=member.player_name, rating=member.rating
        )
        PlayerAlias.objects.bulk_create(
            PlayerAlias(player=player, name=alias) for alias in member.aliases
        )


def _come_in(member: Member, at: datetime) -> None:
    person = people.meet(
        discord_id=member.discord_id,
        username=member.username,
        display_name=member.name,
        avatar=member.face or "",
        at=at,
    )
    people.link_player(person=person, guid=member.guid, at=at)
    _preferences(person, member, at)


def _raids(at: datetime) -> None:
    """Let raids be planned at once; channels that were chosen by hand stay."""
    guild = raids.guild_joined(discord_id=GUILD_ID, name="Slovenia ET", at=at)
    jazbec = User.objects.filter(discord__discord_id=MEMBERS[0].discord_id).first()
    if jazbec and not raids.settings_of(guild).ready:
        raids.set_settings(
            guild=guild,
            # The server is his.
            actor=Actor(jazbec, guild_admin=True),
            at=at,
            planner_channel_id=RAIDS_ID,
            participants_channel_id=RAID_SLOTS_ID,
            raidlist_channel_id=RAID_LIST_ID,
            default_min_players=2,
        )


def _club() -> dict[Member, User]:
    """Return who is still with us: somebody may have unlinked their player or left."""
    linked = User.objects.linked().with_identity()
    by_id = {person.discord.discord_id: person for person in linked}
    known = {member: by_id.get(member.discord_id) for member in MEMBERS if member.linked}
    return {member: person for member, person in known.items() if person}


def _preferences(person: User, member: Member, at: datetime) -> None:
    start, end = map(time.fromisoformat, member.quiet) if member.quiet else (None, None)
    people.set_preferences(
        person=person,
        at=at,
        timezone=member.timezone,
        quiet_start=start,
        quiet_end=end,
        # Whoever asked not to be reminded is no friend of being named either.
        show_name=bool(member.reminded),
    )
    if member.reminded is not None:
        people.answer_the_question(person=person, remind=member.reminded, at=at)


def _open_days(at: datetime, *, first: bool) -> list[date]:
    today = clock.today(at)
    days = [today + timedelta(days=ahead) for ahead in range(AHEAD + 1)]
    answered = queries.counts(days[0], days[-1])
    return [day for day in days if first or day not in answered]


def _fill(day: date, club: dict[Member, User], at: datetime, *, tonight: bool) -> int:
    is_tonight = tonight and day == clock.today(at)
    written = 0
    for place, (member, person) in enumerate(club.items()):
        letter = member.tonight if is_tonight else member.week[day.weekday()]
        if letter in STATUSES:
            evenings.answer(person=person, day=day, status=STATUSES[letter], at=at)
            _said(person, day, at, minutes=place * 17 + 3)
            written += 1
    return written


def _said(person: User, day: date, at: datetime, *, minutes: int) -> None:
    """Let an answer look as old as it would be: spread over the day, never before it began."""
    midnight = clock.instant(clock.today(at), time(0), ZoneInfo(clock.zone().key))
    since = max(midnight, at - timedelta(minutes=minutes))
    Entry.objects.filter(person=person, day=day).update(since=since, created_at=since)
