"""The admin's own door: who comes in, and with what."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.contrib.admin import AdminSite
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts import access, limits, second_factor, sessions
from slomix.lib import clock

LOGINS = limits.Limit("admin_login", 10, timedelta(minutes=5))
# allauth's own tables: empty, or what makes somebody's codes.
NOT_SHOWN = frozenset({"account", "socialaccount", "mfa"})


def may_enter(request: HttpRequest) -> bool:
    """Tell whether this is an admin, a promoter or an operator, second factor apart."""
    found = access.of(request.user)
    operator = request.user.is_active and request.user.is_staff
    return found.admin or found.promoter or operator


class StaffSite(AdminSite):
    """Lets admins, promoters and operators in; in production with their second factor."""

    site_header = site_title = "Slomix"

    def has_permission(self, request: HttpRequest) -> bool:
        return may_enter(request) and second_factor.passed(request, clock.now())

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        models: Iterable[type[Model]] = (
            [model_or_iterable] if isinstance(model_or_iterable, type) else model_or_iterable
        )
        shown = [one for one in models if one._meta.app_label not in NOT_SHOWN]
        super().register(shown, admin_class, **options)

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        now = clock.now()
        if may_enter(request) and not second_factor.passed(request, now):
            query = urlencode({"next": request.GET.get("next") or reverse("admin:index")})
            return redirect(f"{reverse('second_factor')}?{query}")
        if request.method == "POST":
            wait = limits.take(LOGINS, limits.address_of(request), at=now)
            if wait:
                text = _("That was too often. Wait %(n)d s, then try again.") % {"n": wait}
                return HttpResponse(text, status=429, headers={"Retry-After": str(wait)})
        response = super().login(request, extra_context)
        if request.method == "POST" and request.user.is_authenticated:
            sessions.remember_sign_in(request, now)
        return response
