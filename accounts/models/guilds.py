"""The Discord servers that the bot is on, and who of our people is there."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.identity import User
from accounts.models.wishes import validate_zone
from slomix.lib import clock


def community_zone() -> str:
    """Return the zone of a server that chose none: the game night's."""
    return str(settings.EVENING_ZONE.key)


class Guild(models.Model):
    """A Discord server that the bot is on; the row goes when the bot leaves."""

    discord_id = models.BigIntegerField(unique=True)
    name = models.CharField(max_length=100, blank=True)
    # Empty: the community's.
    language = models.CharField(max_length=8, blank=True)
    timezone = models.CharField(max_length=64, default=community_zone, validators=[validate_zone])
    joined_at = models.DateTimeField(default=clock.now)
    # Points for writing and talking are counted here; the channels hear of new levels.
    counts_levels = models.BooleanField(_("levels"), default=True)
    tells_levels = models.BooleanField(_("words about new levels"), default=True)
    # When the bot last wrote down who is there (`Membership`); what is older is no longer believed.
    members_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        db_table = "accounts_guilds"
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name or str(self.discord_id)

    @property
    def zone(self) -> ZoneInfo:
        """The zone that the server's days and times are in."""
        return ZoneInfo(self.timezone)


class Membership(models.Model):
    """One of our people is on a server, as the bot saw it at the server's `members_at`."""

    guild = models.ForeignKey(Guild, models.CASCADE, related_name="memberships")
    person = models.ForeignKey(User, models.CASCADE, related_name="servers")
    # Discord calls them an administrator there, or its owner.
    manages = models.BooleanField(default=False)
    # The ids of their roles there.
    roles = models.JSONField(default=list)

    class Meta:
        db_table = "accounts_memberships"
        constraints = [
            models.UniqueConstraint(fields=["guild", "person"], name="one_membership_per_guild"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} on {self.guild_id}"
