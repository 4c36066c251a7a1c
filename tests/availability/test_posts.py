from datetime import timedelta

from django.test import override_settings

from availability import posts
from botworker.models import Delivery
from tests import make
from tests.cast import TONIGHT, SlomixTestCase


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

    def test_it_says_nothing_new_until_it_is_posted(self) -> None:
        posts.promise(TONIGHT)

        self.assertIsNone(posts.current(TONIGHT.date(), TONIGHT))
