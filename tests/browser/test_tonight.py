"""Tonight while it is open: it looks again, leaves alone what is written, rings, and undoes."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.club import JAZBEC, VESNA
from tests.browser.site import Site
from tests.browser.stage import PHONE, Visitor, visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NOTES = 3
# Every note that really starts is counted; what plays them is the browser's own.
COUNT_NOTES = """
  window.notes = 0;
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...when) { window.notes += 1; start.apply(this, when); };
"""
WRITING = """(id) => {
  const field = document.getElementById(id);
  return [field.value, field.selectionStart, field.selectionEnd,
          document.activeElement === field, field.isTheOne === true];
}"""


def open_as(
    guest: Visitor, site: Site, who: str, sessions: dict[str, str], path: str = "/"
) -> None:
    guest.be(sessions[who])
    guest.page.goto(site.site + path)


def press(page: Page, status: str, card: str = "today") -> None:
    button = page.locator(f"#{card} button[value={status}]")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")


def looking(page: Page, number: int) -> None:
    badge = page.locator("#queue-title + .badge")
    expect(badge).to_have_text(re.compile(rf"^{number} "), timeout=8000)


def test_writing_is_left_alone_while_others_change_the_queue(site: Site, browser: Browser) -> None:
    sessions: dict[str, str] = site.arrange("tonight")["sessions"]
    with visitor(browser, site) as writer, visitor(browser, site) as other:
        open_as(writer, site, JAZBEC, sessions)
        open_as(other, site, VESNA, sessions)
        looking(writer.page, 5)
        writer.page.locator("#today-later summary").click()
        writer.page.locator("#today-from").focus()
        writer.page.keyboard.type("22:3")
        writer.page.keyboard.press("ArrowLeft")
        writer.page.evaluate("document.getElementById('today-from').isTheOne = true")

        for status, number in (("LOOKING", 6), ("MAYBE", 5), ("LOOKING", 6)):
            press(other.page, status)
            looking(writer.page, number)
            found: Any = writer.page.evaluate(WRITING, "today-from")
            assert found == ["22:3", 3, 3, True, True]

        # The rest of the very card goes with the time, and the caret is where it was.
        expect(writer.page.locator("#today-looking .count")).to_contain_text("6")
        expect(writer.page.locator("#muster-title")).to_have_text("We are on")
        writer.page.keyboard.press("End")
        writer.page.keyboard.type("0\n")
        expect(writer.page.locator("#today > header")).to_contain_text("from 22:30 CET")


def test_a_word_that_is_not_sent_stays_without_the_caret(site: Site, browser: Browser) -> None:
    sessions: dict[str, str] = site.arrange("tonight-calendar")["sessions"]
    with visitor(browser, site) as writer, visitor(browser, site) as other:
        open_as(writer, site, JAZBEC, sessions, "/?day=2026-11-24")
        open_as(other, site, VESNA, sessions)
        writer.page.locator("#day-later summary").click()
        writer.page.locator("#day-from").fill("21:4")
        writer.page.locator("#month-after").focus()

        press(other.page, "LOOKING")

        looking(writer.page, 5)
        expect(writer.page.locator("#day-from")).to_have_value("21:4")
        expect(writer.page.locator("#day-later")).to_have_attribute("open", "")


def test_it_rings_once_in_one_of_two_tabs(site: Site, browser: Browser) -> None:
    sessions: dict[str, str] = site.arrange("tonight")["sessions"]
    with visitor(browser, site) as waiting, visitor(browser, site) as other:
        waiting.page.context.add_init_script(COUNT_NOTES)
        open_as(waiting, site, JAZBEC, sessions)
        second = waiting.page.context.new_page()
        second.goto(site.site)
        open_as(other, site, VESNA, sessions)
        tabs = (waiting.page, second)
        for tab in tabs:
            expect(tab.locator("#sound")).to_be_visible()
            tab.locator("#muster-title").click()
            expect(tab.locator("#sound")).to_be_hidden()

        def notes() -> int:
            return sum(int(tab.evaluate("window.notes")) for tab in tabs)

        def everybody_sees(words: str) -> None:
            for tab in tabs:
                tab.bring_to_front()
                expect(tab.locator("#muster-title")).to_have_text(words, timeout=8000)

        assert notes() == 0
        press(other.page, "LOOKING")
        everybody_sees("We are on")
        assert notes() == NOTES

        # Whoever leaves and comes back does not make it ring again.
        press(other.page, "MAYBE")
        everybody_sees("1 more and we play")
        press(other.page, "LOOKING")
        everybody_sees("We are on")
        assert notes() == NOTES


def test_the_press_that_says_yes_is_enough_to_hear_it(site: Site, browser: Browser) -> None:
    sessions: dict[str, str] = site.arrange("tonight-quiet")["sessions"]
    with visitor(browser, site) as waiting, visitor(browser, site) as other:
        waiting.page.context.add_init_script(COUNT_NOTES)
        open_as(waiting, site, JAZBEC, sessions)
        open_as(other, site, VESNA, sessions)
        expect(waiting.page.locator("#sound")).to_be_hidden()
        press(waiting.page, "LOOKING")
        looking(waiting.page, 5)
        assert waiting.page.evaluate("window.notes") == 0

        press(other.page, "LOOKING")

        looking(waiting.page, 6)
        assert waiting.page.evaluate("window.notes") == NOTES


def test_who_says_yes_when_it_is_on_already_is_not_startled(site: Site, browser: Browser) -> None:
    sessions: dict[str, str] = site.arrange("tonight-on")["sessions"]
    with visitor(browser, site) as late:
        late.page.context.add_init_script(COUNT_NOTES)
        open_as(late, site, JAZBEC, sessions)

        press(late.page, "LOOKING")

        looking(late.page, 7)
        assert late.page.evaluate("window.notes") == 0


def test_a_page_that_may_not_sound_says_so_and_can_be_allowed(site: Site, browser: Browser) -> None:
    sessions: dict[str, str] = site.arrange("tonight")["sessions"]
    with visitor(browser, site) as waiting, visitor(browser, site) as other:
        waiting.page.context.add_init_script(COUNT_NOTES)
        open_as(waiting, site, JAZBEC, sessions)
        open_as(other, site, VESNA, sessions)
        expect(waiting.page.locator("#sound")).to_contain_text("keeps the get-ready sound silent")
        expect(waiting.page.locator("#sound-missed")).to_be_hidden()

        press(other.page, "LOOKING")
        expect(waiting.page.locator("#sound-missed")).to_be_visible(timeout=8000)
        waiting.page.locator("#sound-allow").click()

        expect(waiting.page.locator("#sound")).to_be_hidden()
        assert waiting.page.evaluate("window.notes") == NOTES


def test_in_the_background_a_page_looks_only_if_it_may_ring(site: Site, browser: Browser) -> None:
    with visitor(browser, site) as waiting:
        waiting.page.clock.install()
        site.enter(waiting, "tonight")
        looks: list[str] = []
        waiting.page.on(
            "request", lambda one: looks.append(one.url) if "seen=" in one.url else None
        )
        waiting.page.evaluate("Object.defineProperty(document, 'hidden', { get: () => true })")

        waiting.page.clock.run_for(60_000)
        assert looks == []

        # A press lets it sound, so it is worth listening now and then.
        waiting.page.locator("#muster-title").click()
        expect(waiting.page.locator("html")).to_have_class(re.compile("may-ring"))
        for _time in range(2):
            with waiting.page.expect_response(re.compile("seen=")):
                waiting.page.clock.run_for(20_000)
        assert len(looks) == 2


def test_a_visitor_reads_the_start_on_their_own_clock(site: Site, browser: Browser) -> None:
    with visitor(browser, site, zone="America/New_York") as guest:
        site.enter(guest, "tonight-visitor")
        expect(guest.page.locator("#muster")).to_contain_text("21:00 CET, 15:00 EST for you")

    with visitor(browser, site, zone="Europe/Rome") as guest:
        site.enter(guest, "tonight-visitor")
        expect(guest.page.locator("#muster [data-start]")).to_be_hidden()


def test_whoever_chose_a_zone_reads_it_whatever_the_browser_says(
    site: Site, browser: Browser
) -> None:
    with visitor(browser, site, zone="Asia/Tokyo") as guest:
        site.enter(guest, "tonight-another-zone")

        expect(guest.page.locator("#muster")).to_contain_text("for you")
        expect(guest.page.locator("#muster")).not_to_contain_text("GMT+9")


def test_a_wrong_tap_is_undone_without_a_script(site: Site, browser: Browser) -> None:
    with visitor(browser, site, PHONE, script=False) as guest:
        site.enter(guest, "tonight-quiet")
        press(guest.page, "NOT_PLAYING")
        guest.page.locator("#toast-undo").click()
        expect(guest.page.locator("#toast")).to_contain_text("Undone.")
        expect(guest.page.locator("#today button[aria-pressed=true]")).to_have_count(0)

        cycle = guest.page.locator("#next .cycle").first
        before = cycle.inner_text()
        cycle.click()
        expect(guest.page.locator("#next .cycle").first).not_to_have_text(before)
        guest.page.locator("#toast-undo").click()
        expect(guest.page.locator("#next .cycle").first).to_have_text(before)


def test_a_later_start_is_said_without_a_script(site: Site, browser: Browser) -> None:
    with visitor(browser, site, PHONE, script=False) as guest:
        site.enter(guest, "tonight-quiet")
        press(guest.page, "LOOKING")
        guest.page.locator("#today-later summary").click()
        guest.page.locator("#today-from").fill("21:30")
        guest.page.locator("#today-from-save").click()

        expect(guest.page.locator("#today > header")).to_contain_text("from 21:30 CET")
        expect(guest.page.locator("#queue .people")).to_contain_text("from 21:30 CET")


def test_undo_and_a_later_start_by_keyboard(site: Site, browser: Browser) -> None:
    with visitor(browser, site) as guest:
        site.enter(guest, "tonight-quiet")
        guest.page.locator("#today-looking").focus()
        guest.page.keyboard.press("Enter")
        expect(guest.page.locator("#today-looking")).to_have_attribute("aria-pressed", "true")
        guest.page.locator("#today-later-word").focus()
        guest.page.keyboard.press("Enter")
        guest.page.keyboard.press("Tab")
        guest.page.keyboard.type("2130\n")
        expect(guest.page.locator("#today > header")).to_contain_text("from 21:30 CET")

        guest.page.locator("#today-undo").focus()
        guest.page.keyboard.press("Space")

        expect(guest.page.locator("#today > header")).not_to_contain_text("from 21:30")
        expect(guest.page.locator("#today-looking")).to_have_attribute("aria-pressed", "true")
        # The button that was pressed is gone; the focus is on that evening's answers.
        expect(guest.page.locator("#today-undo")).to_have_count(0)
        expect(guest.page.locator("#today-looking")).to_be_focused()


def test_the_toast_goes_away_by_itself(site: Site, browser: Browser) -> None:
    with visitor(browser, site) as guest:
        site.enter(guest, "tonight-quiet")
        guest.page.clock.install()
        guest.page.reload()
        press(guest.page, "MAYBE")
        expect(guest.page.locator("#toast-undo")).to_be_visible()

        guest.page.clock.fast_forward(13_000)

        expect(guest.page.locator(".toast")).to_have_count(0)
        expect(guest.page.locator("#today-undo")).to_be_visible()


def test_days_away_are_striped_in_the_month_and_stand_in_it(site: Site, browser: Browser) -> None:
    """The class of what is pinned to the window's edge had their name, and took them along."""
    with visitor(browser, site) as guest:
        site.enter(guest, "tonight-origins")
        guest.page.goto(f"{site.site}/?month=2026-11")

        days = guest.page.locator(".month a.away")

        expect(days.first).to_have_css("background-image", re.compile("repeating-linear-gradient"))
        expect(days.first).to_have_css("position", "static")
        expect(guest.page.locator("#month")).to_contain_text("stripes mean you are away")
