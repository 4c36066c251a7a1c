"""What raids are called elsewhere: in the ledger, and among the messages that are kept true. Pure.

Everything begins with the raid's own number, which is never given twice, on no server.
"""

import re
from datetime import UTC, datetime

OF_A_RAID = re.compile(r"RAID:(?P<raid>[0-9]+)(?::SLOT:(?P<day>[0-9]+):(?P<time>[0-9]+))?")
RAIDLIST = re.compile(r"RAIDLIST:(?P<guild>[0-9]+)")


def parse(key: str) -> tuple[str, int]:
    """Return what a kept message shows, "raid" or "guild", and its number; ("", 0) for no key of ours."""
    if found := OF_A_RAID.fullmatch(key):
        return "raid", int(found["raid"])
    if found := RAIDLIST.fullmatch(key):
        return "guild", int(found["guild"])
    return "", 0


def slot_of(key: str) -> tuple[int, int] | None:
    """Return the options, day and time, of the slot that a kept message shows; None: another one."""
    found = OF_A_RAID.fullmatch(key)
    return (int(found["day"]), int(found["time"])) if found and found["day"] else None


def planner(raid_id: int) -> str:
    """Name the message in which a raid is voted on."""
    return f"RAID:{raid_id}"


def slot(raid_id: int, day_id: int, time_id: int) -> str:
    """Name the message of one slot, by its options."""
    return f"RAID:{raid_id}:SLOT:{day_id}:{time_id}"


def raidlist(guild_id: int) -> str:
    """Name the list of a server's open raids, by the server's own row."""
    return f"RAIDLIST:{guild_id}"


def reminder(raid_id: int, starts_at: datetime) -> str:
    """Name the reminder of a start: who is in two slots that begin together hears it once."""
    return f"RAID:{raid_id}:REMINDER:{starts_at.astimezone(UTC):%Y%m%dT%H%M}"


def cancelled(raid_id: int) -> str:
    """Name the word that a raid is off."""
    return f"RAID:{raid_id}:CANCELLED"


def quiet(raid_id: int, closes_at: datetime) -> str:
    """Name the question whether a raid goes on, for one end that it would have."""
    return f"RAID:{raid_id}:QUIET:{closes_at.astimezone(UTC):%Y%m%dT%H%M}"
