"""The evening that must work, played by a newcomer, somebody else and a promoter."""

import re
import time
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, expect

from slomix.management.rehearsal.system import System
from tests.browser.stage import DESK, PHONE, visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_newcomer_plays_a_whole_evening(system: System, browser: Browser) -> None:
    with visitor(browser, system, PHONE) as newcomer:
        newcomer.sign_in("not linked yet")
        newcomer.page.get_by_role("button", name=re.compile("That’s me")).first.click()
        expect(newcomer.page.locator("main")).to_contain_text("Remind you at")
        newcomer.open()
        newcomer.page.locator("#today button[value=LOOKING]").click()
        expect(newcomer.page.locator("#today button[value=LOOKING]")).to_have_attribute(
            "aria-pressed", "true"
        )

        newcomer.page.get_by_role("button", name="On Discord").first.click()

        expect(newcomer.page.get_by_role("button", name="No, thank you")).to_have_count(0)
        newcomer.open("/you/")
        expect(newcomer.page.locator("input[name=allow_promotions]")).to_be_checked()

    _somebody_else_presses_in_discord(system, browser)
    _a_promoter_calls(system, browser)
    _the_reminder_arrives_and_is_answered(system, browser)


def _looking(page_text: str) -> int:
    found = re.search(r"(\d+)$", page_text.strip())
    assert found
    return int(found[1])


def _somebody_else_presses_in_discord(system: System, browser: Browser) -> None:
    with visitor(browser, system) as watcher, visitor(browser, system) as player:
        watcher.open()
        count = watcher.page.locator("#today .looking .count").first
        before = _looking(count.inner_text())
        player.page.goto(system.discord)
        chooser = player.page.locator("#as")
        ana = chooser.locator("option", has_text="Ana Dinamit").first.get_attribute("value")
        chooser.select_option(value=ana)
        player.page.locator("form:has(#as) button").first.click()
        post = player.page.locator(".post", has=player.page.get_by_role("button", name="Maybe"))

        post.last.get_by_role("button", name="Looking").click()

        expect(player.page.locator("main")).to_contain_text("Your answer for")
        expect(count).to_contain_text(str(before + 1), timeout=8000)


def _a_promoter_calls(system: System, browser: Browser) -> None:
    with visitor(browser, system, DESK) as promoter:
        promoter.sign_in("Jazbec")
        promoter.open("/promote/")
        expect(promoter.page.locator("main")).to_contain_text("will hear")
        expect(promoter.page.locator("main")).to_contain_text("Has not asked for reminders")

        promoter.page.get_by_role("button", name=re.compile("Call \\d+ people")).click()

        promoter.page.wait_for_url("**/calls/*/")
        expect(promoter.page.locator("main")).to_contain_text("waiting")


def _the_reminder_arrives_and_is_answered(system: System, browser: Browser) -> None:
    with visitor(browser, system) as promoter, visitor(browser, system) as player:
        promoter.sign_in("Jazbec")
        promoter.open("/")
        promoter.page.locator("#campaign a").first.click()
        player.page.goto(system.discord)
        seconds = (system.evening.reminder_at - datetime.now(UTC)).total_seconds()
        time.sleep(max(0.0, seconds))
        lane = player.page.locator(".lane", has_text="Game night at").or_(
            player.page.locator(".lane", has_text="We play at")
        )

        lane.get_by_role("button", name="Can’t make it").first.click(timeout=20_000)

        expect(player.page.locator("main")).to_contain_text("You are not playing tonight")
        expect(promoter.page.locator("main")).to_contain_text(
            re.compile("[1-9]\\d* sent|sent\\s*[1-9]|[1-9]\\d*\\s*of \\d+ reached"), timeout=20_000
        )
