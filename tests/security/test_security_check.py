"""`manage.py security_check` holds for the site as it is, and each of its checks can fail."""

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings

from accounts.models import User
from slomix.management.security import report
from slomix.management.security.all import CHECKS
from slomix.management.security.wire import Site
from tests.cast import SlomixTestCase
from tests.security.served import Headers, Spoil, as_it_is, serving

Answer = tuple[str, Headers, bytes]
WITHOUT_LIMIT = [name for name in settings.MIDDLEWARE if "NoFiles" not in name]
# What is looked at is what the site answers, not how long a hash takes.
FAST = ["django.contrib.auth.hashers.MD5PasswordHasher"]
HTTPS: dict[str, Any] = {
    "ALLOWED_HOSTS": ["slomix.example"],
    "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https"),
    "SECURE_SSL_REDIRECT": True,
    "SECURE_HSTS_SECONDS": 31_536_000,
    "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "LANGUAGE_COOKIE_SECURE": True,
    "SESSION_COOKIE_NAME": "__Host-sessionid",
    "CSRF_COOKIE_NAME": "__Host-csrftoken",
    "CSRF_TRUSTED_ORIGINS": ["https://slomix.example"],
    "TRUSTED_PROXY_COUNT": 1,
    "DISCORD_REDIRECT_URI": "https://slomix.example/accounts/discord/login/callback/",
    "DISCORD_REDIRECT_URI_ALLOWLIST": ["https://slomix.example/accounts/discord/login/callback/"],
}


def on(path: str, change: Callable[[dict[str, Any], Answer], Answer]) -> Spoil:
    """Spoil what one address answers."""

    def spoil(environ: dict[str, Any], status: str, headers: Headers, body: bytes) -> Answer:
        answer = status, headers, body
        return change(environ, answer) if environ["PATH_INFO"].startswith(path) else answer

    return spoil


def header(name: str, value: str) -> Callable[[dict[str, Any], Answer], Answer]:
    """Send another value of a header, whatever it was."""

    def change(environ: dict[str, Any], answer: Answer) -> Answer:
        status, headers, body = answer
        others = [one for one in headers if one[0].lower() != name.lower()]
        return status, [*others, (name, value)], body

    return change


def instead(status: str, body: bytes = b"", **headers: str) -> Callable[..., Answer]:
    """Answer something else altogether."""
    return lambda environ, answer: (status, list(headers.items()), body)


def no_limit(environ: dict[str, Any], answer: Answer) -> Answer:
    return ("200 OK", answer[1], answer[2]) if answer[0].startswith("429") else answer


def anywhere(environ: dict[str, Any], answer: Answer) -> Answer:
    """Lead wherever the form said."""
    if environ["REQUEST_METHOD"] != "POST":
        return answer
    return "302 Found", [("Location", "//evil.example")], b""


def without_challenge(environ: dict[str, Any], answer: Answer) -> Answer:
    status, headers, body = answer
    led = [(name, value.replace("S256", "plain")) for name, value in headers]
    return status, led, body


def telling(environ: dict[str, Any], answer: Answer) -> Answer:
    """Say which links are none at first sight."""
    status, headers, body = answer
    known = "xxx" not in environ["PATH_INFO"]
    return status, headers, body + (b"?" if known else b"!")


def knowing(environ: dict[str, Any], answer: Answer) -> Answer:
    """Tell that a user is known, as a page does that says: wrong password."""
    status, headers, body = answer
    return status, headers, body + (b" wrong password" if b'value="operator"' in body else b"")


