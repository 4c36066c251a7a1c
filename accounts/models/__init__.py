"""Everything that accounts keeps."""

from accounts.models.audit import AuditEntry, AuditIsAppendOnly
from accounts.models.claims import Contest, NameCode
from accounts.models.guilds import Guild, Membership, community_zone
from accounts.models.handles import Handle, HandleChannel, LinkToken
from accounts.models.identity import (
    DiscordAccount,
    PeopleManager,
    PeopleQuerySet,
    Player,
    PlayerAlias,
    PlayerLink,
    User,
)
from accounts.models.levels import Level, VoiceStay
from accounts.models.limits import Erasure, Throttle
from accounts.models.wishes import CHANNELS, Preferences, validate_zone

__all__ = [
    "CHANNELS",
    "AuditEntry",
    "AuditIsAppendOnly",
    "Contest",
    "DiscordAccount",
    "Erasure",
    "Guild",
    "Handle",
    "HandleChannel",
    "Level",
    "LinkToken",
    "Membership",
    "NameCode",
    "PeopleManager",
    "PeopleQuerySet",
    "Player",
    "PlayerAlias",
    "PlayerLink",
    "Preferences",
    "Throttle",
    "User",
    "VoiceStay",
    "community_zone",
    "validate_zone",
]
