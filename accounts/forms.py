from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.actions import KINDS
from accounts.models import Preferences


def zones() -> list[tuple[str, str]]:
    """Return the names people know, without the aliases that begin with a folder of their own."""
    known = (name for name in available_timezones() if "/" in name or name == "UTC")
    hidden = ("Etc/", "SystemV/", "posix/", "right/")
    return [(name, name) for name in sorted(known) if not name.startswith(hidden)]


SWITCHES = (*KINDS, "show_name", "sound_enabled")
# How long the sound is quiet after it was heard, in seconds.
PAUSES = (60, 300, 480, 900, 1800, 3600)


class PreferencesForm(forms.Form):
    allow_promotions = forms.BooleanField(required=False)
    allow_session_ready = forms.BooleanField(required=False)
    allow_daily_prompt = forms.BooleanField(required=False)
    allow_planning = forms.BooleanField(required=False)
    allow_raids = forms.BooleanField(required=False)
    show_name = forms.BooleanField(required=False)
    sound_enabled = forms.BooleanField(required=False)
    sound_cooldown_seconds = forms.IntegerField(required=False)
    quiet_start = forms.TimeField(required=False, input_formats=["%H:%M", "%H:%M:%S"])
    quiet_end = forms.TimeField(required=False, input_formats=["%H:%M", "%H:%M:%S"])
    timezone = forms.ChoiceField(choices=zones)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(settings.LANGUAGES) > 1:
            browsers = [("", _("the browser’s")), *settings.LANGUAGES]
            self.fields["language"] = forms.ChoiceField(choices=browsers, required=False)
        for name in ("quiet_start", "quiet_end"):
            given = str(self.data.get(name, ""))[:20]
            wrong = _("“%(text)s” is not a time. Write it as 21:00.") % {"text": given}
            self.fields[name].error_messages["invalid"] = wrong
        zone = str(self.data.get("timezone", ""))[:64]
        wrong = _("“%(text)s” is not a time zone. Choose one such as Europe/Ljubljana.")
        self.fields["timezone"].error_messages["invalid_choice"] = wrong % {"text": zone}

    def clean(self) -> dict[str, Any]:
        """Leave what a form does not ask for as it is stored."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("sound_cooldown_seconds") is None:
            given.pop("sound_cooldown_seconds", None)
        return given

    @property
    def pauses(self) -> list[tuple[str, str]]:
        """The pauses to choose from, and the one that holds where it is another."""
        held = str(self["sound_cooldown_seconds"].value() or "")
        numbers = {*PAUSES, int(held)} if held.isdecimal() and len(held) < 5 else {*PAUSES}
        return [(str(one), pause(one)) for one in sorted(numbers)]


def pause(seconds: int) -> str:
    """Write a pause as people say it: “8 minutes”."""
    if seconds % 60:
        return ngettext("%(n)d second", "%(n)d seconds", seconds) % {"n": seconds}
    minutes = seconds // 60
    return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}


def initial(stored: Preferences) -> dict[str, Any]:
    """Return the form's first values."""
    return {
        **{name: getattr(stored, name) for name in SWITCHES},
        "language": stored.language,
        "sound_cooldown_seconds": str(stored.sound_cooldown_seconds),
        "quiet_start": f"{stored.quiet_start:%H:%M}" if stored.quiet_start else "",
        "quiet_end": f"{stored.quiet_end:%H:%M}" if stored.quiet_end else "",
        "timezone": stored.timezone,
    }
