"""The room while it is open: pressed, dragged, by keyboard, without a script, and by two at once."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.club import ANA, JAZBEC, LOJZE
from tests.browser.rooms import CMRLJ
from tests.browser.site import Site
from tests.browser.stage import PHONE, Visitor, visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AT_ONCE = 8_000


def team(page: Page, side: str, name: str) -> None:
    expect(page.locator(f"[data-side={side}]")).to_contain_text(name)


def opens(guest: Visitor, site: Site, who: str, sessions: dict[str, str]) -> None:
    guest.be(sessions[who])
    guest.page.goto(f"{site.site}/room/")


def test_somebody_is_dragged_to_the_other_team_and_out(site: Site, browser: Browser) -> None:
    with visitor(browser, site) as guest:
        site.enter(guest, "room")
        page = guest.page
        team(page, "B", "Vesna.exe")

        page.locator("[data-who]", has_text="Vesna.exe").drag_to(page.locator("[data-side=A]"))
        team(page, "A", "Vesna.exe")
        page.locator("[data-who]", has_text="Vesna.exe").drag_to(page.locator("#free"))
        expect(page.locator("#free")).to_contain_text("Vesna.exe")
        page.locator("#free [data-who]", has_text="Jazbec").drag_to(page.locator("[data-side=B]"))

        team(page, "B", "Jazbec")


def test_moving_by_keyboard_keeps_the_focus_on_the_person(site: Site, browser: Browser) -> None:
    with visitor(browser, site) as guest:
        site.enter(guest, "room")
        page = guest.page
        button = page.get_by_label("Move Vesna.exe to team A")
        button.focus()
        page.keyboard.press("Enter")
        team(page, "A", "Vesna.exe")

        expect(page.get_by_label("Move Vesna.exe to team B")).to_be_focused()
        page.keyboard.press("Space")

        team(page, "B", "Vesna.exe")


def test_a_name_unfolds_what_can_be_done_and_makes_a_captain(site: Site, browser: Browser) -> None:
    with visitor(browser, site, PHONE) as guest:
        site.enter(guest, "room")
        page = guest.page
        page.locator("[data-who]", has_text="Vesna.exe").locator("summary").click()

        page.locator("[data-who]", has_text="Vesna.exe").get_by_role(
            "button", name="Captain"
        ).click()

        expect(page.locator("[data-side=B] .captain")).to_contain_text("Vesna.exe")


def test_of_two_editors_the_second_sees_what_the_first_saved(site: Site, browser: Browser) -> None:
    sessions: dict[str, str] = site.arrange("room-player")["sessions"]
    with visitor(browser, site) as first, visitor(browser, site) as second:
        opens(second, site, ANA, sessions)
        # As in a train: nothing arrives any more, until the press.
        second.page.route("**/room/?seen=*", lambda route: route.fulfill(status=204))
        opens(first, site, JAZBEC, sessions)
        first.page.get_by_label("Move Vesna.exe to team A").click()
        team(first.page, "A", "Vesna.exe")

        second.page.get_by_label("Move Žabar to team B").click()

        expect(second.page.locator("#stale")).to_contain_text("Jazbec saved the teams at 20:53")
        team(second.page, "A", "Vesna.exe")
        team(second.page, "A", "Žabar")


def test_writing_a_name_is_left_alone_by_votes_ones_own_included(
    site: Site, browser: Browser
) -> None:
    sessions: dict[str, str] = site.arrange("room-player")["sessions"]
    with visitor(browser, site) as writer, visitor(browser, site) as other:
        opens(writer, site, JAZBEC, sessions)
        opens(other, site, LOJZE, sessions)
        field = writer.page.locator("#suggest")
        field.fill("Kranjska kl")
        tally = writer.page.locator("#suggested li", has_text="Dinamit iz Domžal")
        expect(tally).to_contain_text("1 vote")

        other.page.get_by_role("button", name="Vote for Dinamit iz Domžal").click()
        expect(tally).to_contain_text("2 votes", timeout=AT_ONCE)
        expect(field).to_have_value("Kranjska kl")
        writer.page.get_by_role("button", name="Vote for Dinamit iz Domžal").click()
        expect(tally).to_contain_text("3 votes")
        expect(field).to_have_value("Kranjska kl")
        field.press("End")
        field.press_sequentially("obasa")
        field.press("Enter")

        expect(writer.page.locator("#suggested")).to_contain_text("Kranjska klobasa")
        expect(writer.page.locator("#suggest")).to_have_value("")
        expect(other.page.locator("#suggested")).to_contain_text(
            "Kranjska klobasa", timeout=AT_ONCE
        )


def test_what_is_refused_stays_to_be_corrected(site: Site, browser: Browser) -> None:
    with visitor(browser, site) as guest:
        guest.forgive(400)
        site.enter(guest, "room-name-taken")

        expect(guest.page.locator("#refused")).to_contain_text("is already there")
        expect(guest.page.locator("#suggest")).to_have_value("POTICA PANZER")


def test_choosing_captains_is_left_alone_while_others_press(site: Site, browser: Browser) -> None:
    sessions: dict[str, str] = site.arrange("room-player")["sessions"]
    with visitor(browser, site) as editor, visitor(browser, site) as other:
        opens(editor, site, JAZBEC, sessions)
        opens(other, site, LOJZE, sessions)
        page = editor.page
        page.locator("#captains summary").click()
        page.locator("#captain-a").select_option(label="Žabar")
        page.locator("#room-title").click()

        other.page.locator("#step").click()

        expect(page.locator("#standby")).to_contain_text("Lojze73 dropped out.", timeout=AT_ONCE)
        expect(page.locator("#captain-a option:checked")).to_have_text("Žabar")


def test_everything_works_without_a_script(site: Site, browser: Browser) -> None:
    with visitor(browser, site, PHONE, script=False) as guest:
        site.enter(guest, "room")
        page = guest.page
        page.get_by_label("Move Vesna.exe to team A").click()
        team(page, "A", "Vesna.exe")
        page.locator("#do-undo").click()
        team(page, "B", "Vesna.exe")
        page.get_by_role("button", name="Vote for Potica Panzer").click()
        expect(page.locator("#toast")).to_contain_text("Voted for Potica Panzer")
        page.locator("#suggest").fill("Brez skripte")
        page.locator("#suggest-it").click()
        expect(page.locator("#suggested")).to_contain_text("Brez skripte")
        page.locator("#wish-more summary").click()
        page.locator("#wish-together").click()
        expect(page.locator("#wishes")).to_contain_text("together")
        page.locator("#captains summary").click()
        page.locator("#start-draft").click()
        expect(page).to_have_url(re.compile("/room/draft/$"))
        page.locator("#stop-draft").click()
        expect(page.locator("#done-title")).to_have_text("The draft was stopped")


def test_the_arrow_keys_go_through_those_who_can_be_picked(site: Site, browser: Browser) -> None:
    with visitor(browser, site) as guest:
        site.enter(guest, "draft-mine")
        page = guest.page
        picks = page.locator("#pool .pick")
        picks.first.focus()
        page.keyboard.press("ArrowRight")
        expect(picks.nth(1)).to_be_focused()
        name = picks.nth(1).locator("bdi").inner_text()

        page.keyboard.press("Enter")

        expect(page.locator("#pool .toast")).to_contain_text(f"took {name}")
        expect(page.locator("#take-back")).to_be_visible()
        page.locator("#take-back").click()
        expect(page.locator(".picks .now")).to_contain_text("6")


def test_a_visitor_has_a_way_in_and_no_name(site: Site, browser: Browser) -> None:
    with visitor(browser, site, PHONE) as guest:
        site.enter(guest, "room-visitor-open")

        expect(guest.page.locator("main")).to_contain_text("11 in")
        expect(guest.page.locator("main")).not_to_contain_text("Čmrlj")
        assert CMRLJ not in guest.page.content()
