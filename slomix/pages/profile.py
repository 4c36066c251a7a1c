"""Your own page: who we think you are, how we reach you, and what you want to hear."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import access, actions, players, sessions
from accounts.access import PersonRequest, signed_in
from accounts.forms import PreferencesForm, initial
from accounts.models import Preferences
from availability import queries
from slomix import person as people
from slomix.lib import clock
from slomix.lib.show import go, show
from slomix.pages import quiet, reached, said, week
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
            messages.success(request, _saved(form.cleaned_data), extra_tags="preferences")
            return redirect(f"{reverse('you')}#preferences")
    else:
        # A no is a no, whatever is wrong beside it.
        kinds = actions.noes(form.cleaned_data)
        actions.opt_out(person=request.user, kinds=kinds, at=clock.now())
    return show(request, "slomix/you.html", "you", context(request, form), status=400)


@signed_in
@require_POST
def stop(request: PersonRequest) -> HttpResponse:
    people.stop_everything(person=request.user, at=clock.now())
    text = _("No more messages, from now on, also tonight. Your answers stay.")
    return back_to(request, "preferences", text)


def _saved(chosen: dict[str, Any]) -> str:
    start, end = chosen.get("quiet_start"), chosen.get("quiet_end")
    if start is not None and start == end:
        return _("Saved. Start and end are equal, so there are no quiet hours.")
    return _("Saved. It counts at once.")


@signed_in
@require_POST
def rename(request: PersonRequest) -> HttpResponse:
    how, name, at = request.POST.get("how", "custom"), request.POST.get("name", ""), clock.now()
    try:
        if how == "reset":
            called = actions.reset_display_name(person=request.user, at=at)
        elif how == "alias":
            called = actions.use_alias(person=request.user, name=name, at=at)
        else:
            called = actions.set_display_name(person=request.user, name=name, at=at)
    except actions.NameRefused as refusal:
        wrong = {"name_fault": str(refusal), "name_tried": name[:200]}
        return again(request, wrong)
    text = _("The others see you as %(name)s now.") % {"name": called}
    return back_to(request, "player", text)


def back_to(request: HttpRequest, card: str, text: str, *, good: bool = True) -> HttpResponse:
    """Go back to one card of the page, which says what happened."""
    messages.add_message(
        request, messages.SUCCESS if good else messages.ERROR, text, extra_tags=card
    )
    return go(request, f"{reverse('you')}#{card}")


def again(request: PersonRequest, wrong: dict[str, Any]) -> HttpResponse:
    """Show the page once more with what was wrong beside its field."""
    form = PreferencesForm(initial=initial(stored(request)))
    shown = context(request, form) | wrong
    return show(request, "slomix/you.html", "you", shown, status=400)


def stored(request: PersonRequest) -> Preferences:
    """Return the viewer's preferences, or what holds for somebody who never set any."""
    found = getattr(request.user, "preferences", None)
    return found or Preferences(user=request.user)


def context(request: PersonRequest, form: PreferencesForm) -> dict[str, Any]:
    """Return what the page shows beside who you are."""
    at, wishes = clock.now(), stored(request)
    start_at = queries.times(clock.today(at)).start_at
    ways = reached.ways(request.user, wishes, at)
    lines = said.history_of(request.user, at)
    return {
        "form": form,
        "times": times_in_words(),
        "threshold": settings.READY_THRESHOLD,
        "asked_at": clock.spoken(settings.DAILY_REMINDER_TIME),
        "night": quiet.of(wishes, start_at),
        "ways": ways,
        "to_link": [(one, reached.TITLES[one]) for one in reached.to_link(ways)],
        "history": lines[: said.SHOWN],
        "older": lines[said.SHOWN :],
        "evenings": evenings(request, at),
        "aliases": aliases(request),
        "stale": stale(request),
        "told": {one.extra_tags: one for one in messages.get_messages(request)},
    }


def evenings(request: PersonRequest, at: datetime) -> dict[str, Any]:
    """Return the usual days and the absences ahead; nothing for whoever has no player."""
    if not access.of(request.user).linked:
        return {}
    return {
        "usual": [day for day in week.usual_week(request.user) if day.status],
        "away": week.absences(request.user, clock.today(at)),
    }


def stale(request: PersonRequest) -> bool:
    """Tell whether to sign in again before something that cannot be taken back."""
    try:
        actions.check_fresh(sessions.signed_in_at(request), clock.now())
    except actions.NotFresh:
        return True
    return False


def aliases(request: PersonRequest) -> list[tuple[str, str]]:
    """Return the names to choose from: as the player wore them, and as they would be shown."""
    shown: dict[str, str] = {}
    for name in actions.aliases_of(request.user):
        shown.setdefault(players.COLOUR.sub("", name).strip(), name)
    return [(name, as_shown) for as_shown, name in shown.items()]
