"""A raid, played by four people in the playground and on the site: from /raidplan to who came."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Locator, expect

from slomix.management.rehearsal.system import System
from tests.browser.stage import DESK, PHONE, Visitor, visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# What comes round through the bot, on a machine that has much to do.
SOON = 45_000
ANA, LOJZE, VESNA, JAZBEC = "Ana Dinamit", "Lojze73", "Vesna.exe", "Jazbec"
DAYS = [f"{datetime.now(UTC) + timedelta(days=n):%Y-%m-%d}" for n in (2, 3)]


def test_a_raid_from_the_form_to_who_came(club: System, browser: Browser) -> None:
    with (
        visitor(browser, club, DESK) as discord,
        visitor(browser, club, PHONE, "dark") as vesna,
        visitor(browser, club, DESK) as ana,
        visitor(browser, club, PHONE) as lojze,
    ):
        for guest, name in ((vesna, VESNA), (ana, ANA), (lojze, LOJZE)):
            guest.sign_in(name)
        _wants_a_leaderboard(club, discord)
        _plans_it(club, discord)
        _votes_in_discord(club, discord, ANA, DAYS, ["20:00"])
        _votes_in_discord(club, discord, LOJZE, DAYS[:1], ["20:00", "21:00"])
        page = _votes_on_the_page(vesna)
        _everything_in_discord_shows_it(club, discord)
        _one_slot_is_left_on_the_page(vesna)
        _finishes_it_in_discord(club, discord)
        _sees_who_came(vesna)
        for guest in (ana, lojze):
            guest.page.goto(page)
        _objects(lojze)
        _agrees(ana)
        _stands_in_the_leaderboard(vesna)


# --- the playground ----------------------------------------------------------------------------------


def _be(club: System, guest: Visitor, name: str, channel: str) -> Locator:
    """Sit down as somebody in a channel; returns what is said there."""
    guest.page.goto(club.discord)
    chooser = guest.page.locator("#as")
    who = chooser.locator("option", has_text=name).first.get_attribute("value")
    chooser.select_option(value=who)
    guest.page.locator("form:has(#as) button").first.click()
    guest.page.locator("#rooms").get_by_role("link", name=channel, exact=True).click()
    expect(guest.page.locator("#talk-title")).to_have_text(f"#{channel}")
    return guest.page.locator("#talk")


def _types(guest: Visitor, line: str) -> None:
    guest.page.locator("#talk-say").fill(line)
    guest.page.locator("#talk-say").press("Enter")


def _wants_a_leaderboard(club: System, guest: Visitor) -> None:
    talk = _be(club, guest, JAZBEC, "game-night")
    _types(guest, "/settings leaderboard:true")
    expect(talk).to_contain_text("Leaderboard on the site: on", timeout=SOON)


def _plans_it(club: System, guest: Visitor) -> None:
    talk = _be(club, guest, ANA, "game-night")
    _types(guest, "/raidplan dungeon:Nanos")
    form = guest.page.locator("dialog")
    form.get_by_label("Days").fill(", ".join(DAYS))
    form.get_by_label("Times").fill("20:00; 21:00")
    form.get_by_label("Players a slot needs").fill("3")
    form.get_by_role("button", name="Send").click()
    expect(talk).to_contain_text("is planned. Everybody votes in", timeout=SOON)


def _votes_in_discord(
    club: System, guest: Visitor, name: str, days: list[str], times: list[str]
) -> None:
    talk = _be(club, guest, name, "raids")
    for label, chosen in (("days", days), ("times", times)):
        menu = talk.get_by_label(re.compile(label, re.IGNORECASE)).last
        menu.select_option(label=chosen, timeout=SOON)
        menu.locator("xpath=ancestor::form").get_by_role("button", name="Choose").click()
        expect(talk.locator(".post.private").last).to_contain_text(chosen[0], timeout=SOON)


def _everything_in_discord_shows_it(club: System, guest: Visitor) -> None:
    vote = _be(club, guest, LOJZE, "raids").locator(".post", has_text="Nanos").last
    for name in (ANA, LOJZE, VESNA):
        expect(vote).to_contain_text(name, timeout=SOON)
    slots = _be(club, guest, LOJZE, "raid-slots")
    expect(slots.locator(".post", has_text="20:00")).to_have_count(1, timeout=SOON)
    expect(slots).to_contain_text("3 of 3", timeout=SOON)
    listed = _be(club, guest, LOJZE, "raid-list")
    expect(listed).to_contain_text("#1 Nanos, 1 slot stands", timeout=SOON)


def _finishes_it_in_discord(club: System, guest: Visitor) -> None:
    talk = _be(club, guest, ANA, "raids")
    vote = talk.locator(".post", has_text="Nanos")
    vote.get_by_role("button", name="Finish").last.click()
    asked = talk.locator(".post.private", has_text="In its slots: 3 people").last
    asked.get_by_role("button", name="Finish").click(timeout=SOON)
    expect(talk).to_contain_text("3 people counted", timeout=SOON)
    slots = _be(club, guest, ANA, "raid-slots")
    expect(slots.locator(".post", has_text="20:00")).to_have_count(0, timeout=SOON)


# --- the page ----------------------------------------------------------------------------------------


def _looks_right(guest: Visitor) -> None:
    assert guest.overflow() <= 0, f"{guest.page.url} is {guest.overflow()} px too wide"
    assert guest.axe() == [], guest.page.url


def _votes_on_the_page(guest: Visitor) -> str:
    """Vote there; returns the raid's address."""
    guest.open("/raids/")
    guest.page.get_by_role("link", name="Nanos").click()
    expect(guest.page.locator("#raid-title")).to_have_text("Nanos")
    for label in (DAYS[0], "20:00"):
        guest.page.locator(".tick", has_text=label).click()
    expect(guest.page.locator("#my-vote")).to_have_text(f"Your days: {DAYS[0]}. Your times: 20:00.")
    expect(guest.page.locator("#slots")).to_contain_text("3 of 3")
    for name in (ANA, LOJZE, VESNA):
        expect(guest.page.locator("#slots")).to_contain_text(name)
    _looks_right(guest)
    # The answer to the first tick is not waited for; htmx mentions that in the console.
    guest.complaints[:] = [one for one in guest.complaints if not one.startswith("htmx:")]
    return guest.page.url


