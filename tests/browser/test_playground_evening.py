"""A whole evening on a phone: nothing but the site and the local Discord's page."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, expect

from slomix.management.rehearsal.system import System
from tests.browser.stage import DESK, PHONE, Visitor, visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NEWCOMER = "Hrošč"


def looks_right(guest: Visitor) -> None:
    """Fail for anything that sticks out of the page or that axe finds."""
    assert guest.overflow() <= 0, f"{guest.page.url} is {guest.overflow()} px too wide"
    assert guest.axe() == [], guest.page.url


def test_a_newcomer_plays_an_evening_on_a_phone(system: System, browser: Browser) -> None:
    with visitor(browser, system, PHONE, "dark") as newcomer:
        _joins(newcomer)
        _answers_on_the_bots_post(system, newcomer)
        _wants_to_be_reminded(newcomer)
        _a_promoter_calls(system, browser)
        _is_reminded_and_answers(system, newcomer)
        _comes_to_voice_and_the_server(newcomer)
        _finds_it_all_in_the_journal(system, newcomer)


def _joins(newcomer: Visitor) -> None:
    newcomer.open("/accounts/sign-in/")
    newcomer.page.locator("main button").first.click()
    looks_right(newcomer)
    newcomer.page.locator("button.persona", has_text=NEWCOMER).click()
    newcomer.page.get_by_role("button", name=re.compile("That’s me")).first.click()
    expect(newcomer.page.locator("main")).to_contain_text("Remind you at")


def _answers_on_the_bots_post(system: System, newcomer: Visitor) -> None:
    newcomer.page.goto(system.discord)
    # The sign-in has said who is there.
    expect(newcomer.page.locator("#as option:checked")).to_contain_text(NEWCOMER)
    talk = newcomer.page.locator("#talk")
    talk.get_by_role("button", name="Looking").last.click()
    expect(talk).to_contain_text("only you see this")
    looks_right(newcomer)


def _wants_to_be_reminded(newcomer: Visitor) -> None:
    newcomer.open()
    chosen = newcomer.page.locator("#today button[value=LOOKING]")
    expect(chosen).to_have_attribute("aria-pressed", "true")
    newcomer.page.get_by_role("button", name="On Discord").first.click()
    expect(newcomer.page.get_by_role("button", name="No, thank you")).to_have_count(0)


def _a_promoter_calls(system: System, browser: Browser) -> None:
    with visitor(browser, system, DESK) as promoter:
        promoter.sign_in("Jazbec")
        promoter.open("/promote/")
        promoter.page.get_by_role("button", name=re.compile("Call \\d+ people")).click()
        promoter.page.wait_for_url("**/calls/*/")


def _is_reminded_and_answers(system: System, newcomer: Visitor) -> None:
    newcomer.page.goto(f"{system.discord}/evening")
    expect(newcomer.page.locator("#clock")).to_contain_text("Reminder")
    looks_right(newcomer)
    newcomer.page.goto(system.discord)
    newcomer.page.locator("#rooms").get_by_role("link", name="Discord").click()
    talk = newcomer.page.locator("#talk")
    left = (system.evening.reminder_at - datetime.now(UTC)).total_seconds()
    talk.get_by_role("button", name="I’m in").click(timeout=1000 * (max(left, 0) + 20))
    expect(talk).to_contain_text("You are in")
    looks_right(newcomer)


def _comes_to_voice_and_the_server(newcomer: Visitor) -> None:
    voice = newcomer.page.locator("#voice")
    voice.get_by_role("button", name="Join: Briefing").click()
    expect(voice).to_contain_text(f"{NEWCOMER} is in voice")
    voice.get_by_role("button", name="Move here: Axis").click()
    expect(voice.get_by_role("button", name="Leave: Axis")).to_be_visible()
    newcomer.page.get_by_role("button", name="Join the server").click()
    expect(newcomer.page.locator("#game")).to_contain_text(NEWCOMER)
    looks_right(newcomer)


def _finds_it_all_in_the_journal(system: System, newcomer: Visitor) -> None:
    newcomer.page.goto(f"{system.discord}/journal")
    newcomer.page.get_by_label("Person").select_option(label=NEWCOMER)
    stream = newcomer.page.locator("#stream")
    expect(stream).to_contain_text(f"Slomix writes to {NEWCOMER}")
    expect(stream).not_to_contain_text("writes to Čmrlj")
    looks_right(newcomer)
