"""Redis is gone: the site works, and whoever is promised a reminder hears it."""

from datetime import timedelta

import time_machine
from django.core.cache import cache
from django.test import override_settings

from availability.models import Entry
from botworker.channels.memory import MemoryChannel
from botworker.claims import OVERDUE
from botworker.drain import Drain
from botworker.models import Delivery
from promotions import actions
from slomix.lib.bridge import call
from tests import make
from tests.cast import TONIGHT, SlomixLiveTestCase, SlomixTestCase
from tests.outages.breaking import NOBODY, told

GONE = override_settings(
    CACHES={
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": NOBODY,
        }
    },
    CELERY_BROKER_URL=NOBODY,
)


@GONE
class ToldTests(SlomixLiveTestCase):
    def test_it_is_told_by_two_codes(self) -> None:
        """The cache keeps a process from being called ready; the broker is only a wake-up."""
        self.assertEqual(told(), (503, ["cache.unavailable"], ["broker.unavailable"]))


@GONE
class RedisGoneTests(SlomixTestCase):
    @property
    def page(self) -> str:
        return f"/evenings/{TONIGHT:%Y-%m-%d}/"

    def test_there_really_is_no_redis(self) -> None:
        with self.assertRaises(Exception) as refusal:
            cache.get("anything")

        self.assertIn("Connection refused", str(refusal.exception))

    def test_people_answer_and_see_the_evening(self) -> None:
        self.sign_in(self.bor)

        said = self.client.post(self.page, {"status": "LOOKING"}, follow=True)
        pages = {path: self.client.get(path).status_code for path in ("/", "/you/", "/link/")}

        self.assertEqual(said.status_code, 200)
        self.assertEqual(Entry.objects.get(person=self.bor).status, "LOOKING")
        self.assertEqual(set(pages.values()), {200}, pages)

    async def test_a_reminder_is_said_although_no_worker_is_woken(self) -> None:
        await call(self.call_everybody)
        channel = MemoryChannel()

        with time_machine.travel(make.at("20:45") + OVERDUE + timedelta(seconds=1), tick=False):
            await Drain(channel).step()

        reminder = await call(Delivery.objects.get, kind="reminder", person=self.bor)
        self.assertEqual((reminder.state, reminder.released_by), ("sent", "drain"))
        self.assertEqual(len(channel.said), 1)

    def call_everybody(self) -> None:
        make.entry(self.bor)
        actions.promote(
            promoter=self.ana,
            include_available=False,
            include_maybe=False,
            dry_run=False,
            at=TONIGHT,
        )
