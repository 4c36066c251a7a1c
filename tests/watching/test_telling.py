"""Operators are told once when something begins, and once when it is over."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import override_settings

from botworker import alarms
from botworker.models import Alert
from slomix.lib import clock
from slomix.operations import watch
from tests import make
from tests.cast import SlomixTestCase, without_the_check
from tests.watching.listener import Listener, listening
from tests.watching.watched import WEBHOOK, Watched


@pytest.fixture
def listener() -> Iterator[Listener]:
    with listening() as heard:
        yield heard


@without_the_check
@override_settings(ALERT_MAIL_TO=[], ALERT_PING_URL="")
class TellingTests(Watched, SlomixTestCase):
    """ana called bor; the bot is silent for two minutes."""

    caplog: Any

    @pytest.fixture(autouse=True)
    def _listen(self, listener: Listener, caplog: Any, settings: Any) -> None:
        self.listener, self.caplog, self.settings_ = listener, caplog, settings
        settings.ALERT_WEBHOOK_URL = f"{listener.url}/hook/a-secret"

    def setUp(self) -> None:
        super().setUp()
        self.call()
        self.all_live()
        self.silence("bot", 120)

    def look(self, told_by: str = "worker") -> None:
        watch.look(clock.now())
        watch.tell_all(told_by)

    def later(self, **time: float) -> None:
        """Let time go by; worker and site live on."""
        since = timedelta(**time)
        bot = self.last_word_of_the_bot()
        self.travel(clock.now() + since)
        self.all_live()
        self.silence("bot", (clock.now() - bot).total_seconds())

    def last_word_of_the_bot(self) -> Any:
        from botworker import pulse

        return pulse.last("bot")

    def test_a_webhook_hears_of_it_once(self) -> None:
        self.look()
        self.later(seconds=5)
        self.look("web")

        (told,) = self.listener.told
        self.assertEqual(
            (told["state"], told["code"], told["told_by"]), ("raised", "bot.silent", "worker")
        )
        self.assertIn("The bot is silent. Its last word: 19:28", told["content"])
        self.assertIn("Start the bot again. Nothing is sent twice by it.", told["content"])
        self.assertEqual(told["allowed_mentions"], {"parse": []})

    def test_its_end_is_told_once(self) -> None:
        self.look()
        self.all_live()
        self.travel(clock.now() + timedelta(seconds=25))
        self.all_live()
        self.look()
        self.look("web")

        self.assertEqual([one["state"] for one in self.listener.told], ["raised", "over"])
        self.assertIn(
            "✅ Over: The bot is silent. It lasted 1 min.", self.listener.told[1]["content"]
        )

    def test_a_cause_that_comes_and_goes_within_seconds_is_one(self) -> None:
        self.look()
        self.all_live()
        self.travel(clock.now() + timedelta(seconds=5))
        self.look()
        self.silence("bot", 120)
        self.look()

        self.assertEqual(self.listener.codes(), ["bot.silent"])
        self.assertEqual(self.listener.codes("over"), [])

    def test_it_is_told_again_when_it_begins_again(self) -> None:
        self.look()
        self.travel(clock.now() + timedelta(minutes=5))
        self.all_live()
        self.look()
        self.silence("bot", 120)
        self.look()

        self.assertEqual(self.listener.codes(), ["bot.silent", "bot.silent"])

    def test_what_an_operator_has_seen_is_told_to_nobody_any_more(self) -> None:
        watch.look(clock.now())
        alarms.see("bot.silent", at=clock.now())
        watch.tell_all("web")

        self.assertEqual(self.listener.told, [])

    def test_a_webhook_that_refuses_is_tried_again_and_its_address_stays_secret(self) -> None:
        self.listener.status = 500
        with self.caplog.at_level(logging.DEBUG):
            self.look()
        self.assertEqual(self.listener.told, [])
        self.assertIn("the alert webhook was not taken: status 500", self.caplog.text)
        self.assertNotIn("a-secret", self.caplog.text)

        self.listener.status = 204
        self.later(seconds=5)
        self.look()
        self.assertEqual(self.listener.told, [], "not before its rest is over")
        self.later(seconds=30)
        self.look()

        self.assertEqual(self.listener.codes(), ["bot.silent"])

    def test_a_webhook_that_is_not_there_costs_nothing_but_a_line(self) -> None:
        self.settings_.ALERT_WEBHOOK_URL = WEBHOOK
        with self.caplog.at_level(logging.DEBUG):
            self.look()

        self.assertIn("the alert webhook was not taken: ConnectError", self.caplog.text)
        self.assertNotIn("a-secret", self.caplog.text)
        self.assertIsNone(Alert.objects.get(code="bot.silent").told_at)

    def test_no_redirect_is_followed(self) -> None:
        """An address that sends us on could send us anywhere within the network."""
        self.listener.status = 302
        self.look()

        self.assertEqual(self.listener.pings, [])
        self.assertIsNone(Alert.objects.get(code="bot.silent").told_at)

    def test_a_mail_says_the_same(self) -> None:
        self.settings_.ALERT_WEBHOOK_URL = ""
        self.settings_.ALERT_MAIL_TO = ["night@slomix.example"]
        self.look()

        (letter,) = mail.outbox
        self.assertEqual(letter.subject, "[Slomix] look: The bot is silent")
        self.assertEqual(letter.to, ["night@slomix.example"])
        self.assertIn("Its last word: 19:28", str(letter.body))

    def test_nobody_is_named(self) -> None:
        self.travel("20:46:30")
        self.all_live()
        self.look()

        said = str(self.listener.told)
        self.assertIn("run.reminder", said)
        for who in (self.bor, self.ana):
            self.assertNotIn(who.name, said)
            self.assertNotIn(str(who.discord.discord_id), said)

    def test_a_run_that_ends_late_is_told_with_its_counts(self) -> None:
        self.travel("20:46:30")
        self.all_live()
        self.look()
        self.travel("20:48")
        self.all_live()
        self.all_sent()
        self.look()

        over = [one for one in self.listener.told if one["state"] == "over"]
        ends = {one["code"]: one["words"] for one in over}
        self.assertEqual(ends["run.reminder"], "The 20:45 run is over: 2 of 2 sent, 0 too late.")

    def test_nobody_is_told_of_the_end_of_what_is_not_undone(self) -> None:
        from botworker.models import Delivery

        self.travel("20:58")
        self.all_live()
        Delivery.objects.filter(kind="reminder").update(state="expired")
        self.look()
        self.assertIn("campaign.expired", self.listener.codes())
        self.travel(make.at("09:00") + timedelta(days=2))
        self.all_live()
        self.look()

        self.assertNotIn("campaign.expired", self.listener.codes("over"))
        self.assertIsNotNone(Alert.objects.get(code="campaign.expired").over_at)
