"""Experience points: who has how many on which server, and how long somebody has been in voice."""

from django.db import models
from django.db.models import F, Q

from accounts.models.guilds import Guild
from accounts.models.identity import User


class Level(models.Model):
    """How far somebody came on one server, by writing there and by being in voice."""

    guild = models.ForeignKey(Guild, models.CASCADE, related_name="levels")
    person = models.ForeignKey(User, models.CASCADE, related_name="levels")
    xp = models.PositiveBigIntegerField(default=0)
    # What `accounts.levels.of` makes of the points; written with them, so that lists can be sorted.
    level = models.PositiveIntegerField(default=0)
    # The highest level that was told; whoever rises above it is told of once.
    told = models.PositiveIntegerField(default=0)
    # The last message that earned points, and where it was written.
    spoke_at = models.DateTimeField(null=True, blank=True)
    channel_id = models.BigIntegerField(null=True, blank=True)
    # Switched off by themselves: nothing is counted, and they stand in no list.
    counts = models.BooleanField(default=True)

    class Meta:
        db_table = "accounts_levels"
        constraints = [
            models.UniqueConstraint(fields=["guild", "person"], name="one_level_per_guild"),
        ]
        indexes = [
            # For the leaderboard.
            models.Index(fields=["guild", "-xp"], name="levels_of_a_guild"),
            # For levels.risen(): those of whom nothing was told yet, asked every few seconds.
            models.Index(fields=["id"], name="levels_risen", condition=Q(level__gt=F("told"))),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} on {self.guild_id}: level {self.level}, {self.xp}"


class VoiceStay(models.Model):
    """Somebody is in voice; as a row, so that a restart does not begin their hour anew."""

    guild = models.ForeignKey(Guild, models.CASCADE, related_name="voice_stays")
    person = models.ForeignKey(User, models.CASCADE, related_name="voice_stays")
    since = models.DateTimeField()
    # When they were last seen there, and whether that time counts: not AFK, not alone.
    seen_at = models.DateTimeField()
    counting = models.BooleanField(default=True)
    # How much of the next hour is over.
    seconds = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "accounts_voice_stays"
        constraints = [
            models.UniqueConstraint(fields=["guild", "person"], name="one_voice_stay_per_guild"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in voice since {self.since:%H:%M:%S}"
