from datetime import timedelta

from django.test import override_settings

from availability import mirror
from availability.models import Status
from botworker.models import Delivery, Tracked
from tests import make
from tests.cast import TONIGHT, SlomixTestCase

KEY = mirror.key_of(TONIGHT.date())


class MirrorTests(SlomixTestCase):
    """The evening as a scheduled event: when there is one, and what it says."""

    @override_settings(EVENT_MIRROR_ENABLED=False)
    def test_without_the_switch_no_event_is_planned(self) -> None:
        self.assertFalse(mirror.promise(TONIGHT))

    @override_settings(EVENT_MIRROR_ENABLED=True, DISCORD_GUILD_ID=77)
    def test_each_evening_is_watched_once_and_nothing_is_said_for_it(self) -> None:
        days = (TONIGHT, TONIGHT, TONIGHT + timedelta(days=1))

        self.assertEqual([mirror.promise(at) for at in days], [True, False, True])
        self.assertEqual(Tracked.objects.filter(channel_id=77, form="event").count(), 2)
        self.assertFalse(Delivery.objects.exists())

    def test_only_an_evening_that_is_on_is_an_event(self) -> None:
        for _each in range(5):
            make.entry(make.person())
        make.entry(self.bor, Status.AVAILABLE)
        self.assertIsNone(mirror.draw(KEY, TONIGHT))

        make.entry(self.ana)

        drawn = mirror.draw(KEY, TONIGHT)
        assert drawn
        self.assertEqual(drawn.name, "Game night, 21:00 CET")
        self.assertEqual(drawn.start_at, make.at("21:00"))
        self.assertLess(len(drawn.location), 100)
