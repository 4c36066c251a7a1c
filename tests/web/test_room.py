"""The planning room's page: what it is before, while and after it is open, and who sees what."""

import re
from datetime import timedelta
from html import unescape

from django.test import Client, override_settings

from accounts.models import User
from availability import queries
from availability.models import Status
from planning.rooms.models import Came, Room
from tests import make
from tests.cast import TONIGHT, SlomixTestCase
from tests.rooms.evening import TODAY, RoomTestCase


class BeforeTests(SlomixTestCase):
    def looks(self, number: int) -> None:
        for _n in range(number):
            make.entry(make.person())

    def test_it_says_how_many_it_takes_as_tonight_does(self) -> None:
        """W32: LOOKING alone counts, for what opens the room and for what is missing."""
        self.looks(4)
        for _n in range(5):
            make.entry(make.person(), Status.AVAILABLE)
        self.sign_in(self.bor)

        for path in ("/room/", "/"):
            page = self.client.get(path)

            self.assertContains(page, "start when 6 are looking. 2 to go.")
            self.assertContains(page, "4 of 6 to open the planning room")
            self.assertNotContains(page, 'id="open-room"')

    def test_with_enough_anybody_linked_may_open_it(self) -> None:
        self.looks(6)
        self.sign_in(self.bor)
        self.assertContains(self.client.get("/room/"), 'id="open-room"')

        answer = self.client.post("/room/open/", follow=True)

        self.assertContains(answer, "The planning room is open.")
        self.assertContains(answer, "opened by <bdi>Bazooka Bor</bdi> at 19:30")
        self.assertEqual(Room.objects.get().creator, self.bor)

    def test_a_visitor_cannot_open_it(self) -> None:
        self.looks(6)

        self.assertNotContains(self.client.get("/room/"), 'id="open-room"')
        answer = self.client.post("/room/open/")

        self.assertIn("/accounts/sign-in/", answer["Location"])
        self.assertFalse(Room.objects.exists())

    def test_too_few_are_told_how_many_are_missing(self) -> None:
        self.looks(5)
        self.sign_in(self.bor)

        answer = self.client.post("/room/open/")

        self.assertContains(answer, "1 more", status_code=400)
        self.assertFalse(Room.objects.exists())


class NamesTests(RoomTestCase):
    """Visitors and whoever has no player see how many, never who; not even in a tooltip."""

    def page(self, who: User | None, path: str = "/room/") -> str:
        client = Client()
        if who:
            client.force_login(who)
        return client.get(path).content.decode()

    def named(self, page: str) -> set[str]:
        """Return who is named on a page, as words of their own."""
        names = {one.name for one in (*self.six, self.dana)}
        return {name for name in names if re.search(rf"\b{name}\b", page)}

    def test_nobody_is_named_to_a_visitor_or_the_unlinked(self) -> None:
        self.save_teams()
        for linked_before in (self.bor, self.ana):
            self.page(linked_before)

        for who in (None, self.cene):
            page = self.page(who)

            self.assertEqual(self.named(page), set())
            self.assertIn("6 in", page)
            self.assertIn("1 standby", page)
            self.assertIn("What happens in the room", page)

    def test_a_visitor_is_shown_the_way_in(self) -> None:
        self.assertIn("Link Discord", self.page(None))
        self.assertIn("Find my player", self.page(self.cene))

    def test_a_player_sees_everybody(self) -> None:
        self.save_teams()

        page = self.page(self.bor)

        self.assertEqual(len(self.named(page)), 7)

    def test_a_closed_room_names_nobody_to_visitors_either(self) -> None:
        self.save_teams()
        self.travel(TONIGHT + timedelta(days=1))

        page = self.page(None, f"/room/{TODAY}/")

        self.assertEqual(self.named(page), set())
        self.assertIn("The room is closed. Good game.", page)


