"""The promoter's pages."""

from django.conf import settings
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from availability.models import Status
from botworker.models import Delivery
from promotions.models import Campaign
from tests import make
from tests.cast import SlomixTestCase
from tests.gone import take_away

HTMX = {"HX-Request": "true"}


class CallingCase(SlomixTestCase):
    def setUp(self) -> None:
        super().setUp()
        make.entry(self.bor)
        self.dora = make.person("Dora", opted_in=True)
        make.entry(self.dora, Status.MAYBE)
        self.emil = make.person("Emil")
        make.entry(self.emil)
        self.sign_in(self.ana)


class PreviewTests(CallingCase):
    def test_it_shows_who_will_hear_who_not_and_why(self) -> None:
        page = self.client.get("/promote/")

        self.assertContains(page, "2 will hear")
        self.assertContains(page, "1 will not")
        self.assertContains(page, "Has not asked for reminders")
        self.assertContains(page, "<b>Game night at 21:00 CET.</b>")

    def test_the_choices_change_it_without_a_script(self) -> None:
        page = self.client.get("/promote/?chosen=1&include_available=on")

        self.assertContains(page, "1 will hear")
        self.assertNotContains(page, "Dora")

    def test_htmx_gets_the_preview_alone(self) -> None:
        answer = self.client.get("/promote/?chosen=1", headers=HTMX)

        self.assertTrue(answer.content.strip().startswith(b'<div id="preview"'))

    def test_nobody_confirms_the_old_report_while_another_is_fetched(self) -> None:
        page = self.client.get("/promote/")

        self.assertContains(page, 'hx-disabled-elt="#confirm"')
        self.assertContains(page, '<button class="button first" id="confirm"')

    def test_what_is_confirmed_is_what_was_shown(self) -> None:
        page = self.client.get("/promote/?chosen=1&dry_run=on").content.decode()

        self.assertIn('name="dry_run" value="on"', page)
        self.assertNotIn('<input type="hidden" name="include_maybe"', page)

    @override_settings(PROMOTION_DRY_RUN_DEFAULT=True)
    def test_a_dry_run_can_be_the_default(self) -> None:
        self.assertContains(self.client.get("/promote/"), "Rehearse the call")

    def test_too_late_is_said_before_the_press(self) -> None:
        self.travel("22:30")

        page = self.client.get("/promote/")

        self.assertContains(page, "It is too late to call anybody tonight")
        self.assertContains(page, "disabled")


class PreviewFactsTests(CallingCase):
    def test_it_says_whom_the_call_is_for(self) -> None:
        for query, words in (
            ("", "Called are Looking, Available and Maybe."),
            ("?chosen=1", "Called are those who are Looking alone."),
            ("?chosen=1&include_maybe=on", "Looking and Maybe; Available is not."),
            ("?chosen=1&include_available=on", "Looking and Available; Maybe is not."),
        ):
            self.assertContains(self.client.get(f"/promote/{query}"), words)

    def test_it_counts_who_asked_to_be_reminded_and_has_a_link_to_share(self) -> None:
        page = self.client.get("/promote/")

        self.assertContains(page, "2 are looking, 1 asked to be reminded.")
        self.assertContains(page, f'href="{settings.FRONTEND_ORIGIN}/you/"')

    def test_times_that_are_past_are_said_with_what_is_left(self) -> None:
        for wall, words in (
            ("20:50", "20:45 is past and is sent at once; 21:00 will be sent."),
            ("20:58", "20:45 is over; 21:00 will be sent."),
            ("21:05", "20:45 is over; 21:00 is past and is sent at once."),
        ):
            self.travel(wall)
            self.assertContains(self.client.get("/promote/"), words)

    def test_before_the_first_time_nothing_of_that_is_said(self) -> None:
        self.assertNotContains(self.client.get("/promote/"), "will be sent.")

    def test_the_questions_to_the_database_do_not_grow_with_the_people(self) -> None:
        """W36: the recipients' players were looked up one by one."""
        with CaptureQueriesContext(connection) as few:
            self.client.get("/promote/")
        for _n in range(20):
            make.entry(make.person(opted_in=True))

        with self.assertNumQueries(len(few)):
            self.client.get("/promote/")


