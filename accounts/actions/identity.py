"""Who people are and which player they are."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import AuditEntry, DiscordAccount, Player, PlayerLink, Preferences, User


class LinkRefused(Exception):
    """The player cannot be linked; the text says why and what to do."""


class PlayerTaken(LinkRefused):
    """Somebody else already plays as this player."""


@transaction.atomic
def meet(*, discord_id: int, username: str, display_name: str, avatar: str, at: datetime) -> User:
    """Return the person behind a Discord account, made at the first contact through any door.

    Names and picture are refreshed. The account belongs to one person for good.
    """
    facts = {"username": username[:64], "display_name": display_name[:64], "avatar": avatar[:64]}
    known = DiscordAccount.objects.select_related("user").filter(discord_id=discord_id).first()
    if known:
        DiscordAccount.objects.filter(pk=known.pk).update(refreshed_at=at, **facts)
        return known.user
    person = User.objects.create_user(username=str(discord_id), date_joined=at)
    DiscordAccount.objects.create(
        user=person, discord_id=discord_id, linked_at=at, refreshed_at=at, **facts
    )
    Preferences.objects.create(user=person)
    AuditEntry.write("discord_linked", at=at, actor=person)
    return person


@transaction.atomic
def link_player(*, person: User, guid: str, at: datetime, door: str = "web") -> PlayerLink:
    """Say that a person is a player, or another player than before.

    Raises LinkRefused without a Discord account and for a player that does not exist, and
    PlayerTaken for somebody else's.
    """
    if not hasattr(person, "discord"):
        raise LinkRefused(_("Sign in with Discord first; without it we cannot reach you."))
    player = Player.objects.filter(guid=guid).first()
    if player is None:
        raise LinkRefused(_("There is no such player. Search by name and choose one."))
    before = PlayerLink.objects.filter(user=person).first()
    try:
        with transaction.atomic():
            link, _made = PlayerLink.objects.update_or_create(
                user=person, defaults={"player": player, "linked_at": at}
            )
    except IntegrityError as taken:
        raise PlayerTaken(
            _("Somebody already plays as %(player)s. Is it you? Ask a promoter.")
            % {"player": player.name}
        ) from taken
    if before is None or before.player_id != player.pk:
        action = "player_changed" if before else "player_linked"
        AuditEntry.write(action, at=at, actor=person, door=door, player=player.pk)
    return link
