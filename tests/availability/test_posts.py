from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.test import override_settings

from availability import posts
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

    def looking(self, number: int) -> None:
        for _each in range(number):
            make.entry(make.person(show_name=False))

    def test_it_names_those_who_agreed_and_counts_the_rest(self) -> None:
        make.entry(make.person("Dana", show_name=True))
        self.looking(2)

        (field,) = self.drawn()["embed"]["fields"]

        self.assertEqual((field["name"], field["value"]), ("Looking 3", "Dana and 2 more"))

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

    def test_over_without_a_game_nobody_is_blamed(self) -> None:
        self.looking(5)

        self.assertIn("Tomorrow is another evening", self.words(make.at("00:00", TOMORROW)))
