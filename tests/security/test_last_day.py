"""Found by `make fuzz`: the calendar's last day, written to the bot, was a fault of ours."""

from datetime import date

from django.test import override_settings

from accounts.text import Heard
from availability import queries, text
from availability.commands import common, written
from tests import make
from tests.availability.test_commands import press_of
from tests.cast import TONIGHT, SlomixTestCase
from tests.channels.keys import CHAT, HAVE_BOTH


@override_settings(**HAVE_BOTH)
class LastDayTests(SlomixTestCase):
    def test_it_is_answered_on_discord(self) -> None:
        said = common.run(press_of(self.bor, 1), written.written, text="9999-12-31")

        self.assertTrue(said.text)

    def test_it_is_answered_in_a_chat(self) -> None:
        make.handle(self.bor, "telegram", CHAT)

        for words in ("9999-12-31", "STATUS 9999-12-31", "0001-01-01"):
            said = text.answer(Heard("telegram", CHAT, words, TONIGHT))
            self.assertTrue(said is None or said.text, words)

    def test_its_times_are_told(self) -> None:
        for day in (date.min, date.max):
            self.assertEqual(queries.times(day).day, day)
