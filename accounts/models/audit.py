"""Who did what to whose account."""

from datetime import datetime
from typing import Any, NoReturn

from django.db import models

from accounts.models.identity import User
from slomix.lib import clock


class AuditIsAppendOnly(Exception):
    """Somebody tried to change the audit log."""


class AuditEntry(models.Model):
    """Who did what to whose account, and through which door; never changed afterwards."""

    class Action(models.TextChoices):
        DISCORD_LINKED = "discord_linked"
        DISCORD_UNLINKED = "discord_unlinked"
        PLAYER_LINKED = "player_linked"
        PLAYER_UNLINKED = "player_unlinked"
        PLAYER_CHANGED = "player_changed"
        PLAYER_ADDED = "player_added"
        PLAYER_VERIFIED = "player_verified"
        PLAYER_CONTESTED = "player_contested"
        CONTEST_SETTLED = "contest_settled"
        DISPLAY_NAME_CHANGED = "display_name_changed"
        ROLE_GRANTED = "role_granted"
        ROLE_REVOKED = "role_revoked"
        SECOND_FACTOR_CHANGED = "second_factor_changed"
        CHANNEL_LINKED = "channel_linked"
        CHANNEL_UNLINKED = "channel_unlinked"
        KEYS_ROTATED = "keys_rotated"
        EXPORTED = "exported"
        ERASED = "erased"
        PREFERENCES_CHANGED = "preferences_changed"
        ANSWERED_FOR = "answered_for"
        CAMPAIGN_CONFIRMED = "campaign_confirmed"
        CAMPAIGN_EXTENDED = "campaign_extended"
        CAMPAIGN_SAMPLE = "campaign_sample"
        CAMPAIGN_CANCELLED = "campaign_cancelled"
        NUDGED = "nudged"
        RAID_ENDED = "raid_ended"
        RAID_HANDED_OVER = "raid_handed_over"
        ATTENDANCE_CORRECTED = "attendance_corrected"
        GUILD_CHANGED = "guild_changed"
        GUILD_LEFT = "guild_left"
        ROOM_OPENED = "room_opened"
        NAME_WITHDRAWN = "name_withdrawn"
        TEAMS_SAVED = "teams_saved"
        DRAFT_STARTED = "draft_started"
        DRAFT_STOPPED = "draft_stopped"
        ROOM_PINGED = "room_pinged"

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

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the entry; one that is there is never written again."""
        if not self._state.adding:
            raise AuditIsAppendOnly("an entry of the audit log is never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse; entries go when their time is over (`slomix.person.retain`)."""
        raise AuditIsAppendOnly("an entry of the audit log is never taken back")

    @classmethod
    def write(
        cls,
        action: str,
        *,
        at: datetime,
        actor: User | None,
        subject: User | None = None,
        **detail: Any,
    ) -> None:
        """Add one entry; without an actor an operator did it at the machine.

        `detail` holds ids and counts, never names, handles or secrets.
        """
        door = str(detail.pop("door", "web"))
        cls.objects.create(
            at=at, action=action, actor=actor, subject=subject or actor, door=door, detail=detail
        )
