"""A service outside hears after each run that went well, and misses the word otherwise."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import override_settings

from botworker import hold
from botworker.models import Delivery, State
from slomix.lib import clock
from slomix.operations import watch
from tests.cast import SlomixTestCase, without_the_check
from tests.watching.listener import Listener, listening
from tests.watching.watched import Watched


@pytest.fixture
def listener() -> Iterator[Listener]:
    with listening() as heard:
        yield heard


@without_the_check
@override_settings(ALERT_WEBHOOK_URL="", ALERT_MAIL_TO=[])
class PingTests(Watched, SlomixTestCase):
    """Somebody outside waits for a word."""

    @pytest.fixture(autouse=True)
    def _listen(self, listener: Listener, settings: Any) -> None:
        self.listener = listener
        settings.ALERT_PING_URL = f"{listener.url}/ping/on-time"

    def look(self) -> list[str]:
        self.all_live()
        watch.look(clock.now())
        watch.tell_all("worker")
        return self.listener.pings

    def test_a_run_that_went_well_is_told_outside_once(self) -> None:
        self.call()
        self.travel("20:45:10")
        self.assertEqual(self.look(), [])

        self.all_sent()

        self.assertEqual(self.look(), ["/ping/on-time"])
        self.travel("20:46")
        self.assertEqual(self.look(), ["/ping/on-time"])

    def test_each_run_is_told(self) -> None:
        self.call()
        self.travel("20:45:10")
        self.all_sent()
        self.look()
        self.travel("21:00:05")
        self.all_sent("start")

        self.assertEqual(len(self.look()), 2)

    def test_a_run_of_which_something_came_too_late_is_not(self) -> None:
        self.call()
        self.travel("20:58")
        self.all_sent()
        Delivery.objects.filter(kind="reminder", person=self.bor).update(state=State.EXPIRED)

        self.assertEqual(self.look(), [])

    def test_a_ping_that_is_refused_is_tried_again(self) -> None:
        self.call()
        self.travel("20:45:10")
        self.all_sent()
        self.listener.status = 503
        self.look()
        self.listener.status = 200
        self.travel("20:45:45")

        self.assertEqual(len(self.look()), 2)
        self.travel("20:47")
        self.assertEqual(len(self.look()), 2)

    def test_an_evening_without_a_call_is_told_where_all_could_have_been_said(self) -> None:
        """Or the service outside would raise the alarm on every evening off."""
        self.travel("21:00:30")
        self.assertEqual(self.look(), [])
        self.travel("21:01")

        self.assertEqual(len(self.look()), 1)

    def test_an_evening_without_a_call_and_without_a_bot_is_not(self) -> None:
        self.travel("21:01")
        self.all_live()
        self.silence("bot", 300)
        watch.look(clock.now())
        watch.tell_all("worker")

        self.assertEqual(self.listener.pings, [])

    def test_an_evening_on_hold_is_not(self) -> None:
        hold.put_on(reason="restored", at=clock.now() - timedelta(minutes=1))
        self.travel("21:01")

        self.assertEqual(self.look(), [])
