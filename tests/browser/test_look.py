"""Every page, on a phone and on a desk, by day and by night."""

from typing import Literal

import pytest
from playwright.sync_api import Browser

from slomix.management.rehearsal.system import System
from tests.browser.stage import DESK, PHONE, Visitor, visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# Who opens what; "" is a visitor.
PAGES = (
    ("", ("/", "/accounts/sign-in/", "/no-such-page/")),
    ("not linked yet", ("/", "/link/", "/link/?q=ja", "/you/")),
    ("Jazbec", ("/", "/?month=2027-01", "/you/", "/link/", "/promote/")),
)


def look(guest: Visitor, path: str) -> None:
    """Fail for anything that sticks out of the page or that axe finds."""
    assert guest.overflow() <= 0, f"{path} is {guest.overflow()} px too wide"
    assert guest.axe() == [], path


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize(("name", "paths"), PAGES, ids=["visitor", "newcomer", "promoter"])
def test_every_page_looks_right(
    system: System,
    browser: Browser,
    name: str,
    paths: tuple[str, ...],
    size: tuple[int, int],
    scheme: Literal["light", "dark"],
) -> None:
    with visitor(browser, system, size, scheme) as guest:
        if name:
            guest.sign_in(name)
        for path in paths:
            guest.open(path)
            look(guest, path)
        # The browser itself complains of a 404; that page is meant.
        guest.complaints = [one for one in guest.complaints if "404" not in one]


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_local_discord_looks_right(
    system: System, browser: Browser, size: tuple[int, int]
) -> None:
    with visitor(browser, system, size) as guest:
        for path in ("/", "/journal"):
            guest.page.goto(system.discord + path)
            look(guest, path)


def test_answering_works_without_a_script(system: System, browser: Browser) -> None:
    with visitor(browser, system, PHONE, script=False) as guest:
        guest.sign_in("Jazbec")
        for status in ("MAYBE", "AVAILABLE"):
            guest.page.locator(f"#tomorrow button[value={status}]").click()
            chosen = guest.page.locator("#tomorrow button[aria-pressed=true]")
            assert chosen.get_attribute("value") == status


def test_answering_works_from_the_keyboard(system: System, browser: Browser) -> None:
    with visitor(browser, system) as guest:
        guest.sign_in("Jazbec")
        button = guest.page.locator("#tomorrow button[value=LOOKING]")
        button.focus()
        guest.page.keyboard.press("Enter")
        guest.page.locator("#tomorrow button[value=LOOKING][aria-pressed=true]").wait_for()
