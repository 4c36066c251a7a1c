"""A bot that is killed between a request of a raid's and writing it down: everything ends right, once."""

import json
from pathlib import Path
from typing import Any

import pytest

from slomix.management import community
from tests.whole.raiding import LIST, PLANNER, SLOTS, Night, raiding

pytestmark = pytest.mark.slow
POST = "POST /channels/{channel_id}/messages"
EDIT = "PATCH /channels/{channel_id}/messages/{message_id}"
DELETE = "DELETE /channels/{channel_id}/messages/{message_id}"
MAKE_ROLE = "POST /guilds/{guild_id}/roles"
GIVE_ROLE = "PUT /guilds/{guild_id}/members/{user_id}/roles/{role_id}"


def trap(what: str, channel: int | None = None, when: str = "after") -> dict[str, Any]:
    return {"what": what, "channel": channel, "when": when}


def test_killed_at_ten_points_of_a_raids_life(tmp_path: Path) -> None:
    with raiding(tmp_path) as night:
        raid = planned_and_voted(night)
        stands(night)
        ends(night, raid)
        night.each_stands_once()


def planned_and_voted(night: Night) -> int:
    """From the list and the vote to a slot with its role, killed eight times."""
    night.dies(night.start(trap(POST, LIST)))

    raid: int = night.hand.do("plan", dungeon="Nanos", least=2)
    night.dies(night.start(trap(POST, PLANNER, "before")))
    night.dies(night.start(trap(EDIT, LIST)))

    bot = night.start(trap(EDIT, PLANNER))
    night.wait(lambda: night.posts(PLANNER))
    night.hand.do("vote", raid=raid, who=1, times=["early"])
    night.dies(bot)

    night.hand.do("vote", raid=raid, who=2, times=["early"])
    night.dies(night.start(trap(POST, SLOTS)))
    night.dies(night.start(trap(MAKE_ROLE)))
    night.dies(night.start(trap(GIVE_ROLE)))

    bot = night.start(trap(EDIT, SLOTS))
    night.wait(lambda: "2 of 2" in night.text(SLOTS))
    night.hand.do("vote", raid=raid, who=3, times=["early"])
    night.dies(bot)
    return raid


def stands(night: Night) -> None:
    """Whatever died on the way: one of each, and it says what holds."""
    bot = night.start()
    night.wait(lambda: "3 of 2" in night.text(SLOTS))
    night.wait(lambda: "early: 3 votes" in night.text(PLANNER))
    night.wait(lambda: "1 slot stands" in night.text(LIST))
    night.wait(lambda: members(night) == {community.MEMBERS[n].discord_id for n in (1, 2, 3)})
    assert [len(night.posts(one)) for one in (PLANNER, SLOTS, LIST)] == [1, 1, 1]
    assert len(night.roles()) == 1
    night.each_stands_once()
    night.bots.kill(bot)


def members(night: Night) -> set[int]:
    """Return who has the raid's role."""
    [role] = night.roles()
    store = night.gateway.standin.parts.store.guilds
    everybody = list(store.members[community.GUILD_ID].items())
    return {number for number, one in everybody if role["id"] in one["roles"]}


def ends(night: Night, raid: int) -> None:
    """The raid ends, and another one soon after it was posted; killed twice more."""
    assert night.hand.do("finish", raid=raid) == 3
    night.dies(night.start(trap(DELETE, SLOTS)))

    other = night.hand.do("plan", dungeon="Nanos", least=2)
    bot = night.start(trap(EDIT, PLANNER))
    night.wait(lambda: len(night.posts(PLANNER)) == 2 or night.died(bot))
    night.hand.do("finish", raid=other)
    night.dies(bot)

    night.start()
    night.wait(lambda: not night.roles() and not night.posts(SLOTS))
    night.wait(lambda: "No open raid" in night.text(LIST))
    night.wait(lambda: all(row["closed_at"] for row in of_raids(night)))
    # One that ended before anybody began to post it is not there at all.
    assert [len(night.posts(one)) for one in (SLOTS, LIST)] == [0, 1]
    assert all("is done" in json.dumps(post["embeds"]) for post in night.posts(PLANNER))
    assert "Nanos is done" in night.text(PLANNER)


def of_raids(night: Night) -> list[dict[str, Any]]:
    """Return what was kept of the raid; the list goes on."""
    return [row for row in night.hand.do("kept") if row["kind"] != "raid_list"]
