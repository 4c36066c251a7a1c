"""The playground in a browser: it follows by itself and takes nothing out of one's hands."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.stage import PHONE, Visitor, visitor
from tests.browser.table import Table, table
from tests.standin.case import ANA, BOR, CENE, Buttons
from tests.standin.playbot import Maps

pytestmark = [pytest.mark.browser]


@pytest.fixture(scope="module")
def party() -> Iterator[Table]:
    """One playground with a bot for all tests here."""
    with table() as made:
        yield made


def looks_right(guest: Visitor) -> None:
    """Fail for anything that sticks out of the page or that axe finds."""
    assert guest.overflow() <= 0
    assert guest.axe() == []


def talk(guest: Visitor) -> Locator:
    return guest.page.locator("#talk")


def lane(guest: Visitor, person: int) -> Locator:
    return guest.page.locator(f"#lane-{person}")


def test_news_arrive_by_themselves(party: Table, browser: Browser) -> None:
    with visitor(browser, party) as guest:
        guest.open()
        party.somebody_says(BOR, "who plays?")
        expect(talk(guest)).to_contain_text("who plays?")

        party.writes_to(ANA, "nobody else reads this")

        expect(lane(guest, ANA)).to_contain_text("nobody else reads this")
        expect(talk(guest)).not_to_contain_text("nobody else reads this")


def test_news_leave_typing_focus_folds_and_scroll_alone(party: Table, browser: Browser) -> None:
    with visitor(browser, party, PHONE) as guest:
        for number in range(30):
            party.somebody_says(BOR, f"line {number}")
        guest.open()
        guest.page.locator("#talk-commands summary").click()
        line = guest.page.locator("#talk-say")
        line.press_sequentially("half a sen")
        roll = guest.page.locator("#talk-roll")
        roll.evaluate("one => { one.scrollTop = -200 }")

        party.somebody_says(BOR, "news")

        expect(talk(guest)).to_contain_text("news")
        expect(line).to_have_value("half a sen")
        expect(line).to_be_focused()
        assert roll.evaluate("one => one.scrollTop") <= -100
        expect(guest.page.locator("#talk-commands")).to_have_attribute("open", "")
        line.press_sequentially("tence")
        line.press("Enter")
        expect(talk(guest)).to_contain_text("half a sentence")
        expect(line).to_have_value("")


def test_a_form_of_the_bots_is_filled_in_by_keyboard(party: Table, browser: Browser) -> None:
    with visitor(browser, party, PHONE) as guest:
        party.says("a raid?", view=Maps())
        guest.open(f"/?as={BOR}")
        guest.page.get_by_role("button", name="Plan").last.focus()
        guest.page.keyboard.press("Enter")
        field = guest.page.locator("dialog input[name='field.name']")
        expect(field).to_be_focused()
        looks_right(guest)

        field.press_sequentially("Fuel Dump")
        field.press("Enter")

        expect(talk(guest)).to_contain_text("planned: Fuel Dump")
        expect(guest.page.locator("dialog")).to_have_count(0)


def test_a_form_that_is_put_away_comes_to_nothing(party: Table, browser: Browser) -> None:
    with visitor(browser, party) as guest:
        party.says("another raid?", view=Maps())
        guest.open(f"/?as={BOR}")
        guest.page.get_by_role("button", name="Plan").last.click()

        guest.page.locator("dialog").get_by_role("button", name="Cancel").click()

        expect(guest.page.locator("dialog")).to_have_count(0)


def test_a_choice_in_a_menu_reaches_the_bot(party: Table, browser: Browser) -> None:
    with visitor(browser, party, PHONE, "dark") as guest:
        party.says("which map?", view=Maps())
        guest.open(f"/?as={BOR}")
        menu = guest.page.get_by_label("Which map?").last
        menu.select_option("Radar")
        menu.locator("xpath=ancestor::form").get_by_role("button", name="Choose").click()

        expect(talk(guest)).to_contain_text("map: Radar")
        looks_right(guest)


def test_a_command_is_completed_while_it_is_typed(party: Table, browser: Browser) -> None:
    with visitor(browser, party) as guest:
        guest.open(f"/?as={BOR}")
        line = guest.page.locator("#talk-say")
        line.press_sequentially("/raid place:gold")
        offered = guest.page.locator("#talk-say-list option")
        expect(offered.first).to_have_attribute("value", '/raid place:"Gold Rush"')

        line.fill('/raid place:"Gold Rush"')
        line.press("Enter")

        expect(talk(guest)).to_contain_text("raid on Gold Rush, quiet False")


def test_the_way_back_leads_to_where_one_was(party: Table, browser: Browser) -> None:
    with visitor(browser, party) as guest:
        guest.open(f"/?as={BOR}")
        guest.page.locator("#rooms").get_by_role("link", name="Telegram").click()
        expect(guest.page.locator("#talk-title")).to_have_text("Telegram, Bor")
        guest.page.locator(f"#lane-{CENE} .be").click()
        expect(guest.page.locator("#talk-title")).to_have_text("Telegram, Cene")

        guest.page.go_back()
        expect(guest.page.locator("#talk-title")).to_have_text("Telegram, Bor")
        guest.page.go_back()

        expect(guest.page.locator("#talk-title")).to_have_text("#game-night")


def test_a_private_answer_is_for_its_reader_alone(party: Table, browser: Browser) -> None:
    with visitor(browser, party) as guest:
        party.says("a secret?", view=Buttons())
        guest.open(f"/?as={BOR}&beside={ANA}.c701")
        talk(guest).get_by_role("button", name="Whisper").last.click()

        expect(talk(guest)).to_contain_text("just you")
        expect(lane(guest, ANA)).to_contain_text("a secret?")
        expect(lane(guest, ANA)).not_to_contain_text("just you")
        looks_right(guest)


def test_everything_works_without_a_script(party: Table, browser: Browser) -> None:
    with visitor(browser, party, PHONE, script=False) as guest:
        party.says("without?", view=Buttons())
        guest.open()
        guest.page.locator("#as").select_option(str(BOR))
        guest.page.get_by_role("button", name="Be them").click()
        talk(guest).get_by_role("button", name="Change").last.click()
        expect(talk(guest)).to_contain_text("Bor is looking")

        guest.page.get_by_role("button", name="Join: Briefing").click()
        expect(guest.page.locator("#voice")).to_contain_text("Bor is in voice")
        guest.page.locator("#v-mute").click()
        expect(guest.page.locator("#v-mute")).to_have_text("Unmute")
        guest.page.get_by_role("button", name="Leave: Briefing").click()
        expect(guest.page.locator("#voice")).not_to_contain_text("is in voice")

        guest.page.get_by_role("link", name="Telegram").first.click()
        guest.page.locator("#talk-say").fill("/start")
        guest.page.get_by_role("button", name="Send as Bor").first.click()
        expect(talk(guest)).to_contain_text("/start")


def test_a_fault_is_told_on_every_page_until_it_is_switched_off(
    party: Table, browser: Browser
) -> None:
    with visitor(browser, party, PHONE) as guest:
        guest.open("/faults")
        guest.page.locator("#hurt-person").select_option(str(BOR))
        guest.page.locator("#hurt-times").select_option("")
        guest.page.get_by_role("button", name="Discord answers nonsense").click()
        for path in ("/", "/people", "/evening", "/journal", "/faults"):
            guest.open(path)
            expect(guest.page.locator("#banner")).to_contain_text(
                "Discord answers nonsense, for Bor"
            )
            looks_right(guest)

        guest.page.get_by_role("button", name="Switch all off").click()

        expect(guest.page.locator("#banner")).to_be_empty()


def test_the_journal_follows_and_can_be_filtered(party: Table, browser: Browser) -> None:
    with visitor(browser, party) as guest:
        guest.open("/journal")
        party.writes_to(BOR, "only for the journal")
        expect(guest.page.locator("#stream li").first).to_contain_text("only for the journal")

        guest.page.get_by_label("Person").select_option(str(CENE))

        expect(guest.page).to_have_url(re.compile(f"person={CENE}"))
        expect(guest.page.locator("main")).not_to_contain_text("only for the journal")


def test_somebodys_doors_are_closed_and_opened(party: Table, browser: Browser) -> None:
    with visitor(browser, party, PHONE, "dark") as guest:
        guest.open("/people")
        bor = guest.page.locator(f"#p{BOR}")
        bor.locator("summary").click()
        looks_right(guest)
        bor.get_by_role("button", name="Block the bot").click()
        expect(bor).to_contain_text("Telegram blocked")
        bor.get_by_role("button", name="Leave the server").click()
        expect(bor).to_contain_text("not on the server")

        bor.get_by_role("button", name="Join the server").click()

        expect(bor).not_to_contain_text("not on the server")
        bor.get_by_role("button", name="Unblock the bot").click()
        expect(bor).not_to_contain_text("Telegram blocked")


def test_what_people_write_stays_text(party: Table, browser: Browser) -> None:
    with visitor(browser, party) as guest:
        party.somebody_says(BOR, "<img src=x onerror=alert(1)> [x](http://evil.example) `<b>`")
        guest.open()

        expect(talk(guest)).to_contain_text("<img src=x onerror=alert(1)>")
        hosts = "all => all.map(one => new URL(one.href).hostname)"
        found = set(guest.page.locator("a[href]").evaluate_all(hosts))
        assert found == {"127.0.0.1"}
