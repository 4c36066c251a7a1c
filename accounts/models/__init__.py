"""Everything that accounts keeps."""

from accounts.models.audit import AuditEntry
from accounts.models.identity import (
    DiscordAccount,
    PeopleManager,
    PeopleQuerySet,
    Player,
    PlayerAlias,
    PlayerLink,
    User,
)
from accounts.models.wishes import Preferences, validate_zone

__all__ = [
    "AuditEntry",
    "DiscordAccount",
    "PeopleManager",
    "PeopleQuerySet",
    "Player",
    "PlayerAlias",
    "PlayerLink",
    "Preferences",
    "User",
    "validate_zone",
]
