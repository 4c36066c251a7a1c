"""A call as a promoter makes and extends it."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.site import Site
from tests.browser.stage import PHONE, visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_dry_run_is_chosen_shown_and_then_rehearsed(site: Site, browser: Browser) -> None:
    with visitor(browser, site) as guest:
        site.enter(guest, "promote")
        confirm = guest.page.locator("#confirm")
        expect(confirm).to_have_text(re.compile("Call 13 people"))

        guest.page.locator("#choices [name=dry_run]").check()

        expect(confirm).to_have_text("Rehearse the call")
        expect(confirm).to_be_enabled()
        confirm.click()
        guest.page.wait_for_url("**/calls/*/")
        expect(guest.page.locator("#call-title")).to_have_text("A dry run")


def test_whoever_answered_since_is_added_by_one_press(site: Site, browser: Browser) -> None:
    with visitor(browser, site, PHONE) as guest:
        site.enter(guest, "call-add")
        expect(guest.page.locator("#add button")).to_have_text("Add the 30 who answered since")

        guest.page.locator("#add button").click()

        expect(guest.page.locator("#toast")).to_contain_text("30 more people are called")
        expect(guest.page.locator("#add")).to_have_count(0)
        expect(guest.page.locator("#call-title")).to_have_text("0 of 43 reached")
