"""How a claim becomes sure: a code worn in the game, a promoter's word, a contest."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import access, codes
from accounts.actions.players import LinkRefused, find, forget_newcomer, proof_of
from accounts.models import AuditEntry, Contest, NameCode, Player, PlayerLink, User

Proof = PlayerLink.Proof
Outcome = Contest.Outcome


class ClaimRefused(Exception):
    """Nothing was proved or contested; the text says why."""


class NotAPromoter(ClaimRefused):
    """Only promoters confirm players and settle contests."""


@dataclass(frozen=True)
class Seen:
    """Somebody's code was worn on the server."""

    person: User
    player: Player
    # False: the player is another's, and a promoter decides.
    theirs: bool


@transaction.atomic
def start_code(*, person: User, at: datetime, guid: str = "") -> NameCode:
    """Make a code for the person's own player, or for one that they contest; an older one ends.

    Raises ClaimRefused where there is nothing to prove, and LinkRefused for no such player.
    """
    player = find(guid) if guid else getattr(getattr(person, "link", None), "player", None)
    if player is None:
        raise ClaimRefused(_("Choose your player first."))
    mine = PlayerLink.objects.filter(user=person, player=player).exists()
    contested = Contest.objects.filter(challenger=person, player=player, outcome=Outcome.OPEN)
    if not mine and not contested.exists():
        raise ClaimRefused(_("This player is not yours. Say first that it is."))
    facts = {
        "player": player,
        "code": codes.new(),
        "made_at": at,
        "expires_at": at + codes.WORKS_FOR,
        "seen_at": None,
    }
    return NameCode.objects.update_or_create(user=person, defaults=facts)[0]


def code_is_open(*, at: datetime) -> bool:
    """Say whether anybody may be wearing a code in the game now."""
    return NameCode.objects.filter(seen_at__isnull=True, expires_at__gt=at).exists()


@transaction.atomic
def codes_seen(*, names: Iterable[str], at: datetime, door: str = "game") -> list[Seen]:
    """Take the names that are on the game server now, and prove whoever wears their code.

    The holder's claim becomes sure; a challenger's contest gets its proof and stays a promoter's to
    settle. A code counts once.
    """
    present = list(names)
    waiting = NameCode.objects.select_related("user", "player").select_for_update(of=("self",))
    found = []
    for code in waiting.filter(seen_at__isnull=True, expires_at__gt=at):
        if not codes.worn(code.code, present):
            continue
        NameCode.objects.filter(pk=code.pk).update(seen_at=at)
        link = PlayerLink.objects.filter(user=code.user, player=code.player)
        theirs = bool(link.update(proof=Proof.CODE, proved_at=at))
        if theirs:
            _write_verified(code.user, None, code.player, Proof.CODE, at, door)
        else:
            Contest.objects.filter(
                challenger=code.user, player=code.player, outcome=Outcome.OPEN
            ).update(proof=Proof.CODE)
        found.append(Seen(code.user, code.player, theirs))
    return found


@transaction.atomic
def contest_player(*, person: User, guid: str, at: datetime, door: str = "web") -> Contest:
    """Say that a player whom somebody else only claims is one's own; a promoter settles it.

    Contesting the same player again is the same contest. Raises LinkRefused without a Discord
    account or for no such player, and ClaimRefused for a player that is free, one's own, or proved.
    """
    if not hasattr(person, "discord"):
        raise LinkRefused(_("Sign in with Discord first; without it we cannot reach you."))
    player = find(guid)
    link = PlayerLink.objects.filter(player=player).first()
    if link is None:
        raise ClaimRefused(_("Nobody plays as this player. You can simply choose it."))
    if link.user_id == person.pk:
        raise ClaimRefused(_("This player is yours already."))
    proof = proof_of(person, player)
    if link.verified and proof == Proof.CLAIMED:
        raise ClaimRefused(_("This player is proved to be somebody’s. Write to an admin."))
    try:
        with transaction.atomic():
            made = Contest.objects.create(
                player=player, challenger=person, holder=link.user, proof=proof, opened_at=at
            )
    except IntegrityError:
        return Contest.objects.get(player=player, challenger=person, outcome=Outcome.OPEN)
    AuditEntry.write(
        "player_contested", at=at, actor=person, subject=link.user, door=door, player=player.pk
    )
    return made


