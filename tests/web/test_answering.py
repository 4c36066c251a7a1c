"""Answering from the page: with HTMX and without any script."""

from datetime import date, timedelta

from availability.models import Entry, Status
from tests import make
from tests.cast import TONIGHT, SlomixTestCase

TODAY = TONIGHT.date()
HTMX = {"HX-Request": "true"}


class AnswerTests(SlomixTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.sign_in(self.bor)

    def said(self, day: date = TODAY) -> str | None:
        entry = Entry.objects.on(day).filter(person=self.bor).first()
        return entry.status if entry else None

    def test_a_press_without_script_leads_back_to_the_card(self) -> None:
        answer = self.client.post("/evenings/2026-11-20/", {"status": "LOOKING", "next": "/#today"})

        self.assertRedirects(answer, "/#today", fetch_redirect_response=False)
        self.assertEqual(self.said(), Status.LOOKING)

    def test_htmx_follows_the_same_way_to_the_part(self) -> None:
        answer = self.client.post(
            "/evenings/2026-11-20/", {"status": "MAYBE"}, headers=HTMX, follow=True
        )

        self.assertContains(answer, 'value="MAYBE" aria-pressed="true"')

    def test_it_never_leads_to_another_site(self) -> None:
        answer = self.client.post(
            "/evenings/2026-11-20/", {"status": "LOOKING", "next": "//evil.example/"}
        )

        self.assertEqual(answer["Location"], "/")

    def test_an_unknown_answer_is_refused_and_changes_nothing(self) -> None:
        for status in ("", "PLAYING", "looking", "'; DROP", "LOOKING\x00"):
            with self.subTest(status):
                answer = self.client.post("/evenings/2026-11-20/", {"status": status})

                self.assertContains(answer, "is not an answer", status_code=400)
        self.assertIsNone(self.said())

    def test_a_day_that_is_over_or_too_far_is_refused_in_words(self) -> None:
        over = self.client.post("/evenings/2026-11-19/", {"status": "LOOKING"})
        far = self.client.post("/evenings/2027-02-19/", {"status": "LOOKING"})

        self.assertContains(over, "2026-11-19 is over", status_code=400)
        self.assertContains(far, "We plan 90 days ahead", status_code=400)
        self.assertFalse(Entry.objects.exists())

    def test_what_is_no_day_is_no_address(self) -> None:
        for path in ("soon", "2026-02-30", "2026-1-1", "0000-00-00", "2026-11-20T21:00"):
            with self.subTest(path):
                answer = self.client.post(f"/evenings/{path}/", {"status": "LOOKING"})

                self.assertEqual(answer.status_code, 404)

    def test_a_refusal_comes_to_htmx_as_a_note(self) -> None:
        answer = self.client.post("/evenings/2026-11-19/", {"status": "LOOKING"}, headers=HTMX)

        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer["HX-Retarget"], "#refused")
        self.assertContains(answer, "is over")
        self.assertNotContains(answer, "<html")

    def test_clearing_takes_the_answer_back(self) -> None:
        make.entry(self.bor)

        self.client.post("/evenings/2026-11-20/clear/")
        again = self.client.post("/evenings/2026-11-20/clear/")

        self.assertIsNone(self.said())
        self.assertEqual(again.status_code, 302)

    def test_looking_at_the_address_shows_the_day(self) -> None:
        answer = self.client.get("/evenings/2026-11-25/")

        self.assertRedirects(answer, "/?day=2026-11-25")


class OneButtonTests(SlomixTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.sign_in(self.bor)
        self.day = TODAY + timedelta(days=2)

    def press(self, after: str) -> str | None:
        self.client.post(f"/evenings/{self.day}/next/", {"after": after})
        entry = Entry.objects.on(self.day).first()
        return entry.status if entry else None

    def test_it_goes_round(self) -> None:
        round_ = [self.press(after) for after in ("", *Status.values)]

        self.assertEqual(round_, [*Status.values, None])

    def test_a_double_click_is_one_step(self) -> None:
        self.press("LOOKING")

        self.assertEqual(self.press("LOOKING"), Status.AVAILABLE)

    def test_a_forged_step_is_refused(self) -> None:
        answer = self.client.post(f"/evenings/{self.day}/next/", {"after": "<b>"})

        self.assertContains(answer, "is not an answer", status_code=400)


class WhoMayAnswerTests(SlomixTestCase):
    def test_a_visitor_is_sent_to_sign_in(self) -> None:
        answer = self.client.post("/evenings/2026-11-20/", {"status": "LOOKING", "next": "/#today"})

        self.assertEqual(answer["Location"], "/accounts/sign-in/?next=%2F%23today")

    def test_whoever_has_no_player_is_sent_to_choose_one(self) -> None:
        self.sign_in(self.cene)

        answer = self.client.post("/evenings/2026-11-20/", {"status": "LOOKING"})

        self.assertRedirects(answer, "/link/")
        self.assertFalse(Entry.objects.exists())

    def test_htmx_is_told_to_change_the_page(self) -> None:
        answer = self.client.post("/evenings/2026-11-20/", {"status": "LOOKING"}, headers=HTMX)

        self.assertEqual(answer["HX-Redirect"], "/accounts/sign-in/?next=%2F")

    def test_a_press_needs_the_csrf_token(self) -> None:
        self.sign_in(self.bor)
        self.client.handler.enforce_csrf_checks = True

        answer = self.client.post("/evenings/2026-11-20/", {"status": "LOOKING"})

        self.assertContains(answer, "That press is too old", status_code=403)
        self.assertFalse(Entry.objects.exists())
