"""How often something may be tried, and who asked to be forgotten."""

from django.db import models


class Throttle(models.Model):
    """Tries within one window of time: shared by all processes, changed by conditional UPDATE."""

    # What is limited and a keyed hash of who tries; an address is never written down.
    key = models.CharField(max_length=80, unique=True)
    window_at = models.DateTimeField()
    tries = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "accounts_throttles"

    def __str__(self) -> str:
        return f"{self.key[:24]}: {self.tries}"


class Erasure(models.Model):
    """Somebody was erased: their keyed hash, so that a restored backup can erase them again."""

    key = models.CharField(max_length=100, unique=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "accounts_erasures"

    def __str__(self) -> str:
        return f"{self.key[:24]} at {self.at:%Y-%m-%d}"
