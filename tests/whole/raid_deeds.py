"""What people do about raids, by plain values, for a process that is told so (`raid_hand`)."""

from typing import Any

from accounts import actions as people
from accounts.models import Guild, User
from botworker.models import Tracked
from planning.raids import actions
from planning.raids.policy import Actor
from slomix.lib import clock
from slomix.management import community


def person(number: int) -> User:
    member = community.MEMBERS[number % len(community.MEMBERS)]
    return people.meet(
        discord_id=member.discord_id,
        username=member.username,
        display_name=member.name,
        avatar="",
        at=clock.now(),
    )


def admin() -> Actor:
    return Actor(person(0), guild_admin=True)


def settle_in() -> None:
    at = clock.now()
    guild = actions.guild_joined(discord_id=community.GUILD_ID, name="Slovenia ET", at=at)
    actions.set_settings(
        guild=guild,
        actor=admin(),
        at=at,
        planner_channel_id=community.RAIDS_ID,
        participants_channel_id=community.RAID_SLOTS_ID,
        raidlist_channel_id=community.RAID_LIST_ID,
    )


def plan(dungeon: str, least: int) -> int:
    raid = actions.plan(
        guild=Guild.objects.get(discord_id=community.GUILD_ID),
        actor=admin(),
        dungeon=dungeon,
        days="soon",
        times="early, late",
        min_players=least,
        at=clock.now(),
    ).raid
    return raid.pk


def vote(raid: int, who: int, times: list[str]) -> None:
    actions.set_votes(raid_id=raid, person=person(who), days=["soon"], times=times, at=clock.now())


def finish(raid: int) -> int:
    return actions.finish(raid_id=raid, actor=admin(), at=clock.now()).counted


def kept() -> list[dict[str, Any]]:
    columns = ("key", "kind", "form", "channel_id", "message_id", "closed_at", "error")
    rows = Tracked.objects.order_by("pk").values(*columns)
    return [row | {"closed_at": row["closed_at"] is not None} for row in rows]


DEEDS = {deed.__name__: deed for deed in (settle_in, plan, vote, finish, kept)}
