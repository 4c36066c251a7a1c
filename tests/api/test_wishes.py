"""What people allow, by JSON."""

from typing import Any

from accounts.models import AuditEntry, Preferences
from botworker import claims
from tests import make
from tests.api.client import Caller
from tests.cast import SlomixTestCase
from tests.ledger.ledger import promise, row

BASE = "/api/availability"
WISHES = f"{BASE}/promotion-preferences"


class WishTests(SlomixTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.caller = Caller(self.bor)

    def send(self, path: str, **body: Any) -> Any:
        answer = self.caller.post(path, body)
        self.assertEqual(answer.status_code, 200, answer.content)
        return answer.json()

    def refused(self, path: str, body: Any) -> tuple[int, str | None]:
        answer = self.caller.post(path, body)
        return answer.status_code, answer.json()["field"]

    def test_what_is_not_named_stays(self) -> None:
        """W35: one flag sent alone reset all the others."""
        hours = {"start": "23:00", "end": "08:00"}
        self.send(WISHES, quiet_hours=hours, timezone="Asia/Kolkata", allow_raids=True)

        found = self.send(WISHES, show_name=True)

        self.assertEqual(found["quiet_hours"], hours)
        self.assertEqual(
            [found[name] for name in ("timezone", "allow_raids", "allow_promotions", "show_name")],
            ["Asia/Kolkata", True, True, True],
        )
        self.assertEqual(self.caller.get(WISHES).json(), found)

    def test_nothing_is_on_until_somebody_asks(self) -> None:
        """W23: the daily question and the notice of a full team went to everybody with a player."""
        found = Caller(self.cene).get(WISHES).json()

        self.assertEqual({found[kind] for kind in found if kind.startswith("allow_")}, {False})

    def test_a_no_counts_whatever_stands_beside_it(self) -> None:
        """W8: a no was refused while an address stood in the form."""
        for beside in (
            {"telegram_handle": "@bor"},
            {"timezone": "Nowhere/Else"},
            {"quiet_hours": {"start": "25:99", "end": ""}},
            {"quiet_hours": {"start": "23:00", "end": ""}},
            {"preferred_channel": "pigeon"},
        ):
            with self.subTest(beside):
                Preferences.objects.filter(user=self.bor).update(allow_promotions=True)

                self.caller.post(WISHES, {"allow_promotions": False} | beside)

                self.assertFalse(Preferences.objects.get(user=self.bor).allow_promotions)

    def test_a_yes_does_not_count_beside_a_mistake(self) -> None:
        answer = self.refused(WISHES, {"allow_raids": True, "timezone": "Nowhere/Else"})

        self.assertEqual(answer, (400, "timezone"))
        self.assertFalse(Preferences.objects.get(user=self.bor).allow_raids)

    def test_two_equal_times_are_no_quiet_hours(self) -> None:
        found = self.send(WISHES, quiet_hours={"start": "23:00", "end": "23:00"})

        self.assertEqual(found["quiet_hours"], {})

    def test_a_mistake_is_named(self) -> None:
        for body, field in (
            ({"quiet_hours": {"start": "late", "end": "08:00"}}, "quiet_hours.start"),
            ({"channel_order": ["discord", "discord"]}, "channel_order"),
            ({"channel_order": ["pigeon"]}, "channel_order.0"),
            ({"language": "tlh"}, "language"),
            ({"allow_promotions": "yes"}, "allow_promotions"),
            ({"user_id": 1}, "user_id"),
        ):
            with self.subTest(body):
                self.assertEqual(self.refused(WISHES, body), (400, field))

    def test_bodies_that_are_none_are_refused(self) -> None:
        """W12: an array or broken JSON was an error of ours."""
        for body in ("[]", "{", "null", '"x"', b"\xff"):
            with self.subTest(body):
                self.assertEqual(self.caller.post(WISHES, body).status_code, 400)

    def test_a_preferred_channel_goes_first_and_the_others_stay(self) -> None:
        self.assertEqual(
            self.send(WISHES, preferred_channel="signal")["channel_order"],
            ["signal", "discord", "telegram"],
        )
        self.assertEqual(
            self.send(WISHES, preferred_channel="any")["channel_order"],
            ["discord", "telegram", "signal"],
        )

    def test_settings_answer_to_both_names(self) -> None:
        self.send(f"{BASE}/preferences", get_ready_sound=False, threshold_notify=True)

        found = self.send(f"{BASE}/settings", sound_cooldown_seconds=60)

        self.assertEqual(
            [found[name] for name in ("sound_enabled", "threshold_notify", "timezone")],
            [False, True, "Europe/Ljubljana"],
        )
        self.assertFalse(found["availability_reminders_enabled"])
        self.assertEqual(
            self.refused(f"{BASE}/settings", {"sound_cooldown_seconds": 5}),
            (400, "sound_cooldown_seconds"),
        )

    def test_a_channel_can_be_switched_off_and_on_again(self) -> None:
        self.send(f"{BASE}/subscriptions", channel_type="discord", enabled=False)
        self.assertEqual(Preferences.objects.get(user=self.bor).channel_order[:1], ["telegram"])

        found = self.send(f"{BASE}/settings", discord_notify=True)

        self.assertTrue(found["discord_notify"])

    def test_a_channel_that_nobody_proved_stays_off(self) -> None:
        """W6: a number that somebody else had could be subscribed."""
        for body in (
            {"channel_type": "signal", "enabled": True},
            {"channel_type": "signal", "enabled": True, "channel_address": "+447700900123"},
        ):
            with self.subTest(body):
                answer = self.caller.post(f"{BASE}/subscriptions", body)
                self.assertIn(answer.status_code, (400, 403))
        switched = self.caller.post(f"{BASE}/settings", {"signal_notify": True})
        self.assertEqual((switched.status_code, switched.json()["field"]), (403, "signal_notify"))
        shown = self.caller.get(f"{BASE}/subscriptions").json()["subscriptions"]
        self.assertEqual([one["enabled"] for one in shown], [True, False, False])

    def test_a_no_counts_for_what_is_scheduled(self) -> None:
        promise(self.bor)
        self.send(WISHES, allow_promotions=False)

        at = make.at("20:45")
        claims.begin(claims.claim("discord", at=at, owner="drain"), at=at)

        self.assertEqual(row(self.bor).reason, "reminders are off")

    def test_every_change_is_written_down_without_its_value(self) -> None:
        self.send(WISHES, timezone="Asia/Kolkata")

        entry = AuditEntry.objects.get(action="preferences_changed")
        self.assertEqual((entry.door, entry.detail), ("api", {"fields": ["timezone"]}))

    def test_visitors_are_refused(self) -> None:
        for path in (WISHES, f"{BASE}/settings", f"{BASE}/preferences", f"{BASE}/subscriptions"):
            with self.subTest(path):
                self.assertEqual(Caller().get(path).status_code, 401)
                self.assertIn(Caller().post(path, {}).status_code, (401, 403))
