"""Your own page: who we think you are, and what you want to hear."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import actions
from accounts.access import PersonRequest, signed_in
from accounts.forms import PreferencesForm, initial
from accounts.models import Preferences
from availability import queries
from slomix.lib import clock
from slomix.lib.show import show
from slomix.pages import quiet
from slomix.pages.linking import times_in_words


@signed_in
@require_safe
def you(request: PersonRequest) -> HttpResponse:
    form = PreferencesForm(initial=initial(stored(request)))
    return show(request, "slomix/you.html", "you", context(request, form))


@signed_in
@require_POST
def preferences(request: PersonRequest) -> HttpResponse:
    form = PreferencesForm(request.POST)
    if form.is_valid():
        try:
            actions.set_preferences(person=request.user, at=clock.now(), **form.cleaned_data)
        except actions.PreferencesRefused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Saved. It counts at once."))
            return redirect("you")
    else:
        # A no is a no, whatever is wrong beside it.
        kinds = actions.noes(form.cleaned_data)
        actions.opt_out(person=request.user, kinds=kinds, at=clock.now())
    return show(request, "slomix/you.html", "you", context(request, form), status=400)


def stored(request: PersonRequest) -> Preferences:
    """Return the viewer's preferences, or what holds for somebody who never set any."""
    found = getattr(request.user, "preferences", None)
    return found or Preferences(user=request.user)


def context(request: PersonRequest, form: PreferencesForm) -> dict[str, Any]:
    """Return what the page shows beside who you are."""
    start_at = queries.times(clock.today(clock.now())).start_at
    return {
        "form": form,
        "times": times_in_words(),
        "night": quiet.of(stored(request), start_at),
    }
