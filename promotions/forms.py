from django import forms


class CallForm(forms.Form):
    """Whom to call; LOOKING always is."""

    include_available = forms.BooleanField(required=False)
    include_maybe = forms.BooleanField(required=False)
    dry_run = forms.BooleanField(required=False)
