"""What the API keeps in the process is never old, and never shown to the wrong people."""

from datetime import timedelta
from typing import Any

from accounts import actions as accounts
from accounts.models import DiscordAccount, Player, User
from availability import actions
from availability.models import Entry
from slomix import person as people
from tests import make
from tests.api.client import Caller
from tests.cast import TONIGHT, SlomixTestCase

PATH = "/api/availability"
TODAY = TONIGHT.date()


class Keeping(SlomixTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.dora = make.person("Dora")
        actions.answer(person=self.dora, day=TODAY, status="LOOKING", at=TONIGHT)
        self.me, self.visitor = Caller(self.bor), Caller()
        self.assertEqual((self.looking(), self.named()), (1, ["Dora"]))

    def looking(self) -> int:
        days: list[Any] = self.visitor.get(PATH).json()["days"]
        return int(days[0]["counts"]["LOOKING"])

    def named(self) -> list[str]:
        day = self.me.get(PATH, include_users="true").json()["days"][0]
        return [one["display_name"] for one in day["users_by_status"]["LOOKING"]]


class NeverOldTests(Keeping):
    def test_an_answer_is_there_at_once(self) -> None:
        actions.answer(person=self.ana, day=TODAY, status="LOOKING", at=TONIGHT)

        self.assertEqual((self.looking(), len(self.named())), (2, 2))

    def test_one_for_another_day_of_the_range_too(self) -> None:
        tomorrow = TODAY + timedelta(days=1)

        actions.answer(person=self.ana, day=tomorrow, status="MAYBE", at=TONIGHT)

        self.assertEqual(self.visitor.get(PATH).json()["days"][1]["counts"]["MAYBE"], 1)

    def test_todays_readiness_follows_whatever_days_are_asked_for(self) -> None:
        later = {"from": "2026-12-01", "to": "2026-12-02"}
        self.visitor.get(PATH, **later)

        actions.answer(person=self.ana, day=TODAY, status="LOOKING", at=TONIGHT)

        ready = self.visitor.get(PATH, **later).json()["session_ready"]
        self.assertEqual(ready["looking_count"], 2)

    def test_whoever_may_not_sign_in_any_more_is_not_counted(self) -> None:
        User.objects.filter(pk=self.dora.pk).update(is_active=False)

        self.assertEqual((self.looking(), self.named()), (0, []))

    def test_nor_is_whoever_was_forgotten(self) -> None:
        people.erase(person=self.dora, at=TONIGHT, signed_in_at=TONIGHT)

        self.assertEqual((self.looking(), self.named()), (0, []))

    def test_a_new_name_is_shown_at_once(self) -> None:
        accounts.set_display_name(person=self.dora, name="Dinamo", at=TONIGHT)

        self.assertEqual(self.named(), ["Dinamo"])

    def test_so_is_the_players_and_the_one_on_discord(self) -> None:
        Player.objects.filter(link__user=self.dora).update(name="Renamed")
        self.assertEqual(self.named(), ["Renamed"])

        self.dora.link.delete()
        DiscordAccount.objects.filter(user=self.dora).update(display_name="On Discord")
        self.assertEqual(self.named(), ["On Discord"])

    def test_whoever_left_discord_is_not_named(self) -> None:
        DiscordAccount.objects.filter(user=self.dora).delete()

        self.assertEqual((self.looking(), self.named()), (1, []))

    def test_midnight_changes_what_today_is(self) -> None:
        self.travel(TONIGHT + timedelta(days=1))

        ready = self.visitor.get(PATH, **{"from": str(TODAY)}).json()["session_ready"]

        self.assertEqual((ready["date"], ready["looking_count"]), ("2026-11-21", 0))

    def test_what_was_written_past_us_is_there_a_minute_later(self) -> None:
        Entry.objects.filter(person=self.dora).delete()

        self.travel(TONIGHT + timedelta(seconds=60))

        self.assertEqual(self.looking(), 0)


class NeverShownTests(Keeping):
    def test_a_visitor_gets_no_names_after_somebody_who_may_see_them(self) -> None:
        """W9: whoever was signed in saw all names and ids."""
        for who in (None, self.cene):
            answer = Caller(who).get(PATH, include_users="true")
            self.assertNotIn("Dora", answer.content.decode())
            self.assertNotIn("users_by_status", answer.json()["days"][0])

    def test_losing_ones_player_ends_it_at_once(self) -> None:
        accounts.unlink_player(person=self.bor, at=TONIGHT, door="web")

        self.assertNotIn(b"Dora", self.me.get(PATH, include_users="true").content)

    def test_ones_own_answer_is_ones_own(self) -> None:
        actions.answer(person=self.bor, day=TODAY, status="MAYBE", at=TONIGHT)

        mine, hers, guest = (
            Caller(who).get(PATH).json()["days"][0] for who in (self.bor, self.ana, None)
        )

        self.assertEqual((mine["my_status"], hers["my_status"]), ("MAYBE", None))
        self.assertNotIn("my_status", guest)

    def test_a_tag_is_good_for_whoever_got_it_alone(self) -> None:
        tags = [Caller(who).get(PATH)["ETag"] for who in (None, self.cene, self.bor)]
        tags.append(self.me.get(PATH, include_users="true")["ETag"])

        self.assertEqual(len(set(tags)), 4)

    def test_a_name_is_written_as_json_whatever_is_in_it(self) -> None:
        name = '"}]<b>\\ 🧑 \u202eabc'
        DiscordAccount.objects.filter(user=self.dora).update(display_name=name)
        self.dora.link.delete()

        self.assertEqual(self.named(), [name])
