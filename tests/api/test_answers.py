"""Clearing, undoing, weeks, absences and what a client may keep, over the JSON API."""

from datetime import timedelta
from typing import Any

from accounts.models import DiscordAccount, User
from availability import actions, queries
from availability.models import Away, Entry
from tests import make
from tests.api.client import Caller
from tests.cast import TONIGHT, SlomixTestCase
from tests.ledger.ledger import promise, row

PATH = "/api/availability"
TODAY = TONIGHT.date()


class Answering(SlomixTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.me = Caller(self.bor)

    def say(self, status: str) -> Any:
        return self.me.post(PATH, {"date": TODAY.isoformat(), "status": status}).json()


class ClearTests(Answering):
    def test_delete_takes_the_answer_back_and_withdraws(self) -> None:
        self.say("LOOKING")
        promise(self.bor, planned=True)

        answer = self.me.delete(f"{PATH}?date={TODAY}")

        self.assertEqual((answer.status_code, answer.json()["cleared"]), (200, True))
        self.assertEqual(row(self.bor).state, "withdrawn")
        self.assertFalse(Entry.objects.exists())
        self.assertFalse(self.me.delete(f"{PATH}?date={TODAY}").json()["cleared"])

    def test_what_is_no_day_of_ours_is_refused(self) -> None:
        self.say("LOOKING")
        for text in ("", "2026-02-29", "2026-11-19", "2027-02-19", "today", "%00", "9999-12-31"):
            answer = self.me.delete(f"{PATH}?date={text}")
            self.assertEqual((answer.status_code, answer.json()["field"]), (400, "date"), text)
        self.assertTrue(Entry.objects.exists())


class UndoTests(Answering):
    def test_a_wrong_press_is_taken_back_once(self) -> None:
        self.say("LOOKING")
        self.say("NOT_PLAYING")

        undone = self.me.post(f"{PATH}/undo", {})
        again = self.me.post(f"{PATH}/undo", {})

        self.assertEqual((undone.status_code, undone.json()["status"]), (200, "LOOKING"))
        self.assertEqual(again.status_code, 409)
        self.assertEqual(Entry.objects.get().status, "LOOKING")

    def test_the_history_says_what_happened(self) -> None:
        self.say("LOOKING")
        self.me.post(f"{PATH}/undo", {"date": TODAY.isoformat()})

        changes = self.me.get(f"{PATH}/history").json()["changes"]

        self.assertEqual(
            [(one["door"], one["before"], one["after"], one["undo"]) for one in changes],
            [("api", "LOOKING", None, True), ("api", None, "LOOKING", False)],
        )
        self.assertEqual(Caller(self.ana).get(f"{PATH}/history").json()["changes"], [])


class FromTests(Answering):
    def say_from(self, begin: Any, status: str = "LOOKING") -> Any:
        body = {"date": TODAY.isoformat(), "status": status, "from": begin}
        return self.me.post(PATH, body)

    def test_a_later_start_is_said_shown_and_remembered(self) -> None:
        said = self.say_from("21:30")
        self.say("LOOKING")

        self.assertEqual((said.status_code, said.json()["from"]), (200, "21:30"))
        self.assertIsNone(self.me.get(f"{PATH}/me").json()["entries"][0]["from"])
        changes = self.me.get(f"{PATH}/history").json()["changes"]
        kept = [(one["before_from"], one["after_from"]) for one in changes]
        self.assertEqual(kept, [("21:30", None), (None, "21:30")])

    def test_none_and_nothing_are_from_the_start(self) -> None:
        self.assertIsNone(self.say_from(None).json()["from"])
        self.assertIsNone(self.say_from("").json()["from"])

    def test_what_is_no_later_start_is_refused_and_changes_nothing(self) -> None:
        for begin, status in (("20:00", "LOOKING"), ("soon", "LOOKING"), ("21:30", "MAYBE")):
            with self.subTest(begin=begin, status=status):
                answer = self.say_from(begin, status)

                self.assertEqual((answer.status_code, answer.json()["field"]), (400, "from"))
        self.assertEqual(self.say_from(2130).status_code, 400)
        self.assertFalse(Entry.objects.exists())


class WeekTests(Answering):
    def test_a_week_answers_the_days_ahead_and_says_so(self) -> None:
        said = self.me.post(f"{PATH}/pattern", {"days": {"friday": "looking", "tuesday": "MAYBE"}})

        self.assertEqual((said.status_code, said.json()["changed"]), (200, 26))
        self.assertEqual(
            self.me.get(f"{PATH}/pattern").json()["days"],
            {"tuesday": "MAYBE", "friday": "LOOKING"},
        )
        first = self.me.get(f"{PATH}/me").json()["entries"][0]
        self.assertEqual((first["status"], first["origin"]), ("LOOKING", "pattern"))
        self.assertEqual(Caller().get(PATH).json()["days"][0]["counts"]["LOOKING"], 1)

    def test_what_is_no_week_is_refused_and_changes_nothing(self) -> None:
        bodies: tuple[Any, ...] = (
            {},
            [],
            {"days": []},
            {"days": {"someday": "LOOKING"}},
            {"days": {"friday": "PERHAPS"}},
            {"days": {"friday": None}},
            {"days": {"friday": ["LOOKING"]}},
            {"days": {}, "more": 1},
            {"days": {"\x00": "LOOKING"}},
            {"days": {f"day{n}": "LOOKING" for n in range(1000)}},
        )
        for body in bodies:
            answer = self.me.post(f"{PATH}/pattern", body)
            self.assertEqual(answer.status_code, 400, body)
            self.assertTrue(answer.json()["detail"])
        self.assertFalse(Entry.objects.exists())

    def test_an_absence_is_said_listed_and_taken_back(self) -> None:
        days = {"from": TODAY.isoformat(), "to": (TODAY + timedelta(days=2)).isoformat()}

        made = self.me.post(f"{PATH}/away", days).json()

        self.assertEqual(self.me.get(f"{PATH}/away").json()["away"], [{"id": made["id"], **days}])
        self.assertEqual(Entry.objects.filter(status="NOT_PLAYING", door="away").count(), 3)
        self.assertEqual(Caller(self.ana).delete(f"{PATH}/away/{made['id']}").status_code, 404)
        self.assertEqual(self.me.delete(f"{PATH}/away/{made['id']}").status_code, 200)
        self.assertEqual(self.me.delete(f"{PATH}/away/{made['id']}").status_code, 404)
        self.assertFalse(Entry.objects.exists())

    def test_what_is_no_absence_is_refused_and_changes_nothing(self) -> None:
        for first, last, field in (
            ("2026-11-19", "2026-11-21", "from"),
            ("2026-11-22", "2026-11-21", "to"),
            ("2026-02-29", "2026-11-21", "from"),
            ("2026-11-21", "0000-00-00", "to"),
            ("2026-11-21", "9999-12-31", "to"),
            ("2027-02-19", "2027-02-20", "from"),
        ):
            answer = self.me.post(f"{PATH}/away", {"from": first, "to": last})
            self.assertEqual((answer.status_code, answer.json()["field"]), (400, field), first)
        self.assertEqual(self.me.delete(f"{PATH}/away/{2**64}").status_code, 404)
        self.assertFalse(Away.objects.exists())


class KeptTests(Answering):
    def test_an_answer_that_did_not_change_is_not_sent_again(self) -> None:
        make.entry(self.bor)
        visitor = Caller()
        tag = visitor.get(PATH)["ETag"]

        again = visitor.client.get(PATH, headers={"If-None-Match": tag})
        make.entry(self.ana)
        changed = visitor.client.get(PATH, headers={"If-None-Match": tag})

        self.assertEqual((again.status_code, again.content), (304, b""))
        self.assertEqual(changed.status_code, 200)
        self.assertNotEqual(changed["ETag"], tag)

    def test_what_names_people_is_kept_nowhere(self) -> None:
        answer = self.me.get(PATH, include_users="true")

        self.assertEqual(answer["Cache-Control"], "no-store")


class CostTests(Answering):
    def test_an_answer_costs_the_same_among_one_and_among_sixty(self) -> None:
        for number in (1, 60):
            for _n in range(number):
                make.entry(make.person())
            actions.answer(person=self.bor, day=TODAY, status="MAYBE", at=TONIGHT)
            with self.assertNumQueries(13):
                actions.answer(person=self.bor, day=TODAY, status="LOOKING", at=TONIGHT)

    def test_a_visitor_asks_two_questions_of_the_database_and_then_one(self) -> None:
        visitor = Caller()
        for _n in range(30):
            make.entry(make.person())
        with self.assertNumQueries(2):
            visitor.get(PATH)
        with self.assertNumQueries(1):
            visitor.get(PATH)

    def test_the_names_are_those_of_the_page(self) -> None:
        chosen, bare = make.person("Chosen"), make.person("Bare", linked=False)
        User.objects.filter(pk=chosen.pk).update(display_name="Called So")
        nameless = make.person("Nameless", linked=False)
        DiscordAccount.objects.filter(user=nameless).update(display_name="")
        for who in (self.bor, self.ana, chosen, bare, nameless):
            make.entry(who)

        day = self.me.get(PATH, include_users="true").json()["days"][0]
        shown = [one["display_name"] for one in day["users_by_status"]["LOOKING"]]

        named = queries.named_days(TODAY, TODAY)[TODAY].looking
        self.assertEqual(shown, [entry.person.name for entry in reversed(named)])
        self.assertIn("Called So", shown)