@transaction.atomic
def withdraw_contest(*, contest: Contest, person: User, at: datetime) -> None:
    """Take one's own open contest back; raises ClaimRefused for any other."""
    mine = Contest.objects.filter(pk=contest.pk, challenger=person, outcome=Outcome.OPEN)
    if not mine.update(outcome=Outcome.WITHDRAWN, settled_at=at, settled_by=person):
        raise ClaimRefused(_("This is settled already."))


@transaction.atomic
def settle_contest(
    *, contest: Contest, moved: bool, by: User, at: datetime, door: str = "admin"
) -> None:
    """Give the contested player to the challenger, or leave it where it is; both are sure then.

    Other open contests for the player end with it. Raises NotAPromoter, and ClaimRefused for a
    contest that is settled or that a promoter has a side in.
    """
    _check_promoter(by)
    found = Contest.objects.select_for_update().filter(pk=contest.pk, outcome=Outcome.OPEN).first()
    if found is None:
        raise ClaimRefused(_("This is settled already."))
    if by.pk in (found.challenger_id, found.holder_id):
        raise ClaimRefused(_("You are a side of this. Let another promoter settle it."))
    winner = found.challenger if moved else found.holder
    if moved:
        _move(found, at)
    if winner is not None:
        PlayerLink.objects.filter(user=winner, player=found.player).update(
            proof=Proof.PROMOTER, proved_at=at
        )
    others = Contest.objects.filter(player=found.player, outcome=Outcome.OPEN)
    others.exclude(pk=found.pk).update(outcome=Outcome.KEPT, settled_at=at, settled_by=by)
    outcome = Outcome.MOVED if moved else Outcome.KEPT
    others.filter(pk=found.pk).update(outcome=outcome, settled_at=at, settled_by=by)
    AuditEntry.write(
        "contest_settled",
        at=at,
        actor=by,
        subject=found.challenger,
        door=door,
        player=found.player_id,
        outcome=outcome,
    )


def _move(contest: Contest, at: datetime) -> None:
    """The holder has no player afterwards, so the drains tell them nothing more."""
    PlayerLink.objects.filter(player=contest.player).delete()
    before = PlayerLink.objects.select_related("player").filter(user=contest.challenger).first()
    PlayerLink.objects.update_or_create(
        user=contest.challenger,
        defaults={"player": contest.player, "linked_at": at},
    )
    if before:
        forget_newcomer(before.player)


@transaction.atomic
def confirm_player(
    *, link: PlayerLink, by: User, at: datetime, guid: str = "", door: str = "admin"
) -> None:
    """Say as a promoter that a claim is right; a newcomer's player may get its real id.

    Raises NotAPromoter, and ClaimRefused for one's own claim or an id that another player has.
    """
    _check_promoter(by)
    if link.user_id == by.pk:
        raise ClaimRefused(_("Let another promoter confirm you."))
    changes = {"pending": False} | ({"guid": guid} if guid else {})
    try:
        with transaction.atomic():
            Player.objects.filter(pk=link.player_id).update(**changes)
    except IntegrityError as known:
        raise ClaimRefused(_("A player has this id already.")) from known
    PlayerLink.objects.filter(pk=link.pk).update(proof=Proof.PROMOTER, proved_at=at)
    _write_verified(link.user, by, link.player, Proof.PROMOTER, at, door)


def _write_verified(
    person: User, by: User | None, player: Player, proof: str, at: datetime, door: str
) -> None:
    AuditEntry.write(
        "player_verified",
        at=at,
        actor=by or person,
        subject=person,
        door=door,
        player=player.pk,
        proof=proof,
    )


def _check_promoter(by: User) -> None:
    found = access.of(by)
    if not (found.promoter or found.admin):
        raise NotAPromoter(_("Only promoters can do this. Ask an admin."))
