"""Who people are: met at a door, bound to a Discord account, gone again."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import AuditEntry, DiscordAccount, Preferences, User
from accounts.models.wishes import every_channel
from accounts.reach import ASKED_FOR
from slomix.lib.compiled import Compiled

# A binding is untied only by somebody who just showed that the account is theirs.
FRESH = timedelta(minutes=10)
# Asked with every press: what was read a moment ago is not written back each time.
REFRESHED_EVERY = timedelta(days=7)
KNOWN = Compiled(lambda: DiscordAccount.objects.select_related("user").filter(discord_id=0))


class UnlinkRefused(Exception):
    """Nothing is untied; the text says what to do first."""


class NotFresh(UnlinkRefused):
    """The sign-in is too old for something that cannot be taken back."""


def meet(*, discord_id: int, username: str, display_name: str, avatar: str, at: datetime) -> User:
    """Return the person behind a Discord account, made at the first contact through any door.

    Names and picture are refreshed where they changed; that nothing changed is written down once a
    week. The account belongs to one person for good; whoever unlinked it and comes back is the same
    person.
    """
    facts = {"username": username[:64], "display_name": display_name[:64], "avatar": avatar[:64]}
    known: DiscordAccount | None = next(iter(KNOWN.all(discord_id)), None)
    if known is None:
        return _first_met(discord_id, facts, at)
    same = all(getattr(known, name) == value for name, value in facts.items())
    if not same or at - known.refreshed_at >= REFRESHED_EVERY:
        DiscordAccount.objects.filter(pk=known.pk).update(refreshed_at=at, **facts)
    return known.user


@transaction.atomic
def _first_met(discord_id: int, facts: dict[str, str], at: datetime) -> User:
    person = User.objects.filter(username=str(discord_id)).first()
    if person is None:
        person = User.objects.create_user(username=str(discord_id), date_joined=at)
    DiscordAccount.objects.create(
        user=person, discord_id=discord_id, linked_at=at, refreshed_at=at, **facts
    )
    Preferences.objects.get_or_create(user=person)
    AuditEntry.write("discord_linked", at=at, actor=person)
    return person


def check_fresh(signed_in_at: datetime | None, at: datetime) -> None:
    """Refuse an act that cannot be taken back unless the person signed in within ten minutes.

    Raises NotFresh. A press in Discord is as fresh as can be: pass its own time.
    """
    if signed_in_at is None or not timedelta(0) <= at - signed_in_at <= FRESH:
        raise NotFresh(_("Sign in again first; then you have ten minutes for this."))


@transaction.atomic
def unlink_discord(
    *, person: User, at: datetime, signed_in_at: datetime | None, door: str = "web"
) -> None:
    """Untie the Discord account: nothing is allowed any more, and every session ends.

    The player is to be unlinked before (`slomix.person.unlink_discord` does all of it). Raises
    NotFresh, and UnlinkRefused where there is no account.
    """
    check_fresh(signed_in_at, at)
    account = DiscordAccount.objects.filter(user=person).first()
    if account is None:
        raise UnlinkRefused(_("No Discord account is linked to you."))
    account.delete()
    switch_everything_off(person)
    AuditEntry.write("discord_unlinked", at=at, actor=person, door=door)


def switch_everything_off(person: User) -> None:
    """Allow nothing any more; quiet hours, zone and the order of the channels go as well."""
    kinds = {f"allow_{kind}": False for kind in ("promotions", *ASKED_FOR)}
    Preferences.objects.filter(user=person).update(
        **kinds,
        show_name=False,
        asked_at=None,
        quiet_start=None,
        quiet_end=None,
        channel_order=every_channel(),
    )
