"""Who is where now, as rows with a time: facts from outside, and how fresh they are."""

from django.db import models

from accounts.models import User


class Place(models.TextChoices):
    """Where somebody can be seen."""

    VOICE = "voice"
    SERVER = "server"


class Look(models.Model):
    """When somebody who could see a place last told us all that is to be seen there.

    Without a fresh look the rows of `Presence` say nothing: whoever is not among them may be there.
    """

    place = models.CharField(max_length=8, choices=Place, primary_key=True)
    # The database's time, of the moment that the facts are from and not of writing them down.
    at = models.DateTimeField()
    # How many were there, known to us or not.
    number = models.PositiveSmallIntegerField(default=0)

    class Meta:
        db_table = "botworker_looks"

    def __str__(self) -> str:
        return f"{self.place} at {self.at:%H:%M:%S}: {self.number}"


class Presence(models.Model):
    """One of ours who is in voice or on the game server. Strangers are counted and not written."""

    person = models.ForeignKey(User, models.CASCADE, related_name="presences")
    place = models.CharField(max_length=8, choices=Place)
    # The voice channel; None on the game server.
    channel_id = models.BigIntegerField(null=True)
    # Neither makes somebody absent.
    muted = models.BooleanField(default=False)
    deafened = models.BooleanField(default=False)
    # Since when they are in this channel, as far as we saw.
    since = models.DateTimeField()
    # When one of these facts changed last.
    at = models.DateTimeField()

    class Meta:
        db_table = "botworker_presence"
        constraints = [
            models.UniqueConstraint(fields=["person", "place"], name="one_presence_per_place"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.place} since {self.since:%H:%M:%S}"
