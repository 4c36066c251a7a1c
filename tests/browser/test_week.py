"""Your evenings in Chromium: by keyboard alone, without a script, and while something is typed."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.site import Site
from tests.browser.stage import PHONE, visitor
from tests.browser.test_forms import press, tab_to

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_usual_day_is_said_by_keyboard(site: Site, browser: Browser) -> None:
    with visitor(browser, site) as guest:
        site.enter(guest, "week-new")

        press(guest, "^usual-1-looking")

        expect(guest.page.locator("#usual #toast")).to_contain_text("Tuesday: Looking.")
        button = guest.page.locator("#usual-1-looking")
        expect(button).to_have_attribute("aria-pressed", "true")
        expect(button).to_be_focused()  # the part was exchanged under the press
        expect(guest.page.locator("#changes")).to_contain_text("your usual week")


def test_a_press_on_the_week_leaves_what_is_typed_below(site: Site, browser: Browser) -> None:
    with visitor(browser, site) as guest:
        site.enter(guest, "week-new")
        guest.page.locator("#away-from").fill("2026-12-06")

        guest.page.locator("#usual-4-maybe").click()

        expect(guest.page.locator("#usual-4-maybe")).to_have_attribute("aria-pressed", "true")
        expect(guest.page.locator("#away-from")).to_have_value("2026-12-06")


def test_an_absence_is_said_by_keyboard(site: Site, browser: Browser) -> None:
    with visitor(browser, site) as guest:
        site.enter(guest, "week-new")
        tab_to(guest, r"^away-from\|")
        guest.page.keyboard.type("11292026")
        tab_to(guest, r"^away-to\|")
        guest.page.keyboard.type("12062026")
        press(guest, "^away-save")
        expect(guest.page.locator("#away #toast")).to_contain_text("Away 29 November to 6 December")
        expect(guest.page.locator("#away #toast")).to_be_in_viewport()

        press(guest, "Take back: 29 November")

        expect(guest.page.locator("#away #toast")).to_contain_text("Welcome back")


def test_everything_works_without_a_script(site: Site, browser: Browser) -> None:
    with visitor(browser, site, PHONE, script=False) as guest:
        site.enter(guest, "week-new")
        page = guest.page
        page.locator("#usual-1-looking").click()
        expect(page.locator("#usual #toast")).to_be_in_viewport()
        page.locator("#usual-1-nothing").click()
        expect(page.locator("#usual-1-nothing")).to_have_attribute("aria-pressed", "true")

        page.locator("#away-from").fill("2026-11-29")
        page.locator("#away-save").click()
        page.locator("#away li button").click()
        expect(page.locator("#away li")).to_have_count(0)

        page.locator("#feed-personal form button").click()
        expect(page.locator("#feed-address")).to_be_in_viewport()
        expect(page.locator("#made button")).to_be_hidden()  # it could copy nothing
        page.locator("#more-personal summary").click()
        page.locator("#more-personal button.danger").click()
        expect(page.locator("#calendar #toast")).to_contain_text("reads nothing any more")


def test_an_address_is_copied_and_read(site: Site, browser: Browser) -> None:
    with visitor(browser, site) as guest:
        guest.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        site.enter(guest, "week-address")
        address = guest.page.locator("#feed-address").input_value()

        guest.page.locator("#made button").click()

        expect(guest.page.locator("#made button")).to_contain_text("Copied")
        assert guest.page.evaluate("navigator.clipboard.readText()") == address
        link = guest.page.locator("#made a.first").get_attribute("href")
        assert link == address.replace("http:", "webcal:")
        answer = guest.page.request.get(address)
        assert answer.text().startswith("BEGIN:VCALENDAR")


def test_what_an_admin_answered_is_taken_back_without_a_script(
    site: Site, browser: Browser
) -> None:
    with visitor(browser, site, script=False) as guest:
        site.enter(guest, "week")
        line = guest.page.locator("#changes li", has_text="an admin answered for you")
        expect(line).to_contain_text("Ana Dinamit")

        line.locator("button").click()

        expect(guest.page.locator("#changes #toast")).to_contain_text("Taken back. Saturday 21")
        expect(guest.page.locator("#changes li").first).to_contain_text("taken back by you")