class ThreadTests(RoomTestCase):
    def seen(self, **row: int | str) -> str:
        Room.objects.update(**row)
        self.sign_in(self.bor)
        return unescape(self.client.get("/room/").content.decode())

    @override_settings(DISCORD_GUILD_ID=77)
    def test_it_leads_to_the_thread(self) -> None:
        page = self.seen(thread_id=88)

        self.assertIn('href="https://discord.com/channels/77/88"', page)

    def test_or_says_why_there_is_none(self) -> None:
        page = self.seen(thread_trouble="50013")

        self.assertIn("no thread on Discord: Discord did not take it", page)

    def test_nothing_is_said_where_none_is_wanted(self) -> None:
        self.assertNotIn("on Discord", self.seen().partition("<main")[2])


class InAndOutTests(RoomTestCase):
    def test_whoever_has_no_answer_comes_in_by_one_press(self) -> None:
        hana = make.person("Hana")
        self.sign_in(hana)
        self.assertContains(self.client.get("/room/"), "I’m in")

        answer = self.client.post("/room/join/", follow=True)

        self.assertContains(answer, "Your answer for Friday 20 November: Looking.")
        self.assertContains(answer, "Step out")
        self.assertContains(answer, "7 in")

    def test_a_maybe_is_told_that_it_stays_on_standby(self) -> None:
        self.sign_in(self.dana)

        answer = self.client.post("/room/join/", follow=True)

        self.assertContains(answer, "You said Maybe, so you stay on standby.")
        self.assertContains(answer, "Leave standby")

    def test_stepping_out_is_a_no_for_the_evening(self) -> None:
        self.sign_in(self.bor)

        answer = self.client.post("/room/leave/", follow=True)

        self.assertContains(answer, "You stepped out. Your place goes to standby.")
        said = queries.answer_of(self.bor.pk, TODAY)
        self.assertEqual(said and said.status, Status.NOT_PLAYING)

    def test_the_page_looks_again_and_gets_nothing_while_nothing_changed(self) -> None:
        self.sign_in(self.bor)
        again = self.client.get("/room/").content.decode().split('hx-get="/room/?seen=')[1]
        address = f"/room/?seen={again.split(chr(34))[0]}"

        self.assertEqual(self.client.get(address).status_code, 204)
        self.say(self.eva, Status.MAYBE)

        self.assertEqual(self.client.get(address).status_code, 200)


class AfterTests(RoomTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.save_teams()
        Came.objects.create(room=self.room, person=self.jan, first_at=TONIGHT, last_at=TONIGHT)
        Came.objects.create(room=self.room, person=None, first_at=TONIGHT, last_at=TONIGHT)
        self.travel(TONIGHT + timedelta(days=1))
        self.sign_in(self.bor)

    def test_it_stays_readable_with_the_teams_and_who_came(self) -> None:
        page = self.client.get(f"/room/{TODAY}/")

        self.assertContains(page, "The room is closed. Good game.")
        self.assertContains(page, "2 were in voice")
        self.assertContains(page, "somebody who left")
        self.assertContains(page, 'id="team-A"')
        self.assertContains(page, "Who planned it")

    def test_nothing_can_be_pressed_there_any_more(self) -> None:
        self.sign_in(self.ana)

        page = self.client.get(f"/room/{TODAY}/").content.decode()

        for button in ("teams-form", 'id="suggest"', "step", "need-more", "captains"):
            self.assertNotIn(button, page)

    def test_the_same_again_next_week_is_one_press(self) -> None:
        page = self.client.get(f"/room/{TODAY}/")
        self.assertContains(page, "One press says Looking for Friday 27 November.")

        answer = self.client.post(f"/room/{TODAY}/again/", {"next": f"/room/{TODAY}/"}, follow=True)

        self.assertContains(answer, "Your answer for Friday 27 November: Looking.")
        self.assertNotContains(answer, 'id="same-again"')

    def test_the_next_evening_leads_back_to_it(self) -> None:
        self.assertContains(self.client.get("/room/"), f'href="/room/{TODAY}/"')

    def test_a_day_without_a_room_is_no_page(self) -> None:
        self.assertEqual(self.client.get("/room/2026-11-18/").status_code, 404)

    def test_today_has_one_address(self) -> None:
        self.assertRedirects(self.client.get("/room/2026-11-21/"), "/room/")
