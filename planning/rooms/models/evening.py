"""Who takes a free place, and who came."""

from django.db import models

from accounts.models import User
from planning.rooms.models.room import Room
from planning.rooms.models.teams import Side


class Offer(models.Model):
    """A place that became free, offered to one person of the standby for a while."""

    class State(models.TextChoices):
        OPEN = "open"
        ACCEPTED = "accepted"
        DECLINED = "declined"
        EXPIRED = "expired"
        FILLED = "filled"  # somebody else was quicker
        RETURNED = "returned"  # whoever left came back, or the teams were saved anew

    room = models.ForeignKey(Room, models.CASCADE, related_name="offers")
    # Whose place it is; they dropped out of the line-up that holds.
    instead_of = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    side = models.CharField(max_length=1, choices=Side)
    person = models.ForeignKey(User, models.SET_NULL, null=True, related_name="offers")
    offered_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "planning_offers"
        constraints = [
            # Open to one person at a time.
            models.UniqueConstraint(
                fields=["room", "instead_of"],
                condition=models.Q(state="open"),
                name="one_open_offer_a_place",
            ),
        ]

    def __str__(self) -> str:
        return f"offer {self.pk} in room {self.room_id}"


class Came(models.Model):
    """Somebody was in voice on the evening of a room, between its start and its end."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="came")
    person = models.ForeignKey(User, models.SET_NULL, null=True, related_name="evenings_played")
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        db_table = "planning_came"
        constraints = [
            models.UniqueConstraint(fields=["room", "person"], name="came_once_an_evening"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} came to room {self.room_id}"
