"""Levels as people hear and see of them: the word about a new one, one's own, what is kept and forgotten."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import language
from accounts import levels as formula
from accounts.actions import levels
from accounts.actions.levels import Risen
from accounts.models import Guild, Level, User, VoiceStay
from botworker import outbox
from botworker.models import Delivery
from botworker.plain import plain

# Later nobody wonders who it was about. It carries no button to be found by, so it is not tried
# for longer than Discord knows its nonce.
WORTH = timedelta(seconds=100)


def announce(at: datetime) -> int:
    """Tell of each new level in the channel that its owner wrote in last; returns how many.

    Each level is told once, whatever dies; of several at once the highest. Whoever never wrote
    rises in silence, and so does everybody where the server's admins want no words about it: what
    was reached meanwhile is not told later either. Nobody is pinged.
    """
    return sum(_announce(one, at) for one in levels.risen())


@transaction.atomic
def _announce(one: Risen, at: datetime) -> bool:
    if not levels.told(one.row, one.level) or one.channel_id is None:
        return False
    if not one.guild.tells_levels:
        return False
    message = outbox.Message(outbox.channel_recipient(one.channel_id), _words(one))
    event = outbox.Event(
        f"{_about(one.person)}{one.guild.pk}:{one.level}", "level_up", at, at + WORTH
    )
    outbox.enqueue([message], event, at=at, planned=False)
    return True


def _words(one: Risen) -> str:
    with translation.override(language.of_guild(one.guild)):
        text = ngettext(
            "🎯 **%(name)s is level %(level)d now.** %(n)d point in all.",
            "🎯 **%(name)s is level %(level)d now.** %(n)d points in all.",
            one.xp,
        )
        return text % {"name": plain(one.person.name), "level": one.level, "n": one.xp}


def standing(guild: Guild, person: User) -> str:
    """Return how far somebody came on a server, in the language that is spoken now."""
    if not guild.counts_levels:
        return _("**No levels are counted on this server.**")
    row = levels.level_on(guild=guild, person=person)
    if not row.counts:
        return _("**No points are counted for you here.** Count them again: /level count: True.")
    text = ngettext(
        "**You are level %(level)d.** %(n)d point in all, %(more)d more to the next.",
        "**You are level %(level)d.** %(n)d points in all, %(more)d more to the next.",
        row.xp,
    )
    return text % {"level": row.level, "n": row.xp, "more": formula.to_next(row.xp)}


# --- what is kept about a person -------------------------------------------------------------------


def levels_of(person: User) -> list[dict[str, Any]]:
    """Return somebody's points, by server."""
    columns = ("guild__name", "xp", "level", "spoke_at", "channel_id", "counts")
    return list(Level.objects.filter(person=person).order_by("pk").values(*columns))


def stays_of(person: User) -> list[dict[str, Any]]:
    """Return where somebody is in voice, and since when."""
    columns = ("guild__name", "since", "seen_at", "seconds")
    return list(VoiceStay.objects.filter(person=person).order_by("pk").values(*columns))


def forget(person: User, at: datetime) -> None:
    """Forget somebody's points, and their name in what was told of them."""
    told = Delivery.objects.filter(event_key__startswith=_about(person))
    recipients = set(told.values_list("recipient", flat=True))
    keys = set(told.values_list("event_key", flat=True))
    outbox.cancel(keys, recipients, reason="erased", at=at)
    told.exclude(state__in=("sending", "unknown")).update(body="")
    Level.objects.filter(person=person).delete()


def forget_stays(person: User, at: datetime) -> None:
    """Forget that somebody is in voice."""
    VoiceStay.objects.filter(person=person).delete()


def _about(person: User) -> str:
    return f"LEVEL:{person.pk}:"
