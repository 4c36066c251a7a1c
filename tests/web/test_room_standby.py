"""Standby, wishes and “need more” on the room's page."""

from html import unescape

from availability.models import Status
from planning.rooms.actions import standby
from planning.rooms.models import Lineup, Offer, Wish
from tests import make
from tests.cast import TONIGHT
from tests.rooms.evening import RoomTestCase, after


class Standby(RoomTestCase):
    """Eva dropped out of team B, and her place is offered to dana, who said maybe."""

    def setUp(self) -> None:
        super().setUp()
        self.save_teams()
        self.travel(after(60))
        self.say(self.eva, Status.NOT_PLAYING, at=after(60))
        standby.reconcile(after(60))
        self.offer = Offer.objects.get()

    def page(self) -> str:
        return unescape(self.client.get("/room/").content.decode())

    def team_b(self) -> list[int | None]:
        return self.teams()[1]


class OfferTests(Standby):
    def test_everybody_reads_who_dropped_out_and_who_is_asked(self) -> None:
        self.sign_in(self.bor)

        page = self.page()

        self.assertIn("Eva dropped out.</b> Dana has the offer until 19:33.", page)
        self.assertIn("<b>Place free</b><small>Dana, 2:00 left</small>", page)
        self.assertIn("offered 19:31", page)
        self.assertNotIn('id="accept"', page)

    def test_whoever_is_asked_takes_it_with_one_press(self) -> None:
        self.sign_in(self.dana)
        page = self.page()
        self.assertIn("A place is free in Team B.</h2>", page)
        self.assertIn("It is yours until 19:33.", page)

        answer = self.client.post(f"/room/standby/{self.offer.pk}/accept/", follow=True)

        self.assertContains(answer, "The place is yours.")
        self.assertEqual(self.team_b(), [self.bor.pk, self.dana.pk, self.gaja.pk])

    def test_or_lets_it_pass(self) -> None:
        self.sign_in(self.dana)

        answer = self.client.post(f"/room/standby/{self.offer.pk}/decline/", follow=True)

        self.assertContains(answer, "All right, next in line.")
        self.assertNotContains(answer, 'id="accept"')

    def test_somebody_elses_offer_is_refused(self) -> None:
        hana = make.person("Hana")
        self.say(hana, Status.MAYBE, at=after(61))
        self.sign_in(hana)

        answer = self.client.post(f"/room/standby/{self.offer.pk}/accept/")

        self.assertContains(answer, "This belongs to somebody else.", status_code=400)
        self.assertIn(self.eva.pk, self.team_b())

    def test_with_everybody_asked_the_first_to_press_has_it(self) -> None:
        self.travel(after(200))
        standby.reconcile(after(200))
        self.sign_in(self.dana)
        self.assertIn("Whoever takes it first has it.", self.page())

        self.client.post("/room/standby/take/", {"side": "B"})

        self.assertEqual(self.team_b(), [self.bor.pk, self.dana.pk, self.gaja.pk])

    def test_an_offer_that_ended_is_said_to_have(self) -> None:
        self.travel(after(200))
        self.sign_in(self.dana)

        answer = self.client.post(f"/room/standby/{self.offer.pk}/accept/")

        self.assertContains(answer, "The offer ended at 19:33", status_code=400)
        self.assertEqual(Lineup.objects.count(), 1)

    def test_the_seconds_go_on_without_a_change(self) -> None:
        self.sign_in(self.dana)
        seen = self.page().split("seen=")[1].split('"')[0]
        self.travel(after(64))

        self.assertContains(self.client.get(f"/room/?seen={seen}"), "1:56")

    def test_for_those_who_watch_they_go_on_in_larger_steps(self) -> None:
        self.sign_in(self.bor)
        address = f"/room/?seen={self.page().split('seen=')[1].split(chr(34))[0]}"
        self.travel(after(64))
        self.assertEqual(self.client.get(address).status_code, 204)
        self.travel(after(70))

        self.assertContains(self.client.get(address), "1:50")


class NeedMoreTests(RoomTestCase):
    def test_nobody_is_asked_while_enough_are_looking(self) -> None:
        self.sign_in(self.bor)

        self.assertNotContains(self.client.get("/room/"), "need-more")

    def test_one_press_asks_and_then_it_says_when_again(self) -> None:
        self.say(self.eva, Status.NOT_PLAYING)
        hana = make.person("Hana", allow_planning=True)
        self.say(hana, Status.AVAILABLE)
        self.sign_in(self.bor)
        self.assertContains(self.client.get("/room/"), "Need 1 more")

        answer = self.client.post("/room/ping/", follow=True)

        self.assertContains(answer, "Asked 1 person who could come.")
        self.assertContains(answer, "They were asked. Again from 19:46 on.")

    def test_with_nobody_to_ask_it_says_so(self) -> None:
        self.say(self.eva, Status.NOT_PLAYING)
        self.sign_in(self.bor)

        answer = self.client.post("/room/ping/")

        self.assertContains(answer, "Nobody is left who could be asked.", status_code=400)


class WishTests(RoomTestCase):
    def wish(self, **form: str) -> str:
        answer = self.client.post("/room/wishes/", form, follow=True)
        return unescape(answer.content.decode())

    def test_somebody_wishes_for_themselves(self) -> None:
        self.sign_in(self.jan)

        page = self.wish(first=str(self.jan.pk), second=str(self.eva.pk), kind="together")

        self.assertIn("Wished: together.", page)
        self.assertIn("<bdi>Jan</bdi> and <bdi>Eva</bdi>", page)

    def test_not_for_others_unless_they_arrange_the_teams(self) -> None:
        self.sign_in(self.jan)
        self.wish(first=str(self.fran.pk), second=str(self.eva.pk), kind="apart")
        self.assertFalse(Wish.objects.exists())

        self.sign_in(self.ana)
        self.wish(first=str(self.fran.pk), second=str(self.eva.pk), kind="apart")

        self.assertEqual(Wish.objects.get().kind, "apart")

    def test_that_two_play_apart_is_for_those_whom_it_concerns(self) -> None:
        Wish.objects.create(
            room=self.room,
            kind="apart",
            first=self.jan,
            second=self.eva,
            by=self.jan,
            made_at=TONIGHT,
        )
        seen = {}
        for who in (self.ana, self.jan, self.eva, self.bor):
            self.sign_in(who)
            seen[who.name] = "unwish-" in self.client.get("/room/").content.decode()

        self.assertEqual(
            seen, {"Ana Dinamit": True, "Jan": True, "Eva": True, "Bazooka Bor": False}
        )

    def test_it_is_taken_back_by_one_press(self) -> None:
        self.sign_in(self.jan)
        self.wish(first=str(self.jan.pk), second=str(self.eva.pk), kind="together")
        form = {"first": str(self.jan.pk), "second": str(self.eva.pk)}

        answer = self.client.post("/room/wishes/back/", form, follow=True)

        self.assertContains(answer, "The wish is taken back.")
        self.assertFalse(Wish.objects.exists())

    def test_what_no_form_sends_is_refused(self) -> None:
        self.sign_in(self.jan)
        one, two = str(self.jan.pk), str(self.eva.pk)
        for form in (
            {},
            {"first": one, "second": two, "kind": "married"},
            {"first": one, "second": one, "kind": "together"},
            {"first": one, "second": "0", "kind": "together"},
            {"first": "x", "second": two, "kind": "together"},
        ):
            answer = self.client.post("/room/wishes/", form)

            self.assertEqual(answer.status_code, 400, form)
        self.assertFalse(Wish.objects.exists())
