"""Where people are reached besides Discord, and the codes that prove it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.identity import User
from slomix.lib import clock


class HandleChannel(models.TextChoices):
    """The channels whose addresses we keep."""

    TELEGRAM = "telegram", "Telegram"
    SIGNAL = "signal", "Signal"


class Handle(models.Model):
    """One person's address on one channel. There is no unproved one: a message came from it."""

    class Off(models.TextChoices):
        """Why nothing is sent there for now."""

        STOPPED = "stopped", _("you sent STOP there")
        BLOCKED = "blocked", _("you blocked the bot there")
        GONE = "gone", _("the account is gone")

    user = models.ForeignKey(User, models.CASCADE, related_name="handles")
    channel = models.CharField(max_length=16, choices=HandleChannel)
    # The address, sealed by `accounts.vault`; in clear it is nowhere.
    sealed = models.TextField()
    # Which key sealed it: a fingerprint.
    sealed_by = models.CharField(max_length=16, db_index=True)
    # A keyed hash of the address, so that it is found and unique without being read.
    index = models.CharField(max_length=64)
    verified_at = models.DateTimeField(default=clock.now)
    worked_at = models.DateTimeField(null=True, blank=True)
    off_reason = models.CharField(max_length=16, choices=Off, blank=True)
    off_at = models.DateTimeField(null=True, blank=True)
    # What STOP took away, for START to give back: names of preferences.
    stopped = models.JSONField(default=list, blank=True)

    class Meta:
        db_table = "availability_channel_links"
        constraints = [
            models.UniqueConstraint(fields=["user", "channel"], name="one_handle_per_channel"),
            models.UniqueConstraint(fields=["channel", "index"], name="one_person_per_address"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} of {self.user_id}"

    @property
    def on(self) -> bool:
        """Messages may be sent there."""
        return not self.off_reason


class LinkToken(models.Model):
    """A code that links whatever account it is sent from; one per person and channel, the newest."""

    user = models.ForeignKey(User, models.CASCADE, related_name="link_tokens")
    channel = models.CharField(max_length=16, choices=HandleChannel)
    # SHA-256; the code itself is shown once and kept nowhere.
    digest = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "accounts_link_tokens"
        constraints = [
            models.UniqueConstraint(fields=["user", "channel"], name="one_token_per_channel"),
        ]

    def __str__(self) -> str:
        return f"code of {self.user_id} for {self.channel}"
