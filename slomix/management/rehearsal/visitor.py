"""Somebody with a browser: signs in over the consent page, looks, confirms. Over HTTP only."""

import html
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin

import httpx

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
PROMOTIONS = "/api/availability/promotions"


class Lost(Exception):
    """The way in did not lead where it should; the text says at which step."""


class Visitor:
    """A person at the site, with the cookies of one browser."""

    def __init__(self) -> None:
        self.site = ""
        self._web = httpx.Client(timeout=10, follow_redirects=True, trust_env=False)

    def __enter__(self) -> "Visitor":
        return self

    def __exit__(self, *_args: object) -> None:
        self._web.close()

    def open(self, site: str) -> None:
        """Go to a site."""
        self.site = site
        self._web.base_url = site

    def sign_in(self, discord_id: int) -> None:
        """Press "Sign in", choose who to be on the consent page, come back. Raises Lost."""
        door = self._get("/accounts/sign-in/")
        consent = self._web.post("/accounts/discord/login/", data=_hidden(door.text))
        if "/oauth2/authorize" not in consent.url.path:
            raise Lost(f"signing in led to {consent.url.path} ({consent.status_code})")
        agreed = self._web.post(
            urljoin(str(consent.url), "/oauth2/authorize"),
            data={**_hidden(consent.text), "person": str(discord_id)},
        )
        if agreed.status_code != 200 or not str(agreed.url).startswith(self.site):
            raise Lost(f"the consent page led to {agreed.url.path} ({agreed.status_code})")
        self._expect_promoter()

    def resume(self, session: str) -> None:
        """Go on with a session that was made elsewhere. Raises Lost."""
        for name in ("sessionid", "__Host-sessionid"):  # the second under https
            self._web.cookies.set(name, session)
        # A page with a form brings the cookie that every change needs.
        self._get("/")
        self._expect_promoter()

    def _expect_promoter(self) -> None:
        if not self._get("/api/availability/access").json()["can_promote"]:
            raise Lost("whoever signed in may not call the others")

    def _get(self, path: str) -> httpx.Response:
        return self._web.get(path).raise_for_status()

    def preview(self) -> httpx.Response:
        """Look who would be reminded."""
        asked = {"include_available": "true", "include_maybe": "false"}
        return self._web.get(f"{PROMOTIONS}/preview", params=asked)

    def promote(self) -> httpx.Response:
        """Call them."""
        body: Mapping[str, Any] = {
            "include_available": True,
            "include_maybe": False,
            "dry_run": False,
        }
        kept = self._web.cookies
        token = kept.get("__Host-csrftoken") or kept.get("csrftoken") or ""
        headers = {"X-CSRFToken": token, "X-Requested-With": "XMLHttpRequest"}
        return self._web.post(f"{PROMOTIONS}/campaigns", json=body, headers=headers)

    def health(self) -> httpx.Response:
        """Ask whether the site is well."""
        return self._web.get("/health")


def _hidden(page: str) -> dict[str, str]:
    return {name: html.unescape(value) for name, value in HIDDEN.findall(page)}
