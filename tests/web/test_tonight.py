"""The Tonight page: what it shows to whom."""

from datetime import timedelta

from django.test import override_settings

from availability.models import Status
from tests import make
from tests.cast import TONIGHT, SlomixTestCase
from tests.channels.keys import HAVE_BOTH

TODAY = TONIGHT.date()
TOMORROW = TODAY + timedelta(days=1)


class HeroTests(SlomixTestCase):
    def test_an_empty_evening_invites(self) -> None:
        self.sign_in(self.bor)

        page = self.client.get("/")

        self.assertContains(page, "goes first?")
        self.assertContains(page, "Queue is empty")
        self.assertContains(page, "I’m looking")

    def test_it_counts_towards_the_game(self) -> None:
        for _n in range(4):
            make.entry(make.person())

        page = self.client.get("/")

        self.assertContains(page, "<em>2 more</em> and we play", html=True)
        self.assertContains(page, "<title>2 more and we play · Slomix</title>", html=True)

    def test_with_six_we_are_on(self) -> None:
        for _n in range(6):
            make.entry(make.person())

        self.assertContains(self.client.get("/"), "<em>We are on</em>", html=True)

    def test_with_twelve_there_are_two_full_teams(self) -> None:
        for _n in range(13):
            make.entry(make.person())

        page = self.client.get("/")

        self.assertContains(page, "Two full teams")
        self.assertContains(page, "12 of 12 places taken")

    def test_the_ruler_shows_now_the_call_and_the_start(self) -> None:
        self.travel("20:31")

        page = self.client.get("/")

        self.assertContains(page, "Now 20:31. Reminders go out at 20:45, the game starts at 21:00.")
        self.assertContains(page, "29 min")

    def test_long_before_there_is_only_the_time_left(self) -> None:
        page = self.client.get("/")

        self.assertContains(page, "1 h 30 min")
        self.assertNotContains(page, 'class="ruler"')

    def test_after_the_start_it_is_on(self) -> None:
        self.travel("21:20")

        self.assertContains(self.client.get("/"), "It is on")

    def test_the_readers_own_time_stands_beside_ours(self) -> None:
        reader = make.person("Nova", timezone="America/New_York")
        self.sign_in(reader)

        self.assertContains(self.client.get("/"), "15:00 EST for you")

    def test_the_same_clock_is_not_named_twice(self) -> None:
        reader = make.person("Roma", timezone="Europe/Rome")
        self.sign_in(reader)

        self.assertNotContains(self.client.get("/"), "for you")

    def test_in_summer_the_zone_is_named_as_it_is_then(self) -> None:
        self.travel(TONIGHT.replace(year=2027, month=7))

        self.assertContains(self.client.get("/"), "21:00 CEST")

    def test_a_monitor_may_ask_for_the_head_alone(self) -> None:
        self.assertEqual(self.client.head("/").status_code, 200)


class CardTests(SlomixTestCase):
    def test_the_own_answer_is_pressed(self) -> None:
        make.entry(self.bor, Status.MAYBE, day=TOMORROW)
        self.sign_in(self.bor)

        page = self.client.get("/")

        self.assertContains(
            page, 'id="tomorrow-maybe" name="status" value="MAYBE" aria-pressed="true"'
        )
        self.assertContains(
            page, 'id="today-maybe" name="status" value="MAYBE" aria-pressed="false"'
        )

    def test_the_bar_says_how_the_evening_divides(self) -> None:
        make.entry(self.ana)
        make.entry(self.bor, Status.NOT_PLAYING)

        self.assertContains(self.client.get("/"), "1 looking, 0 available, 0 maybe, 1 not playing")

    def test_clearing_is_offered_to_whoever_answered(self) -> None:
        make.entry(self.bor)
        self.sign_in(self.bor)

        self.assertContains(self.client.get("/"), 'action="/evenings/2026-11-20/clear/"')


class QueueTests(SlomixTestCase):
    def test_it_lists_who_is_looking_since_when_and_from_where(self) -> None:
        make.entry(self.ana, since=make.at("18:02"), door="discord")
        make.entry(self.bor, since=make.at("19:00"))
        self.sign_in(self.bor)

        page = self.client.get("/")

        self.assertContains(page, "18:02")
        self.assertContains(page, "Discord")
        self.assertContains(page, "<small>first in</small>", html=True)
        self.assertContains(page, "You and <bdi>Ana Dinamit</bdi> are looking.")

    def test_coming_late_is_shown(self) -> None:
        make.entry(self.ana, late_until=make.at("21:10"))
        self.sign_in(self.bor)

        self.assertContains(self.client.get("/"), "from 21:10 CET")

    def test_an_answer_from_yesterday_carries_its_date(self) -> None:
        make.entry(self.ana, since=TONIGHT - timedelta(days=1))
        self.sign_in(self.bor)

        self.assertContains(self.client.get("/"), "19. 11. 19:30")


