"""The page that shows the JSON API comes whole from our own server."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.site import Site
from tests.browser.stage import visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_it_shows_every_operation_and_asks_nobody_else(site: Site, browser: Browser) -> None:
    with visitor(browser, site) as guest:
        asked: list[str] = []
        guest.page.on("request", lambda request: asked.append(request.url))
        guest.page.goto(f"{site.site}/api/docs")

        expect(guest.page.get_by_text("/api/availability/undo")).to_be_visible()
        expect(guest.page.get_by_text("/api/availability/pattern").first).to_be_visible()

    ours = urlsplit(site.site).netloc
    foreign = [url for url in asked if urlsplit(url).netloc not in ("", ours)]
    assert foreign == []
    assert len(asked) >= 4
