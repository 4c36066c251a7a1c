"""Coming, being reached, and leaving: one person's whole way, on either database.

The Telegram is the local one; what was really sent is asked of it, not of our own rows.
"""

import json
import re
import time
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, expect

from slomix.management.community import MEMBERS
from slomix.management.rehearsal.system import System
from tests.browser.stage import PHONE, Visitor, visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SMREKA = next(one for one in MEMBERS if one.username == "mlada.smreka")
WITHIN = 20_000


class Phone:
    """Somebody's Telegram."""

    def __init__(self, club: System) -> None:
        self.at = f"{club.discord}/standin/telegram"

    def says(self, text: str) -> None:
        """Write to our bot."""
        said = json.dumps({"person": str(SMREKA.discord_id), "text": text}).encode()
        asked = Request(f"{self.at}/say", said, {"Content-Type": "application/json"})
        urlopen(asked, timeout=10).close()

    def heard(self) -> list[str]:
        """Return what the bot has written."""
        with urlopen(f"{self.at}/inbox/{SMREKA.discord_id}", timeout=10) as answer:
            return [one["text"] for one in json.load(answer) if one["from"]["is_bot"]]

    def hears(self, words: str) -> None:
        """Wait until the bot has written some words."""
        until = time.monotonic() + WITHIN / 1000
        while not any(words in text for text in self.heard()):
            assert time.monotonic() < until, f"no “{words}” in {self.heard()}"
            time.sleep(0.2)


def test_somebody_comes_is_reached_and_leaves(club: System, browser: Browser) -> None:
    phone = Phone(club)
    with visitor(browser, club, PHONE) as smreka:
        _signs_in_and_links_a_player(smreka)
        _links_telegram(smreka, phone)
        _gets_a_test(smreka, phone)
        _puts_telegram_first(smreka)
        _takes_everything_along(smreka)
        _unlinks_the_player(smreka)
        _is_erased(smreka)
    phone.says("status")
    phone.hears("I do not know you here yet.")


def _opens(guest: Visitor, path: str) -> None:
    """Go to a page; nothing may stick out of it, and axe must find nothing."""
    guest.open(path)
    assert guest.overflow() <= 0, path
    assert guest.axe() == [], path


def _signs_in_and_links_a_player(guest: Visitor) -> None:
    guest.sign_in(SMREKA.name)
    expect(guest.page.locator(".tabs .badge")).to_have_text("Link")
    _opens(guest, "/link/")
    guest.page.get_by_role("button", name=re.compile("That’s me.*smreka")).click()
    expect(guest.page.get_by_role("heading", level=1)).to_have_text("You are in")
    guest.page.get_by_role("button", name="On Discord").click()
    expect(guest.page.locator("#toast")).to_contain_text("We remind you on Discord")


def _links_telegram(guest: Visitor, phone: Phone) -> None:
    _opens(guest, "/you/")
    guest.page.get_by_role("link", name="Link Telegram").click()
    guest.page.get_by_role("button", name="Show me a code").click()
    words = guest.page.locator("#token").inner_text()
    expect(guest.page.locator("#waiting")).to_contain_text("Nothing has arrived yet.")

    phone.says(words)

    phone.hears("Linked with smreka")
    expect(guest.page.locator("#waiting")).to_contain_text("Telegram is linked", timeout=WITHIN)


def _gets_a_test(guest: Visitor, phone: Phone) -> None:
    guest.page.locator("#waiting").get_by_role("button", name="Send me a test").click()
    expect(guest.page.locator("#toast")).to_contain_text("A test is on its way, Telegram.")

    phone.hears("A test, sent at")

    _until_it_says(guest, "#way-telegram", "Worked last: today")
    expect(guest.page.locator("#history li").first).to_contain_text("sent")


def _until_it_says(guest: Visitor, where: str, words: str) -> None:
    """The drain writes down what arrived a moment after it did."""
    for _look in range(20):
        _opens(guest, "/you/")
        if words in guest.page.locator(where).inner_text():
            return
        guest.page.wait_for_timeout(500)
    raise AssertionError(f"{where} does not say “{words}”")


def _puts_telegram_first(guest: Visitor) -> None:
    guest.page.get_by_role("button", name=re.compile("Try it earlier.*Telegram")).click()

    expect(guest.page.locator("#toast")).to_contain_text("Telegram is tried earlier now.")
    expect(guest.page.locator(".channels > li").first).to_have_id("way-telegram")


def _takes_everything_along(guest: Visitor) -> None:
    with guest.page.expect_download() as waiting:
        guest.page.get_by_role("button", name="Export as JSON").click()

    found = json.loads(waiting.value.path().read_text(encoding="utf-8"))
    assert [one["channel"] for one in found["tables"]["accounts.Handle"]] == ["telegram"]


def _unlinks_the_player(guest: Visitor) -> None:
    _opens(guest, "/you/")
    guest.page.locator("#unlink-player summary").click()
    guest.page.get_by_role("button", name="Yes, I am not smreka").click()

    expect(guest.page.locator("#toast")).to_contain_text("You are smreka no more.")
    expect(guest.page.locator(".tabs .badge")).to_have_text("Link")


def _is_erased(guest: Visitor) -> None:
    _opens(guest, "/you/erase/")
    guest.page.get_by_label("Write the word “erase”").fill("erase")
    guest.page.get_by_role("button", name="Erase me for good").click()

    expect(guest.page.locator("#toast")).to_contain_text("You are erased.")
    guest.open("/you/")
    expect(guest.page.get_by_role("heading", level=1)).to_have_text("Link Discord")
