"""Today and tomorrow at the last second of a day, on the nights when the clocks change as well."""

from datetime import UTC, date, datetime, timedelta

from availability.models import Entry
from tests import make
from tests.api.client import Caller
from tests.cast import SlomixTestCase

# A usual night, the night to summer time and the night back.
NIGHTS = (date(2026, 11, 20), date(2026, 3, 28), date(2026, 10, 24))


class MidnightTests(SlomixTestCase):
    def at_the_end_of(self, day: date) -> datetime:
        """Go to one second before midnight; every zone's own clock says 23:59:59."""
        moment = make.at("23:59:59", day)
        self.assertEqual(moment.astimezone(make.LJUBLJANA).date(), day)
        return self.travel(moment)

    def tomorrow_on_the_page(self) -> str:
        page = self.client.get("/").content.decode()
        start = page.index('id="tomorrow"')
        return page[start:].split('action="/evenings/', 1)[1][:10]

    def test_tomorrow_is_the_next_day_of_the_game_nights_zone(self) -> None:
        for day in NIGHTS:
            with self.subTest(day):
                moment = self.at_the_end_of(day)
                self.sign_in(self.bor)
                self.assertEqual(self.tomorrow_on_the_page(), f"{day + timedelta(days=1)}")

                self.travel(moment + timedelta(seconds=1))
                self.assertEqual(self.tomorrow_on_the_page(), f"{day + timedelta(days=2)}")

    def test_the_api_begins_with_today_and_is_ready_about_today(self) -> None:
        for day in NIGHTS:
            with self.subTest(day):
                moment = self.at_the_end_of(day)
                self.assertEqual(self.today_of_the_api(), (str(day), str(day)))

                self.travel(moment + timedelta(seconds=1))
                after = str(day + timedelta(days=1))
                self.assertEqual(self.today_of_the_api(), (after, after))

    def today_of_the_api(self) -> tuple[str, str]:
        shown = Caller().get("/api/availability").json()
        return shown["from"], shown["session_ready"]["date"]

    def test_an_answer_of_the_last_second_is_about_the_day_that_ends(self) -> None:
        for day in NIGHTS:
            with self.subTest(day):
                moment = self.at_the_end_of(day)
                me = Caller(self.bor)
                body = {"date": str(day), "status": "LOOKING"}
                self.assertEqual(me.post("/api/availability", body).status_code, 200)

                self.travel(moment + timedelta(seconds=1))
                late = Caller(self.ana).post("/api/availability", body)
                self.assertEqual((late.status_code, late.json()["field"]), (400, "date"))
                self.assertEqual(Entry.objects.filter(day=day).count(), 1)

    def test_the_start_is_at_nine_whatever_the_clocks_did_that_night(self) -> None:
        for day, hour in ((date(2026, 3, 29), 19), (date(2026, 10, 25), 20)):
            self.assertEqual(
                make.at("21:00", day), datetime(*day.timetuple()[:3], hour, tzinfo=UTC)
            )


class NamesTests(SlomixTestCase):
    def test_names_beyond_the_basic_plane_and_from_right_to_left_arrive_whole(self) -> None:
        names = ("🧑‍🚀🎯", "שלום עולם", "مرحبا", "𝕭𝖔𝖗")
        for name in names:
            make.entry(make.person(name))

        shown = Caller(self.bor).get("/api/availability", include_users="true").json()
        self.sign_in(self.bor)
        page = self.client.get("/").content.decode()

        there = shown["days"][0]["users_by_status"]["LOOKING"]
        self.assertEqual({one["display_name"] for one in there}, set(names))
        for name in names:
            self.assertIn(name, page)
