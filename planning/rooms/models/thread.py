"""Who was let into the room's thread in Discord."""

from django.db import models

from accounts.models import User
from planning.rooms.models.room import Room


class InThread(models.Model):
    """Somebody whom the bot has let into a room's thread.

    Whoever leaves it by themselves is not fetched back, and whom a moderator brought in stays: only
    these are taken out when they step out of the room.
    """

    room = models.ForeignKey(Room, models.CASCADE, related_name="in_thread")
    person = models.ForeignKey(User, models.CASCADE, related_name="threads")
    # Their account as they were let in.
    discord_id = models.BigIntegerField()
    since = models.DateTimeField()

    class Meta:
        db_table = "planning_in_thread"
        constraints = [
            models.UniqueConstraint(fields=["room", "discord_id"], name="let_in_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in the thread of room {self.room_id}"