# Each check, and what must turn it red: how answers are spoiled, and other settings.
BROKEN: dict[str, tuple[Spoil, dict[str, Any]]] = {
    "policy": (on("/nowhere", header("Content-Security-Policy", "script-src 'unsafe-inline'")), {}),
    "headers": (on("/static/", header("X-Content-Type-Options", "")), {}),
    "scripting": (on("/", lambda e, a: (a[0], a[1], a[2].replace(b'"allowEval":false', b""))), {}),
    "kept": (on("/you/data/", header("Cache-Control", "max-age=60")), {}),
    "cookies": (as_it_is, HTTPS | {"SESSION_COOKIE_HTTPONLY": False}),
    "https": (as_it_is, HTTPS | {"SECURE_SSL_REDIRECT": False}),
    "hosts": (as_it_is, {"ALLOWED_HOSTS": ["*"]}),
    "methods": (
        on("/", lambda e, a: (a[0], a[1], a[2] + str(e.get("HTTP_X_CANARY")).encode())),
        {},
    ),
    "files": (on("/.env", instead("200 OK", b"SECRET_KEY=x")), {}),
    "figures": (on("/metrics", instead("200 OK", b"# TYPE slomix gauge")), {}),
    "health": (on("/livez", instead("200 OK", b'{"status": "ok", "version": "5.2.19"}')), {}),
    "banners": (on("/nowhere", header("Server", "gunicorn/27.0.1")), {}),
    "csrf": (as_it_is, {"ROOT_URLCONF": "tests.security.open_door"}),
    "token": (on("/language/", instead("403 Forbidden")), {}),
    "login by get": (
        on(
            "/accounts/discord/login/", instead("302 Found", Location="https://discord.com/oauth2/")
        ),
        {},
    ),
    "oauth": (on("/accounts/discord/login/", without_challenge), {}),
    "callback": (on("/accounts/discord/login/callback/", instead("302 Found", Location="/")), {}),
    "redirects": (on("/language/", anywhere), {}),
    "guesses": (on("/s/", telling), {}),
    "patterns": (on("/", instead("500 Tripped")), {}),
    "bodies": (as_it_is, {"MIDDLEWARE": WITHOUT_LIMIT}),
    "lines": (on("/livez", instead("500 Tripped")), {}),
    "usernames": (on("/admin/login/", knowing), {}),
    "passwords": (on("/admin/login/", no_limit), {}),
    # Behind a proxy that does not exist, whatever a visitor writes is believed.
    "sign-ins": (as_it_is, {"TRUSTED_PROXY_COUNT": 1}),
}
# Only told, or the proxy's own.
CANNOT_FAIL_HERE = {"timing", "slow clients"}
BY_NAME = {check.name: check for check in CHECKS}


class CheckCase(SlomixTestCase):
    def setUp(self) -> None:
        super().setUp()
        User.objects.create_superuser("operator", password="a password of their own")

    def look(self, name: str, spoil: Spoil = as_it_is, **changed: Any) -> report.Found:
        with ExitStack() as stack:
            stack.enter_context(override_settings(DEBUG=False, PASSWORD_HASHERS=FAST, **changed))
            address = stack.enter_context(serving(spoil))
            origin = "https://slomix.example" if "SECURE_SSL_REDIRECT" in changed else ""
            if not origin:
                back = f"{address}/accounts/discord/login/callback/"
                ours = {"DISCORD_REDIRECT_URI": back, "DISCORD_REDIRECT_URI_ALLOWLIST": [back]}
                stack.enter_context(override_settings(**ours))
            client = Client()
            client.force_login(self.bor)
            site = Site(address, origin, known_user="operator")
            site.session_cookie = settings.SESSION_COOKIE_NAME
            site.session = client.cookies[site.session_cookie].value
            (found,) = report.run(site, [BY_NAME[name]], lambda _check: None)
        return found


@pytest.mark.slow
class SoundTests(CheckCase):
    def test_the_site_as_it_is_passes_every_check(self) -> None:
        for name in set(BY_NAME) - {"csrf"}:
            with self.subTest(name):
                found = self.look(name)
                self.assertNotEqual(found.state, report.FAILS, found.line())

    def test_and_so_it_does_behind_a_proxy_with_https(self) -> None:
        for name in ("policy", "headers", "cookies", "https", "hosts", "oauth", "redirects"):
            with self.subTest(name):
                found = self.look(name, **HTTPS)
                self.assertEqual(found.state, report.HOLDS, found.line())

    def test_every_route_needs_our_own_token(self) -> None:
        found = self.look("csrf")

        self.assertEqual(found.state, report.HOLDS, found.line())
        self.assertGreater(found.looked, 1000)


@pytest.mark.slow
class BrokenTests(CheckCase):
    def test_each_check_sees_what_it_is_for(self) -> None:
        for name, (spoil, changed) in BROKEN.items():
            if name not in CANNOT_FAIL_HERE:
                with self.subTest(name):
                    found = self.look(name, spoil, **changed)
                    self.assertEqual(found.state, report.FAILS, found.line())


def test_every_check_is_seen_to_fail_or_says_why_not() -> None:
    assert set(BROKEN) | CANNOT_FAIL_HERE == set(BY_NAME)
