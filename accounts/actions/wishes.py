"""What people allow."""

from datetime import datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import AuditEntry, Preferences, User


class PreferencesRefused(Exception):
    """A preference cannot be stored; `field` names it and the text says how to write it."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__(text)
        self.field = field


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


def preferences_of(person: User) -> dict[str, Any]:
    """Return what a person allows, as plain values, defaults where nothing is stored."""
    stored = Preferences.objects.filter(user=person).first() or Preferences(user=person)
    return {field: getattr(stored, field) for field in OWN_FIELDS}
