"""Who says that a player is theirs, and how they prove it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.identity import Player, PlayerLink, User
from slomix.lib import clock


class Contest(models.Model):
    """Somebody says that a player whom another person claims is theirs; a promoter settles it."""

    class Outcome(models.TextChoices):
        OPEN = "open", _("open")
        MOVED = "moved", _("the player changed hands")
        KEPT = "kept", _("the player stayed")
        WITHDRAWN = "withdrawn", _("taken back")

    player = models.ForeignKey(Player, models.CASCADE, related_name="contests")
    challenger = models.ForeignKey(User, models.CASCADE, related_name="contests")
    # Who had the player when it was contested.
    holder = models.ForeignKey(User, models.SET_NULL, null=True, related_name="contested")
    # What speaks for the challenger, as with a link.
    proof = models.CharField(
        max_length=16, choices=PlayerLink.Proof, default=PlayerLink.Proof.CLAIMED
    )
    opened_at = models.DateTimeField(default=clock.now)
    outcome = models.CharField(max_length=16, choices=Outcome, default=Outcome.OPEN)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="settled")

    class Meta:
        db_table = "player_contests"
        ordering = ["-opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["player", "challenger"],
                condition=models.Q(outcome="open"),
                name="one_open_contest_per_player_and_challenger",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.challenger_id} contests {self.player_id}: {self.outcome}"


class NameCode(models.Model):
    """A code that somebody wears in the game for a moment; the newest of a person counts."""

    user = models.OneToOneField(User, models.CASCADE, related_name="name_code")
    player = models.ForeignKey(Player, models.CASCADE, related_name="name_codes")
    # Not secret: everybody on the server reads it. It proves something for this person alone.
    code = models.CharField(max_length=8)
    made_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "player_name_codes"

    def __str__(self) -> str:
        return f"code of {self.user_id} for {self.player_id}"
