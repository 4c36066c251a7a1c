"""Everything that accounts keeps."""

from accounts.models.audit import AuditEntry, AuditIsAppendOnly
from accounts.models.claims import Contest, NameCode
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
from accounts.models.limits import Erasure, Throttle
from accounts.models.wishes import CHANNELS, Preferences, validate_zone

__all__ = [
    "CHANNELS",
    "AuditEntry",
    "AuditIsAppendOnly",
    "Contest",
    "DiscordAccount",
    "Erasure",
    "Handle",
    "HandleChannel",
    "LinkToken",
    "NameCode",
    "PeopleManager",
    "PeopleQuerySet",
    "Player",
    "PlayerAlias",
    "PlayerLink",
    "Preferences",
    "Throttle",
    "User",
    "validate_zone",
]
