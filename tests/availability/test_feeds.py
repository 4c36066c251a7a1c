"""The calendar to subscribe to: read with the library that calendars are read with."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.test import override_settings
from icalendar import Calendar

from availability import actions
from availability.models import Feed
from tests import make
from tests.api.client import Caller
from tests.cast import TONIGHT, SlomixTestCase

TODAY = TONIGHT.date()
# The nights before them the clocks go forward and back.
SUMMER, WINTER = date(2027, 3, 28), date(2027, 10, 31)
NOON = time(12)
API = "/api/availability/calendar"


class Feeds(SlomixTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.token = actions.make_feed(person=self.bor, kind="personal", at=TONIGHT)

    def path(self, token: str = "") -> str:
        return f"/evenings/calendar/{token or self.token}.ics"

    def read(self, token: str = "") -> Any:
        answer = self.client.get(self.path(token))
        self.assertEqual(answer["Content-Type"], "text/calendar; charset=utf-8")
        return Calendar.from_ical(answer.content.decode())

    def events(self, token: str = "") -> list[Any]:
        return list(self.read(token).walk("VEVENT"))

    def say(self, status: str, day: date = TODAY) -> None:
        actions.answer(person=self.bor, day=day, status=status, at=TONIGHT)


class PersonalTests(Feeds):
    def test_an_evening_has_its_answer_its_hour_and_its_alarm(self) -> None:
        self.say("LOOKING")

        (event,) = self.events()

        self.assertEqual(str(event["summary"]), "Looking: game night")
        self.assertEqual(event["dtstart"].params["TZID"], "Europe/Ljubljana")
        self.assertEqual(event["dtstart"].dt.astimezone(UTC), make.at("21:00"))
        (alarm,) = event.walk("VALARM")
        self.assertEqual(alarm["trigger"].dt, timedelta(minutes=-15))

    def test_it_stays_at_nine_over_both_change_nights(self) -> None:
        for change, hours in ((SUMMER, 23), (WINTER, 25)):
            with self.subTest(change):
                now = self.travel(datetime.combine(change - timedelta(days=8), NOON, UTC))
                for day in (change - timedelta(days=1), change):
                    actions.answer(person=self.bor, day=day, status="LOOKING", at=now)

                starts = self.starts(change)

                self.assertEqual([f"{start:%H:%M}" for start in starts], ["21:00", "21:00"])
                apart = starts[1].astimezone(UTC) - starts[0].astimezone(UTC)
                self.assertEqual(apart, timedelta(hours=hours))

    def starts(self, change: date) -> list[datetime]:
        """Read the two evenings as a program does that knows no zone but the one in the file."""
        found = self.read()
        (zone,) = found.walk("VTIMEZONE")
        self.assertEqual(zone["tzid"], "Europe/Ljubljana")
        rules = zone.to_tz()
        events = [one for one in found.walk("VEVENT") if one["dtstart"].dt.date() <= change]
        starts = sorted(event["dtstart"].dt for event in events)[-2:]
        for start in starts:
            wall = start.replace(tzinfo=None)
            self.assertEqual(wall.replace(tzinfo=rules).utcoffset(), start.utcoffset())
        return starts

    def test_each_answer_stands_before_the_title(self) -> None:
        for status, wanted in (
            ("LOOKING", ("Looking: game night", "CONFIRMED")),
            ("AVAILABLE", ("Available: game night", "TENTATIVE")),
            ("MAYBE", ("Maybe: game night", "TENTATIVE")),
            ("NOT_PLAYING", ("Not playing: game night", "CANCELLED")),
        ):
            self.say(status)
            (event,) = self.events()
            self.assertEqual((str(event["summary"]), str(event["status"])), wanted)

    def test_the_number_goes_on_rising_where_an_answer_was_taken_back(self) -> None:
        self.say("LOOKING")
        (before,) = self.events()
        actions.clear(person=self.bor, day=TODAY, at=TONIGHT)
        self.say("LOOKING")

        (after,) = self.events()

        self.assertEqual(after["uid"], before["uid"])
        self.assertGreater(after["sequence"], before["sequence"])

    def test_a_new_address_has_the_same_evenings(self) -> None:
        self.say("LOOKING")
        (before,) = self.events()

        (after,) = self.events(actions.make_feed(person=self.bor, kind="personal", at=TONIGHT))

        self.assertEqual((after["uid"], after["sequence"]), (before["uid"], before["sequence"]))

    def test_a_change_keeps_the_event_and_raises_its_number(self) -> None:
        self.say("LOOKING")
        (before,) = self.events()
        self.say("NOT_PLAYING")

        (after,) = self.events()

        self.assertEqual(after["uid"], before["uid"])
        self.assertGreater(after["sequence"], before["sequence"])
        self.assertEqual((str(before["status"]), str(after["status"])), ("CONFIRMED", "CANCELLED"))
        self.assertEqual(list(after.walk("VALARM")), [])

    def test_being_away_fills_no_calendar(self) -> None:
        actions.add_away(person=self.bor, first=TODAY, last=TODAY + timedelta(days=20), at=TONIGHT)

        self.assertEqual(self.events(), [])

    def test_the_alarm_is_the_persons(self) -> None:
        self.say("MAYBE")
        for lead, wanted in ((90, [timedelta(minutes=-90)]), (None, [])):
            token = actions.make_feed(
                person=self.bor, kind="personal", at=TONIGHT, lead_minutes=lead
            )
            (event,) = self.events(token)
            self.assertEqual([one["trigger"].dt for one in event.walk("VALARM")], wanted)

    def test_the_same_evenings_are_not_sent_again(self) -> None:
        self.say("LOOKING")
        tag = self.client.get(self.path())["ETag"]
        self.travel("20:00")

        again = self.client.get(self.path(), headers={"If-None-Match": tag})

        self.assertEqual(again.status_code, 304)

    def test_it_costs_the_same_for_one_and_for_sixty(self) -> None:
        self.client.get(self.path())
        for days in (1, 60):
            for n in range(days):
                self.say("MAYBE", TODAY + timedelta(days=n))
            with self.assertNumQueries(5):
                self.client.get(self.path())


class CommunityTests(Feeds):
    def test_it_counts_and_names_nobody(self) -> None:
        self.say("LOOKING")
        make.entry(self.ana)
        token = actions.make_feed(person=self.ana, kind="community", at=TONIGHT)

        answer = self.client.get(self.path(token)).content.decode()
        (event,) = self.events(token)

        self.assertEqual(str(event["summary"]), "Game night: 2 are looking")
        self.assertEqual(str(event["status"]), "TENTATIVE")
        for name in ("Bor", "Ana"):
            self.assertNotIn(name, answer)


class SecretTests(Feeds):
    def test_a_revoked_address_reads_nothing(self) -> None:
        self.assertTrue(actions.revoke_feed(person=self.bor, kind="personal"))

        self.assertEqual(self.client.get(self.path()).status_code, 404)

    def test_a_new_address_ends_the_old_one(self) -> None:
        new = actions.make_feed(person=self.bor, kind="personal", at=TONIGHT)

        self.assertEqual(self.client.get(self.path()).status_code, 404)
        self.assertEqual(self.client.get(self.path(new)).status_code, 200)

    def test_whoever_lost_their_player_reads_nothing(self) -> None:
        self.bor.link.delete()

        self.assertEqual(self.client.get(self.path()).status_code, 404)

    def test_the_address_is_kept_nowhere(self) -> None:
        self.assertNotIn(self.token, str(list(Feed.objects.values())))

    def test_whoever_tries_addresses_is_slowed_down(self) -> None:
        for _n in range(30):
            self.assertEqual(self.client.get(self.path("guess")).status_code, 404)

        answer = self.client.get(self.path("guess"))

        self.assertEqual((answer.status_code, answer["Retry-After"]), (429, "600"))
        self.assertEqual(self.client.get(self.path()).status_code, 200)

    def test_a_program_that_asks_too_often_waits(self) -> None:
        statuses = [self.client.get(self.path()).status_code for _n in range(61)]

        self.assertEqual(statuses, [200] * 60 + [429])


class ApiTests(Feeds):
    @override_settings(FRONTEND_ORIGIN="https://slomix.example")
    def test_an_address_is_shown_once_and_can_be_revoked(self) -> None:
        me = Caller(self.bor)

        made = me.post(API, {"kind": "community", "lead_minutes": 30}).json()

        self.assertTrue(made["webcal_url"].startswith("webcal://slomix.example/evenings/calendar/"))
        self.assertEqual(self.client.get(made["url"].partition(".example")[2]).status_code, 200)
        kinds = [one["kind"] for one in me.get(API).json()["calendars"]]
        self.assertEqual(kinds, ["community", "personal"])
        self.assertNotIn(made["url"][-40:], me.get(API).content.decode())
        self.assertTrue(me.delete(f"{API}/community").json()["revoked"])
        self.assertEqual(self.client.get(made["url"].partition(".example")[2]).status_code, 404)

    def test_it_rings_at_another_time_at_the_same_address(self) -> None:
        self.say("LOOKING")
        me = Caller(self.bor)

        answer = me.send("PATCH", f"{API}/personal", {"lead_minutes": 120})

        self.assertEqual(answer.json()["lead_minutes"], 120)
        (event,) = self.events()
        self.assertEqual([one["trigger"].dt for one in event.walk("VALARM")], [timedelta(hours=-2)])
        self.assertEqual(me.send("PATCH", f"{API}/community", {"lead_minutes": 5}).status_code, 404)
        for body in ({}, {"lead_minutes": 1441}, {"lead_minutes": "5"}):
            self.assertEqual(me.send("PATCH", f"{API}/personal", body).status_code, 400, body)
        self.assertEqual(
            Caller(self.cene).send("PATCH", f"{API}/personal", {"lead_minutes": 5}).status_code, 403
        )

    def test_what_is_no_calendar_is_refused(self) -> None:
        me = Caller(self.bor)
        for body in (
            {"kind": "x"},
            {"kind": ["personal"]},
            {"kind": "personal", "lead_minutes": -1},
            {"kind": "personal", "lead_minutes": 2**64},
            {"kind": "personal", "lead_minutes": True},
            {"kind": "personal", "lead_minutes": "15"},
        ):
            self.assertEqual(me.post(API, body).status_code, 400, body)
        self.assertEqual(me.delete(f"{API}/x").status_code, 400)
        self.assertEqual(Caller(self.cene).post(API, {"kind": "personal"}).status_code, 403)
        self.assertEqual(self.client.get(self.path()).status_code, 200)
