"""What people allow."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import CHANNELS, AuditEntry, Preferences, User
from accounts.reach import ASKED_FOR


class PreferencesRefused(Exception):
    """A preference cannot be stored; `field` names it and the text says how to write it."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__(text)
        self.field = field


# What a person may set here, and nothing else.
KINDS = tuple(f"allow_{kind}" for kind in ("promotions", *ASKED_FOR))
OWN_FIELDS = (
    *KINDS,
    *("show_name", "quiet_start", "quiet_end", "timezone", "channel_order", "language"),
    *("sound_enabled", "sound_cooldown_seconds"),
)
Value = bool | str | int | time | list[str] | None


def set_preferences(
    *, person: User, at: datetime, door: str = "web", **changes: Value
) -> Preferences:
    """Change the preferences that are named and no others.

    Quiet hours come as two times in the person's zone, or both None; two equal times are none.
    `channel_order` names the
    channels that may be used. Raises PreferencesRefused with the field when a value cannot be
    stored; nothing is changed then, except that a no is a no whatever stands beside it.
    """
    try:
        return _change(person, changes, at, door)
    except PreferencesRefused:
        opt_out(person=person, kinds=noes(changes), at=at, door=door)
        raise


def noes(changes: Mapping[str, object]) -> list[str]:
    """Return the kinds that somebody switches off, whatever else they change."""
    return [kind for kind in KINDS if changes.get(kind) is False]


def opt_out(*, person: User, kinds: Iterable[str], at: datetime, door: str = "web") -> None:
    """Switch some kinds off. This is never refused, and counts for what is scheduled already."""
    off = dict.fromkeys(kinds, False)
    if off:
        _change(person, off, at, door)


@transaction.atomic
def use_channel(*, person: User, channel: str, on: bool, at: datetime, door: str = "web") -> None:
    """Let a channel be used again, after the others, or no more; the others stay as they are."""
    stored, _made = Preferences.objects.select_for_update().get_or_create(user=person)
    order = [one for one in stored.channel_order if one != channel or on]
    if on and channel not in order:
        order.append(channel)
    _change(person, {"channel_order": order}, at, door)


@transaction.atomic
def _change(person: User, changes: Mapping[str, Value], at: datetime, door: str) -> Preferences:
    unknown = set(changes) - set(OWN_FIELDS)
    if unknown:
        raise PreferencesRefused(min(unknown), _("This is not a preference."))
    Preferences.objects.get_or_create(user=person)
    stored = Preferences.objects.select_for_update().get(user=person)
    for field, value in changes.items():
        setattr(stored, field, value)
    if stored.quiet_start == stored.quiet_end:
        # Not a day of silence: that is what switching the reminders off is for.
        stored.quiet_start = stored.quiet_end = None
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
    if len(set(stored.channel_order)) != len(stored.channel_order) or not set(
        stored.channel_order
    ) <= set(CHANNELS):
        raise PreferencesRefused(
            "channel_order", _("Name each channel once: discord, telegram, signal.")
        )
    if stored.language and stored.language not in dict(settings.LANGUAGES):
        raise PreferencesRefused("language", _("We do not speak this language yet."))
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


def preferences_of(person: User) -> dict[str, Any]:
    """Return what a person allows, as plain values, defaults where nothing is stored."""
    stored = Preferences.objects.filter(user=person).first() or Preferences(user=person)
    return {field: getattr(stored, field) for field in OWN_FIELDS}
