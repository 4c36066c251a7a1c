"""The door by text takes anything: it answers, or says that it is none of its business."""

from datetime import timedelta

from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.text import Heard, Pressed
from availability import actions, grammar, text
from availability.grammar import Meant
from availability.models import Change, Entry
from tests import make
from tests.availability.test_grammar import OUR_WORDS, SENTENCES
from tests.cast import TONIGHT, SlomixTestCase
from tests.channels.keys import CHAT, HAVE_BOTH, OTHER_CHAT

DAY = TONIGHT.date()
PLAYED = settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)


@override_settings(**HAVE_BOTH)
class AnythingTests(SlomixTestCase):
    def setUp(self) -> None:
        super().setUp()
        make.handle(self.bor, "telegram", CHAT)

    def hear(self, words: str, channel: str = "telegram", chat: str = CHAT) -> str | None:
        reply = text.answer(Heard(channel, chat, words, TONIGHT))
        return reply.text if reply else None

    def written(self) -> int:
        return Change.objects.count()

    def test_no_text_breaks_it_and_what_is_not_understood_changes_nothing(self) -> None:
        @PLAYED
        @given(st.text(max_size=200))
        def hear(words: str) -> None:
            before = self.written()

            said = self.hear(words)

            self.assertNotEqual(said, "")
            if not isinstance(grammar.parse(words, today=DAY), Meant):
                self.assertEqual(self.written(), before)

        hear()

    def test_our_own_words_in_any_order_are_answered(self) -> None:
        @PLAYED
        @given(st.lists(st.sampled_from(OUR_WORDS), max_size=5), st.sampled_from(SENTENCES))
        def hear(words: list[str], sentence: tuple[str, Meant]) -> None:
            self.hear(" ".join(words))

            self.assertTrue(self.hear(sentence[0]) or sentence[1].verb in ("stop", "help"))

        hear()

    def test_no_button_breaks_it(self) -> None:
        @PLAYED
        @given(st.text(max_size=64) | st.from_regex(text.ANSWERED) | st.from_regex(text.DELIVERED))
        def press(data: str) -> None:
            reply = text.press(Pressed("telegram", CHAT, data, TONIGHT))

            self.assertTrue(reply is None or reply.text)

        press()

    def test_a_stranger_is_none_of_its_business(self) -> None:
        for words in ("tonight looking", "status", "in", "hello"):
            self.assertIsNone(self.hear(words, chat=OTHER_CHAT))
        press = Pressed("telegram", OTHER_CHAT, "day:20261120:looking", TONIGHT)
        self.assertIsNone(text.press(press))
        self.assertEqual(Entry.objects.count(), 0)

    def test_tomorrow_is_tomorrow_a_second_before_midnight_and_on_both_change_nights(self) -> None:
        for wall, day, tomorrow in (
            ("23:59:59", "2026-11-20", "2026-11-21"),
            ("00:00:00", "2026-11-21", "2026-11-22"),
            ("02:30:00", "2026-10-25", "2026-10-26"),
            ("23:59:59", "2026-10-25", "2026-10-26"),
            ("01:59:59", "2027-03-28", "2027-03-29"),
            ("23:59:59", "2027-03-28", "2027-03-29"),
        ):
            at = make.at(wall, DAY.fromisoformat(day))
            text.answer(Heard("telegram", CHAT, "jutri morda", at))

            with self.subTest(f"{day} {wall}"):
                entry = Entry.objects.get()
                self.assertEqual(entry.day.isoformat(), tomorrow)
                entry.delete()

    def test_names_are_never_told(self) -> None:
        make.entry(self.ana)

        for words in ("status", "tonight looking", "in", "clear", "tomorrow", "help"):
            self.assertNotIn("Ana", self.hear(words) or "")

    def test_an_answer_by_text_can_be_undone_on_the_page(self) -> None:
        self.hear("tonight looking")

        actions.undo(person=self.bor, at=TONIGHT + timedelta(minutes=1))

        self.assertEqual(Entry.objects.count(), 0)
