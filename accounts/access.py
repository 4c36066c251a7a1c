"""The only place that decides who may do what."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from slomix.lib.show import HtmxRequest, back, go

View = Callable[..., HttpResponse]


class PersonRequest(HtmxRequest):
    """A request behind one of the guards below: somebody is signed in."""

    user: User


@dataclass(frozen=True)
class Access:
    """What one viewer may do; templates and the API read it, nobody computes it twice."""

    authenticated: bool
    has_discord: bool
    linked: bool
    promoter: bool
    admin: bool

    @property
    def sees_names(self) -> bool:
        """Visitors and unlinked people see counts only."""
        return self.linked


def of(user: User | AnonymousUser) -> Access:
    """Decide everything about one viewer (at most one query each for Discord and player)."""
    if not isinstance(user, User) or not user.is_active:
        return Access(False, False, False, False, False)
    discord_id = user.discord.discord_id if hasattr(user, "discord") else None
    linked = discord_id is not None and hasattr(user, "link")
    admin = user.is_superuser or discord_id in settings.ADMIN_DISCORD_IDS
    called = user.is_promoter or discord_id in settings.PROMOTER_DISCORD_IDS
    return Access(True, discord_id is not None, linked, linked and (admin or called), admin)


def context(request: HttpRequest) -> dict[str, Any]:
    """Give every template `access` and `you` (the signed-in person, with names and picture)."""
    # A request that is refused early (a foreign host) has nobody yet.
    user = getattr(request, "user", None) or AnonymousUser()
    return {"access": of(user), "you": user if isinstance(user, User) else None}


def public(view: View) -> View:
    """Mark a view that everybody may open."""
    view.access = "public"  # type: ignore[attr-defined]  # read by the test over all routes
    return view


def signed_in(view: View) -> View:
    """Send a visitor to the sign-in page and back."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not of(request.user).authenticated:
            here = request.get_full_path() if request.method == "GET" else back(request)
            return go(request, f"{reverse('sign_in')}?{urlencode({'next': here})}")
        return view(request, *args, **kwargs)

    guarded.access = "signed in"  # type: ignore[attr-defined]
    return guarded


def linked_required(view: View) -> View:
    """Send a visitor to the sign-in page, and whoever has no player yet to the linking page."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not of(request.user).linked:
            return go(request, "link")
        return view(request, *args, **kwargs)

    return _mark(signed_in(guarded), "linked")


def promoter_required(view: View) -> View:
    """Refuse whoever may not call the others."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not of(request.user).promoter:
            raise PermissionDenied(_("Only promoters can call the others. Ask an admin."))
        return view(request, *args, **kwargs)

    return _mark(linked_required(guarded), "promoter")


def _mark(view: View, access: str) -> View:
    view.access = access  # type: ignore[attr-defined]
    return view
