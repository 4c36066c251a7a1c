"""Signing in with Discord: what allauth leaves open is decided here.

allauth keeps the state (single use, in the session) and does PKCE. Who somebody is comes from
`accounts.actions.meet`, so the web and the bot meet the same person; allauth's own tables of
accounts and tokens stay empty.
"""

import re
import time
from datetime import timedelta
from typing import Any, NoReturn
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin, SocialToken
from allauth.socialaccount.providers.base import AuthError, ProviderException
from allauth.socialaccount.providers.discord.provider import DiscordProvider
from allauth.socialaccount.providers.discord.views import DiscordOAuth2Adapter
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from requests import RequestException

from accounts import access, actions, limits, sessions
from accounts.models import User
from slomix.lib import clock
from slomix.lib.show import go

SNOWFLAKE = re.compile(r"[0-9]{1,20}")


class AccountAdapter(DefaultAccountAdapter):
    """Nobody makes an account here but by signing in with Discord."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class DiscordAdapter(DefaultSocialAccountAdapter):
    """Turns Discord's answer into one of our people, and every fault into a page in words."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> NoReturn:
        """Sign the person in and end allauth's own way here; the session key changes."""
        profile = sociallogin.account.extra_data
        person = actions.meet(
            discord_id=int(profile["id"]),
            username=profile["username"],
            display_name=profile.get("global_name") or "",
            avatar=profile.get("avatar") or "",
            at=clock.now(),
        )
        if not person.is_active:
            refuse(request, _("This account is closed. Write to an admin if that is wrong."), 403)
        login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
        sessions.remember_sign_in(request, clock.now())
        raise ImmediateHttpResponse(go(request, next_page(person, sociallogin.state)))

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: DiscordProvider,
        error: str | None = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> NoReturn:
        if error == AuthError.CANCELLED:
            refuse(request, _("You said no on Discord's page. Nothing was stored."), 403)
        if isinstance(exception, RequestException):
            refuse(request, _("Discord does not answer now. Try again in a minute."), 502)
        if exception is not None:
            refuse(request, _("Discord did not accept the sign-in. Start it again."), 400)
        refuse(
            request, _("This sign-in is too old, or it was begun elsewhere. Start it again."), 400
        )


class Doors(DiscordOAuth2Adapter):
    """Discord's addresses, which may be the local stand-in's."""

    @property
    def authorize_url(self) -> str:
        return f"{settings.DISCORD_BASE_URL}/oauth2/authorize"

    @property
    def access_token_url(self) -> str:
        return f"{settings.DISCORD_BASE_URL}/api/oauth2/token"

    @property
    def profile_url(self) -> str:
        return f"{settings.DISCORD_BASE_URL}/api/users/@me"

    def get_callback_url(self, request: HttpRequest, app: object) -> str:
        """Return the address that is registered with Discord, never one made of the Host header."""
        if settings.DISCORD_REDIRECT_URI not in settings.DISCORD_REDIRECT_URI_ALLOWLIST:
            text = _("Signing in is not set up: %(uri)s is not in DISCORD_REDIRECT_URI_ALLOWLIST.")
            refuse(request, text % {"uri": settings.DISCORD_REDIRECT_URI}, 400)
        address: str = settings.DISCORD_REDIRECT_URI
        return address

    def complete_login(
        self, request: HttpRequest, app: object, token: SocialToken, **kwargs: object
    ) -> SocialLogin:
        """Read who it is; a profile that is not one is refused."""
        with DiscordAdapter(request).get_requests_session() as session:
            answer = session.get(
                self.profile_url, headers={"Authorization": f"Bearer {token.token}"}
            )
        answer.raise_for_status()
        profile = answer.json()
        if not is_profile(profile):
            raise ProviderException("Discord's answer is no profile")
        return self.get_provider().sociallogin_from_response(request, profile)


class SignIn(DiscordProvider):
    """Asks for `identify` and nothing else, whatever the request says."""

    oauth2_adapter_class = Doors

    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        return ["identify"]

    def get_auth_params_from_request(self, request: HttpRequest, action: str) -> dict[str, str]:
        return {}

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_redirect_from_request_kwargs(request)
        return kwargs | {"process": "login", "begun_at": time.time()}


def is_profile(profile: object) -> bool:
    """Tell whether an answer names a person as Discord does."""
    if not isinstance(profile, dict):
        return False
    words = [profile.get("username"), profile.get("global_name") or "", profile.get("avatar") or ""]
    return bool(SNOWFLAKE.fullmatch(str(profile.get("id")))) and all(
        isinstance(word, str) for word in words
    )


def is_fresh(state: dict[str, Any]) -> bool:
    """Tell whether a sign-in was begun recently enough to be ended."""
    age: float = time.time() - state.get("begun_at", 0)
    return age <= settings.DISCORD_OAUTH_STATE_TTL_SECONDS


def next_page(person: User, state: dict[str, Any]) -> str:
    """Return where to go on: what the person wanted, or first the choice of their player."""
    wish = state.get("next") or "/"
    ours = url_has_allowed_host_and_scheme(wish, allowed_hosts=None)
    if not ours or urlsplit(wish).netloc or not wish.startswith("/"):
        wish = "/"
    return wish if access.of(person).linked else "link"


def refuse(request: HttpRequest, text: str, status: int) -> NoReturn:
    """End the sign-in with a page that says what to do; nothing is stored."""
    raise ImmediateHttpResponse(fault(request, text, status))


def fault(request: HttpRequest, text: str, status: int) -> HttpResponse:
    """Build the page that says what went wrong with a sign-in, and what to do."""
    return render(request, "accounts/sign_in.html", {"fault": text, "next": ""}, status=status)


def too_often(request: HttpRequest, name: str) -> HttpResponse | None:
    """Count one step of a sign-in; the page with 429 when it was one too many."""
    limit = limits.Limit(
        name,
        settings.DISCORD_OAUTH_RATE_LIMIT_MAX_REQUESTS,
        timedelta(seconds=settings.DISCORD_OAUTH_RATE_LIMIT_WINDOW_SECONDS),
    )
    wait = limits.take(limit, limits.address_of(request), at=clock.now())
    if not wait:
        return None
    page = fault(request, _("That was too often. Wait %(n)d s, then try again.") % {"n": wait}, 429)
    page["Retry-After"] = str(wait)
    return page
