"""Calendars to subscribe to: made, revoked, found by the address they are read at."""

import hashlib
import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import access
from accounts.models import User
from availability.actions.days import AnswerRefused, check_linked
from availability.models import Feed

LONGEST_LEAD = 24 * 60
DEFAULT_LEAD = 15
TOKEN_BYTES = 24  # 192 random bits


@transaction.atomic
def make_feed(
    *, person: User, kind: str, at: datetime, lead_minutes: int | None = DEFAULT_LEAD
) -> str:
    """Make a calendar's secret, to be shown once; an older one of its kind is void from now on.

    `lead_minutes` is how long before the start it rings, None for never. Raises NotLinked, and
    AnswerRefused for an unknown kind or a lead longer than a day.
    """
    check_linked(person)
    _check(kind, lead_minutes)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    facts = {"digest": digest(token), "made_at": at, "lead_minutes": lead_minutes}
    Feed.objects.update_or_create(person=person, kind=kind, defaults=facts)
    return token


def set_lead(*, person: User, kind: str, lead_minutes: int | None) -> bool:
    """Let a calendar ring at another time, its address stays; False when there is none.

    Raises as `make_feed` does.
    """
    check_linked(person)
    _check(kind, lead_minutes)
    mine = Feed.objects.filter(person=person, kind=kind)
    return bool(mine.update(lead_minutes=lead_minutes))


def _check(kind: str, lead_minutes: int | None) -> None:
    if kind not in Feed.Kind.values:
        raise AnswerRefused("kind", _("A calendar is personal or community."))
    if lead_minutes is not None and not 0 <= lead_minutes <= LONGEST_LEAD:
        raise AnswerRefused("lead_minutes", _("It can ring up to a day before, 1440 minutes."))


def revoke_feed(*, person: User, kind: str) -> bool:
    """Let an address read nothing any more; False when there was none. Works for everybody."""
    return bool(Feed.objects.filter(person=person, kind=kind).delete()[0])


def feed_of(token: str) -> Feed | None:
    """Return the calendar that is read at an address; None for a revoked or unknown one, and for
    one of somebody who may not see the evenings any more."""
    people = ("person__discord", "person__link__player", "person__preferences")
    found = Feed.objects.select_related(*people).filter(digest=digest(token)).first()
    return found if found and access.of(found.person).linked else None


def digest(token: str) -> str:
    """Return what is kept of a secret."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
