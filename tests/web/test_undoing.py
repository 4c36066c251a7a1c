"""A wrong tap on the page is taken back on the page: from the toast and beside the answer."""

from datetime import date, timedelta

from availability import actions
from availability.actions.behalf import answer_for
from availability.models import Entry
from tests import make
from tests.cast import TONIGHT, SlomixTestCase

TODAY = TONIGHT.date()
UNDO = 'action="/evenings/2026-11-20/undo/"'


class UndoTests(SlomixTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.sign_in(self.bor)

    def press(self, verb: str = "", day: date = TODAY, **fields: str) -> str:
        answer = self.client.post(f"/evenings/{day}/{verb}", fields, follow=True)
        return str(answer.content.decode())

    def said(self, day: date = TODAY) -> str | None:
        entry = Entry.objects.on(day).filter(person=self.bor).first()
        return entry.status if entry else None

    def test_the_toast_says_what_holds_and_offers_to_undo_it(self) -> None:
        page = self.press(status="MAYBE")

        self.assertIn("Your answer for Friday 20 November: Maybe.", page)
        self.assertIn('id="toast-undo"', page)
        self.assertEqual(page.count(UNDO), 2)

    def test_the_toast_is_said_once_and_the_offer_stays_beside_the_answer(self) -> None:
        self.press(status="MAYBE")

        page = self.client.get("/").content.decode()

        self.assertNotIn("toast-undo", page)
        self.assertIn('id="today-undo"', page)

    def test_undo_brings_the_answer_before_back_and_says_so(self) -> None:
        self.press(status="LOOKING")
        self.press(status="NOT_PLAYING")

        page = self.press("undo/")

        self.assertEqual(self.said(), "LOOKING")
        self.assertIn("Undone. Your answer for Friday 20 November: Looking.", page)
        self.assertNotIn(UNDO, page)

    def test_undoing_a_first_answer_leaves_none(self) -> None:
        self.press(status="LOOKING")

        page = self.press("undo/")

        self.assertIsNone(self.said())
        self.assertIn("Undone. You have no answer for Friday 20 November.", page)

    def test_a_tap_on_a_days_one_button_is_undone_as_well(self) -> None:
        day = TODAY + timedelta(days=2)
        page = self.press("next/", day, after="")
        self.assertIn("Your answer for Sunday 22 November: Looking.", page)

        self.press("undo/", day)

        self.assertIsNone(self.said(day))

    def test_clearing_is_undone_as_well(self) -> None:
        self.press(status="LOOKING")
        page = self.press("clear/")
        self.assertIn("Your answer for Friday 20 November is cleared.", page)
        self.assertIn('id="toast-undo"', page)

        self.press("undo/")

        self.assertEqual(self.said(), "LOOKING")

    def test_clearing_says_that_the_week_leaves_it_empty(self) -> None:
        actions.set_pattern(person=self.bor, week={4: "MAYBE"}, at=TONIGHT)
        self.press(status="LOOKING")

        page = self.press("clear/")

        self.assertIn("is cleared. Your usual week does not fill it again.", page)
        self.assertIsNone(self.said())

    def test_what_is_usual_is_cleared_and_undone_by_a_press(self) -> None:
        actions.set_pattern(person=self.bor, week={4: "MAYBE"}, at=TONIGHT)
        self.assertContains(self.client.get("/"), 'action="/evenings/2026-11-20/clear/"')

        self.press("clear/")
        self.assertIsNone(self.said())
        self.press("undo/")

        self.assertEqual(self.said(), "MAYBE")

    def test_in_an_absence_clearing_says_that_one_is_away(self) -> None:
        self.press(status="LOOKING")
        actions.add_away(person=self.bor, first=TODAY, last=TODAY, at=TONIGHT)

        page = self.press("clear/")

        self.assertIn("is cleared. You are away, so it is Not playing.", page)

    def test_after_five_minutes_it_is_neither_offered_nor_done(self) -> None:
        self.press(status="LOOKING")
        self.travel("19:36")

        self.assertNotIn(UNDO, self.client.get("/").content.decode())
        answer = self.client.post("/evenings/2026-11-20/undo/")

        self.assertContains(answer, "There is nothing to undo", status_code=400)
        self.assertEqual(self.said(), "LOOKING")

    def test_what_an_admin_said_is_offered_and_undone_an_hour_later(self) -> None:
        tomorrow = TODAY + timedelta(days=1)
        answer_for(person=self.bor, day=tomorrow, status="LOOKING", at=TONIGHT, by=self.ana)
        self.travel("20:35")
        offered = 'action="/evenings/2026-11-21/undo/"'
        self.assertContains(self.client.get("/"), offered)

        self.press("undo/", tomorrow)

        self.assertIsNone(self.said(tomorrow))
        self.assertNotContains(self.client.get("/"), offered)

    def test_what_was_said_after_an_admin_is_the_persons_own(self) -> None:
        answer_for(person=self.bor, day=TODAY, status="LOOKING", at=TONIGHT, by=self.ana)
        self.press(status="MAYBE")
        self.travel("20:35")

        self.assertNotIn(UNDO, self.client.get("/").content.decode())

    def test_what_the_week_wrote_is_nothing_to_undo(self) -> None:
        actions.set_pattern(person=self.bor, week={4: "MAYBE"}, at=TONIGHT)

        page = self.client.get("/").content.decode()

        self.assertNotIn(UNDO, page)

    def test_only_ones_own_press_is_undone(self) -> None:
        actions.answer(person=self.ana, day=TODAY, status="LOOKING", at=TONIGHT)

        self.assertNotIn(UNDO, self.client.get("/").content.decode())
        self.client.post("/evenings/2026-11-20/undo/")

        self.assertEqual(Entry.objects.get().person, self.ana)

    def test_it_leads_back_to_where_the_press_was(self) -> None:
        self.press(status="LOOKING")

        answer = self.client.post("/evenings/2026-11-20/undo/", {"next": "/?day=2026-11-20#day"})

        self.assertEqual(answer["Location"], "/?day=2026-11-20#day")


class LaterTests(SlomixTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.sign_in(self.bor)

    def say(self, begin: str, status: str = "LOOKING") -> str:
        fields = {"status": status, "from": begin}
        answer = self.client.post("/evenings/2026-11-20/", fields, follow=True)
        return str(answer.content.decode())

    def test_a_later_start_is_said_on_the_card_and_in_the_queue(self) -> None:
        page = self.say("21.30")

        self.assertIn("Your answer for Friday 20 November: Looking, from 21:30 CET.", page)
        self.assertIn('<b class="tone-looking">Looking</b> from 21:30 CET', page)
        self.assertIn("<small>from 21:30 CET</small>", page)
        self.assertIn('name="from" value="21:30"', page)

    def test_others_see_it_beside_the_face(self) -> None:
        self.say("22:00", "AVAILABLE")
        self.sign_in(self.ana)

        self.assertContains(self.client.get("/"), "<small>from 22:00</small>", html=True)

    def test_the_field_is_there_for_a_yes_only(self) -> None:
        fields = {
            status: 'id="today-from"' in self.say("", status)
            for status in ("LOOKING", "AVAILABLE", "MAYBE", "NOT_PLAYING")
        }

        self.assertEqual(list(fields.values()), [True, True, False, False])

    def test_what_is_no_later_time_is_refused_in_words_and_changes_nothing(self) -> None:
        for begin, words in (("soon", "is not a time"), ("20:15", "We start at 21:00 CET")):
            with self.subTest(begin):
                self.assertIn(words, self.say(begin))
        self.assertFalse(Entry.objects.exists())

    def test_the_living_page_notices_it(self) -> None:
        self.say("")
        before = self.client.get("/").content.decode().split("seen=")[1].split('"')[0]

        self.say("21:30")

        self.assertEqual(self.client.get(f"/?seen={before}").status_code, 200)


class OriginTests(SlomixTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.sign_in(self.bor)

    def test_every_day_says_where_its_answer_comes_from(self) -> None:
        actions.set_pattern(person=self.bor, week={5: "MAYBE", 6: "LOOKING"}, at=TONIGHT)
        monday = TODAY + timedelta(days=3)
        actions.add_away(person=self.bor, first=monday, last=monday, at=TONIGHT)
        make.entry(self.bor, door="discord")
        make.entry(self.bor, "AVAILABLE", day=TODAY + timedelta(days=4), door="telegram")

        page = " ".join(self.client.get("/").content.decode().split())

        self.assertIn("since 19:30 · Discord", page)
        self.assertIn('you are <b class="tone-maybe">Maybe</b> · your week', page)
        self.assertIn("from your week", page)
        self.assertIn("you are away", page)
        self.assertIn("your answer, via Telegram", page)

    def test_an_absence_is_ended_and_not_cleared(self) -> None:
        actions.add_away(person=self.bor, first=TODAY, last=TODAY, at=TONIGHT)

        self.assertNotContains(self.client.get("/"), "/evenings/2026-11-20/clear/")

    def test_how_it_came_about_is_told_on_the_day_itself(self) -> None:
        actions.set_pattern(person=self.bor, week={4: "MAYBE"}, at=TONIGHT)
        self.client.post("/evenings/2026-11-20/", {"status": "LOOKING", "from": "21:30"})
        self.client.post("/evenings/2026-11-20/undo/")

        page = self.client.get("/?day=2026-11-20").content.decode()

        told = page.split('class="past"')[1].split("</ol>")[0]
        steps = [step.split("</li>")[0] for step in told.split("<li>")[1:]]
        wanted = (("Maybe", "undone, this page"), ("Looking, from 21:30", "this page"))
        for step, (words, cause) in zip(steps, (*wanted, ("Maybe", "your week")), strict=True):
            self.assertIn(f"{words}</span>", step)
            self.assertIn(f"{cause}</span>", step)

    def test_nobody_elses_history_is_told(self) -> None:
        actions.answer(person=self.ana, day=TODAY, status="LOOKING", at=TONIGHT)

        self.assertNotContains(self.client.get("/?day=2026-11-20"), 'class="past"')
