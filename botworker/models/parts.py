"""The parts that run: their signs of life, and who of them keeps the gateway."""

from django.db import models


class PartPulse(models.Model):
    """A sign of life of one long-running part, written by the part itself."""

    part = models.CharField(max_length=32, primary_key=True)
    at = models.DateTimeField()
    detail = models.CharField(max_length=120, blank=True)

    class Meta:
        db_table = "botworker_pulses"

    def __str__(self) -> str:
        return f"{self.part} at {self.at:%H:%M:%S}"


class Worker(models.Model):
    """A piece of work that is done again and again: when it last was, how long it took, what failed."""

    name = models.CharField(max_length=48, primary_key=True)
    last_run_at = models.DateTimeField()
    # Of the last run.
    seconds = models.FloatField(default=0)
    runs = models.PositiveBigIntegerField(default=0)
    # Empty while it works; what it was last stays in the log.
    last_error = models.CharField(max_length=300, blank=True)
    last_good_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "botworker_workers"
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name} at {self.last_run_at:%H:%M:%S}"


class GatewayLeader(models.Model):
    """Who keeps Discord's gateway; `at` is the database's own time, so no two clocks are compared."""

    name = models.CharField(max_length=32, primary_key=True)
    # Rises with every leader; whoever writes carries its own and changes nothing after the next.
    epoch = models.PositiveBigIntegerField(default=0)
    owner = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField()
    # It closed its gateway before it left: the next one need not wait.
    released = models.BooleanField(default=True)

    class Meta:
        db_table = "botworker_gateway_leader"

    def __str__(self) -> str:
        return f"{self.name}: term {self.epoch}, {self.owner}"


class Identify(models.Model):
    """One IDENTIFY sent to Discord. It takes 1,000 a day and resets the token of whoever sends more."""

    at = models.DateTimeField(db_index=True)
    epoch = models.PositiveBigIntegerField()
    # Its term ended on request; only those that did not look like a crash loop.
    ended_well = models.BooleanField(default=False)

    class Meta:
        db_table = "botworker_identifies"
        verbose_name_plural = "identifies"

    def __str__(self) -> str:
        return f"term {self.epoch} at {self.at:%H:%M:%S}"
