"""Your own page."""

from datetime import time

from django.test import override_settings

from accounts import actions
from accounts.models import Preferences
from tests.cast import TONIGHT, SlomixTestCase

GOOD = {
    "allow_promotions": "on",
    "quiet_start": "23:00",
    "quiet_end": "08:00",
    "timezone": "Europe/London",
}


class PreferencesTests(SlomixTestCase):
    def test_it_says_why_discord_refused_a_message(self) -> None:
        actions.dm_refused(self.bor.discord.discord_id, "direct messages are closed", TONIGHT)
        self.sign_in(self.bor)

        self.assertContains(self.client.get("/you/"), "direct messages are closed")

    def setUp(self) -> None:
        super().setUp()
        self.sign_in(self.bor)

    def stored(self) -> Preferences:
        return Preferences.objects.get(user=self.bor)

    def test_what_is_saved_counts_at_once(self) -> None:
        answer = self.client.post("/you/preferences/", {**GOOD, "show_name": "on"}, follow=True)

        stored = self.stored()
        self.assertContains(answer, "Saved. It counts at once.")
        self.assertEqual((stored.quiet_start, stored.quiet_end), (time(23), time(8)))
        self.assertTrue(stored.allow_promotions and stored.show_name)
        self.assertEqual(stored.timezone, "Europe/London")

    def test_switching_off_works_the_same_way(self) -> None:
        self.client.post("/you/preferences/", {"timezone": "Europe/Ljubljana"})

        stored = self.stored()
        self.assertFalse(stored.allow_promotions)
        self.assertIsNone(stored.quiet_start)

    def test_the_page_shows_what_is_stored(self) -> None:
        self.client.post("/you/preferences/", GOOD)

        page = self.client.get("/you/")

        self.assertContains(page, 'value="23:00"')
        self.assertContains(page, "<option selected>Europe/London</option>", html=True)

    def test_a_wrong_field_is_said_beside_it_and_nothing_is_stored(self) -> None:
        wrong = {
            "quiet_start": ("25:00", "“25:00” is not a time. Write it as 21:00."),
            "quiet_end": ("", "Quiet hours need a start and an end"),
            "timezone": ("Mars/Base", "“Mars/Base” is not a time zone"),
        }
        for field, (value, words) in wrong.items():
            with self.subTest(field):
                answer = self.client.post("/you/preferences/", {**GOOD, field: value})

                self.assertContains(answer, words, status_code=400)
                self.assertContains(answer, 'aria-invalid="true"', status_code=400)
        self.assertIsNone(self.stored().quiet_start)
        self.assertEqual(self.stored().timezone, "Europe/Ljubljana")

    def test_equal_ends_mean_no_quiet_hours_and_the_page_says_so(self) -> None:
        answer = self.client.post("/you/preferences/", {**GOOD, "quiet_end": "23:00"}, follow=True)

        self.assertContains(answer, "Start and end are equal, so there are no quiet hours.")
        self.assertIsNone(self.stored().quiet_start)

    @override_settings(READY_THRESHOLD=8, DAILY_REMINDER_TIME=time(17, 30))
    def test_each_switch_says_when_it_would_be_heard(self) -> None:
        page = self.client.get("/you/")

        self.assertContains(page, "once, when 8 are looking")
        self.assertContains(page, "at 17:30, if you have not answered")

    def test_the_sound_rests_as_long_as_one_chooses(self) -> None:
        self.client.post(
            "/you/preferences/", {**GOOD, "sound_enabled": "on", "sound_cooldown_seconds": "900"}
        )

        self.assertEqual(self.stored().sound_cooldown_seconds, 900)
        page = self.client.get("/you/")
        self.assertContains(page, '<option value="900" selected>15 minutes</option>', html=True)

    def test_a_pause_from_elsewhere_can_still_be_chosen(self) -> None:
        Preferences.objects.filter(user=self.bor).update(sound_cooldown_seconds=45)

        page = self.client.get("/you/")

        self.assertContains(page, '<option value="45" selected>45 seconds</option>', html=True)

    def test_a_pause_that_is_none_is_refused_beside_its_field(self) -> None:
        for wrong in ("5", "86400", "soon", "9" * 40):
            with self.subTest(wrong):
                form = {**GOOD, "sound_cooldown_seconds": wrong}
                answer = self.client.post("/you/preferences/", form)
                self.assertContains(answer, 'id="sound-note"', status_code=400)
        self.assertEqual(self.stored().sound_cooldown_seconds, 480)

    def test_a_form_without_a_pause_leaves_it(self) -> None:
        Preferences.objects.filter(user=self.bor).update(sound_cooldown_seconds=45)

        self.client.post("/you/preferences/", GOOD)

        self.assertEqual(self.stored().sound_cooldown_seconds, 45)

    def test_htmx_sees_the_refusal_too(self) -> None:
        answer = self.client.post(
            "/you/preferences/", {**GOOD, "quiet_start": "x"}, headers={"HX-Request": "true"}
        )

        self.assertEqual(answer.status_code, 200)
        self.assertContains(answer, "“x” is not a time")

    def test_what_is_typed_wrong_stays_text(self) -> None:
        answer = self.client.post("/you/preferences/", {**GOOD, "quiet_start": "<b>9</b>"})

        self.assertNotContains(answer, "<b>9</b>", status_code=400)


class WhoYouAreTests(SlomixTestCase):
    def test_it_names_the_account_and_the_player(self) -> None:
        self.sign_in(self.ana)

        page = self.client.get("/you/")

        self.assertContains(page, self.ana.discord.username)
        self.assertContains(page, "plays as <b><bdi>Ana Dinamit</bdi></b>")
        self.assertContains(page, "promoter")

    def test_without_a_player_it_leads_to_one(self) -> None:
        self.sign_in(self.cene)

        self.assertContains(self.client.get("/you/"), "Find my player")
