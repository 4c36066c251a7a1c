"""What was written for Discord, as a chat without markup shows it."""

from django.test import SimpleTestCase

from botworker.channels.http import spoken
from botworker.plain import plain


class PlainTests(SimpleTestCase):
    def test_markup_goes_and_words_stay(self) -> None:
        for body, said in {
            "**We play at 21:00 CET.** Coming?": "We play at 21:00 CET. Coming?",
            "Playing without voice? Press *I’m in*.": "Playing without voice? Press I’m in.",
            "Server: `/connect et.example:27960`": "Server: /connect et.example:27960",
            "2 * 3 * 4 is 24": "2 * 3 * 4 is 24",
            "**2** *are* **here**": "2 are here",
        }.items():
            with self.subTest(body):
                self.assertEqual(spoken(body, {}), said)

    def test_a_name_reads_as_it_is_whatever_signs_it_has(self) -> None:
        for name in (
            "*A* `B`",
            "**x**",
            "a*b*c",
            "_y_ ~z~",
            "\\*",
            "^1Re*d",
            "`",
            "(a)[b](c)",
            "end\\",
        ):
            with self.subTest(name):
                self.assertEqual(spoken(f"Hi **{plain(name)}**!", {}), f"Hi {name}!")
                self.assertEqual(spoken(f"*{plain(name)}*, come.", {}), f"{name}, come.")
