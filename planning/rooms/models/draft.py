"""The captains' draft."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from planning.rooms.models.room import Room


class Draft(models.Model):
    """Two captains pick in turn. One runs in a room at a time."""

    class Outcome(models.TextChoices):
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        STOPPED = "stopped", _("stopped")

    room = models.ForeignKey(Room, models.CASCADE, related_name="drafts")
    started_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField()
    captain_a = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    captain_b = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    # Whose picks these are: ABBAAB…, one letter a pick.
    order = models.CharField(max_length=128)
    seconds = models.PositiveSmallIntegerField(default=45)
    # When the turn under way ends; the highest rated is picked then.
    turn_ends_at = models.DateTimeField()
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.RUNNING)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "planning_drafts"
        constraints = [
            models.UniqueConstraint(
                fields=["room"],
                condition=models.Q(outcome="running"),
                name="one_running_draft_a_room",
            ),
        ]

    def __str__(self) -> str:
        return f"draft {self.pk} of room {self.room_id}"


class Pick(models.Model):
    """One pick of a draft."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="picks")
    # 1, 2, 3 …: the turn. Of two presses at once the second is refused.
    number = models.PositiveSmallIntegerField()
    person = models.ForeignKey(User, models.SET_NULL, null=True, related_name="picks")
    picked_at = models.DateTimeField()
    # The time was over; nobody chose.
    by_the_clock = models.BooleanField(default=False)

    class Meta:
        db_table = "planning_picks"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "number"], name="one_pick_a_turn"),
            models.UniqueConstraint(fields=["draft", "person"], name="picked_once"),
        ]

    def __str__(self) -> str:
        return f"pick {self.number} of draft {self.draft_id}"
