"""What is watched: what is wrong now and who was told, which runs finished, what was counted."""

from django.db import models
from django.db.models import Q


class Alert(models.Model):
    """One thing that is wrong, or was: from when it was found until it was over."""

    # The code, and what it is about where that is one of several: "run.reminder 2026-11-20".
    key = models.CharField(max_length=120)
    code = models.CharField(max_length=40)
    # In English, as it is told; without names, addresses or ids.
    words = models.CharField(max_length=400)
    # Worth telling somebody who does not look; the others stand on the operators' page alone.
    urgent = models.BooleanField(default=True)
    since = models.DateTimeField()
    # When it was found the last time; it is over when nobody found it for a while.
    found_at = models.DateTimeField()
    over_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    # Whoever is about to tell holds the lease, so that several watchers tell it once.
    lease_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    told_at = models.DateTimeField(null=True)
    over_told_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "botworker_alerts"
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=Q(over_at=None), name="one_open_alert_per_cause"
            ),
        ]
        indexes = [models.Index(fields=["over_at"], name="alert_by_end")]

    def __str__(self) -> str:
        return f"{self.key} since {self.since:%H:%M:%S}"


class FinishedRun(models.Model):
    """A run that went out whole and in time, and whether the service outside was told."""

    key = models.CharField(max_length=120, primary_key=True)
    at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    pinged_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "botworker_finished_runs"

    def __str__(self) -> str:
        return f"{self.key} at {self.at:%H:%M:%S}"


class Counted(models.Model):
    """How often something happened that leaves no row of its own."""

    name = models.CharField(max_length=32, primary_key=True)
    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        db_table = "botworker_counted"

    def __str__(self) -> str:
        return f"{self.name}: {self.number}"


class PageTime(models.Model):
    """How long one kind of page took, over all web processes: how many, and how many within."""

    # The name of its address, never the address itself.
    page = models.CharField(max_length=64, primary_key=True)
    number = models.PositiveBigIntegerField(default=0)
    seconds = models.FloatField(default=0)
    # Answered with a status of 500 and more.
    broken = models.PositiveBigIntegerField(default=0)
    within_50ms = models.PositiveBigIntegerField(default=0)
    within_100ms = models.PositiveBigIntegerField(default=0)
    within_300ms = models.PositiveBigIntegerField(default=0)
    within_1s = models.PositiveBigIntegerField(default=0)
    within_3s = models.PositiveBigIntegerField(default=0)

    class Meta:
        db_table = "botworker_page_times"

    def __str__(self) -> str:
        return f"{self.page}: {self.number}"
