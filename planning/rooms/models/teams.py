"""The line-ups: two teams, each saved state a new one."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from planning.rooms.models.room import Room


class Side(models.TextChoices):
    """The two sides; A plays Axis first."""

    A = "A"
    B = "B"


class Lineup(models.Model):
    """One saved state of the teams. The newest is what holds; its number is the edit token."""

    class How(models.TextChoices):
        """What made it."""

        BY_HAND = "by hand", _("by hand")
        BALANCED = "balanced", _("balanced")
        DRAFT = "draft", _("captains’ draft")
        STANDBY = "standby", _("a place from standby")
        UNDO = "undo", _("undone")

    room = models.ForeignKey(Room, models.CASCADE, related_name="lineups")
    # 1, 2, 3 … Whoever saves names the number they saw: of two, the second is refused.
    number = models.PositiveIntegerField()
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="lineups")
    saved_at = models.DateTimeField()
    how = models.CharField(max_length=16, choices=How, default=How.BY_HAND)
    # What the same teams could be made from again, and how it was explained.
    seed = models.PositiveIntegerField(null=True)
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "planning_lineups"
        verbose_name = _("line-up")
        verbose_name_plural = _("line-ups")
        constraints = [
            models.UniqueConstraint(fields=["room", "number"], name="one_lineup_of_a_number"),
        ]

    def __str__(self) -> str:
        return f"line-up {self.number} of room {self.room_id}"


class Team(models.Model):
    """One side of a line-up."""

    lineup = models.ForeignKey(Lineup, models.CASCADE, related_name="teams")
    side = models.CharField(max_length=1, choices=Side)
    captain = models.ForeignKey(User, models.SET_NULL, null=True, related_name="captaincies")

    class Meta:
        db_table = "planning_teams"
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        constraints = [
            models.UniqueConstraint(fields=["lineup", "side"], name="one_team_a_side"),
        ]

    def __str__(self) -> str:
        return f"team {self.side} of line-up {self.lineup_id}"


class Member(models.Model):
    """Somebody in a team; nobody is in both."""

    lineup = models.ForeignKey(Lineup, models.CASCADE, related_name="members")
    team = models.ForeignKey(Team, models.CASCADE, related_name="members")
    # Empty: somebody who has left Slomix since.
    person = models.ForeignKey(User, models.SET_NULL, null=True, related_name="memberships")
    # Places from the top of a team; the pick's number in a draft.
    position = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "planning_team_members"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["lineup", "person"], name="in_one_team_only"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in team {self.team_id}"
