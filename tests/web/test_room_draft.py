"""The captains' draft on its own page: for the captain, the other one, and whoever watches."""

from datetime import timedelta
from html import unescape
from typing import Any

from accounts.models import User
from planning.rooms import drafts
from planning.rooms.actions import drafting
from planning.rooms.models import Draft, Pick
from tests.cast import TONIGHT
from tests.rooms.evening import RoomTestCase, after

PAGE = "/room/draft/"


class Drafts(RoomTestCase):
    """Ana and bor are captains; bor is rated lower, so he begins as B. Jan is the best to pick."""

    def setUp(self) -> None:
        super().setUp()
        drafting.start(
            person=self.ana, captain_a=self.ana.pk, captain_b=self.bor.pk, token=0, at=TONIGHT
        )

    def page(self, who: User) -> str:
        self.sign_in(who)
        return unescape(self.client.get(PAGE).content.decode())

    def pick(self, by: User, who: User, turn: int) -> Any:
        self.sign_in(by)
        form = {"who": str(who.pk), "turn": str(turn), "next": PAGE}
        return self.client.post("/room/draft/pick/", form, follow=True)

    def picked(self) -> list[int | None]:
        return list(Pick.objects.order_by("number").values_list("person", flat=True))


class TurnTests(Drafts):
    def test_the_captain_whose_turn_it_is_can_press_the_names(self) -> None:
        page = self.page(self.bor)

        self.assertIn("<em>Your pick</em>", page)
        self.assertIn("You pick once now, then Ana Dinamit.", page)
        self.assertIn("0:45", page)
        self.assertIn("left, then the highest rated joins you", page)
        self.assertIn(f'id="pick-{self.jan.pk}" name="who" value="{self.jan.pk}">', page)

    def test_for_everybody_else_they_are_only_shown(self) -> None:
        for who in (self.ana, self.jan):
            page = self.page(who)

            self.assertIn("<bdi>Bazooka Bor</bdi> picks", page)
            self.assertIn(
                f'id="pick-{self.jan.pk}" name="who" value="{self.jan.pk}" disabled', page
            )

    def test_the_order_is_said_and_drawn(self) -> None:
        self.assertIn('aria-label="Pick order: B A A B"', self.page(self.jan))

    def test_only_captains_and_editors_can_stop_it(self) -> None:
        for who, can in ((self.ana, True), (self.bor, True), (self.jan, False)):
            self.assertEqual('id="stop-draft"' in self.page(who), can)

    def test_the_room_says_whose_pick_it_is_and_leads_there(self) -> None:
        self.sign_in(self.bor)

        page = self.client.get("/room/")

        self.assertContains(page, "your pick, 0:45")
        self.assertContains(page, f'href="{PAGE}"')
        self.assertNotContains(page, "teams-form")


class PickingTests(Drafts):
    def test_one_press_picks_and_says_so(self) -> None:
        page = self.pick(self.bor, self.jan, 1)

        self.assertContains(page, "Bazooka Bor took Jan")
        self.assertContains(page, "<bdi>Ana Dinamit</bdi> picks")
        self.assertContains(page, "Ana Dinamit picks twice, then you.")
        self.assertEqual(self.picked(), [self.jan.pk])

    def test_it_is_taken_back_within_five_seconds(self) -> None:
        self.assertContains(self.pick(self.bor, self.jan, 1), 'id="take-back"')

        page = self.client.post("/room/draft/back/", {"turn": "1", "next": PAGE}, follow=True)

        self.assertContains(page, "<em>Your pick</em>")
        self.assertEqual(self.picked(), [])

    def test_and_not_later(self) -> None:
        self.pick(self.bor, self.jan, 1)
        self.travel(after(6))
        self.assertNotIn('id="take-back"', self.page(self.bor))

        answer = self.client.post("/room/draft/back/", {"turn": "1", "next": PAGE})

        self.assertContains(answer, "This pick stands", status_code=400)

    def test_whoever_watches_is_not_offered_to_take_it_back(self) -> None:
        self.pick(self.bor, self.jan, 1)

        for who in (self.ana, self.eva):
            self.assertNotIn('id="take-back"', self.page(who))

    def test_a_pick_out_of_turn_is_refused(self) -> None:
        answer = self.pick(self.ana, self.jan, 1)

        self.assertContains(answer, "It is not your turn.", status_code=400)
        self.assertEqual(self.picked(), [])

    def test_a_pick_on_an_old_turn_shows_how_it_stands_now(self) -> None:
        self.pick(self.bor, self.jan, 1)

        answer = self.pick(self.bor, self.eva, 1)

        self.assertContains(answer, "That pick does not count.", status_code=409)
        self.assertContains(answer, "<bdi>Ana Dinamit</bdi> picks", status_code=409)
        self.assertEqual(self.picked(), [self.jan.pk])

    def test_what_no_button_sends_is_refused(self) -> None:
        self.sign_in(self.bor)
        for form in ({}, {"who": "x", "turn": "1"}, {"who": "1" * 30, "turn": "1"}, {"who": "1"}):
            answer = self.client.post("/room/draft/pick/", form)

            self.assertEqual(answer.status_code, 400, form)
        self.assertEqual(self.picked(), [])

    def test_what_the_clock_picks_is_said_so(self) -> None:
        self.travel(after(46))
        drafting.run_clock(after(46))

        self.assertIn("Time was up: Jan joins Bazooka Bor", self.page(self.eva))


