"""Who plays on which evening."""

from datetime import date
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from slomix.lib import clock


class Status(models.TextChoices):
    """What somebody says about an evening."""

    LOOKING = "LOOKING", _("Looking")
    AVAILABLE = "AVAILABLE", _("Available")
    MAYBE = "MAYBE", _("Maybe")
    NOT_PLAYING = "NOT_PLAYING", _("Not playing")


class Door(models.TextChoices):
    """Where an answer came from."""

    WEB = "web", _("this page")
    DISCORD = "discord", "Discord"
    API = "api", "API"


class EntryQuerySet(models.QuerySet["Entry"]):
    """Answers, as the club speaks of them."""

    def on(self, day: date) -> Self:
        """Answers for one evening."""
        return self.filter(day=day)

    def between(self, first: date, last: date) -> Self:
        """Answers from the first to the last day, both included."""
        return self.filter(day__gte=first, day__lte=last)

    def looking(self) -> Self:
        """Those who are looking for a game."""
        return self.filter(status=Status.LOOKING)

    def with_people(self) -> Self:
        """Fetch the names and faces in the same query."""
        return self.select_related("person__discord", "person__link__player", "person__preferences")


class Entry(models.Model):
    """One person's answer for one evening."""

    person = models.ForeignKey(User, models.CASCADE, related_name="entries")
    day = models.DateField()
    status = models.CharField(max_length=16, choices=Status)
    door = models.CharField(max_length=16, choices=Door, default=Door.WEB)
    # "10 min late": shown to others, and nobody is asked before.
    late_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    # Since when the answer has been what it is.
    since = models.DateTimeField(default=clock.now)

    objects = EntryQuerySet.as_manager()

    class Meta:
        db_table = "availability_entries"
        constraints = [
            # One answer per person and evening; changing your mind updates it.
            models.UniqueConstraint(fields=["person", "day"], name="one_entry_per_evening"),
            models.CheckConstraint(
                condition=models.Q(status__in=Status.values), name="entry_has_a_known_status"
            ),
        ]
        indexes = [
            # For the page: one evening's answers, by status.
            models.Index(fields=["day", "status"], name="entry_by_evening"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.status} {self.day}"


class Evening(models.Model):
    """One evening's version: it rises with every answer, so a page or post knows it is old."""

    day = models.DateField(unique=True)
    version = models.PositiveBigIntegerField(default=0)

    class Meta:
        db_table = "availability_evenings"

    def __str__(self) -> str:
        return f"{self.day} v{self.version}"
