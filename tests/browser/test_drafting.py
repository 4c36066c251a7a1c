"""A whole captains' draft, played side by side: two captains, somebody who watches, and Discord."""

import pytest
from playwright.sync_api import Browser, Page, expect

from slomix.management.rehearsal.system import System
from tests.browser.stage import DESK, PHONE, Visitor, visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WITHIN = 20_000
# Seen by the others after so long: a look every second, and what the machine needs for it.
AT_ONCE = 8_000
YOURS = "Your pick"


def test_two_captains_play_a_draft_and_everybody_sees_it(club: System, browser: Browser) -> None:
    with (
        visitor(browser, club, DESK) as jazbec,
        visitor(browser, club, PHONE, "dark") as ana,
        visitor(browser, club, PHONE) as lojze,
        visitor(browser, club, DESK) as vesna,
    ):
        for guest, name in ((jazbec, "Jazbec"), (ana, "Ana Dinamit"), (lojze, "Lojze73")):
            guest.sign_in(name)
        _two_more_look(jazbec, ana)
        _opens_the_room(jazbec)
        _comes_in_from_discord(club, vesna)
        _starts_the_draft(jazbec)
        for guest in (ana, lojze):
            guest.open("/room/")
            guest.page.locator("#to-draft").click()
        picked = _picks_to_the_end({"Jazbec": jazbec, "Ana Dinamit": ana}, lojze)
        assert "Vesna.exe" in picked
        for guest in (jazbec, ana, lojze):
            expect(guest.page.locator("#done-title")).to_have_text("Teams stand", timeout=WITHIN)
            assert guest.overflow() <= 0
            assert guest.axe() == []
        _finds_the_teams_in_the_room(lojze, picked)


def _two_more_look(*people: Visitor) -> None:
    for guest in people:
        guest.open("/")
        button = guest.page.locator("#today button[value=LOOKING]")
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")


def _opens_the_room(guest: Visitor) -> None:
    guest.page.reload()
    guest.page.locator("#open-room").click()
    expect(guest.page.locator("#room-title")).to_have_text("Planning room")
    expect(guest.page.locator("#toast")).to_contain_text("The planning room is open.")


def _comes_in_from_discord(club: System, guest: Visitor) -> None:
    """Somebody who said maybe presses in Discord, and can be picked."""
    guest.page.goto(club.discord)
    chooser = guest.page.locator("#as")
    who = chooser.locator("option", has_text="Vesna.exe").first.get_attribute("value")
    chooser.select_option(value=who)
    guest.page.locator("form:has(#as) button").first.click()
    post = guest.page.locator(".post", has=guest.page.get_by_role("button", name="Maybe"))
    post.last.get_by_role("button", name="Looking").click()
    expect(guest.page.locator("main")).to_contain_text("Your answer for")


def _starts_the_draft(guest: Visitor) -> None:
    page = guest.page
    expect(page.locator("#free")).to_contain_text("Vesna.exe", timeout=AT_ONCE)
    page.locator("#captains summary").click()
    page.locator("#captain-a").select_option(label="Jazbec")
    page.locator("#captain-b").select_option(label="Ana Dinamit")
    page.locator("#start-draft").click()
    expect(page.locator("#turn-title")).to_be_visible()


def _picks_to_the_end(captains: dict[str, Visitor], watching: Visitor) -> list[str]:
    """Let whoever's turn it is take somebody, until nobody is left; returns the picked names."""
    total = watching.page.locator(".picks li").count()
    assert total >= 9
    picked: list[str] = []
    for number in range(1, total + 1):
        captain = _whose_turn(captains)
        # The last of the list, so that the clock would have chosen somebody else.
        button = captain.page.locator("#pool .pick").last
        name = button.locator("bdi").inner_text()
        button.click()
        picked.append(name)
        if number < total:
            for guest in (*captains.values(), watching):
                _sees(guest.page, name, number)
    return picked


def _whose_turn(captains: dict[str, Visitor]) -> Visitor:
    for _look in range(40):
        for guest in captains.values():
            if guest.page.get_by_text(YOURS, exact=True).count():
                return guest
        next(iter(captains.values())).page.wait_for_timeout(250)
    raise AssertionError("it is nobody's turn")


def _sees(page: Page, name: str, number: int) -> None:
    expect(page.locator("#pool .toast")).to_contain_text(f"took {name}", timeout=AT_ONCE)
    made = page.locator(".picks li .face:not(.nobody)")
    expect(made).to_have_count(number, timeout=AT_ONCE)


def _finds_the_teams_in_the_room(guest: Visitor, picked: list[str]) -> None:
    guest.page.locator("#back").click()
    teams = guest.page.locator("#teams .teams")
    expect(teams).to_be_visible()
    for name in ("Jazbec", "Ana Dinamit", *picked):
        expect(teams).to_contain_text(name)
    expect(guest.page.locator("#balance")).to_contain_text("ahead" if len(picked) % 2 else "apart")
