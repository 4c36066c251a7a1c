from typing import Any
from urllib.parse import urlsplit

from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts import access, actions, adapter, second_factor, sessions, staff
from slomix.lib import clock
from slomix.lib.show import HtmxRequest, back, go, show

LOOPBACK = {"localhost", "127.0.0.1"}

begin = OAuth2LoginView.adapter_view(adapter.Doors)


@access.public
@require_safe
def sign_in(request: HtmxRequest) -> HttpResponse:
    if access.of(request.user).authenticated:
        return go(request, back(request))
    home = urlsplit(settings.DISCORD_REDIRECT_URI)
    host = request.get_host().partition(":")[0]
    if host != home.hostname and {host, home.hostname} <= LOOPBACK:
        # The same machine by another name is another site to a browser: the way back from Discord
        # would find no session there.
        return redirect(f"{home.scheme}://{home.netloc}{request.get_full_path()}")
    return show(request, "accounts/sign_in.html", "sign_in", {"next": back(request)})


@access.public
def discord(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return redirect("sign_in")
    answer: HttpResponse = adapter.too_often(request, "sign_in") or begin(request)
    return answer


class Callback(OAuth2CallbackView):  # type: ignore[misc]  # allauth has no types
    """allauth's way back from Discord, with our own limit on how long it may take."""

    def _get_state(self, request: HttpRequest, provider: Any) -> tuple[Any, HttpResponse | None]:
        state, response = super()._get_state(request, provider)
        if state is not None and not adapter.is_fresh(state):
            text = _("This sign-in took too long. Start it again.")
            adapter.refuse(request, text, 400)
        return state, response


end = Callback.adapter_view(adapter.Doors)


@access.public
@require_GET
def callback(request: HttpRequest) -> HttpResponse:
    answer: HttpResponse = adapter.too_often(request, "callback") or end(request)
    return answer


@access.signed_in
@require_http_methods(["GET", "POST"])
def factor(request: access.PersonRequest) -> HttpResponse:
    person, at = request.user, clock.now()
    if not staff.may_enter(request):
        raise PermissionDenied(_("Only promoters and admins need a second factor."))
    shown: dict[str, Any] = {"next": back(request, "/admin/")}
    known = second_factor.enrolled(person)
    if not known:
        try:
            actions.check_fresh(sessions.signed_in_at(request), at)
        except actions.NotFresh as stale:
            raise PermissionDenied(str(stale)) from stale
    status = 200
    if request.method == "POST":
        code = request.POST.get("code", "")[:16]
        try:
            if known:
                second_factor.show(request, person, code, at)
                return go(request, shown["next"])
            shown["codes"] = second_factor.confirm(request, person, code, at)
        except second_factor.CodeRefused as refusal:
            shown["fault"], status = str(refusal), 400
    if not known and "codes" not in shown:
        shown["secret"] = second_factor.begin(request)
    return show(request, "accounts/second_factor.html", "second_factor", shown, status=status)


@access.public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return go(request, "tonight")
