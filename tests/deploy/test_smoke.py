"""Whether the site is well, asked as its proxy asks, by a program that knows nothing of Django."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from slomix.management.serving import asking, smoke


class Site(BaseHTTPRequestHandler):
    """A site that says what the test told it to."""

    status = 200
    says: dict[str, object] = {}
    asked: list[tuple[str, str | None, str | None]] = []

    def do_GET(self) -> None:
        headers = self.headers
        Site.asked.append((self.path, headers["Host"], headers["X-Forwarded-Proto"]))
        body = json.dumps(Site.says).encode()
        self.send_response(Site.status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Keep the test's output clean."""


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Site]]:
    server = HTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("WEBSITE_HOST", "0.0.0.0")  # noqa: S104  what a container listens on
    monkeypatch.setenv("WEBSITE_PORT", str(server.server_port))
    monkeypatch.setenv("FRONTEND_ORIGIN", "https://slomix.example")
    Site.status, Site.says, Site.asked = 200, {"codes": [], "parts": {}}, []
    yield Site
    server.shutdown()
    server.server_close()


def test_it_asks_at_home_under_the_sites_own_name_and_as_over_https(site: type[Site]) -> None:
    assert smoke.well("", "", 60) == ""
    assert site.asked == [("/readyz", "slomix.example", "https")]


def test_a_site_that_is_not_ready_is_told_with_its_reasons(site: type[Site]) -> None:
    site.status, site.says = 503, {"codes": ["grants.missing", "cache.unavailable"]}

    assert smoke.well("", "", 60) == "/readyz answers 503: grants.missing, cache.unavailable"


def test_a_part_that_was_alive_is_well(site: type[Site]) -> None:
    site.says = {"parts": {"worker": 3.0}}

    assert smoke.well("worker", "", 60) == ""


def test_a_part_that_is_silent_for_too_long_is_told(site: type[Site]) -> None:
    site.says = {"parts": {"worker": 300.0}}

    assert smoke.well("worker", "", 60) == "the worker was last alive 300 s ago"


def test_a_part_that_never_was_is_told(site: type[Site]) -> None:
    assert smoke.well("bot", "", 60) == "no sign of life of the bot is known"


def test_nobody_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBSITE_PORT", "9")

    assert smoke.well("", "", 60) == f"nobody answers at {asking.door()}"
