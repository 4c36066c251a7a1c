"""The local Discord's own pages, and the way through its consent page, in the running demo."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from slomix.management.rehearsal.system import System
from tests.browser.stage import VARIANTS, visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TABS = "all => all.map(one => new URL(one.href).pathname)"


def test_every_tab_of_the_local_discord_looks_right(
    system: System, browser: Browser, shots: Path | None
) -> None:
    with visitor(browser, system) as guest:
        guest.page.goto(system.discord)
        tabs = dict.fromkeys(guest.page.locator("nav.tabs a").evaluate_all(TABS))
        assert "/journal" in tabs
        found = []
        for tab in tabs:
            guest.page.goto(system.discord + tab)
            name = tab.strip("/").replace("/", "-") or "playground"
            found += [f"{tab}: {one}" for one in guest.in_every_variant(name, shots, VARIANTS)]
        assert found == []


def test_the_consent_page_looks_right(system: System, browser: Browser, shots: Path | None) -> None:
    with visitor(browser, system) as guest:
        guest.open("/accounts/sign-in/")
        guest.page.locator("main button").first.click()
        guest.page.locator("button.persona").first.wait_for()
        assert guest.in_every_variant("consent", shots, VARIANTS) == []


def test_somebody_signs_in_over_the_consent_page(system: System, browser: Browser) -> None:
    with visitor(browser, system) as guest:
        guest.sign_in("Jazbec")

        assert guest.page.locator(".masthead .me .name").inner_text() == "Jazbec"
