"""Which player somebody is: linked, changed, new, unlinked."""

import secrets
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import players
from accounts.actions.names import clean
from accounts.models import AuditEntry, NameCode, Player, PlayerLink, User

Proof = PlayerLink.Proof


class LinkRefused(Exception):
    """The player cannot be linked; the text says why and what to do."""


class PlayerTaken(LinkRefused):
    """Somebody else already plays as this player."""


class NoSuchPlayer(LinkRefused):
    """There is no player with this id."""


def find(guid: str) -> Player:
    """Return a player by id; raises NoSuchPlayer."""
    # A zero byte is no text for PostgreSQL.
    player = Player.objects.filter(guid=guid.replace("\0", "")[:64]).first()
    if player is None:
        raise NoSuchPlayer(_("There is no such player. Search by name and choose one."))
    return player


def proof_of(person: User, player: Player) -> str:
    """Say how sure it is from the start: the import may know the person's Discord account."""
    known = player.imported_discord_id
    return Proof.IMPORTED if known and known == person.discord.discord_id else Proof.CLAIMED


@transaction.atomic
def link_player(*, person: User, guid: str, at: datetime, door: str = "web") -> PlayerLink:
    """Say that a person is a player, or another player than before.

    It is a claim until the import, a promoter or a code worn in the game proves it. Raises
    LinkRefused without a Discord account, NoSuchPlayer, and PlayerTaken for somebody else's.
    """
    if not hasattr(person, "discord"):
        raise LinkRefused(_("Sign in with Discord first; without it we cannot reach you."))
    return _tie(person, find(guid), at, door)


def _tie(person: User, player: Player, at: datetime, door: str) -> PlayerLink:
    before = PlayerLink.objects.select_related("player").filter(user=person).first()
    if before and before.player_id == player.pk:
        return before
    proof = proof_of(person, player)
    facts = {
        "player": player,
        "linked_at": at,
        "proof": proof,
        "proved_at": at if proof != Proof.CLAIMED else None,
    }
    try:
        with transaction.atomic():
            link, _made = PlayerLink.objects.update_or_create(user=person, defaults=facts)
    except IntegrityError as taken:
        raise PlayerTaken(
            _("Somebody already plays as %(player)s. Is it you? Ask a promoter.")
            % {"player": player.name}
        ) from taken
    if before:
        forget_newcomer(before.player)
    NameCode.objects.filter(user=person).delete()
    action = "player_changed" if before else "player_linked"
    AuditEntry.write(action, at=at, actor=person, door=door, player=player.pk, proof=proof)
    return link


@transaction.atomic
def unlink_player(
    *, person: User, at: datetime, by: User | None = None, door: str = "web"
) -> Player:
    """Untie the player; answers nothing about evenings (`slomix.person.unlink_player` does).

    `by` is who does it for them. Raises LinkRefused where there is no player.
    """
    link = PlayerLink.objects.select_related("player").filter(user=person).first()
    if link is None:
        raise LinkRefused(_("You have no player linked."))
    link.delete()
    forget_newcomer(link.player)
    NameCode.objects.filter(user=person).delete()
    AuditEntry.write(
        "player_unlinked",
        at=at,
        actor=by or person,
        subject=person,
        door=door,
        player=link.player_id,
    )
    return link.player


def forget_newcomer(player: Player) -> None:
    """Take away a player that a newcomer made and nobody confirmed: it is nobody's any more."""
    Player.objects.filter(pk=player.pk, pending=True, link__isnull=True).delete()


@transaction.atomic
def add_newcomer(*, person: User, name: str, at: datetime, door: str = "web") -> PlayerLink:
    """Make a player for somebody who is in no list yet; a promoter confirms it later.

    It works at once like any claim. Raises LinkRefused without a Discord account, for a name that
    is none, and for a name that a known player wears.
    """
    if not hasattr(person, "discord"):
        raise LinkRefused(_("Sign in with Discord first; without it we cannot reach you."))
    called = clean(name)
    if players.too_short(called) or not players.folded(called):
        raise LinkRefused(_("Write the name you play with, 2 letters or more."))
    if players.wears(called):
        raise LinkRefused(
            _("A player is called %(name)s already. Choose it above, or write another name.")
            % {"name": called}
        )
    guid = f"NEW{secrets.token_hex(14).upper()}"
    player = Player.objects.create(guid=guid, name=called, pending=True)
    link = _tie(person, player, at, door)
    AuditEntry.write("player_added", at=at, actor=person, door=door, player=player.pk)
    return link
