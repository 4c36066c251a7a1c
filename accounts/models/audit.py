"""Who did what to whose account."""

from datetime import datetime
from typing import Any

from django.db import models

from accounts.models.identity import User
from slomix.lib import clock


class AuditEntry(models.Model):
    """Who did what to whose account, and through which door; never changed afterwards."""

    class Action(models.TextChoices):
        DISCORD_LINKED = "discord_linked"
        DISCORD_UNLINKED = "discord_unlinked"
        PLAYER_LINKED = "player_linked"
        PLAYER_UNLINKED = "player_unlinked"
        PLAYER_CHANGED = "player_changed"
        PREFERENCES_CHANGED = "preferences_changed"
        CAMPAIGN_CONFIRMED = "campaign_confirmed"
        CAMPAIGN_EXTENDED = "campaign_extended"
        CAMPAIGN_CANCELLED = "campaign_cancelled"

    at = models.DateTimeField(default=clock.now)
    action = models.CharField(max_length=32, choices=Action)
    actor = models.ForeignKey(User, models.SET_NULL, null=True, related_name="acts")
    subject = models.ForeignKey(User, models.SET_NULL, null=True, related_name="audit")
    door = models.CharField(max_length=16, default="web")
    detail = models.JSONField(default=dict)

    class Meta:
        db_table = "account_link_audit_log"
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.action} at {self.at:%Y-%m-%d %H:%M}"

    @classmethod
    def write(
        cls, action: str, *, at: datetime, actor: User, subject: User | None = None, **detail: Any
    ) -> None:
        """Add one entry. `detail` holds ids and counts, never names, handles or secrets."""
        door = str(detail.pop("door", "web"))
        cls.objects.create(
            at=at, action=action, actor=actor, subject=subject or actor, door=door, detail=detail
        )
