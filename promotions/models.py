"""Calling people to an evening."""

from datetime import date
from typing import Self

from django.db import models

from accounts.models import User
from slomix.lib import clock


class CampaignQuerySet(models.QuerySet["Campaign"]):
    """Calls, as the club speaks of them."""

    def on(self, day: date) -> Self:
        """Calls for one evening."""
        return self.filter(day=day)

    def live(self) -> Self:
        """Calls that really send."""
        return self.filter(cancelled_at__isnull=True, dry_run=False)


class Campaign(models.Model):
    """One promoter's call to one evening. What became of it is read from the ledger."""

    day = models.DateField()
    promoter = models.ForeignKey(User, models.PROTECT, related_name="campaigns")
    include_available = models.BooleanField(default=False)
    include_maybe = models.BooleanField(default=False)
    dry_run = models.BooleanField(default=False)
    # The evening's own times as they were when the call was confirmed.
    timezone = models.CharField(max_length=64)
    reminder_at = models.DateTimeField()
    start_at = models.DateTimeField()
    created_at = models.DateTimeField(default=clock.now)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        db_table = "availability_promotion_campaigns"
        ordering = ["-created_at"]
        constraints = [
            # A second press, or a second tab, is the same call. Cancelled and dry ones do not count.
            models.UniqueConstraint(
                fields=["day", "promoter"],
                condition=models.Q(cancelled_at__isnull=True, dry_run=False),
                name="one_live_call_per_promoter_and_evening",
            ),
        ]

    def __str__(self) -> str:
        return f"call {self.pk} for {self.day}"


class Job(models.Model):
    """One thing a campaign does at one time."""

    class Kind(models.TextChoices):
        # The stored words are the owner's; the code says reminder, start and follow-up.
        REMINDER = "send_reminder_2045"
        START = "send_start_2100"
        FOLLOW_UP = "voice_check_2100"

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="jobs")
    kind = models.CharField(max_length=32, choices=Kind)
    run_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=80, blank=True)

    class Meta:
        db_table = "availability_promotion_jobs"
        ordering = ["run_at"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "kind"], name="one_job_per_kind"),
        ]
        indexes = [
            # For run_due_jobs(): what is not done yet, oldest first.
            models.Index(
                fields=["run_at"], name="job_due", condition=models.Q(done_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of call {self.campaign_id}"


class Recipient(models.Model):
    """Somebody a campaign looked at: called, or left out with the reason."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="recipients")
    person = models.ForeignKey(User, models.SET_NULL, null=True, related_name="calls")
    # The person as the ledger knows them.
    key = models.CharField(max_length=100)
    status = models.CharField(max_length=16)
    # Empty: called. Otherwise why not, in the words of promotions.recipients.
    left_out = models.CharField(max_length=32, blank=True)

    class Meta:
        db_table = "availability_promotion_recipients"
        constraints = [
            models.UniqueConstraint(fields=["campaign", "key"], name="one_recipient_per_person"),
        ]

    def __str__(self) -> str:
        return f"{self.key} of call {self.campaign_id}"
