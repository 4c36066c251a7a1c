"""Everything that raids keep."""

from planning.raids.models.attendance import Attendance, Objection, Unlisted
from planning.raids.models.brought import Brought
from planning.raids.models.raid import ENDED, Kind, Option, Raid, RaidQuerySet, StepOut, Vote
from planning.raids.models.setup import Dungeon, GuildSettings, Template

__all__ = [
    "ENDED",
    "Attendance",
    "Brought",
    "Dungeon",
    "GuildSettings",
    "Kind",
    "Objection",
    "Option",
    "Raid",
    "RaidQuerySet",
    "StepOut",
    "Template",
    "Unlisted",
    "Vote",
]
