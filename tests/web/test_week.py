"""Your evenings: the usual week by one press, being away, the calendar, and who changed what."""

from datetime import timedelta
from typing import Any

from django.test import override_settings

from availability import actions, queries
from availability.actions.behalf import answer_for
from availability.models import Away, Change, Entry, Feed, Usual
from slomix import person as people
from tests import make
from tests.cast import TONIGHT, SlomixTestCase

TODAY = TONIGHT.date()  # a Friday
PAGE = "/you/week/"


class Evenings(SlomixTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.sign_in(self.bor)

    def press(self, weekday: object, status: str, **headers: str) -> Any:
        form = {"day": weekday, "status": status}
        return self.client.post(f"{PAGE}usual/", form, follow=not headers, headers=headers)


class UsualTests(Evenings):
    def test_one_press_says_what_is_usual(self) -> None:
        answer = self.press(1, "LOOKING")

        self.assertContains(answer, "Tuesday: Looking. 13 evenings changed.")
        self.assertEqual(queries.usual(self.bor.pk), {1: "LOOKING"})
        self.assertEqual(Entry.objects.filter(door="pattern").count(), 13)

    def test_the_other_days_stay(self) -> None:
        self.press(1, "LOOKING")
        self.press(3, "MAYBE")
        self.press(1, "")

        self.assertEqual(queries.usual(self.bor.pk), {3: "MAYBE"})
        self.assertEqual({one.day.weekday() for one in Entry.objects.all()}, {3})

    def test_htmx_gets_the_week_and_the_history_beside_it(self) -> None:
        answer = self.press(1, "LOOKING", **{"HX-Request": "true"})

        self.assertContains(answer, '<section class="sheet" id="usual"')
        self.assertContains(answer, 'hx-swap-oob="true"')
        self.assertNotContains(answer, "away-from")  # nobody types there in vain

    def test_what_is_no_day_and_no_answer_is_refused(self) -> None:
        for weekday, status in (
            ("7", "LOOKING"),
            ("", "LOOKING"),
            ("1", "x"),
            ("9", ""),
            ("x", ""),
        ):
            with self.subTest(weekday=weekday, status=status):
                self.assertEqual(self.press(weekday, status).status_code, 400)
        self.assertFalse(Usual.objects.exists())


class AwayTests(Evenings):
    def say(self, first: str, last: str) -> Any:
        form = {"from": first, "to": last}
        return self.client.post(f"{PAGE}away/", form, follow=True)

    def test_it_is_said_listed_and_ended(self) -> None:
        said = self.say("2026-11-29", "2026-12-06")

        self.assertContains(said, "Away 29 November to 6 December.")
        self.assertEqual(Entry.objects.filter(door="away", status="NOT_PLAYING").count(), 8)
        over = self.client.post(f"{PAGE}back/", {"absence": Away.objects.get().pk}, follow=True)
        self.assertContains(over, "Welcome back.")
        self.assertFalse(Entry.objects.exists())

    def test_one_day_needs_one_date(self) -> None:
        self.assertContains(self.say("2026-11-29", ""), "Away Sunday 29 November.")

    def test_what_is_wrong_stands_beside_its_field_with_what_was_typed(self) -> None:
        for first, last, field, why in (
            ("", "", "from", "Choose the first day"),
            ("2026-02-29", "2026-12-01", "from", "I do not know the day"),
            ("2026-11-19", "2026-12-01", "from", "is over"),
            ("2026-12-01", "2026-11-29", "to", "before the first one"),
            ("2026-12-01", "soon", "to", "I do not know the day"),
            ("2026-12-01", "2027-12-01", "to", "at most 180 days"),
        ):
            with self.subTest(first=first, last=last):
                answer = self.say(first, last)
                self.assertContains(answer, why, status_code=400)
                self.assertContains(answer, f'id="away-{field}-note"', count=1, status_code=400)
                self.assertContains(
                    answer, f'name="to" type="date" value="{last}"', status_code=400
                )
        self.assertFalse(Away.objects.exists())

    def test_somebody_elses_absence_is_not_ended(self) -> None:
        theirs = actions.add_away(person=self.ana, first=TODAY, last=TODAY, at=TONIGHT)

        for number in (str(theirs.pk), "x", "9" * 40):
            answer = self.client.post(f"{PAGE}back/", {"absence": number}, follow=True)
            self.assertContains(answer, "taken back already")
        self.assertTrue(Away.objects.filter(pk=theirs.pk).exists())


@override_settings(FRONTEND_ORIGIN="https://slomix.example")
class CalendarTests(Evenings):
    def make(self, kind: str = "personal", lead: str = "30") -> Any:
        return self.client.post(f"{PAGE}calendar/{kind}/", {"lead": lead})

    def test_the_address_is_shown_once_with_a_link_that_subscribes(self) -> None:
        made = self.make()

        self.assertContains(made, 'value="https://slomix.example/evenings/calendar/')
        self.assertContains(made, 'href="webcal://slomix.example/evenings/calendar/')
        self.assertEqual(made["Cache-Control"], "no-store")
        self.assertEqual(Feed.objects.get().lead_minutes, 30)
        self.assertNotContains(self.client.get(PAGE), "/evenings/calendar/")

    def test_it_rings_at_another_time_at_the_same_address(self) -> None:
        self.make()
        digest = Feed.objects.get().digest

        for lead, wanted in (("60", 60), ("never", None), ("0", 0)):
            self.client.post(f"{PAGE}calendar/personal/ring/", {"lead": lead})
            feed = Feed.objects.get()
            self.assertEqual((feed.lead_minutes, feed.digest), (wanted, digest))

    def test_a_time_from_elsewhere_is_still_chosen_on_the_page(self) -> None:
        actions.make_feed(person=self.bor, kind="personal", at=TONIGHT, lead_minutes=17)

        page = self.client.get(PAGE)

        self.assertContains(
            page, '<option value="17" selected>17 minutes before</option>', html=True
        )

    def test_a_revoked_address_reads_nothing(self) -> None:
        token = actions.make_feed(person=self.bor, kind="community", at=TONIGHT)

        self.client.post(f"{PAGE}calendar/community/revoke/")

        self.assertEqual(self.client.get(f"/evenings/calendar/{token}.ics").status_code, 404)

    def test_what_is_no_calendar_is_refused(self) -> None:
        for kind, lead in (
            ("mine", "15"),
            ("personal", "x"),
            ("personal", "1441"),
            ("personal", ""),
        ):
            with self.subTest(kind=kind, lead=lead):
                self.assertEqual(self.make(kind, lead).status_code, 400)
        self.assertFalse(Feed.objects.exists())


class ChangesTests(Evenings):
    def test_it_says_what_was_changed_when_and_through_which_door(self) -> None:
        actions.answer(person=self.bor, day=TODAY, status="MAYBE", at=make.at("18:00"))
        actions.answer(
            person=self.bor, day=TODAY, status="LOOKING", at=make.at("19:10"), door="discord"
        )

        page = self.client.get(PAGE)

        self.assertContains(page, "you, on Discord")
        self.assertContains(page, "you, on the site")
        self.assertContains(page, "19:10")

    def test_an_admin_who_answered_for_you_is_named(self) -> None:
        answer_for(person=self.bor, day=TODAY, status="LOOKING", at=make.at("18:00"), by=self.ana)

        page = self.client.get(PAGE)

        self.assertContains(page, "an admin answered for you (<bdi>Ana Dinamit</bdi>)")

    def test_the_api_says_so_too(self) -> None:
        answer_for(person=self.bor, day=TODAY, status="LOOKING", at=TONIGHT, by=self.ana)
        answer_for(person=self.bor, day=TODAY, status="MAYBE", at=TONIGHT, by=None)
        actions.answer(person=self.bor, day=TODAY, status="LOOKING", at=TONIGHT)

        found = self.client.get("/api/availability/history").json()["changes"]

        self.assertEqual(
            [(one["by_you"], one["by"]) for one in found],
            [(True, None), (False, None), (False, "Ana Dinamit")],
        )

    def test_whoever_was_erased_since_is_named_no_more(self) -> None:
        answer_for(person=self.bor, day=TODAY, status="LOOKING", at=TONIGHT, by=self.ana)
        people.erase(person=self.ana, at=TONIGHT, signed_in_at=TONIGHT)

        page = self.client.get(PAGE)

        self.assertContains(page, "an admin answered for you</p>")
        self.assertNotContains(page, "gone-")
        self.assertNotContains(self.client.get("/api/availability/history"), "gone-")

    def test_it_can_be_undone_an_hour_later_because_an_admin_did_it(self) -> None:
        answer_for(person=self.bor, day=TODAY, status="LOOKING", at=make.at("18:00"), by=self.ana)
        change = Change.objects.get()
        self.assertContains(self.client.get(PAGE), f'name="change" value="{change.pk}"')

        form = {"date": TODAY.isoformat(), "change": change.pk}
        answer = self.client.post(f"{PAGE}undo/", form, follow=True)

        self.assertContains(answer, "Taken back. Friday 20 November: no answer.")
        self.assertFalse(Entry.objects.exists())

    def test_ones_own_old_answer_is_answered_anew_instead(self) -> None:
        actions.answer(person=self.bor, day=TODAY, status="MAYBE", at=make.at("18:00"))

        page = self.client.get(PAGE)

        self.assertNotContains(page, 'name="change"')
        self.assertContains(page, 'href="/?day=2026-11-20#day"')

    def test_an_old_page_undoes_nothing_newer(self) -> None:
        actions.answer(person=self.bor, day=TODAY, status="MAYBE", at=TONIGHT)
        shown = Change.objects.get().pk
        actions.answer(person=self.bor, day=TODAY, status="LOOKING", at=TONIGHT)

        form = {"date": TODAY.isoformat(), "change": shown}
        answer = self.client.post(f"{PAGE}undo/", form, follow=True)

        self.assertContains(answer, "You have answered anew since.")
        self.assertEqual(Entry.objects.get().status, "LOOKING")

    def test_a_week_is_one_line_and_midnight_is_none(self) -> None:
        actions.set_pattern(person=self.bor, week={1: "LOOKING"}, at=TONIGHT)
        for days in range(1, 15):
            actions.fill_ahead(TONIGHT + timedelta(days=days))

        page = self.client.get(PAGE)

        self.assertContains(page, "13 evenings, 24 November to 16 February")
        self.assertContains(page, "</time>, your usual week", count=1)

    def test_it_costs_the_same_for_many_changes(self) -> None:
        actions.answer(person=self.bor, day=TODAY, status="MAYBE", at=TONIGHT)
        self.client.get(PAGE)
        for n in range(20):
            day = TODAY + timedelta(days=n)
            answer_for(person=self.bor, day=day, status="LOOKING", at=TONIGHT, by=self.ana)

        with self.assertNumQueries(6):
            self.client.get(PAGE)


class CardTests(Evenings):
    def test_the_page_you_says_what_is_usual_and_leads_there(self) -> None:
        actions.set_pattern(person=self.bor, week={1: "LOOKING"}, at=TONIGHT)
        actions.add_away(person=self.bor, first=TODAY, last=TODAY, at=TONIGHT)

        page = self.client.get("/you/")

        self.assertContains(page, "Tuesday: Looking")
        self.assertContains(page, "Friday 20 November")
        self.assertContains(page, f'href="{PAGE}"')

    def test_whoever_has_no_player_is_led_to_one(self) -> None:
        self.sign_in(self.cene)

        self.assertRedirects(self.client.get(PAGE), "/link/")
        self.assertNotContains(self.client.get("/you/"), f'href="{PAGE}"')