class AskedOnceTests(SlomixTestCase):
    def ask_is_there(self) -> bool:
        return "asked once, never again" in self.client.get("/").content.decode()

    def test_it_is_asked_right_after_the_first_looking(self) -> None:
        self.sign_in(self.bor)
        before = self.ask_is_there()

        self.client.post("/evenings/2026-11-20/", {"status": "LOOKING"})

        self.assertFalse(before)
        self.assertTrue(self.ask_is_there())

    def test_nothing_is_ticked_beforehand(self) -> None:
        make.entry(self.bor)
        self.sign_in(self.bor)

        page = self.client.get("/").content.decode()

        self.assertNotIn("checked", page)

    def test_a_yes_counts_and_is_not_asked_again(self) -> None:
        dora = make.person("Dora")
        make.entry(dora)
        self.sign_in(dora)

        answer = self.client.post("/remind/", {"remind": "discord"}, follow=True)

        self.assertContains(answer, "We remind you on Discord at 20:45 and 21:00 CET")
        dora.preferences.refresh_from_db()
        self.assertTrue(dora.preferences.allow_promotions)
        self.assertFalse(self.ask_is_there())

    @override_settings(**HAVE_BOTH)
    def test_another_channel_is_a_yes_that_leads_to_the_channels(self) -> None:
        dora = make.person("Dora")
        make.entry(dora)
        self.sign_in(dora)
        self.assertContains(self.client.get("/"), "On another channel")

        answer = self.client.post("/remind/", {"remind": "other"}, follow=True)

        self.assertRedirects(answer, "/you/#channels")
        self.assertContains(answer, "Link another channel below, then try it first.")
        dora.preferences.refresh_from_db()
        self.assertTrue(dora.preferences.allow_promotions)

    def test_a_no_is_a_fine_answer(self) -> None:
        make.entry(self.bor)
        self.sign_in(self.bor)

        self.client.post("/remind/", {"remind": "no"})

        self.bor.preferences.refresh_from_db()
        self.assertFalse(self.bor.preferences.allow_promotions)
        self.assertFalse(self.ask_is_there())

    def test_no_answer_is_refused_in_words(self) -> None:
        self.sign_in(self.bor)

        answer = self.client.post("/remind/", {"remind": "yes please"})

        self.assertContains(answer, "Press one of the two", status_code=400)
        self.bor.preferences.refresh_from_db()
        self.assertIsNone(self.bor.preferences.asked_at)


class CalendarTests(SlomixTestCase):
    def test_it_is_closed_until_it_is_asked_for(self) -> None:
        self.assertContains(self.client.get("/"), '<details class="fold">')
        self.assertContains(self.client.get("/?month=2026-12"), '<details class="fold" open>')

    def test_a_day_opens_without_a_script(self) -> None:
        make.entry(self.ana, day=TODAY + timedelta(days=10))
        self.sign_in(self.bor)

        page = self.client.get("/?day=2026-11-30")

        self.assertContains(page, "Monday 30 November")
        self.assertContains(page, 'action="/evenings/2026-11-30/"')
        self.assertContains(page, 'value="/?day=2026-11-30#day"')

    def test_it_reaches_ninety_days_and_no_further(self) -> None:
        self.assertEqual(self.client.get("/?day=2027-02-18").status_code, 200)
        self.assertEqual(self.client.get("/?day=2027-02-19").status_code, 404)
        self.assertEqual(self.client.get("/?day=2026-11-19").status_code, 404)

    def test_what_is_no_day_is_no_page(self) -> None:
        for query in ("day=soon", "day=2026-02-30", "month=2026-13", "month=x", "month=2028-01"):
            with self.subTest(query):
                self.assertContains(self.client.get(f"/?{query}"), "Off the map", status_code=404)

    def test_a_warm_field_means_enough_to_play(self) -> None:
        for _n in range(6):
            make.entry(make.person(), day=TODAY + timedelta(days=5))

        page = self.client.get("/?month=2026-11")

        self.assertContains(page, 'class="ready" aria-label="Wednesday 25 November: 6 are looking"')


class LiveTests(SlomixTestCase):
    def again(self) -> str:
        page = self.client.get("/").content.decode()
        return page.split('hx-get="/?&amp;seen=')[1].split('"')[0]

    def look_again(self, seen: str) -> int:
        answer = self.client.get(f"/?seen={seen}", headers={"HX-Request": "true"})
        return answer.status_code

    def test_nothing_is_sent_while_nothing_changed(self) -> None:
        self.assertEqual(self.look_again(self.again()), 204)

    def test_an_answer_from_anywhere_is_seen(self) -> None:
        seen = self.again()
        self.sign_in(self.bor)
        self.client.post("/evenings/2026-11-20/", {"status": "LOOKING"})
        self.client.logout()

        self.assertEqual(self.look_again(seen), 200)

    def test_the_watch_goes_on(self) -> None:
        seen = self.again()
        self.travel("19:31")

        self.assertEqual(self.look_again(seen), 200)

    def test_somebody_else_gets_their_own_page(self) -> None:
        seen = self.again()
        self.sign_in(self.bor)

        self.assertEqual(self.look_again(seen), 200)

    def test_a_part_is_no_whole_page(self) -> None:
        answer = self.client.get("/?seen=old", headers={"HX-Request": "true"})

        self.assertTrue(answer.content.strip().startswith(b'<div id="tonight"'))
        self.assertIn("HX-Request", answer["Vary"])
