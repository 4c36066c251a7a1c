"""A raid, the days and times it could be on, and who voted for which."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Guild, User
from planning.raids.models.setup import Dungeon

# A select holds 25, each of at most 100 characters.
MOST_OPTIONS = 25
LONGEST_LABEL = 100


class Kind(models.TextChoices):
    """What is voted on."""

    DAY = "day", _("day")
    TIME = "time", _("time")


class RaidQuerySet(models.QuerySet["Raid"]):
    """Raids, as the club speaks of them."""

    def open(self) -> Self:
        """Those that are still planned, the oldest first."""
        return self.filter(status=Raid.Status.OPEN).order_by("created_at", "pk")

    def past(self) -> Self:
        """Those that ended, the last one first."""
        return self.exclude(status=Raid.Status.OPEN).order_by("-ended_at", "-pk")

    def of(self, guild: Guild) -> Self:
        """Those of one server."""
        return self.filter(guild=guild)


class Raid(models.Model):
    """One raid that a server plans, or planned: ended ones stay.

    The version rises with everything that its messages and pages could show.
    """

    class Status(models.TextChoices):
        """How far it is."""

        OPEN = "open", _("open")
        FINISHED = "finished", _("finished")
        CANCELLED = "cancelled", _("cancelled")
        STALE = "stale", _("gone quiet")

    # Deleted by name when the bot leaves (`actions.guild_left`), never by chance.
    guild = models.ForeignKey(Guild, models.PROTECT, related_name="raids")
    # What people call it by, per server; never given twice.
    display_id = models.PositiveIntegerField()
    # Where its vote stands.
    channel_id = models.BigIntegerField()
    # Nobody: whoever made it was erased.
    creator = models.ForeignKey(User, models.SET_NULL, null=True, related_name="raids_made")
    # The catalogue may change; the name is how it was called then.
    dungeon = models.ForeignKey(Dungeon, models.SET_NULL, null=True, related_name="raids")
    dungeon_name = models.CharField(max_length=100)
    status = models.CharField(max_length=16, choices=Status, default=Status.OPEN)
    # From how many on a slot stands; 0 is "from one".
    min_players = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveBigIntegerField(default=1)
    # The role made for its slots' members: known by its id alone.
    role_id = models.BigIntegerField(null=True)
    role_created = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    last_activity_at = models.DateTimeField()
    # Somebody said that it goes on: it is not stale before.
    goes_on_until = models.DateTimeField(null=True)
    # The end that its maker was told when asked whether it goes on.
    asked_for = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="raids_ended")
    # The form that made it; Discord may hand the same one in twice.
    interaction_id = models.BigIntegerField(null=True, unique=True)

    objects = RaidQuerySet.as_manager()

    class Meta:
        db_table = "raids_raids"
        verbose_name = _("raid")
        verbose_name_plural = _("raids")
        constraints = [
            models.UniqueConstraint(fields=["guild", "display_id"], name="one_raid_per_number"),
            models.CheckConstraint(
                condition=models.Q(status="open", ended_at__isnull=True)
                | (~models.Q(status="open") & models.Q(ended_at__isnull=False)),
                name="an_ended_raid_has_an_end",
            ),
        ]
        indexes = [
            # For the lists of a server: open ones, and those that were.
            models.Index(fields=["guild", "status", "created_at"], name="raid_by_guild"),
        ]

    def __str__(self) -> str:
        return f"#{self.display_id} {self.dungeon_name}"

    @property
    def is_open(self) -> bool:
        """It can still be voted on."""
        return self.status == self.Status.OPEN

    @property
    def threshold(self) -> int:
        """How many make a slot stand."""
        return self.min_players or 1


ENDED = (Raid.Status.FINISHED, Raid.Status.CANCELLED, Raid.Status.STALE)


class Option(models.Model):
    """A day or a time that a raid could be on: any words, and what they mean where they say it."""

    raid = models.ForeignKey(Raid, models.CASCADE, related_name="options")
    kind = models.CharField(max_length=4, choices=Kind)
    label = models.CharField(max_length=LONGEST_LABEL)
    # The label without case: "FRI" and "Fri" are one day. Case may add letters.
    folded = models.CharField(max_length=3 * LONGEST_LABEL)
    position = models.PositiveSmallIntegerField()
    # A day that reads as a date, a time that reads as a time of day; both in the server's zone.
    date = models.DateField(null=True)
    wall = models.TimeField(null=True)

    class Meta:
        db_table = "raids_options"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["raid", "kind", "folded"], name="one_option_per_label"),
            models.CheckConstraint(
                condition=models.Q(kind="day", wall__isnull=True)
                | models.Q(kind="time", date__isnull=True),
                name="an_option_is_a_day_or_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class Vote(models.Model):
    """One person's tick at one day or time."""

    option = models.ForeignKey(Option, models.CASCADE, related_name="votes")
    # Nobody: the raid is over and the person was erased; the count stays.
    person = models.ForeignKey(User, models.SET_NULL, null=True, related_name="raid_votes")
    at = models.DateTimeField()

    class Meta:
        db_table = "raids_votes"
        constraints = [
            models.UniqueConstraint(fields=["option", "person"], name="one_vote_per_option"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} for {self.option_id}"


class StepOut(models.Model):
    """Somebody voted for a day and a time and cannot make it on that one slot."""

    day = models.ForeignKey(Option, models.CASCADE, related_name="left_on")
    time = models.ForeignKey(Option, models.CASCADE, related_name="left_at")
    person = models.ForeignKey(User, models.CASCADE, related_name="raid_slots_left")
    at = models.DateTimeField()

    class Meta:
        db_table = "raids_step_outs"
        constraints = [
            models.UniqueConstraint(fields=["day", "time", "person"], name="one_step_out_per_slot"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} out of {self.day_id} × {self.time_id}"
