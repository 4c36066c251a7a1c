"""A message's buttons, as Telegram shows them and as Signal writes them out."""

from django.test import SimpleTestCase

from availability import grammar, prompt_words, words
from availability.grammar import Meant
from botworker.channels import signal, telegram
from tests.cast import TONIGHT

DAY = TONIGHT.date()
KINDS = {
    "call": (words.reminder_rows(DAY), "Send IN, LATE, NO or STOP."),
    "daily question": (
        prompt_words.daily_rows(DAY),
        "Send LOOKING, AVAILABLE, MAYBE, NO or STOP DAILY.",
    ),
    "we play": (prompt_words.ready_rows(DAY), "Send IN, MAYBE or NO."),
    "nudge": (prompt_words.nudge_rows(DAY), "Send IN, LEAVE or NO."),
}


def verbs(rows: words.Rows) -> list[str]:
    return [one["id"].split(":")[2] for row in rows for one in row]


class WordsBackTests(SimpleTestCase):
    def test_every_button_has_a_word_and_every_word_is_understood(self) -> None:
        for kind, (rows, said) in KINDS.items():
            with self.subTest(kind):
                self.assertEqual(signal.send_words(verbs(rows)), [said])
                for verb in verbs(rows):
                    meant = grammar.parse(str(signal.WORDS[verb]), today=DAY)
                    self.assertIsInstance(meant, Meant)

    def test_a_telegram_button_carries_all_it_needs_in_64_bytes(self) -> None:
        for kind, (rows, _said) in KINDS.items():
            shown = telegram.keyboard(rows, "m" * 22)
            with self.subTest(kind):
                carried = [one["callback_data"] for row in shown for one in row]
                self.assertEqual([one.split(":")[2] for one in carried], verbs(rows))
                self.assertLessEqual(max(len(one.encode()) for one in carried), 64)
                self.assertLessEqual(max(len(row) for row in shown), 3)

    def test_what_opens_a_page_is_no_button(self) -> None:
        self.assertEqual(telegram.keyboard(prompt_words.page_row()), [])
