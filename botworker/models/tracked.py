"""What is kept true at a provider after it was said: the evening's post, its scheduled event."""

from typing import Self

from django.db import models

from botworker.models.ledger import new_marker
from slomix.lib import clock


class TrackedQuerySet(models.QuerySet["Tracked"]):
    """Kept messages, as the keeper speaks of them."""

    def alive(self) -> Self:
        """Those that may still change."""
        return self.filter(closed_at=None)


class Tracked(models.Model):
    """One message or scheduled event that shows what holds now; docs/architecture.md tells how.

    What it should say is never stored: the app that owns its kind draws it anew. Here stands how far
    the provider's copy is behind, and who works on it.
    """

    class Form(models.TextChoices):
        """What it is at Discord."""

        MESSAGE = "message"
        EVENT = "event"  # a scheduled event of the guild
        THREAD = "thread"  # a private thread, with people in it
        FOLLOWED = "followed"  # a message to somebody that changes after it was said
        ROLE = "role"  # a role of a server, with the members who have it
        REMOVED = "removed"  # a message that is to be deleted

    key = models.CharField(max_length=120, unique=True)
    # Names the module that draws it, in settings.TRACKED_KINDS.
    kind = models.CharField(max_length=32)
    form = models.CharField(max_length=8, choices=Form, default=Form.MESSAGE)
    evening = models.DateField(null=True)
    # The channel it stands in; for an event or a role the guild, for a thread the channel above.
    # Below zero: not known yet.
    channel_id = models.BigIntegerField()
    # Empty until it stands there. For an event, a thread or a role its id.
    message_id = models.BigIntegerField(null=True)
    marker = models.CharField(max_length=22, default=new_marker)
    # Rises when it has to be posted anew; the ledger's key is `key`, then `key#2`, `key#3`.
    generation = models.PositiveIntegerField(default=1)
    # From then on it changes no more: it is shown a last time and left alone. Empty: never.
    until = models.DateTimeField(null=True)
    # The version of what it shows, as its app counts: the newest that was seen, and the one shown.
    wanted = models.BigIntegerField(default=0)
    shown = models.BigIntegerField(default=0)
    shown_hash = models.CharField(max_length=64, blank=True)
    # The last and the first change that nobody has begun to show.
    changed_at = models.DateTimeField(null=True)
    dirty_since = models.DateTimeField(null=True)
    # Looked at then even if no version rises: names and wishes change too, and messages get deleted.
    look_at = models.DateTimeField()
    # After a fault nothing is asked before.
    not_before = models.DateTimeField(null=True)
    posted_at = models.DateTimeField(null=True)
    edited_at = models.DateTimeField(null=True)
    # When the provider last said that it is there.
    seen_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)
    fence = models.PositiveIntegerField(default=0)
    lease_owner = models.CharField(max_length=64, blank=True)
    lease_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True)

    objects = TrackedQuerySet.as_manager()

    class Meta:
        db_table = "botworker_tracked"
        verbose_name_plural = "tracked"
        indexes = [
            # For the keeper, twice a second: the few that are alive.
            models.Index(fields=["closed_at", "look_at"], name="tracked_by_life"),
        ]

    def __str__(self) -> str:
        return f"{self.key}, {self.shown} of {self.wanted}"

    @property
    def event_key(self) -> str:
        """The ledger's key for posting it this time."""
        return self.key if self.generation == 1 else f"{self.key}#{self.generation}"
