from datetime import timedelta

from availability.models import Entry
from tests import make
from tests.api.client import Caller
from tests.cast import TONIGHT, SlomixTestCase

PATH = "/api/availability"
TODAY = TONIGHT.date().isoformat()


class ReadTests(SlomixTestCase):
    def test_visitors_see_counts_and_no_names(self) -> None:
        """W9: whoever was signed in saw all names and ids."""
        make.entry(self.bor)

        for who in (None, self.cene):
            answer = Caller(who).get(PATH, include_users="true")
            self.assertEqual(answer.json()["days"][0]["counts"]["LOOKING"], 1)
            self.assertNotIn("Bor", answer.content.decode())
            self.assertNotIn(str(self.bor.discord.discord_id), answer.content.decode())

    def test_linked_people_see_names_and_their_own_answer(self) -> None:
        make.entry(self.bor)

        day = Caller(self.bor).get(PATH, include_users="true").json()["days"][0]

        self.assertEqual(day["my_status"], "LOOKING")
        self.assertEqual(day["users_by_status"]["LOOKING"][0]["display_name"], "Bazooka Bor")

    def test_ready_is_about_today_whatever_the_range(self) -> None:
        for _n in range(6):
            make.entry(make.person())

        answer = Caller().get(PATH, **{"from": "2026-12-01", "to": "2026-12-02"}).json()

        self.assertEqual(len(answer["days"]), 2)
        self.assertEqual(
            answer["session_ready"],
            {
                "date": TODAY,
                "ready": True,
                "looking_count": 6,
                "threshold": 6,
                "event_key": f"SESSION_READY:{TODAY}:threshold=6",
            },
        )

    def test_a_wrong_range_is_refused_in_words(self) -> None:
        for span, status, field in (
            ({"from": "2026-13-01"}, 422, "from"),
            ({"from": "tomorrow"}, 422, "from"),
            ({"to": "2026-02-29"}, 422, "to"),
            ({"from": "2026-12-02", "to": "2026-12-01"}, 400, "from"),
            ({"from": "2026-12-02", "to": "2028-12-01"}, 400, "to"),
            ({"from": "9999-12-31", "to": "0001-01-01"}, 400, "from"),
        ):
            answer = Caller().get(PATH, **span)
            self.assertEqual((answer.status_code, answer.json()["field"]), (status, field))

    def test_the_last_day_of_the_calendar_is_no_fault(self) -> None:
        self.assertEqual(Caller().get(PATH, **{"from": "9999-12-31"}).status_code, 200)

    def test_it_costs_the_same_for_one_and_for_sixty(self) -> None:
        """W36: names were looked up one by one."""
        caller = Caller(self.bor)
        for number in (1, 60):
            for _n in range(number):
                make.entry(make.person())
            with self.assertNumQueries(7):
                caller.get(PATH, include_users="true")
            with self.assertNumQueries(5):
                caller.get(PATH, include_users="true")


class AnswerTests(SlomixTestCase):
    def test_a_linked_person_answers(self) -> None:
        answer = Caller(self.bor).post(PATH, {"date": TODAY, "status": "looking"})

        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.json()["status"], "LOOKING")
        self.assertEqual(Entry.objects.get().door, "api")

    def test_bad_input_gets_a_clear_refusal_and_changes_nothing(self) -> None:
        """W12: a body that was no JSON object was an error of ours."""
        late = (TONIGHT.date() + timedelta(91)).isoformat()
        caller = Caller(self.bor)
        for body, field in (
            ("{", None),
            ("[]", None),
            ('"x"', None),
            ({}, "date"),
            ({"date": TODAY}, "status"),
            ({"date": TODAY, "status": 7}, "status"),
            ({"date": TODAY, "status": "PERHAPS"}, "status"),
            ({"date": TODAY, "status": ["LOOKING"]}, "status"),
            ({"date": TODAY, "status": "x" * 5000}, "status"),
            ({"date": 20261120, "status": "LOOKING"}, "date"),
            ({"date": "2026-11-19", "status": "LOOKING"}, "date"),
            ({"date": late, "status": "LOOKING"}, "date"),
            ({"date": "2026-02-29", "status": "LOOKING"}, "date"),
            ({"date": "٢٠٢٦-١١-٢٤", "status": "LOOKING"}, "date"),
            ({"date": "\x00", "status": "\ud800"}, None),
        ):
            answer = caller.post(PATH, body)
            self.assertEqual(answer.status_code, 400, body)
            self.assertTrue(answer.json()["detail"], body)
            if field:
                self.assertEqual(answer.json()["field"], field, body)
        self.assertFalse(Entry.objects.exists())

    def test_only_linked_people_answer(self) -> None:
        for who, status in ((None, 401), (self.cene, 403)):
            answer = Caller(who).post(PATH, {"date": TODAY, "status": "LOOKING"})
            self.assertEqual(answer.status_code, status)
        self.assertFalse(Entry.objects.exists())

    def test_nobody_answers_for_somebody_else(self) -> None:
        body = {"date": TODAY, "status": "LOOKING", "user_id": self.ana.pk, "person": self.ana.pk}

        Caller(self.bor).post(PATH, body)

        self.assertEqual(Entry.objects.get().person, self.bor)

    def test_it_needs_the_token_and_the_header(self) -> None:
        for missing in ("X-CSRFToken", "X-Requested-With"):
            answer = Caller(self.bor).post(
                PATH, {"date": TODAY, "status": "LOOKING"}, **{missing: ""}
            )
            self.assertEqual(answer.status_code, 403)
            self.assertIn("detail", answer.json())
        self.assertFalse(Entry.objects.exists())

    def test_it_tells_me_what_i_may(self) -> None:
        may = Caller(self.ana).get(f"{PATH}/access").json()

        self.assertTrue(may["can_submit"] and may["can_promote"])
        self.assertFalse(Caller().get(f"{PATH}/access").json()["authenticated"])

    def test_everywhere_i_am_known_by_the_id_that_stands_beside_my_name(self) -> None:
        caller = Caller(self.bor)
        done = caller.send("POST", PATH, {"date": TODAY, "status": "LOOKING"}).json()
        day = caller.get(PATH, include_users="true").json()["days"][0]
        mine = day["users_by_status"]["LOOKING"][0]["user_id"]

        self.assertEqual(done["user_id"], mine)
        for path in ("me", "settings", "subscriptions", "promotion-preferences"):
            with self.subTest(path):
                self.assertEqual(caller.get(f"{PATH}/{path}").json()["user_id"], mine)

    def test_it_lists_my_own_answers(self) -> None:
        make.entry(self.bor)
        make.entry(self.ana)

        entries = Caller(self.bor).get(f"{PATH}/me").json()["entries"]

        self.assertEqual([one["status"] for one in entries], ["LOOKING"])
