"""Voting on a raid in a browser: by mouse, by keyboard, without a script, beside somebody else."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.site import Site
from tests.browser.stage import visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SAID = "Your days: Sat 21 Nov. Your times: 19:00."


def test_a_tick_is_saved_at_once_and_the_next_one_too(site: Site, browser: Browser) -> None:
    with visitor(browser, site) as guest:
        site.enter(guest, "raid-open")
        # Nobody waits for the first answer before they tick again.
        for label in ("19:00", "20:30", "Sat 21 Nov", "Sun 22 Nov", "20:30", "Sun 22 Nov"):
            guest.page.locator(".tick", has_text=label).click()

        expect(guest.page.locator("#my-vote")).to_have_text(SAID)
        guest.page.reload()
        expect(guest.page.locator("#my-vote")).to_have_text(SAID)
        # The answer to an older tick is not waited for; htmx mentions that in the console.
        given_up = [one for one in guest.complaints if "htmx:" in one or "ERR_ABORTED" in one]
        guest.complaints[:] = [one for one in guest.complaints if one not in given_up]


def test_the_keyboard_votes_and_keeps_its_place(site: Site, browser: Browser) -> None:
    with visitor(browser, site) as guest:
        site.enter(guest, "raid-open")
        first = guest.page.get_by_role("checkbox", name="19:00")
        first.focus()
        guest.page.keyboard.press("Space")
        expect(guest.page.locator("#my-vote")).to_have_text(
            "Your times: 19:00. Now choose days, too, then you count."
        )

        expect(guest.page.get_by_role("checkbox", name="19:00")).to_be_focused()
        for _n in range(3):
            guest.page.keyboard.press("Tab")
        guest.page.keyboard.press("Space")

        expect(guest.page.locator("#my-vote")).to_have_text(SAID)


def test_without_a_script_a_button_saves(site: Site, browser: Browser) -> None:
    with visitor(browser, site, script=False) as guest:
        site.enter(guest, "raid-open")
        guest.page.get_by_role("checkbox", name="19:00").check()
        guest.page.get_by_role("checkbox", name="Sat 21 Nov").check()
        guest.page.get_by_role("button", name="Save my votes").click()

        expect(guest.page.locator("#my-vote")).to_have_text(SAID)
        expect(guest.page.get_by_role("checkbox", name="Sat 21 Nov")).to_be_checked()


def test_somebody_else_sees_it_within_a_look(site: Site, browser: Browser) -> None:
    with visitor(browser, site) as guest, visitor(browser, site) as other:
        site.enter(guest, "raid-open")
        other.page.goto(guest.page.url)
        expect(other.page.locator("main")).to_contain_text("11 have voted")

        guest.page.locator(".tick", has_text="19:00").click()

        expect(other.page.locator("main")).to_contain_text("12 have voted", timeout=12_000)
