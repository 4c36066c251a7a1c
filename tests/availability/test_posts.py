from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.test import override_settings

from accounts.models import User
from availability import actions, posts
from botworker.models import Delivery
from tests import make
from tests.cast import TONIGHT, SlomixTestCase

TOMORROW = TONIGHT.date() + timedelta(days=1)


@override_settings(POLL_ENABLED=True, POLL_CHANNEL_ID=77)
class PostTests(SlomixTestCase):
    """The living post is promised once its time has come, whenever somebody looks."""

    def test_a_missed_minute_is_no_missed_post(self) -> None:
        """W19: the daily message went out in one exact minute or not at all."""
        self.assertFalse(posts.promise(make.at("09:59:59")))

        self.assertTrue(posts.promise(make.at("14:37:12")))

    def test_two_looks_promise_one_post(self) -> None:
        """W22: the post was sent before its row was written, and by whoever looked first."""
        posts.promise(TONIGHT)
        posts.promise(TONIGHT)

        self.assertEqual(Delivery.objects.get().recipient, "channel:77")

    def test_a_new_day_has_a_post_of_its_own(self) -> None:
        posts.promise(TONIGHT)

        self.assertTrue(posts.promise(TONIGHT + timedelta(days=1)))

    def test_it_is_expired_with_its_evening(self) -> None:
        posts.promise(TONIGHT)

        self.assertEqual(Delivery.objects.get().expires_at, make.at("00:00", TOMORROW))


class DrawnTests(SlomixTestCase):
    """What the post says, by what people answered."""

    def drawn(self, at: datetime = TONIGHT) -> dict[str, Any]:
        return dict(posts.draw(posts.key_of(TONIGHT.date()), at).extras)

    def words(self, at: datetime = TONIGHT) -> str:
        return str(self.drawn(at)["embed"]["description"])

    def answer(self, who: User, status: str, at: datetime = TONIGHT) -> None:
        actions.answer(person=who, day=TONIGHT.date(), status=status, at=at)

    def looking(self, number: int) -> None:
        for _each in range(number):
            make.entry(make.person(show_name=False))

    def test_it_names_those_who_agreed_and_counts_the_rest(self) -> None:
        make.entry(make.person("Dana", show_name=True))
        self.looking(2)

        (field,) = self.drawn()["embed"]["fields"]

        self.assertEqual((field["name"], field["value"]), ("Looking 3", "Dana and 2 more"))

    def test_names_that_are_nothing_but_markup_still_fit(self) -> None:
        for number in range(20):
            make.entry(make.person("*" * 30 + f"{number:02}", show_name=True))

        (field,) = self.drawn()["embed"]["fields"]

        self.assertLessEqual(len(field["value"]), 1024)
        self.assertIn(" and 6 more", field["value"])

    def test_it_says_how_many_are_missing_and_who_could_come(self) -> None:
        self.looking(4)
        make.entry(self.bor, "MAYBE")

        self.assertEqual(self.words(), "**4 are looking. 2 more and we play.** 1 could still come.")

    def test_it_leads_to_tonights_page_while_the_evening_lasts(self) -> None:
        links = [button["url"] for row in self.drawn()["rows"] for button in row if "url" in button]

        self.assertEqual(links, [settings.FRONTEND_ORIGIN + "/"])

    def test_over_it_thanks_those_who_played_and_takes_the_buttons_away(self) -> None:
        self.looking(6)
        midnight = make.at("00:00", TOMORROW)

        self.assertEqual(self.drawn(midnight)["rows"], [])
        self.assertEqual(self.words(midnight), "**We played.** Thanks for coming, 6 players.")

    @override_settings(READY_THRESHOLD=2)
    def test_an_evening_that_was_on_and_is_short_again_is_not_off(self) -> None:
        self.answer(self.ana, "LOOKING")
        self.answer(self.bor, "LOOKING")
        self.assertIn("🎯 **We play at 21:00 CET.** 2 are looking.", self.words())

        self.answer(self.bor, "NOT_PLAYING")

        self.assertEqual(
            self.words(), "**We are 1 again. 1 more and we play.** The evening is not off."
        )

    @override_settings(READY_THRESHOLD=2)
    def test_who_takes_an_answer_back_after_the_game_has_played(self) -> None:
        self.answer(self.ana, "LOOKING")
        self.answer(self.bor, "LOOKING")
        midnight = make.at("00:00", TOMORROW)

        self.answer(self.bor, "MAYBE", self.travel("23:10"))
        self.assertEqual(self.words(midnight), "**We played.** Thanks for coming, 1 player.")

        self.answer(self.ana, "MAYBE", self.travel("23:11"))
        self.assertEqual(self.words(midnight), "**We played.** Thanks for coming.")

    @override_settings(READY_THRESHOLD=2)
    def test_who_takes_it_back_before_the_game_has_not(self) -> None:
        self.answer(self.ana, "LOOKING")
        self.answer(self.bor, "LOOKING")

        self.answer(self.bor, "MAYBE", self.travel("20:10"))

        self.assertIn("Not enough of us", self.words(make.at("00:00", TOMORROW)))

    def test_over_without_a_game_nobody_is_blamed(self) -> None:
        self.looking(5)

        self.assertIn("Tomorrow is another evening", self.words(make.at("00:00", TOMORROW)))
