"""Every form by keyboard alone, and every form without a script."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.scenes import SAVE
from tests.browser.site import Site
from tests.browser.stage import PHONE, Visitor, visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MOST_TABS = 80
# What has the focus: its id, name, value or words; and whether one can see that it has it.
FOCUS = """() => {
  const one = document.activeElement;
  const look = getComputedStyle(one);
  // After the last one the browser itself has the focus for one press.
  if (one === document.body) return ['', true];
  const shown = one.closest('.choice') ? getComputedStyle(one.closest('.choice')) : look;
  const ringed = [look, shown].some(s => s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2);
  const words = (one.getAttribute('aria-label') || one.textContent || '').trim();
  return [[one.id, one.name, one.value, words].join('|').replace(/\\s+/g, ' '), ringed];
}"""


def tab_to(guest: Visitor, wanted: str) -> None:
    """Press Tab until something is reached; whatever is passed must show that it has the focus."""
    for _press in range(MOST_TABS):
        guest.page.keyboard.press("Tab")
        words, ringed = guest.page.evaluate(FOCUS)
        assert ringed, f"nobody sees that the focus is on {words}"
        if re.search(wanted, words):
            return
    raise AssertionError(f"{MOST_TABS} presses of Tab do not reach {wanted}")


def press(guest: Visitor, wanted: str, key: str = "Enter") -> None:
    tab_to(guest, wanted)
    guest.page.keyboard.press(key)


def pressed(guest: Visitor, card: str) -> str:
    chosen = guest.page.locator(f"#{card} button[aria-pressed=true]")
    return chosen.get_attribute("value") or ""


def test_the_first_tab_offers_to_skip_to_the_content(site: Site, browser: Browser) -> None:
    with visitor(browser, site) as guest:
        site.enter(guest, "tonight-quiet")
        guest.page.keyboard.press("Tab")

        expect(guest.page.locator(".skip")).to_be_focused()
        expect(guest.page.locator(".skip")).to_be_in_viewport()


def test_an_answer_and_the_question_by_keyboard(site: Site, browser: Browser) -> None:
    with visitor(browser, site) as guest:
        site.enter(guest, "tonight-quiet")
        press(guest, "^today-looking")
        expect(guest.page.locator("#today-looking")).to_have_attribute("aria-pressed", "true")
        # The page was exchanged under the press; the focus is where it was.
        expect(guest.page.locator("#today-looking")).to_be_focused()

        press(guest, r"\|remind\|no\|", "Space")

        expect(guest.page.locator("#ask")).to_have_count(0)
        expect(guest.page.locator("#toast")).to_contain_text("No reminders")


def test_a_player_is_searched_and_linked_by_keyboard(site: Site, browser: Browser) -> None:
    with visitor(browser, site) as guest:
        site.enter(guest, "link")
        tab_to(guest, r"^q\|")
        guest.page.keyboard.type("hro")
        expect(guest.page.locator("#found")).to_contain_text("hrosc")

        press(guest, "That’s me: hrosc")

        expect(guest.page.get_by_role("heading", level=1)).to_have_text("You are in")
        press(guest, r"\|remind\|discord\|")
        expect(guest.page.locator("#toast")).to_contain_text("We remind you on Discord")


def test_a_call_is_made_and_cancelled_by_keyboard(site: Site, browser: Browser) -> None:
    with visitor(browser, site) as guest:
        site.enter(guest, "promote")
        before = guest.page.locator("#yes-title").inner_text()
        press(guest, r"\|include_maybe\|", "Space")
        expect(guest.page.locator("#yes-title")).not_to_have_text(before)

        press(guest, r"Call \d+ people")
        guest.page.wait_for_url("**/calls/*/")
        press(guest, "Cancel what is still to come")
        press(guest, "Yes, cancel the call")

        expect(guest.page.locator("#call-title")).to_have_text("The call is off")


def test_preferences_are_corrected_by_keyboard(site: Site, browser: Browser) -> None:
    with visitor(browser, site) as guest:
        site.enter(guest, "you-new")
        tab_to(guest, r"^quiet_start\|")
        guest.page.keyboard.type("late")
        press(guest, "Save")
        expect(guest.page.locator("#quiet-note .error")).to_contain_text("Write it as 21:00")
        expect(guest.page.locator("#quiet_start")).to_have_attribute("aria-invalid", "true")
        expect(guest.page.locator("#quiet_start")).to_be_focused()

        guest.page.keyboard.press("Control+a")
        guest.page.keyboard.type("22:00")
        tab_to(guest, r"^quiet_end\|")
        guest.page.keyboard.type("06:00")
        guest.page.keyboard.press("Enter")

        expect(guest.page.locator("#toast")).to_contain_text("Saved")


def test_evenings_are_answered_without_a_script(site: Site, browser: Browser) -> None:
    with visitor(browser, site, PHONE, script=False) as guest:
        site.enter(guest, "tonight-quiet")
        for status in ("MAYBE", "AVAILABLE", "LOOKING"):
            guest.page.locator(f"#today button[value={status}]").click()
            assert pressed(guest, "today") == status
        guest.page.locator("#ask button[value=no]").click()
        expect(guest.page.locator("#toast")).to_contain_text("No reminders")

        guest.page.locator("#today-clear").click()
        assert guest.page.locator("#today button[aria-pressed=true]").count() == 0
        cycle = guest.page.locator("#next .cycle").first
        before = cycle.inner_text()
        cycle.click()
        expect(guest.page.locator("#next .cycle").first).not_to_have_text(before)


def test_a_day_of_the_calendar_is_answered_without_a_script(site: Site, browser: Browser) -> None:
    with visitor(browser, site, script=False) as guest:
        site.enter(guest, "tonight-calendar")
        guest.page.locator("#cell-26").click()
        expect(guest.page.locator("#day-title")).to_have_text("Thursday 26 November")

        guest.page.locator("#day-maybe").click()

        expect(guest.page.locator("#day-maybe")).to_have_attribute("aria-pressed", "true")


def test_a_player_is_searched_and_linked_without_a_script(site: Site, browser: Browser) -> None:
    with visitor(browser, site, PHONE, script=False) as guest:
        site.enter(guest, "link")
        guest.page.locator("#q").fill("hro")
        guest.page.locator(".find button").click()

        guest.page.locator("#found button", has_text="hrosc").click()

        expect(guest.page.get_by_role("heading", level=1)).to_have_text("You are in")


def test_preferences_are_kept_without_a_script(site: Site, browser: Browser) -> None:
    with visitor(browser, site, script=False) as guest:
        site.enter(guest, "you-new")
        guest.expected = f"{site.site}/you/preferences/"
        guest.page.locator("#quiet_start").fill("25:00")
        guest.page.locator(SAVE).click()
        expect(guest.page.locator("#quiet-note .error").first).to_contain_text("Write it as 21:00")

        guest.page.locator("#quiet_start").fill("22:00")
        guest.page.locator("#quiet_end").fill("06:00")
        guest.page.locator(SAVE).click()

        expect(guest.page.locator("#quiet_end")).to_have_value("06:00")
        expect(guest.page.locator("#toast")).to_contain_text("Saved")


def test_a_call_is_made_and_cancelled_without_a_script(site: Site, browser: Browser) -> None:
    with visitor(browser, site, PHONE, script=False) as guest:
        site.enter(guest, "promote")
        guest.page.locator("[name=include_maybe]").first.uncheck()
        guest.page.locator("button.without-script").click()
        assert not guest.page.locator("#choices [name=include_maybe]").is_checked()

        guest.page.locator("#preview button.first").click()
        guest.page.wait_for_url("**/calls/*/")
        guest.page.locator("#cancel summary").click()
        guest.page.locator("#cancel button").click()

        expect(guest.page.locator("#call-title")).to_have_text("The call is off")


def test_somebody_signs_out_without_a_script(site: Site, browser: Browser) -> None:
    with visitor(browser, site, script=False) as guest:
        site.enter(guest, "you-new")
        guest.page.locator("#leave button").click()

        expect(guest.page.locator("a.button.me")).to_contain_text("Link Discord")


def test_a_channel_is_moved_and_let_go_without_a_script(site: Site, browser: Browser) -> None:
    with visitor(browser, site, PHONE, script=False) as guest:
        site.enter(guest, "you-channels")
        guest.page.locator("#way-telegram [value=earlier]").click()
        expect(guest.page.locator(".channels > li").first).to_have_id("way-telegram")
        expect(guest.page.locator("#toast")).to_be_in_viewport()

        guest.page.locator("#let-go-telegram summary").click()
        guest.page.locator("#let-go-telegram button").click()

        expect(guest.page.locator("#toast")).to_contain_text("Telegram is disconnected")
        expect(guest.page.locator("#way-telegram")).to_have_count(0)


def test_a_code_is_shown_without_a_script(site: Site, browser: Browser) -> None:
    with visitor(browser, site, PHONE, script=False) as guest:
        site.enter(guest, "channel")
        guest.page.locator("#code button.first").click()
        expect(guest.page.locator("#token")).to_contain_text("LINK ")

        guest.page.locator("#look").click()

        expect(guest.page.locator("#waiting")).to_contain_text("Nothing has arrived yet.")


def test_a_newcomer_is_taken_in_without_a_script(site: Site, browser: Browser) -> None:
    with visitor(browser, site, script=False) as guest:
        site.enter(guest, "link")
        guest.page.locator("#new summary").click()
        guest.page.locator("#name").fill("Nova Smreka")
        guest.page.locator("#new button").click()

        expect(guest.page.get_by_role("heading", level=1)).to_have_text("You are in")


def test_somebody_is_unlinked_and_erased_by_keyboard(site: Site, browser: Browser) -> None:
    with visitor(browser, site) as guest:
        site.enter(guest, "you-new")
        press(guest, r"\|Unlink$")
        press(guest, "Yes, I am not")
        expect(guest.page.locator("#toast")).to_contain_text("no more")

        press(guest, "Erase me")
        guest.page.wait_for_url("**/you/erase/")
        tab_to(guest, r"^word\|")
        guest.page.keyboard.type("erase")
        guest.page.keyboard.press("Enter")

        expect(guest.page.locator("#toast")).to_contain_text("You are erased.")