def _one_slot_is_left_on_the_page(guest: Visitor) -> None:
    """And taken again: who comes is what holds at the end."""
    slots = guest.page.locator("#slots")
    slots.get_by_role("button", name="Can’t make it").click()
    slots.get_by_role("button", name="I can come after all").click()
    expect(slots).to_contain_text("3 of 3")


def _sees_who_came(guest: Visitor) -> None:
    came = guest.page.locator("#came")
    expect(came).to_contain_text("3 were there", timeout=SOON)
    for name in (ANA, LOJZE, VESNA):
        expect(came).to_contain_text(name)
    _looks_right(guest)


def _objects(guest: Visitor) -> None:
    guest.page.get_by_role("button", name="I was not there").click()
    expect(guest.page.locator("#objected")).to_be_visible()
    _looks_right(guest)


def _agrees(guest: Visitor) -> None:
    came = guest.page.locator("#came")
    expect(came).to_contain_text("says: I was not there", timeout=SOON)
    _looks_right(guest)
    came.get_by_role("button", name=re.compile("^That is right")).click()
    expect(came).to_contain_text("2 were there")


def _stands_in_the_leaderboard(guest: Visitor) -> None:
    guest.open("/raids/")
    leaders = guest.page.locator("#leaders")
    for name in (ANA, VESNA):
        expect(leaders.get_by_role("row", name=name)).to_contain_text("1")
    expect(leaders).not_to_contain_text(LOJZE)
    _looks_right(guest)
    leaders.get_by_role("button", name="Leave me out").click()
    expect(leaders).not_to_contain_text(VESNA)
    expect(leaders).to_contain_text("You stand in no list here")
