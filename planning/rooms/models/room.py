"""The room itself, and what people say in it: names, votes, wishes."""

from datetime import date
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from slomix.lib import clock


class RoomQuerySet(models.QuerySet["Room"]):
    """Rooms, as the club speaks of them."""

    def on(self, day: date) -> Self:
        """The room of one evening."""
        return self.filter(day=day)


class Room(models.Model):
    """The one room of an evening. It closes by itself with the evening."""

    day = models.DateField(unique=True)
    creator = models.ForeignKey(User, models.SET_NULL, null=True, related_name="rooms")
    opened_at = models.DateTimeField(default=clock.now)
    # Rises with every change here; with the evening's own version it tells what a page shows.
    version = models.PositiveBigIntegerField(default=0)
    # Discord's private thread; empty with the reason while, or because, it is not there.
    thread_id = models.BigIntegerField(null=True)
    thread_trouble = models.CharField(max_length=80, blank=True)
    # "Need more" was last pressed then.
    pinged_at = models.DateTimeField(null=True)

    objects = RoomQuerySet.as_manager()

    class Meta:
        db_table = "planning_sessions"
        verbose_name = _("room")
        verbose_name_plural = _("rooms")

    def __str__(self) -> str:
        return f"room of {self.day}"


class Name(models.Model):
    """A name that somebody suggests for a team."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="names")
    person = models.ForeignKey(User, models.SET_NULL, null=True, related_name="team_names")
    text = models.CharField(max_length=48)
    # What two names that look alike have in common; planning.rooms.names makes it.
    folded = models.CharField(max_length=200)
    suggested_at = models.DateTimeField()

    class Meta:
        db_table = "planning_team_names"
        verbose_name = _("team name")
        verbose_name_plural = _("team names")
        constraints = [
            models.UniqueConstraint(fields=["room", "folded"], name="no_two_names_look_alike"),
        ]

    def __str__(self) -> str:
        return self.text


class Vote(models.Model):
    """One person's vote for a name; voting again moves it."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="votes")
    person = models.ForeignKey(User, models.CASCADE, related_name="team_votes")
    name = models.ForeignKey(Name, models.CASCADE, related_name="votes")
    voted_at = models.DateTimeField()

    class Meta:
        db_table = "planning_votes"
        constraints = [
            models.UniqueConstraint(fields=["room", "person"], name="one_vote_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} for {self.name_id}"


class Wish(models.Model):
    """Two people who should play together, or apart."""

    class Kind(models.TextChoices):
        TOGETHER = "together", _("together")
        APART = "apart", _("apart")

    room = models.ForeignKey(Room, models.CASCADE, related_name="wishes")
    kind = models.CharField(max_length=8, choices=Kind)
    # The smaller number first, so that a pair is one row.
    first = models.ForeignKey(User, models.CASCADE, related_name="+")
    second = models.ForeignKey(User, models.CASCADE, related_name="+")
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="wishes")
    made_at = models.DateTimeField()

    class Meta:
        db_table = "planning_wishes"
        constraints = [
            models.UniqueConstraint(fields=["room", "first", "second"], name="one_wish_a_pair"),
            models.CheckConstraint(
                condition=models.Q(first__lt=models.F("second")), name="a_wish_is_about_two"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} and {self.second_id} {self.kind}"