class ConfirmTests(CallingCase):
    def confirm(self, **data: str) -> str:
        answer = self.client.post("/promote/", {"include_maybe": "on", **data})
        return str(answer.headers.get("Location", ""))

    def test_it_leads_to_the_page_of_the_call(self) -> None:
        where = self.confirm()

        campaign = Campaign.objects.get()
        self.assertEqual(where, f"/calls/{campaign.pk}/")
        self.assertContains(self.client.get(where), "0 of 2 reached")

    def test_a_double_click_ends_on_the_same_page(self) -> None:
        first, second = self.confirm(), self.confirm()

        self.assertEqual(first, second)
        self.assertEqual(Campaign.objects.count(), 1)

    def test_too_late_is_refused_in_words(self) -> None:
        self.travel("22:30")

        answer = self.client.post("/promote/")

        self.assertContains(answer, "too late to call", status_code=400)
        self.assertFalse(Campaign.objects.exists())

    @override_settings(PROMOTION_ENABLED=False)
    def test_calls_can_be_switched_off(self) -> None:
        answer = self.client.get("/promote/")

        self.assertContains(answer, "Calls are switched off here", status_code=400)

    def test_a_dry_run_promises_nothing(self) -> None:
        self.confirm(dry_run="on")

        self.assertContains(self.client.get("/"), "Only a dry run: nobody hears anything.")
        self.assertNotContains(self.client.get("/promote/"), "Tonight is called already")

    def test_the_tonight_page_says_so_to_everybody_who_plays(self) -> None:
        self.confirm()
        self.sign_in(self.bor)

        page = self.client.get("/")

        self.assertContains(page, "2 people will hear from us at 20:45 and 21:00 CET.")
        self.assertNotContains(page, "See who and how")


class ProgressTests(CallingCase):
    def setUp(self) -> None:
        super().setUp()
        self.page = self.client.post("/promote/", {"include_maybe": "on"})["Location"]

    def test_the_counts_add_up(self) -> None:
        self.assertContains(
            self.client.get(self.page),
            "6 messages = 0 sent + 6 waiting + 0 failed + 0 skipped + 0 unconfirmed",
        )

    def test_it_asks_again_until_nothing_waits(self) -> None:
        self.assertContains(self.client.get(self.page), 'hx-trigger="every 3s, click"')
        Delivery.objects.update(state="sent", settled_at=self.now)

        page = self.client.get(self.page)

        self.assertNotContains(page, "every 3s")
        self.assertContains(page, "2 of 2 reached")

    def test_htmx_gets_the_progress_alone(self) -> None:
        answer = self.client.get(self.page, headers=HTMX)

        self.assertTrue(answer.content.strip().startswith(b'<div id="progress"'))

    def test_reasons_are_given(self) -> None:
        Delivery.objects.filter(person=self.dora).update(
            state="failed", reason="direct messages are closed"
        )

        self.assertContains(self.client.get(self.page), "Direct messages are closed")

    def test_cancelling_takes_two_presses_and_no_script(self) -> None:
        self.assertContains(self.client.get(self.page), "Yes, cancel the call")

        answer = self.client.post(f"{self.page}cancel/", follow=True)

        self.assertContains(answer, "The call is off")
        self.assertContains(answer, "6 messages are not sent.")
        self.assertNotContains(answer, "Yes, cancel the call")

    def test_somebody_who_left_has_no_name(self) -> None:
        take_away(self.dora)

        self.assertContains(self.client.get(self.page), "somebody who left")

    def test_no_such_call_is_off_the_map(self) -> None:
        self.assertContains(self.client.get("/calls/9999/"), "Off the map", status_code=404)
