"""Who was there."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Guild, User
from planning.raids.models.raid import Raid


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    """Attendance, as the club speaks of it."""

    def present(self) -> Self:
        """Those that count."""
        return self.filter(status=Attendance.Status.PRESENT)


class Attendance(models.Model):
    """One person at one raid. It outlives everything but the bot's leaving the server."""

    class Status(models.TextChoices):
        """Whether they were there."""

        PRESENT = "present", _("present")
        ABSENT = "absent", _("absent")
        # The raid went quiet: its maker says who was there.
        PENDING = "pending", _("to be confirmed")

    raid = models.ForeignKey(Raid, models.PROTECT, related_name="attendance")
    # Nobody: the person was erased; that somebody was there stays.
    person = models.ForeignKey(User, models.SET_NULL, null=True, related_name="raids_attended")
    status = models.CharField(max_length=8, choices=Status)
    # Who corrected it; nobody: it is as the raid's end wrote it.
    marked_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="raids_marked")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        db_table = "raids_attendance"
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        constraints = [
            models.UniqueConstraint(fields=["raid", "person"], name="one_attendance_per_raid"),
        ]
        indexes = [
            # For the counter: a person's raids.
            models.Index(fields=["person", "status"], name="attendance_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.status} at raid {self.raid_id}"


class Unlisted(models.Model):
    """Somebody does not want to stand on a server's leaderboard."""

    guild = models.ForeignKey(Guild, models.CASCADE, related_name="unlisted")
    person = models.ForeignKey(User, models.CASCADE, related_name="unlisted_on")

    class Meta:
        db_table = "raids_unlisted"
        constraints = [
            models.UniqueConstraint(fields=["guild", "person"], name="unlisted_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} on {self.guild_id}"


class Objection(models.Model):
    """Somebody says that their attendance is wrong; the raid's leader or an admin decides."""

    raid = models.ForeignKey(Raid, models.PROTECT, related_name="objections")
    person = models.ForeignKey(User, models.CASCADE, related_name="raid_objections")
    says = models.CharField(max_length=8, choices=Attendance.Status)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    accepted = models.BooleanField(null=True)

    class Meta:
        db_table = "raids_objections"
        constraints = [
            # Until it is settled there is one; afterwards somebody may object again.
            models.UniqueConstraint(
                fields=["raid", "person"],
                condition=models.Q(settled_at__isnull=True),
                name="one_open_objection_per_raid",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} objects at raid {self.raid_id}"
