"""What people allow."""

from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.identity import User


def validate_zone(name: str) -> None:
    """Refuse a name that is no IANA time zone."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as wrong:
        message = _("%(name)s is not a time zone. Choose one such as Europe/Ljubljana.")
        raise ValidationError(message, params={"name": name}) from wrong


CHANNELS = ("discord", "telegram", "signal")


def every_channel() -> list[str]:
    """Return the channels in the order that holds for whoever chose none."""
    return list(CHANNELS)


class Preferences(models.Model):
    """What a person allows. Nothing is sent to anybody who did not switch it on."""

    user = models.OneToOneField(User, models.CASCADE, related_name="preferences")
    allow_promotions = models.BooleanField(default=False)
    allow_session_ready = models.BooleanField(default=False)
    allow_daily_prompt = models.BooleanField(default=False)
    allow_planning = models.BooleanField(default=False)
    allow_raids = models.BooleanField(default=False)
    # The channels that may be used, the first to be tried first; one that is not named is off.
    channel_order = models.JSONField(default=every_channel, blank=True)
    # When "Remind you at 20:45 and 21:00?" was answered; it is asked once.
    asked_at = models.DateTimeField(null=True, blank=True)
    show_name = models.BooleanField(default=False)
    # Quiet from start to end, the end not included; over midnight where start > end.
    quiet_start = models.TimeField(null=True, blank=True)
    quiet_end = models.TimeField(null=True, blank=True)
    timezone = models.CharField(
        max_length=64, default="Europe/Ljubljana", validators=[validate_zone]
    )
    # Empty: the language that the browser asks for.
    language = models.CharField(max_length=8, blank=True)
    sound_enabled = models.BooleanField(default=True)
    sound_cooldown_seconds = models.PositiveIntegerField(
        default=480, validators=[MinValueValidator(30), MaxValueValidator(3600)]
    )
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        db_table = "subscription_preferences"
        constraints = [
            models.CheckConstraint(
                name="quiet_hours_have_two_ends",
                condition=models.Q(quiet_start__isnull=True, quiet_end__isnull=True)
                | models.Q(quiet_start__isnull=False, quiet_end__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"preferences of {self.user_id}"

    @property
    def zone(self) -> ZoneInfo:
        """The zone that the quiet hours and the person's own times are in."""
        return ZoneInfo(self.timezone)
