"""What all processes share about a provider: the pace, the breaker, presses that were seen."""

from django.db import models

from slomix.lib import clock


class SeenInteraction(models.Model):
    """A press that was handled: Discord may bring the same one twice."""

    interaction_id = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "botworker_interactions"

    def __str__(self) -> str:
        return str(self.interaction_id)


class SeenUpdate(models.Model):
    """Something that Telegram or Signal told us and that was handled: it may be told twice."""

    channel = models.CharField(max_length=16)
    # Telegram's update id; for Signal the message's own time and a part of the sender's index.
    key = models.CharField(max_length=64)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "botworker_updates"
        constraints = [
            models.UniqueConstraint(fields=["channel", "key"], name="an_update_is_seen_once"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.key}"


class Listener(models.Model):
    """Which process hears a channel now; of several that could, one does."""

    channel = models.CharField(max_length=16, primary_key=True)
    owner = models.CharField(max_length=64, blank=True)
    until = models.DateTimeField()

    class Meta:
        db_table = "botworker_listeners"

    def __str__(self) -> str:
        return f"{self.channel} until {self.until:%H:%M:%S}"


class Bucket(models.Model):
    """How much a provider takes from us now, shared by all processes: a token bucket."""

    name = models.CharField(max_length=32, primary_key=True)
    level = models.FloatField()
    filled_at = models.DateTimeField()

    class Meta:
        db_table = "botworker_buckets"

    def __str__(self) -> str:
        return f"{self.name}: {self.level:.1f}"


class Breaker(models.Model):
    """Whether a provider is worth asking at all now, shared by all processes."""

    channel = models.CharField(max_length=16, primary_key=True)
    # Unclear answers since `since`; five within thirty seconds open the breaker.
    unclear = models.PositiveSmallIntegerField(default=0)
    since = models.DateTimeField()
    # Until then nobody asks; afterwards one probe at a time until one succeeds.
    open_until = models.DateTimeField(null=True)
    reason = models.CharField(max_length=120, blank=True)

    class Meta:
        db_table = "botworker_breakers"

    def __str__(self) -> str:
        return f"{self.channel}: {self.reason or 'closed'}"
