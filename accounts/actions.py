"""The verbs of people: who they are, which player they are, what they allow."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import AuditEntry, DiscordAccount, Player, PlayerLink, Preferences, User


class LinkRefused(Exception):
    """The player cannot be linked; the text says why and what to do."""


class PlayerTaken(LinkRefused):
    """Somebody else already plays as this player."""


class PreferencesRefused(Exception):
    """A preference cannot be stored; `field` names it and the text says how to write it."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__(text)
        self.field = field


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


# What a person may set here, and nothing else.
OWN_FIELDS = ("allow_promotions", "show_name", "quiet_start", "quiet_end", "timezone")


@transaction.atomic
def set_preferences(
    *, person: User, at: datetime, door: str = "web", **changes: bool | str | time | None
) -> Preferences:
    """Change the preferences that are named and no others.

    Quiet hours come as two times in the person's zone, or both None. Raises PreferencesRefused
    with the field when a value cannot be stored; nothing is changed then.
    """
    unknown = set(changes) - set(OWN_FIELDS)
    if unknown:
        raise PreferencesRefused(min(unknown), _("This is not a preference."))
    Preferences.objects.get_or_create(user=person)
    stored = Preferences.objects.select_for_update().get(user=person)
    for field, value in changes.items():
        setattr(stored, field, value)
    _validate(stored)
    stored.save()
    AuditEntry.write("preferences_changed", at=at, actor=person, door=door, fields=sorted(changes))
    return stored


def _validate(stored: Preferences) -> None:
    if (stored.quiet_start is None) != (stored.quiet_end is None):
        missing = "quiet_start" if stored.quiet_start is None else "quiet_end"
        raise PreferencesRefused(
            missing, _("Quiet hours need a start and an end, for example 22:00 and 08:00.")
        )
    if stored.quiet_start is not None and stored.quiet_start == stored.quiet_end:
        raise PreferencesRefused(
            "quiet_end",
            _("Start and end are equal. For silence all day, switch the reminders off."),
        )
    try:
        stored.full_clean(exclude=["user"])
    except ValidationError as wrong:
        field, texts = next(iter(wrong.message_dict.items()))
        raise PreferencesRefused(field, texts[0]) from wrong


@transaction.atomic
def answer_the_question(*, person: User, remind: bool, at: datetime, door: str = "web") -> None:
    """Record the answer to "Remind you at 20:45 and 21:00?", which is asked once."""
    set_preferences(person=person, at=at, door=door, allow_promotions=remind)
    Preferences.objects.filter(user=person).update(asked_at=at)


def remember_dm(discord_id: int, channel_id: int) -> None:
    """Keep the direct-message channel, so that the evening needs no call to open it."""
    DiscordAccount.objects.filter(discord_id=discord_id).update(dm_channel_id=channel_id)


def dm_refused(discord_id: int, reason: str, at: datetime) -> None:
    """Remember why Discord takes no messages for somebody, so that their own page can say it."""
    DiscordAccount.objects.filter(discord_id=discord_id).update(
        dm_refusal=reason[:64], dm_refused_at=at
    )


def dm_worked(discord_ids: Iterable[int]) -> None:
    """Forget earlier refusals: messages have arrived."""
    refused = DiscordAccount.objects.filter(discord_id__in=list(discord_ids)).exclude(dm_refusal="")
    refused.update(dm_refusal="", dm_refused_at=None)


def without_dm(limit: int) -> list[int]:
    """Return Discord ids of people who opted in and whose channel is not open yet."""
    waiting = DiscordAccount.objects.filter(
        dm_channel_id__isnull=True, user__preferences__allow_promotions=True
    )
    return list(waiting.order_by("pk").values_list("discord_id", flat=True)[:limit])


def preferences_of(person: User) -> dict[str, Any]:
    """Return what a person allows, as plain values, defaults where nothing is stored."""
    stored = Preferences.objects.filter(user=person).first() or Preferences(user=person)
    return {field: getattr(stored, field) for field in OWN_FIELDS}
