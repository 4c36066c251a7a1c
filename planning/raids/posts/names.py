"""What the kept messages of raids are called, beyond those of `keys`, and how new they are. Pure but
for `versions`.
"""

import re
from collections.abc import Iterable

from planning.raids import keys, queries

OF_A_RAID = re.compile(r"RAID:(?P<raid>[0-9]+)(?::ROLE|:MIRROR|:SLOT:[0-9]+:[0-9]+)?")
OF_A_GUILD = re.compile(r"RAIDLIST:(?P<guild>[0-9]+)(?::MIRROR)?")


def role(raid_id: int) -> str:
    """Name the role of a raid."""
    return f"{keys.planner(raid_id)}:ROLE"


def slots_mirror(raid_id: int) -> str:
    """Name the operators' copy of a raid's slots."""
    return f"{keys.planner(raid_id)}:MIRROR"


def list_mirror(guild_id: int) -> str:
    """Name the operators' copy of a server's list."""
    return f"{keys.raidlist(guild_id)}:MIRROR"


def raid_of(key: str) -> int:
    """Return the raid that a name is about; 0 for none."""
    found = OF_A_RAID.fullmatch(key)
    return int(found["raid"]) if found else 0


def guild_of(key: str) -> int:
    """Return the server, by its row, that a list is about; 0 for none."""
    found = OF_A_GUILD.fullmatch(key)
    return int(found["guild"]) if found else 0


def versions(names: Iterable[str]) -> dict[str, int]:
    """Return for each kept message the version that holds, in two queries; what is gone is left out."""
    base = {name: _base(name) for name in names}
    found = queries.versions({key for key in base.values() if key})
    return {name: found[key] for name, key in base.items() if key in found}


def _base(name: str) -> str:
    if raid := raid_of(name):
        return keys.planner(raid)
    guild = guild_of(name)
    return keys.raidlist(guild) if guild else ""