class ClockTests(Drafts):
    def look(self) -> tuple[int, str]:
        page = self.client.get(PAGE).content.decode()
        self.seen = page.split('hx-get="')[1].split('"')[0]
        return 200, page

    def again(self) -> Any:
        return self.client.get(self.seen, headers={"HX-Request": "true"})

    def test_while_nothing_happens_only_the_time_is_sent(self) -> None:
        self.sign_in(self.eva)
        self.look()
        self.travel(after(20))

        answer = self.again()

        self.assertEqual(answer["HX-Retarget"], "#watch")
        self.assertContains(answer, "0:25")
        self.assertNotContains(answer, "Still to pick")

    def test_a_pick_is_seen_at_once(self) -> None:
        self.sign_in(self.eva)
        self.look()
        drafting.pick(person=self.bor, who=self.jan.pk, turn=1, at=TONIGHT)

        answer = self.again()

        self.assertNotIn("HX-Retarget", answer)
        self.assertContains(answer, "Bazooka Bor took Jan")

    def test_the_way_back_goes_when_its_time_is_over(self) -> None:
        self.pick(self.bor, self.jan, 1)
        self.look()
        self.travel(after(6))

        answer = self.again()

        self.assertNotIn("HX-Retarget", answer)
        self.assertNotContains(answer, 'id="take-back"')


class EndTests(Drafts):
    def finish(self) -> None:
        while True:
            state = drafts.of(self.room)
            if state is None or state.captain is None:
                return
            who = state.pool[0].person.pk
            drafting.pick(person=state.captain, who=who, turn=state.turn, at=TONIGHT)

    def test_with_the_last_pick_the_teams_stand(self) -> None:
        self.finish()

        page = self.page(self.jan)

        self.assertIn("Teams stand", page)
        self.assertIn("4 picks", page)
        self.assertIn("Saved at 19:30.", page)
        self.assertIn('href="/room/"', page)

    def test_the_room_has_them_then(self) -> None:
        self.finish()
        self.sign_in(self.jan)

        page = self.client.get("/room/")

        self.assertContains(page, "captains’ draft")
        self.assertContains(page, 'id="team-A"')

    def test_a_captain_stops_it_and_both_lists_stay(self) -> None:
        self.pick(self.bor, self.jan, 1)
        self.sign_in(self.ana)

        page = self.client.post("/room/draft/stop/", {"next": PAGE}, follow=True)

        self.assertContains(page, "The draft was stopped")
        self.assertEqual(Draft.objects.get().outcome, "stopped")
        self.assertEqual(self.teams(), ([self.ana.pk], [self.bor.pk, self.jan.pk]))


class StartTests(RoomTestCase):
    def test_two_captains_are_chosen_and_it_begins(self) -> None:
        self.sign_in(self.ana)
        self.assertContains(self.client.get("/room/"), "Start the draft")
        form = {
            "captain_a": str(self.jan.pk),
            "captain_b": str(self.eva.pk),
            "token": "0",
            "next": PAGE,
        }

        page = self.client.post("/room/draft/start/", form, follow=True)

        self.assertContains(page, "<bdi>Eva</bdi> picks")

    def test_two_are_needed(self) -> None:
        self.sign_in(self.ana)
        form = {"captain_a": str(self.jan.pk), "captain_b": str(self.jan.pk), "token": "0"}

        answer = self.client.post("/room/draft/start/", form)

        self.assertContains(answer, "Choose two captains", status_code=400)

    def test_before_that_the_page_says_how_it_begins(self) -> None:
        self.sign_in(self.bor)

        self.assertContains(self.client.get(PAGE), "No draft yet")

    def test_nobody_is_named_to_a_visitor(self) -> None:
        self.assertIn("/accounts/sign-in/", self.client.get(PAGE)["Location"])

    def test_the_page_of_another_evening_has_none(self) -> None:
        self.travel(TONIGHT + timedelta(days=1))
        self.sign_in(self.bor)

        self.assertContains(self.client.get(PAGE), "No draft yet")
