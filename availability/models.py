"""Who plays on which evening."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from slomix.lib import clock


class Status(models.TextChoices):
    """What somebody says about an evening."""

    LOOKING = "LOOKING", _("Looking")
    AVAILABLE = "AVAILABLE", _("Available")
    MAYBE = "MAYBE", _("Maybe")
    NOT_PLAYING = "NOT_PLAYING", _("Not playing")


class Door(models.TextChoices):
    """Where an answer came from."""

    WEB = "web", _("this page")
    DISCORD = "discord", "Discord"
    TELEGRAM = "telegram", "Telegram"
    SIGNAL = "signal", "Signal"
    API = "api", "API"
    ADMIN = "admin", _("an admin")
    IMPORT = "import", _("the first Slomix")
    # Nobody said it that day: it stands in the week, or the person is away.
    PATTERN = "pattern", _("your week")
    AWAY = "away", _("away")


# An answer from one of these gives way to whatever somebody says about the day itself.
STANDING = (Door.PATTERN, Door.AWAY)


class EntryQuerySet(models.QuerySet["Entry"]):
    """Answers, as the club speaks of them."""

    def on(self, day: date) -> Self:
        """Answers for one evening."""
        return self.filter(day=day)

    def between(self, first: date, last: date) -> Self:
        """Answers from the first to the last day, both included."""
        return self.filter(day__gte=first, day__lte=last)

    def looking(self) -> Self:
        """Those who are looking for a game."""
        return self.filter(status=Status.LOOKING)

    def with_people(self) -> Self:
        """Fetch the names and faces in the same query."""
        return self.select_related("person__discord", "person__link__player", "person__preferences")


class Entry(models.Model):
    """One person's answer for one evening: what they said, or what their week or absence says."""

    person = models.ForeignKey(User, models.CASCADE, related_name="entries")
    day = models.DateField()
    status = models.CharField(max_length=16, choices=Status)
    door = models.CharField(max_length=16, choices=Door, default=Door.WEB)
    # "10 min late": shown to others, and nobody is asked before.
    late_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    # Since when the answer has been what it is.
    since = models.DateTimeField(default=clock.now)

    objects = EntryQuerySet.as_manager()

    class Meta:
        db_table = "availability_entries"
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            # One answer per person and evening; changing your mind updates it.
            models.UniqueConstraint(fields=["person", "day"], name="one_entry_per_evening"),
            models.CheckConstraint(
                condition=models.Q(status__in=Status.values), name="entry_has_a_known_status"
            ),
        ]
        indexes = [
            # For the page: one evening's answers, by status.
            models.Index(fields=["day", "status"], name="entry_by_evening"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.status} {self.day}"

    @property
    def standing(self) -> bool:
        """Nobody said it about this very day; it comes from the week or an absence."""
        return self.door in STANDING

    @property
    def away(self) -> bool:
        """The person is away; only the absence's end takes this answer back."""
        return self.door == Door.AWAY


class HistoryIsAppendOnly(Exception):
    """Somebody tried to change what was once said."""


class Change(models.Model):
    """One change of one answer: who, when, through which door, before and after. Never changed."""

    person = models.ForeignKey(User, models.CASCADE, related_name="changes")
    day = models.DateField()
    at = models.DateTimeField()
    door = models.CharField(max_length=16, choices=Door)
    # Who did it where it was somebody else.
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="changed")
    # Empty: there was no answer, or there is none any more.
    before = models.CharField(max_length=16, blank=True)
    before_door = models.CharField(max_length=16, blank=True)
    before_since = models.DateTimeField(null=True)
    before_late = models.DateTimeField(null=True)
    after = models.CharField(max_length=16, blank=True)
    after_door = models.CharField(max_length=16, blank=True)
    after_late = models.DateTimeField(null=True)
    undoes = models.OneToOneField("self", models.CASCADE, null=True, related_name="undone_by")

    class Meta:
        db_table = "availability_changes"
        verbose_name = _("change of an answer")
        verbose_name_plural = _("changes of answers")
        indexes = [
            # For the newest change of a person, and for the history of one evening.
            models.Index(fields=["person", "-id"], name="change_by_person"),
            models.Index(fields=["person", "day"], name="change_by_evening"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.day}: {self.before or '-'} to {self.after or '-'}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the change; one that is there is never written again."""
        if not self._state.adding:
            raise HistoryIsAppendOnly("a change of an answer is never rewritten")
        super().save(*args, **kwargs)


class Usual(models.Model):
    """What somebody usually plays on one day of the week (0 is Monday)."""

    person = models.ForeignKey(User, models.CASCADE, related_name="usual")
    weekday = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=16, choices=Status)
    since = models.DateTimeField()

    class Meta:
        db_table = "availability_patterns"
        constraints = [
            models.UniqueConstraint(fields=["person", "weekday"], name="one_usual_per_weekday"),
            models.CheckConstraint(
                condition=models.Q(weekday__lte=6) & models.Q(status__in=Status.values),
                name="usual_is_a_weekday_and_a_status",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.status} on weekday {self.weekday}"


class Away(models.Model):
    """Somebody is away from one day to another, both included."""

    person = models.ForeignKey(User, models.CASCADE, related_name="away")
    first = models.DateField()
    last = models.DateField()
    said_at = models.DateTimeField()

    class Meta:
        db_table = "availability_away"
        ordering = ["first", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "first", "last"], name="one_row_per_absence"),
            models.CheckConstraint(
                condition=models.Q(first__lte=models.F("last")), name="away_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} away {self.first} to {self.last}"


class Evening(models.Model):
    """What an evening remembers: its version, whether it was on, and what was said about it.

    The version rises with every answer, so a page or post knows it is old.
    """

    day = models.DateField(unique=True)
    version = models.PositiveBigIntegerField(default=0)
    # The first time enough were looking; kept when it falls apart.
    was_on_at = models.DateTimeField(null=True)
    # Since when enough are looking; since when too few are that were enough before. One or neither.
    on_since = models.DateTimeField(null=True)
    short_since = models.DateTimeField(null=True)
    # Each is said once an evening: whoever writes the time here first says it.
    asked_at = models.DateTimeField(null=True)
    told_on_at = models.DateTimeField(null=True)
    told_short_at = models.DateTimeField(null=True)
    nudged_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "availability_evenings"

    def __str__(self) -> str:
        return f"{self.day} v{self.version}"


class Feed(models.Model):
    """Somebody's calendar subscription; whoever has its address reads it, until it is revoked."""

    class Kind(models.TextChoices):
        PERSONAL = "personal", _("your evenings")
        COMMUNITY = "community", _("everybody's evenings")

    person = models.ForeignKey(User, models.CASCADE, related_name="feeds")
    kind = models.CharField(max_length=16, choices=Kind)
    # SHA-256; the address itself is shown once and kept nowhere.
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    # How long before the start the calendar rings; empty: it does not.
    lead_minutes = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        db_table = "availability_feeds"
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="one_feed_of_each_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} calendar of {self.person_id}"
