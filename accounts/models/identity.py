"""Who people are: their login, their Discord account, the player they are."""

from typing import Any, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils.translation import gettext_lazy as _

from slomix.lib import clock


class PeopleManager(BaseUserManager["User"]):
    """Makes people; only an operator's own login ever has a password."""

    def create_user(self, username: str, password: str | None = None, **extra: Any) -> "User":
        """Store somebody without a way to sign in but Discord's, unless a password is given."""
        user = self.model(username=username, **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **extra: Any) -> "User":
        """Store an operator for the admin."""
        return self.create_user(username, password, is_staff=True, is_superuser=True, **extra)


class PeopleQuerySet(models.QuerySet["User"]):
    """People, as the club speaks of them."""

    def linked(self) -> Self:
        """Those whose Discord account and player are both known."""
        return self.filter(is_active=True, discord__isnull=False, link__isnull=False)

    def with_identity(self) -> Self:
        """Fetch what a name, a face and a reminder need in the same query."""
        return self.select_related("discord", "link__player", "preferences")


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who came in through any door at least once."""

    username = models.CharField(max_length=64, unique=True)
    # What the person wants to be called; empty: the player's name.
    display_name = models.CharField(max_length=32, blank=True)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    is_promoter = models.BooleanField(default=False, help_text=_("May call the others."))
    date_joined = models.DateTimeField(default=clock.now)

    objects = PeopleManager.from_queryset(PeopleQuerySet)()
    USERNAME_FIELD = "username"

    class Meta:
        db_table = "website_users"

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """What others call this person: own choice, player, Discord name, in that order."""
        if self.display_name:
            return self.display_name
        # Asked hundreds of times for one page: each of the two is looked up once.
        if link := getattr(self, "link", None):
            return str(link.player.name)
        if discord := getattr(self, "discord", None):
            return str(discord.display_name or discord.username)
        return self.username


class DiscordAccount(models.Model):
    """The one Discord account of a person; kept: id, names, picture, and where we may write."""

    user = models.OneToOneField(User, models.CASCADE, related_name="discord")
    discord_id = models.BigIntegerField(unique=True)
    username = models.CharField(max_length=64)
    display_name = models.CharField(max_length=64, blank=True)
    avatar = models.CharField(max_length=64, blank=True)
    # Opened when the person opts in, so that the hour itself needs no call to open it.
    dm_channel_id = models.BigIntegerField(null=True, blank=True)
    # Why Discord refused our last message, and since when; a message that arrives clears it.
    dm_refusal = models.CharField(max_length=64, blank=True)
    dm_refused_at = models.DateTimeField(null=True, blank=True)
    linked_at = models.DateTimeField(default=clock.now)
    refreshed_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "discord_accounts"

    def __str__(self) -> str:
        return self.username


class Player(models.Model):
    """A player known to the game server, whoever may claim it."""

    guid = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=64)
    rating = models.FloatField(null=True, blank=True)
    # Came with the import; the person with this Discord account is certainly the player.
    imported_discord_id = models.BigIntegerField(null=True, blank=True)
    # A newcomer made it for themselves; a promoter has not confirmed it yet.
    pending = models.BooleanField(default=False)

    class Meta:
        db_table = "players"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class PlayerAlias(models.Model):
    """Another name that a player was seen with."""

    player = models.ForeignKey(Player, models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=64)

    class Meta:
        db_table = "player_aliases"
        constraints = [
            models.UniqueConstraint(fields=["player", "name"], name="one_row_per_alias"),
        ]

    def __str__(self) -> str:
        return self.name


class PlayerLink(models.Model):
    """This person is that player: at most one each way."""

    class Proof(models.TextChoices):
        """How sure we are. A claim works like the others, until somebody proves better."""

        CLAIMED = "claimed", _("claimed")
        IMPORTED = "imported", _("known by the import")
        PROMOTER = "promoter", _("confirmed by a promoter")
        CODE = "code", _("seen in the game")

    user = models.OneToOneField(User, models.CASCADE, related_name="link")
    player = models.OneToOneField(Player, models.PROTECT, related_name="link")
    linked_at = models.DateTimeField(default=clock.now)
    proof = models.CharField(max_length=16, choices=Proof, default=Proof.CLAIMED)
    proved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "user_player_links"

    def __str__(self) -> str:
        return f"{self.user_id} is {self.player_id}"

    @property
    def verified(self) -> bool:
        """Somebody or something other than the person's own word says so."""
        return self.proof != self.Proof.CLAIMED
