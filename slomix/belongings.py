"""What we keep about a person: how each table is handed out, and how it is erased.

Every model with a path to a person stands in both tables, or in `EXEMPT` with the reason; a test
looks at all of them.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet

from accounts import members, sessions, vault
from accounts.actions.handles import open_handle
from accounts.models import (
    AuditEntry,
    Contest,
    DiscordAccount,
    Handle,
    LinkToken,
    NameCode,
    Player,
    PlayerLink,
    Preferences,
    User,
)
from availability import actions as evenings
from availability.models import Away, Change, Entry, Feed, Usual
from botworker import leaving, levels, presence
from planning.raids import leaving as raids
from planning.rooms import leaving as rooms
from planning.rooms.chat import leaving as threads
from promotions.models import Campaign, Recipient

Rows = list[dict[str, Any]]


def _rows(found: QuerySet[Any], *fields: str) -> Rows:
    return list(found.order_by("pk").values(*fields))


def _audit(person: User) -> Rows:
    """Who did it stays out where it was somebody else: that is about them."""
    about = AuditEntry.objects.filter(Q(actor=person) | Q(subject=person)).order_by("pk")
    return [
        {
            "at": entry.at,
            "action": entry.action,
            "by_you": entry.actor_id == person.pk,
            "about_you": entry.subject_id == person.pk,
            "door": entry.door,
            "detail": entry.detail,
        }
        for entry in about
    ]


def _contests(person: User) -> Rows:
    mine = Contest.objects.filter(Q(challenger=person) | Q(holder=person) | Q(settled_by=person))
    return [
        {
            "player": contest.player.name,
            "opened_at": contest.opened_at,
            "outcome": contest.outcome,
            "you_contested": contest.challenger_id == person.pk,
        }
        for contest in mine.select_related("player").order_by("pk")
    ]


def _handles(person: User) -> Rows:
    """The addresses in clear: this is for their owner alone."""
    return [
        {
            "channel": handle.channel,
            "address": _opened(handle),
            "verified_at": handle.verified_at,
            "worked_at": handle.worked_at,
            "off_reason": handle.off_reason,
            "off_at": handle.off_at,
        }
        for handle in Handle.objects.filter(user=person).order_by("channel")
    ]


def _opened(handle: Handle) -> str:
    try:
        return open_handle(handle)
    except vault.Locked:
        return "cannot be read: no key of ours opens it"


PERSON = ("username", "display_name", "is_promoter", "is_staff", "date_joined", "last_login")
ACCOUNT = (
    *("discord_id", "username", "display_name", "avatar", "dm_channel_id", "dm_refusal"),
    *("dm_refused_at", "linked_at", "refreshed_at"),
)
LINK = (
    *("player__guid", "player__name", "player__rating", "player__imported_discord_id"),
    *("player__pending", "proof", "proved_at", "linked_at"),
)
WISHES = tuple(field.name for field in Preferences._meta.fields if field.name not in ("id", "user"))
CALLS = ("day", "include_available", "include_maybe", "dry_run", "created_at", "cancelled_at")
CODE = ("code", "made_at", "expires_at", "seen_at")
SAID = ("day", "at", "door", "before", "before_door", "after", "after_door")

# What the export holds, by model.
EXPORT: dict[str, Callable[[User], Rows]] = {
    "accounts.User": lambda one: _rows(User.objects.filter(pk=one.pk), *PERSON),
    "accounts.DiscordAccount": lambda one: _rows(DiscordAccount.objects.filter(user=one), *ACCOUNT),
    "accounts.PlayerLink": lambda one: _rows(PlayerLink.objects.filter(user=one), *LINK),
    "accounts.Preferences": lambda one: _rows(Preferences.objects.filter(user=one), *WISHES),
    "accounts.NameCode": lambda one: _rows(NameCode.objects.filter(user=one), *CODE),
    "accounts.Contest": _contests,
    "accounts.Handle": _handles,
    "accounts.LinkToken": lambda one: _rows(
        LinkToken.objects.filter(user=one), "channel", "issued_at", "expires_at", "used_at"
    ),
    "accounts.AuditEntry": _audit,
    # When it was set up and used; what makes the codes is nobody's to read.
    "mfa.Authenticator": lambda one: _rows(
        Authenticator.objects.filter(user=one), "type", "created_at", "last_used_at"
    ),
    "availability.Entry": lambda one: _rows(
        Entry.objects.filter(person=one),
        *("day", "status", "door", "late_until", "created_at", "since"),
    ),
    "availability.Change": lambda one: _rows(Change.objects.filter(person=one), *SAID),
    "availability.Usual": lambda one: _rows(
        Usual.objects.filter(person=one), "weekday", "status", "since"
    ),
    "availability.Away": lambda one: _rows(
        Away.objects.filter(person=one), "first", "last", "said_at"
    ),
    "availability.Feed": lambda one: _rows(
        Feed.objects.filter(person=one), "kind", "made_at", "lead_minutes"
    ),
    "promotions.Campaign": lambda one: _rows(Campaign.objects.filter(promoter=one), *CALLS),
    "promotions.Recipient": lambda one: _rows(
        Recipient.objects.filter(person=one), "campaign__day", "status", "left_out"
    ),
    "rooms.Room": rooms.rooms_of,
    "rooms.Name": rooms.names_of,
    "rooms.Vote": rooms.votes_of,
    "rooms.Wish": rooms.wishes_of,
    "rooms.Lineup": rooms.lineups_of,
    "rooms.Team": rooms.teams_of,
    "rooms.Member": rooms.memberships_of,
    "rooms.Draft": rooms.drafts_of,
    "rooms.Pick": rooms.picks_of,
    "rooms.Offer": rooms.offers_of,
    "rooms.Came": rooms.came_of,
    "rooms.InThread": threads.threads_of,
    "raids.Raid": raids.raids_of,
    "raids.Vote": raids.votes_of,
    "raids.StepOut": raids.step_outs_of,
    "raids.Attendance": raids.attendance_of,
    "raids.Objection": raids.objections_of,
    "raids.Unlisted": raids.unlisted_of,
    "accounts.Level": levels.levels_of,
    "accounts.Membership": members.memberships_of,
    "accounts.VoiceStay": levels.stays_of,
    "botworker.Delivery": leaving.messages_of,
    "botworker.Presence": presence.of_person,
}


def _person(person: User, at: datetime) -> None:
    """What is left of a person is a number that calls and the audit log point to."""
    person.username = f"gone-{person.pk}"
    person.display_name = ""
    person.is_active = person.is_staff = person.is_superuser = person.is_promoter = False
    person.last_login = None
    # Also ends the sessions that begin in this moment: their hash does not fit any more.
    person.set_unusable_password()
    person.save()
    person.groups.clear()
    person.user_permissions.clear()
    sessions.end_all(person)


def _account(person: User, at: datetime) -> None:
    account = DiscordAccount.objects.filter(user=person).first()
    if account:
        known = Player.objects.filter(imported_discord_id=account.discord_id)
        known.update(imported_discord_id=None)
        account.delete()


def _link(person: User, at: datetime) -> None:
    mine = Player.objects.filter(link__user=person)
    numbers = list(mine.values_list("pk", flat=True))
    PlayerLink.objects.filter(user=person).delete()
    Player.objects.filter(pk__in=numbers, pending=True).delete()


def _entries(person: User, at: datetime) -> None:
    forget_answers(Entry.objects.filter(person=person))


def _log(person: User, at: datetime) -> None:
    """An entry keeps what was done and when; whose player it was would tell who it was."""
    AuditEntry.objects.filter(Q(actor=person) | Q(subject=person)).update(detail={})


def _operators_log(person: User, at: datetime) -> None:
    kind = ContentType.objects.get_for_model(User)
    about = LogEntry.objects.filter(content_type=kind, object_id=str(person.pk))
    about.update(object_repr="", change_message="")


def _contested(person: User, at: datetime) -> None:
    Contest.objects.filter(challenger=person).delete()
    Contest.objects.filter(holder=person).update(holder=None)
    Contest.objects.filter(settled_by=person).update(settled_by=None)


# What erasing does, by model, in this order: what could still be sent comes first.
ERASE: dict[str, Callable[[User, datetime], object]] = {
    "botworker.Delivery": lambda one, at: leaving.forget(one, at=at),
    "botworker.Presence": lambda one, at: presence.forget(one),
    "promotions.Recipient": lambda one, at: Recipient.objects.filter(person=one).update(
        person=None
    ),
    "rooms.Room": rooms.forget_rooms,
    "rooms.Name": rooms.forget_names,
    "rooms.Vote": rooms.forget_votes,
    "rooms.Wish": rooms.forget_wishes,
    "rooms.Lineup": rooms.forget_lineups,
    "rooms.Team": rooms.forget_captaincies,
    "rooms.Member": rooms.forget_memberships,
    "rooms.Draft": rooms.forget_drafts,
    "rooms.Pick": rooms.forget_picks,
    "rooms.Offer": rooms.forget_offers,
    "rooms.Came": rooms.forget_came,
    "rooms.InThread": threads.forget_threads,
    "raids.Vote": raids.forget_votes,
    "raids.Raid": raids.forget_raids,
    "raids.Attendance": raids.forget_attendance,
    "raids.Objection": raids.forget_objections,
    "accounts.Level": levels.forget,
    "accounts.Membership": members.forget,
    "accounts.VoiceStay": levels.forget_stays,
    "availability.Usual": lambda one, at: Usual.objects.filter(person=one).delete(),
    "availability.Away": lambda one, at: Away.objects.filter(person=one).delete(),
    "availability.Feed": lambda one, at: Feed.objects.filter(person=one).delete(),
    "availability.Entry": _entries,
    "availability.Change": lambda one, at: Change.objects.filter(person=one).delete(),
    "accounts.Handle": lambda one, at: Handle.objects.filter(user=one).delete(),
    "accounts.LinkToken": lambda one, at: LinkToken.objects.filter(user=one).delete(),
    "accounts.NameCode": lambda one, at: NameCode.objects.filter(user=one).delete(),
    "accounts.Contest": _contested,
    "accounts.PlayerLink": _link,
    "accounts.DiscordAccount": _account,
    "accounts.Preferences": lambda one, at: Preferences.objects.filter(user=one).delete(),
    "accounts.AuditEntry": _log,
    "admin.LogEntry": _operators_log,
    "mfa.Authenticator": lambda one, at: Authenticator.objects.filter(user=one).delete(),
    "accounts.User": _person,
}

# Why a model is not in one of them.
EXEMPT_EXPORT = {
    "admin.LogEntry": "what an operator did in the admin is about others",
    "raids.Option": "the days and times of a raid, as its maker wrote them",
    "raids.Brought": "which raid of the old bot is which of ours; nothing of a person",
    "botworker.Attempt": "is in the export of its delivery",
    "botworker.Change": "the states of a delivery, which is exported",
    "promotions.Job": "when a call does what; nothing of a person",
    "auth.Group": "names of groups; which ones are somebody's is the roles' matter",
    "auth.Permission": "Django's list of rights",
}
EXEMPT_ERASE = {
    "promotions.Campaign": "that there was a call stays; its promoter is a number afterwards",
    "promotions.Job": "when a call does what; nothing of a person",
    "raids.Option": "the days and times of a raid, as its maker wrote them",
    "raids.Brought": "which raid of the old bot is which of ours; nothing of a person",
    "raids.StepOut": "is forgotten with the votes",
    "raids.Unlisted": "is forgotten with the objections",
    "botworker.Attempt": "is emptied with its delivery",
    "botworker.Change": "states and times of a delivery that leads to nobody any more",
    "auth.Group": "names of groups; the person leaves them",
    "auth.Permission": "Django's list of rights",
}
# allauth's own tables stay empty: signing in ends before it writes any (`accounts.adapter`).
UNUSED = {
    *("account.EmailAddress", "account.EmailConfirmation"),
    *("socialaccount.SocialAccount", "socialaccount.SocialToken"),
}


def forget_answers(entries: QuerySet[Entry]) -> None:
    """Take answers away, and let every page and post of their evenings notice."""
    days: Iterable[Any] = sorted(set(entries.values_list("day", flat=True)))
    entries.delete()
    for day in days:
        evenings.touch(day)
