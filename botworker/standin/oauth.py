"""OAuth2 with PKCE: codes that work once, for one minute, for whoever asked."""

from __future__ import annotations

import base64
import hashlib
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from .errors import ApiError
from .world import Application, Json, World

CODE_LIVES = 60.0
TOKEN_LIVES = 604_800
ASKS = ("client_id", "redirect_uri", "response_type", "scope", "state", "code_challenge",
        "code_challenge_method")  # fmt: skip


class Refused(Exception):
    """A sign-in that is not even shown; the text says why."""


@dataclass(frozen=True, slots=True)
class Consent:
    """What somebody agreed to; exchanged once for a token."""

    person: int
    redirect_uri: str
    challenge: str
    scope: str
    at: float = field(default_factory=time.monotonic)


class Consents:
    """Codes waiting to be exchanged, and the access tokens they became."""

    def __init__(self) -> None:
        self._codes: dict[str, Consent] = {}
        self._tokens: dict[str, Consent] = {}

    def code_for(self, person: int, ask: Mapping[str, str]) -> str:
        code = secrets.token_urlsafe(24)
        challenge, scope = ask["code_challenge"], ask.get("scope", "")
        self._codes[code] = Consent(person, ask["redirect_uri"], challenge, scope)
        return code

    def exchange(self, form: Mapping[str, str]) -> Json:
        """Turn a code into a token; a second try with the same code is refused."""
        if form.get("grant_type") != "authorization_code":
            raise _bad("unsupported_grant_type", "Only authorization_code is supported.")
        consent = self._codes.pop(str(form.get("code")), None)
        if not consent or time.monotonic() - consent.at > CODE_LIVES:
            raise _bad("invalid_grant", 'Invalid "code" in request.')
        if form.get("redirect_uri") != consent.redirect_uri:
            raise _bad("invalid_grant", 'Invalid "redirect_uri" in request.')
        if not secrets.compare_digest(hashed(form.get("code_verifier", "")), consent.challenge):
            raise _bad("invalid_grant", 'Invalid "code_verifier" in request.')
        return self._token(consent)

    def person_of(self, token: str) -> int | None:
        consent = self._tokens.get(token)
        return consent.person if consent else None

    def _token(self, consent: Consent) -> Json:
        token = secrets.token_urlsafe(24)
        self._tokens[token] = consent
        return {
            "token_type": "Bearer",
            "access_token": token,
            "expires_in": TOKEN_LIVES,
            "refresh_token": secrets.token_urlsafe(24),
            "scope": consent.scope,
        }


def check_ask(ask: Mapping[str, str], world: World) -> None:
    """Refuse an authorize request that Slomix must never make, in words."""
    for holds, problem in _rules(ask, world):
        if not holds:
            raise Refused(problem)


def _rules(ask: Mapping[str, str], world: World) -> list[tuple[bool, str]]:
    client, back = str(world.application.id), ask.get("redirect_uri")
    registered = ", ".join(world.redirect_uris) or "none"
    return [
        (ask.get("client_id") == client, f"client_id is not {client}."),
        (back in world.redirect_uris, f"redirect_uri {back} is not one of: {registered}."),
        (ask.get("response_type") == "code", "response_type must be code."),
        (bool(ask.get("state")), "state is missing, so the answer could be forged."),
        (bool(ask.get("code_challenge")), "code_challenge is missing, so PKCE is not used."),
        (ask.get("code_challenge_method") == "S256", "code_challenge_method must be S256."),
    ]


def check_client(form: Mapping[str, str], basic: str | None, application: Application) -> None:
    """Refuse a token request without the application's own id and secret."""
    pair = (form.get("client_id"), form.get("client_secret"))
    if basic:
        user, _, password = base64.b64decode(basic).decode().partition(":")
        pair = (user, password)
    if pair != (str(application.id), application.client_secret):
        raise ApiError(401, {"error": "invalid_client"})


def hashed(verifier: str) -> str:
    """Give the S256 challenge of a code verifier."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _bad(error: str, description: str) -> ApiError:
    return ApiError(400, {"error": error, "error_description": description})
