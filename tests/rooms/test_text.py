"""What is written and pressed on Telegram and Signal about an offered place."""

from django.test import override_settings
from django.utils import translation

from accounts.models import User
from accounts.text import Heard, Pressed, Reply
from availability.models import Status
from botworker.channels import signal, telegram
from planning.rooms import text, words
from planning.rooms.models import Offer
from tests import make
from tests.channels.keys import CHAT, HAVE_BOTH, OTHER_CHAT
from tests.rooms.dropping import StandbyStage
from tests.rooms.evening import after

State = Offer.State


@override_settings(**HAVE_BOTH)
class TextTests(StandbyStage):
    """dana stands in line, and has a chat on Telegram."""

    def setUp(self) -> None:
        super().setUp()
        make.handle(self.dana, "telegram", CHAT)

    def write(self, what: str, chat: str = CHAT, seconds: float = 20) -> Reply | None:
        return text.answer(Heard("telegram", chat, what, after(seconds)))

    def press(self, data: str, chat: str = CHAT) -> Reply | None:
        return text.press(Pressed("telegram", chat, data, after(20)))

    def said(self, reply: Reply | None) -> tuple[str, bool]:
        assert reply is not None
        return reply.text, reply.refused

    def other(self) -> User:
        other = make.person("Druga")
        make.handle(other, "telegram", OTHER_CHAT)
        return other

    def test_take_takes_it_in_both_languages_and_any_spelling(self) -> None:
        for words_ in ("take", "TAKE IT!", "I’ll take it", "Sprejmem."):
            with self.subTest(ascii(words_)):
                Offer.objects.all().delete()
                self.say(self.dana, Status.MAYBE, at=after(1))
                self.save_teams()
                self.say(self.jan, Status.LOOKING, at=after(2))
                self.jan_leaves()

                self.write(words_)

                self.assertEqual(self.offer().state, State.ACCEPTED)

    def test_pass_lets_it_pass(self) -> None:
        for words_ in ("PASS", "not this time", "Tokrat ne!"):
            with self.subTest(ascii(words_)):
                Offer.objects.all().delete()
                self.jan_leaves()

                self.write(words_)

                self.assertEqual(self.offer().state, State.DECLINED)

    def test_anything_else_is_none_of_its_business(self) -> None:
        self.jan_leaves()

        for what in ("in", "no", "take me home", "status", "", "x" * 5000, "dlv:{marker}:in"):
            with self.subTest(ascii(what[:20])):
                self.assertIsNone(self.write(what))
                self.assertIsNone(self.press(what))

    def test_nor_is_a_stranger(self) -> None:
        self.jan_leaves()

        self.assertIsNone(self.write("take", chat=OTHER_CHAT))
        self.assertIsNone(self.press(f"room:take:{self.offer().pk}", chat=OTHER_CHAT))

    def test_without_an_offer_it_says_so(self) -> None:
        self.assertEqual(self.said(self.write("take")), ("No place is offered to you now.", True))

    def test_too_late_is_said_in_words(self) -> None:
        self.jan_leaves()

        reply = self.write("take", seconds=140)

        self.assertEqual(self.said(reply)[0][:25], "The offer ended at 19:32.")

    def test_nobody_takes_anothers_place_with_its_number(self) -> None:
        self.other()
        self.jan_leaves()

        reply = self.press(f"room:take:{self.offer().pk}", chat=OTHER_CHAT)

        self.assertTrue(self.said(reply)[1])
        self.assertEqual(self.offer().state, State.OPEN)

    def test_a_number_that_nobody_has_changes_nothing(self) -> None:
        self.assertTrue(self.said(self.press(f"room:take:{10**17}"))[1])

    def test_buttons_stay_below_the_message_that_they_stood_below(self) -> None:
        self.jan_leaves()
        marker = "m" * 22

        reply = self.press(f"room:take:{self.offer().pk}:{marker}")

        assert reply is not None
        self.assertEqual(reply.rows[0][0]["id"], f"room:drop:{self.offer().pk}:{marker}")

    def test_an_offer_fits_a_telegram_button_and_signal_has_words_for_it(self) -> None:
        rows = words.offer_rows(10**12)

        carried = [one["callback_data"] for one in telegram.keyboard(rows, "m" * 22)[0]]
        self.assertLessEqual(max(len(one.encode()) for one in carried), 64)
        for spoken in ("en", "sl"):
            with translation.override(spoken):
                for verb in signal.verbs_of(rows, "room:"):
                    self.assertIn(text.letters(str(signal.WORDS[verb])), text.WORDS)
