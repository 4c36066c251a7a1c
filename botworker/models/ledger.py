"""The ledger: one row per thing that is to be said to somebody, and the evidence for each try."""

import secrets
from typing import Self

from django.db import models

from accounts.models import User
from slomix.lib import clock


def new_marker() -> str:
    """Return 22 letters that name a delivery inside the message itself (in a button's id)."""
    return secrets.token_urlsafe(16)


def new_seed() -> str:
    """Return the random part that a delivery's nonces are made of."""
    return secrets.token_hex(16)


class State(models.TextChoices):
    """Where a delivery stands; docs/architecture.md draws what moves it."""

    PLANNED = "planned"  # promised, the key is held, not claimable yet
    SCHEDULED = "scheduled"
    LEASED = "leased"
    SENDING = "sending"  # an attempt is committed, the request may be under way
    RETRY_WAIT = "retry_wait"
    UNKNOWN = "unknown"  # written, no clear answer: read back before anything else
    WITHDRAWN = "withdrawn"  # the person said no; comes back if they say yes in time
    SENT = "sent"
    FAILED = "failed"
    EXPIRED = "expired"
    SUPPRESSED = "suppressed"
    CANCELLED = "cancelled"
    UNCONFIRMED = "unconfirmed"


WAITING = (State.PLANNED, State.SCHEDULED, State.RETRY_WAIT)
CLAIMABLE = (State.SCHEDULED, State.RETRY_WAIT)
HELD = (State.LEASED, State.SENDING)
# They reached nobody and will not: the key is free for another try.
DEAD = (
    State.FAILED,
    State.EXPIRED,
    State.SUPPRESSED,
    State.CANCELLED,
    State.WITHDRAWN,
)
TERMINAL = (
    State.SENT,
    State.FAILED,
    State.EXPIRED,
    State.SUPPRESSED,
    State.CANCELLED,
    State.UNCONFIRMED,
)


class Delivery(models.Model):
    """The promise to say one thing to one person, or in one channel, once and in time."""

    event_key = models.CharField(max_length=120)
    # person:<keyed hash of the Discord id> or channel:<id>; outlives the account.
    recipient = models.CharField(max_length=100)
    person = models.ForeignKey(User, models.SET_NULL, null=True, related_name="deliveries")
    kind = models.CharField(max_length=32)
    evening = models.DateField(null=True)
    due_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    # No try starts after this, so that one under way cannot land after expires_at.
    deadline_at = models.DateTimeField()
    state = models.CharField(max_length=16, choices=State, default=State.SCHEDULED)
    reason = models.CharField(max_length=120, blank=True)
    # The channels in the person's order, and the one that is tried now.
    channels = models.JSONField(default=list)
    channel = models.CharField(max_length=16, blank=True)
    # Frozen when promised: a retry says the same words, or the provider's nonce would hide a change.
    body = models.TextField()
    extras = models.JSONField(default=dict)
    marker = models.CharField(max_length=22, unique=True, default=new_marker)
    nonce_seed = models.CharField(max_length=32, unique=True, default=new_seed)
    # When to look at it next: due_at, or later after a refusal or quiet hours.
    next_at = models.DateTimeField()
    fence = models.PositiveIntegerField(default=0)
    lease_owner = models.CharField(max_length=64, blank=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    # "job", or "drain" where no worker released it in time.
    released_by = models.CharField(max_length=8, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "notifications_ledger"
        verbose_name_plural = "deliveries"
        constraints = [
            # One person hears one thing once, whichever campaign or channel brings it.
            models.UniqueConstraint(
                fields=["event_key", "recipient"],
                condition=~models.Q(state__in=DEAD),
                name="one_living_delivery_per_event_and_recipient",
            ),
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("due_at")), name="expires_after_due"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=HELD, lease_until__isnull=False)
                | models.Q(state=State.UNKNOWN)
                | (
                    ~models.Q(state__in=(*HELD, State.UNKNOWN)) & models.Q(lease_until__isnull=True)
                ),
                name="a_lease_while_held_and_only_then",
            ),
        ]
        # Plain and not partial: states reach SQLite as parameters, and then it cannot prove that a
        # partial index covers the question.
        indexes = [
            # For claims and sweeps: few rows are in any state but the settled ones.
            models.Index(fields=["state", "next_at"], name="delivery_by_state"),
            # For reports: an event's rows.
            models.Index(fields=["event_key", "recipient"], name="delivery_by_key"),
            # For rules.too_much(): what a person heard of an evening.
            models.Index(fields=["recipient", "evening"], name="delivery_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.event_key} to {self.recipient[:16]}: {self.state}"


class AttemptQuerySet(models.QuerySet["Attempt"]):
    """Tries, as the ledger speaks of them."""

    def open(self) -> Self:
        """Those that may have reached somebody."""
        return self.filter(outcome__in=Attempt.OPEN)


class Attempt(models.Model):
    """The evidence of one try, committed before a byte is sent; only its outcome changes."""

    class Outcome(models.TextChoices):
        PENDING = "pending"
        SENT = "sent"
        REJECTED = "rejected"
        TRANSIENT = "transient"
        UNKNOWN = "unknown"

    OPEN = ("pending", "unknown", "sent")

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="tries")
    n = models.PositiveSmallIntegerField()
    channel = models.CharField(max_length=16)
    nonce = models.CharField(max_length=25)
    fence = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=16, choices=Outcome, default=Outcome.PENDING)
    http_status = models.PositiveSmallIntegerField(null=True)
    provider_code = models.PositiveIntegerField(null=True)
    provider_channel_id = models.BigIntegerField(null=True)
    provider_message_id = models.BigIntegerField(null=True)
    error = models.CharField(max_length=200, blank=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        db_table = "availability_promotion_send_logs"
        constraints = [
            # The database itself refuses a second open try.
            models.UniqueConstraint(
                fields=["delivery"],
                condition=models.Q(outcome__in=("pending", "unknown", "sent")),
                name="one_open_attempt_per_delivery",
            ),
            models.UniqueConstraint(fields=["delivery", "n"], name="attempts_are_numbered"),
        ]

    def __str__(self) -> str:
        return f"try {self.n} of {self.delivery_id}: {self.outcome}"


class Change(models.Model):
    """One change of a delivery's state, written by the database itself (see `botworker.changes`).

    `at` is the database's own time; `before` is empty for the first one, and "earlier" where the row is
    older than this table.
    """

    # The unique constraint is its index.
    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="changes", db_index=False)
    n = models.PositiveSmallIntegerField()
    before = models.CharField(max_length=16, blank=True)
    after = models.CharField(max_length=16)
    reason = models.CharField(max_length=120, blank=True)
    fence = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        db_table = "notifications_changes"
        constraints = [
            models.UniqueConstraint(fields=["delivery", "n"], name="changes_are_numbered"),
        ]

    def __str__(self) -> str:
        return f"{self.delivery_id}: {self.before} to {self.after}"
