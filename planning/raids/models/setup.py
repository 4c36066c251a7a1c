"""What there is to raid, and how a server wants it."""

from typing import Any, Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.models import Guild

# Three digits are what the form takes.
MOST_PLAYERS = 999


class DungeonQuerySet(models.QuerySet["Dungeon"]):
    """The catalogue, as the club speaks of it."""

    def active(self) -> Self:
        """Those that can be planned."""
        return self.filter(is_active=True)

    def listed(self) -> Self:
        """In the order they are offered."""
        return self.order_by("sort_order", Lower("name"), "pk")


class Dungeon(models.Model):
    """Something to raid, the same for every server. An inactive one is neither offered nor taken."""

    name = models.CharField(max_length=100, unique=True)
    short_code = models.CharField(max_length=16, unique=True)
    # The name without case, in which it is looked for; written by the verb.
    folded = models.CharField(max_length=200, unique=True, editable=False)
    is_active = models.BooleanField(default=True)
    sort_order = models.IntegerField(default=0)

    objects = DungeonQuerySet.as_manager()

    class Meta:
        db_table = "raids_dungeons"
        verbose_name = _("dungeon")
        verbose_name_plural = _("dungeons")

    def __str__(self) -> str:
        return self.name


class GuildSettings(models.Model):
    """How one server plans raids: where, from how many on, and how far its numbers went."""

    guild = models.OneToOneField(
        Guild, models.CASCADE, primary_key=True, related_name="raid_settings"
    )
    planner_channel_id = models.BigIntegerField(null=True, blank=True)
    participants_channel_id = models.BigIntegerField(null=True, blank=True)
    raidlist_channel_id = models.BigIntegerField(null=True, blank=True)
    # Named in reminders.
    voice_channel_id = models.BigIntegerField(null=True, blank=True)
    # Empty: everybody on the server may plan; else whoever has the role, and its admins.
    planner_role_id = models.BigIntegerField(null=True, blank=True)
    default_min_players = models.PositiveSmallIntegerField(
        default=0, validators=[MaxValueValidator(MOST_PLAYERS)]
    )
    templates_enabled = models.BooleanField(default=True)
    # Participation and levels on the site; those who do not want to be listed are not.
    leaderboard_enabled = models.BooleanField(default=False)
    # The last number given to a raid here; it only rises.
    last_display_id = models.PositiveIntegerField(default=0)
    # Rises with everything that the list of open raids could show.
    version = models.PositiveBigIntegerField(default=0)

    class Meta:
        db_table = "raids_guild_settings"
        verbose_name = _("server’s settings for raids")
        verbose_name_plural = _("servers’ settings for raids")

    def __str__(self) -> str:
        return str(self.guild)

    @property
    def ready(self) -> bool:
        """Raids can be planned: there is a place for the vote and one for the slots."""
        return bool(self.planner_channel_id and self.participants_channel_id)


class Template(models.Model):
    """What was put in last for a dungeon on a server; fills in the next form."""

    guild = models.ForeignKey(Guild, models.CASCADE, related_name="raid_templates")
    dungeon = models.ForeignKey(Dungeon, models.CASCADE, related_name="templates")
    # {"days": [...], "times": [...], "min_players": n}
    data = models.JSONField(default=dict)
    updated_at = models.DateTimeField()

    class Meta:
        db_table = "raids_templates"
        verbose_name = _("template")
        verbose_name_plural = _("templates")
        constraints = [
            models.UniqueConstraint(
                fields=["guild", "dungeon"], name="one_template_per_guild_and_dungeon"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dungeon}, {self.guild}"

    def labels(self, kind: str) -> list[str]:
        """Return the days or the times that it remembers."""
        found: Any = self.data.get("days" if kind == "day" else "times")
        return [str(label) for label in found] if isinstance(found, list) else []
