from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class CallForm(forms.Form):
    """Whom to call; LOOKING always is."""

    include_available = forms.BooleanField(required=False, label=_("Available"))
    include_maybe = forms.BooleanField(required=False, label=_("Maybe"))
    dry_run = forms.BooleanField(required=False, label=_("Dry run, nothing is sent"))


def wish(request: HttpRequest) -> dict[str, bool]:
    """Read the choices from an address; without any, everybody who could come is called."""
    if "chosen" in request.GET:
        form = CallForm(request.GET)
        form.is_valid()
        return dict(form.cleaned_data)
    dry = settings.PROMOTION_DRY_RUN_DEFAULT
    return {"include_available": True, "include_maybe": True, "dry_run": dry}
