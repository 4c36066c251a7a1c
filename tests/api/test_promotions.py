from django.test import override_settings

from botworker.models import Delivery
from promotions.models import Campaign
from tests import make
from tests.api.client import PROMOTIONS, Caller
from tests.cast import SlomixTestCase


class PromotionsTests(SlomixTestCase):
    def setUp(self) -> None:
        super().setUp()
        make.entry(self.bor)

    def test_the_preview_names_recipients_channels_and_those_left_out(self) -> None:
        make.entry(make.person("Shy"), "AVAILABLE")

        seen = Caller(self.ana).get(f"{PROMOTIONS}/preview", include_available="true").json()

        self.assertEqual(
            (seen["reminder_time_cet"], seen["target_time_cet"], seen["recipient_count"]),
            ("20:45", "21:00", 1),
        )
        self.assertEqual(seen["channels_summary"], {"discord": 1, "telegram": 0, "signal": 0})
        self.assertEqual(seen["recipients_preview"][0]["display_name"], "Bazooka Bor")
        self.assertEqual(seen["left_out"][0]["reason"], "Has not asked for reminders")

    def test_a_call_is_confirmed_once(self) -> None:
        caller = Caller(self.ana)

        first = caller.post(f"{PROMOTIONS}/campaigns", {"include_available": True})
        second = caller.post(f"{PROMOTIONS}/campaigns", {"include_available": True})

        self.assertEqual((first.status_code, second.status_code), (200, 409))
        self.assertEqual(
            {name: at[11:19] for name, at in first.json()["scheduled_times"].items()},
            {
                "reminder_2045_cet": "20:45:00",
                "start_2100_cet": "21:00:00",
                "voice_check_after_start": "21:02:00",
            },
        )
        self.assertEqual(Campaign.objects.count(), 1)

    def test_the_campaign_shows_counts_and_no_recipient(self) -> None:
        caller = Caller(self.ana)
        caller.post(f"{PROMOTIONS}/campaigns", {})

        self.assertEqual(Caller().get(f"{PROMOTIONS}/campaign").status_code, 401)
        answer = Caller(self.cene).get(f"{PROMOTIONS}/campaign")

        campaign = answer.json()["campaign"]
        self.assertEqual((campaign["status"], campaign["recipient_count"]), ("scheduled", 1))
        self.assertEqual([job["status"] for job in campaign["jobs"]], ["pending"] * 3)
        self.assertNotIn("Bor", answer.content.decode())

    def test_what_everybody_may_read_of_a_call_is_a_list_of_its_own(self) -> None:
        """Counts and times; whoever adds a field decides here that it names nobody."""
        Caller(self.ana).post(f"{PROMOTIONS}/campaigns", {})

        campaign = Caller(self.cene).get(f"{PROMOTIONS}/campaign").json()["campaign"]

        self.assertEqual(
            set(campaign),
            {
                *("id", "campaign_date", "target_timezone", "target_start_time", "created_at"),
                *("include_maybe", "include_available", "dry_run", "status", "recipient_count"),
                *("channels_summary", "messages", "jobs", "ready_check", "to_add", "to_post"),
            },
        )
        self.assertEqual(
            set(campaign["jobs"][0]),
            {"id", "job_type", "run_at", "status", "attempts", "messages"},
        )

    def test_the_preview_says_what_is_still_sent_and_whether_all_is_well(self) -> None:
        self.travel("20:58")

        seen = Caller(self.ana).get(f"{PROMOTIONS}/preview").json()

        self.assertEqual((seen["will_be_sent"], seen["too_late_for"]), (["21:00"], ["20:45"]))
        self.assertEqual((seen["looking_count"], seen["asked_count"]), (1, 1))
        self.assertEqual(
            [(part["name"], part["fine"]) for part in seen["parts"]],
            [("bot", False), ("worker", False), ("last_evening", True)],
        )

    def test_only_promoters_preview_confirm_and_cancel(self) -> None:
        made = Caller(self.ana).post(f"{PROMOTIONS}/campaigns", {}).json()["campaign_id"]
        for who, status in ((None, 401), (self.cene, 403), (self.bor, 403)):
            caller = Caller(who)
            answers = (
                caller.get(f"{PROMOTIONS}/preview"),
                caller.post(f"{PROMOTIONS}/campaigns", {}),
                caller.post(f"{PROMOTIONS}/campaigns/{made}/cancel", {}),
            )
            self.assertEqual({one.status_code for one in answers}, {status})

    @override_settings(ANNOUNCE_CHANNEL_ID=1_098_116_459_156_865_024)
    def test_whom_no_channel_reaches_is_told_in_the_channel_once(self) -> None:
        caller = Caller(self.ana)
        made = caller.post(f"{PROMOTIONS}/campaigns", {}).json()["campaign_id"]
        way = f"{PROMOTIONS}/campaigns/{made}/post"
        early = caller.post(way, {})
        self.travel("20:46")
        Delivery.objects.update(state="failed", reason="direct messages are closed")

        offered = caller.get(f"{PROMOTIONS}/campaign").json()["campaign"]["to_post"]
        posted, again = caller.post(way, {}), caller.post(way, {})

        self.assertEqual(
            (early.status_code, posted.status_code, again.status_code), (409, 200, 409)
        )
        self.assertEqual((offered, posted.json()["unreached"]), (1, 1))
        self.assertEqual(again.json()["detail"], "It is posted already. Nobody hears it twice.")
        self.assertEqual(Caller(self.cene).post(way, {}).status_code, 403)
        self.assertIsNone(
            Caller(self.bor).get(f"{PROMOTIONS}/campaign").json()["campaign"]["to_post"]
        )
        self.assertEqual(Delivery.objects.filter(kind="combined_post").count(), 1)

    def test_bad_input_gets_a_clear_refusal_and_changes_nothing(self) -> None:
        caller = Caller(self.ana)
        for body in ("{", "[]", {"include_maybe": "yes"}, {"dry_run": 2}, {"day": "2026-01-01"}):
            answer = caller.post(f"{PROMOTIONS}/campaigns", body)
            self.assertEqual(answer.status_code, 400, body)
            self.assertTrue(answer.json()["detail"])
        for number in (0, 999, 2**63, 2**64):
            for verb in ("cancel", "add", "post"):
                answer = caller.post(f"{PROMOTIONS}/campaigns/{number}/{verb}", {})
                self.assertEqual(answer.status_code, 404, number)
        self.assertFalse(Campaign.objects.exists())

    def test_a_wrong_date_is_refused(self) -> None:
        answer = Caller(self.ana).get(f"{PROMOTIONS}/campaign", date="2026-02-29")

        self.assertEqual((answer.status_code, answer.json()["field"]), (422, "date"))

    def test_the_description_is_published(self) -> None:
        paths = Caller().get("/api/openapi.json").json()["paths"]

        self.assertIn(f"{PROMOTIONS}/preview", paths)
