"""Evenings answered by text, on the local Telegram and Signal."""

import re
from urllib.parse import urlsplit

import pytest
from django.test import AsyncClient

from accounts.models import Preferences, User
from availability.models import Entry, Usual
from slomix.lib import clock
from slomix.lib.bridge import call
from tests import make
from tests.channels.evening import CallCase

pytestmark = pytest.mark.slow

BOTH = ("telegram", "signal")
STRANGER = "I do not know you here yet."


class WritingJourney(CallCase):
    async def test_one_sentence_answers_an_evening_and_says_what_holds(self) -> None:
        self.go_to("19:00")
        async with self.evening():
            for channel in BOTH:
                await self.link(channel, self.bor)
                for words, said, status in (
                    ("tonight looking", "Your answer for tonight: Looking.", "LOOKING"),
                    ("Danes MORDA", "Your answer for tonight: Maybe.", "MAYBE"),
                    ("/today available", "Your answer for tonight: Available.", "AVAILABLE"),
                    ("/avail today NO", "Your answer for tonight: Not playing.", "NOT_PLAYING"),
                ):
                    with self.subTest(f"{channel}: {words}"):
                        answer = await self.say(channel, self.bor, words)

                        self.assertIn(said, answer)
                        self.assertEqual(await self.answered(self.bor), (status, channel))
                self.assertIn("Change: tonight looking.", answer)
                await call(Entry.objects.all().delete)

    async def test_other_days_are_named(self) -> None:
        self.go_to("19:00")
        async with self.evening():
            await self.link("signal", self.bor)

            tomorrow = await self.say("signal", self.bor, "jutri lahko")
            tuesday = await self.say("signal", self.bor, "24. 11. 2026 ne")

        self.assertIn("Your answer for Saturday 21 November: Available.", tomorrow)
        self.assertIn("Change: tomorrow looking.", tomorrow)
        self.assertIn("Your answer for Tuesday 24 November: Not playing.", tuesday)
        self.assertIn("Change: 2026-11-24 looking.", tuesday)

    async def test_it_says_how_many_are_missing(self) -> None:
        self.go_to("19:00")
        await call(make.entry, self.ana)
        async with self.evening():
            await self.link("telegram", self.bor)

            answer = await self.say("telegram", self.bor, "looking from 21:30")

        self.assertIn("Your answer for tonight: Looking, from 21:30 CET.", answer)
        self.assertIn("4 more and we play.", answer)

    async def test_status_tells_both_days_and_what_stands_in_the_week(self) -> None:
        self.go_to("19:00")
        tomorrow = make.TONIGHT.date().replace(day=21)
        await call(make.entry, self.ana)
        await call(make.entry, self.bor, "MAYBE", day=tomorrow, door="pattern")
        async with self.evening():
            for channel in BOTH:
                await self.link(channel, self.bor)
                before = await self.say(channel, self.bor, "status")
                await self.say(channel, self.bor, "tonight looking")

                after = await self.say(channel, self.bor, "STATUS")

                with self.subTest(channel):
                    self.assertIn("Tonight, 21:00 CET: no answer yet.", before)
                    self.assertIn("1 is looking, 5 more and we play.", before)
                    self.assertIn("Write: tonight looking.", before)
                    self.assertIn("Tonight, 21:00 CET: Looking.", after)
                    self.assertIn("Tomorrow: Maybe (your week).", after)
                await self.say(channel, self.bor, "clear tonight")

    async def test_clearing_says_what_was_and_what_is_left(self) -> None:
        self.go_to("19:00")
        await call(
            Usual.objects.create, person=self.bor, weekday=4, status="AVAILABLE", since=make.TONIGHT
        )
        async with self.evening():
            await self.link("telegram", self.bor)
            none = await self.say("telegram", self.bor, "tomorrow clear")
            await self.say("telegram", self.bor, "tonight no")

            cleared = await self.say("telegram", self.bor, "počisti danes")

        self.assertIn("There was no answer for Saturday 21 November.", none)
        self.assertIn("Your answer for tonight is cleared.", cleared)
        self.assertIn("Your usual week does not fill it again.", cleared)

    async def test_a_wrong_sentence_is_refused_with_the_right_one(self) -> None:
        self.go_to("19:00")
        async with self.evening():
            await self.link("signal", self.bor)
            for words, said in (
                ("2026-02-29 looking", "I do not know the day “2026-02-29”. Write today,"),
                ("tonight perhaps", "I do not know “perhaps”. Write looking, available,"),
                ("tonight looking from 25:00", "“25:00” is not a time."),
                ("yesterday looking", "2026-11-19 is over. Choose today or later."),
                ("2027-03-01 maybe", "We plan 90 days ahead, until 2027-02-18."),
                ("tonight looking from 20:00", "We start at 21:00 CET."),
                ("what is this?", "Write: tonight looking (available, maybe, no, clear)"),
                ("pomoč", "Write: tonight looking (available, maybe, no, clear)"),
                ("🎮 \u202eevil @everyone", "Write: tonight looking"),
            ):
                with self.subTest(words):
                    self.assertIn(said, await self.say("signal", self.bor, words))
        self.assertEqual(await call(Entry.objects.count), 0)

    async def test_undo_takes_the_last_word_back(self) -> None:
        self.go_to("19:00")
        async with self.evening():
            await self.link("signal", self.bor)
            await self.say("signal", self.bor, "tonight looking")
            await self.say("signal", self.bor, "tonight no")

            undone = await self.say("signal", self.bor, "undo")
            nothing = await self.say("signal", self.bor, "razveljavi")

        self.assertIn("Your answer for tonight: Looking.", undone)
        self.assertIn("That is undone already.", nothing)

    async def test_nobody_without_a_link_or_a_player_can_answer(self) -> None:
        self.go_to("19:00")
        async with self.evening():
            for channel in BOTH:
                await self.link(channel, self.bor)
                for words in ("tonight looking", "status", "IN", "/avail tomorrow no", "clear"):
                    with self.subTest(f"{channel}: {words}"):
                        answer = await self.say(channel, self.cene, words)
                        self.assertIn(STRANGER, answer)
                        self.assertNotIn("looking, ", answer)
            await call(self.bor.link.delete)

            answer = await self.say("signal", self.bor, "tonight looking")

        self.assertIn("First tell us who you are in the game.", answer)
        self.assertIn("/link/", answer)
        self.assertEqual(await call(Entry.objects.count), 0)

    async def test_who_writes_without_end_is_told_once_and_then_nothing(self) -> None:
        self.go_to("19:00")
        async with self.evening() as standin:
            await self.link("signal", self.bor)
            for _message in range(30):
                standin.signal.write(self.id_of(self.bor), "status")
            await self.until(lambda: "That was a lot" in str(self.heard("signal", self.bor)))

            answer = await self.say("signal", self.ana, "status")

        self.assertIn(STRANGER, answer)
        self.assertEqual(len(self.heard("signal", self.bor)), 21)


class AnsweringJourney(CallCase):
    async def test_a_call_on_signal_says_what_to_send_and_each_word_counts(self) -> None:
        self.go_to("20:45")
        async with self.evening():
            await self.link("signal", self.bor)
            await self.called(self.bor, "signal")
            told = self.heard("signal", self.bor)[-1]
            for words, said, status in (
                ("in", "You are in for 21:00 CET.", "LOOKING"),
                ("ZAMUJAM", "You are in, at about 21:10 CET.", "LOOKING"),
                ("ne", "You are not playing tonight.", "NOT_PLAYING"),
                ("Pridem", "You are in for 21:00 CET.", "LOOKING"),
                ("LATE", "You are in, at about 21:10 CET.", "LOOKING"),
                ("no", "You are not playing tonight.", "NOT_PLAYING"),
            ):
                with self.subTest(words):
                    answer = await self.say("signal", self.bor, words)

                    self.assertIn(said, answer)
                    self.assertEqual(await self.answered(self.bor), (status, "signal"))
                    self.assertIn("Send STATUS to see, ", answer)

        self.assertIn("\nSend IN, LATE, NO or STOP.\n", told)
        self.assertRegex(told, r"\nOr choose here, once: http\S+/s/\S+/\n")

    async def test_who_is_linked_twice_answers_from_any_channel(self) -> None:
        self.go_to("20:45")
        async with self.evening():
            await self.link("signal", self.bor)
            await self.link("telegram", self.bor)
            await self.called(self.bor, "telegram", "signal")

            await self.say("signal", self.bor, "LATE")
            by_signal = await self.answered(self.bor)
            await self.press(self.bor, "Can’t make it")

        self.assertEqual(by_signal, ("LOOKING", "signal"))
        self.assertEqual(await self.answered(self.bor), ("NOT_PLAYING", "telegram"))

    async def test_reminders_stop_for_tonight_alone_and_come_back(self) -> None:
        self.go_to("20:45")
        async with self.evening():
            await self.link("signal", self.bor)
            await self.called(self.bor, "signal")

            stopped = await self.say("signal", self.bor, "stop tonight")
            back = await self.say("signal", self.bor, "remind me again")
            await call(self.bor.preferences.refresh_from_db)

        self.assertIn("No more reminders tonight.", stopped)
        self.assertIn("Send STATUS to see, REMIND to change.", stopped)
        self.assertIn("Reminders are on again tonight.", back)
        self.assertIn("Send STATUS to see, STOP TONIGHT to change.", back)
        self.assertTrue(self.bor.preferences.allow_promotions)

    async def test_after_midnight_a_bare_word_is_not_taken_for_the_next_evening(self) -> None:
        self.go_to("20:45")
        async with self.evening():
            await self.link("signal", self.bor)
            await self.called(self.bor, "signal")
            self.go_to("23:59:58")
            await self.until(lambda: clock.today(clock.now()) > make.TONIGHT.date())

            answer = await self.say("signal", self.bor, "IN")

        self.assertIn("That was Friday 20 November, it is over.", answer)
        self.assertEqual(await call(Entry.objects.count), 0)


class LinkJourney(CallCase):
    async def open(self, who: User, words: str) -> str:
        """Write something on Signal and return the path of the link in the answer."""
        answer = await self.say("signal", who, words)
        found = re.search(r"http\S+/s/\S+", answer)
        assert found, answer
        return urlsplit(found[0]).path

    async def test_a_link_from_signal_answers_in_a_browser_without_a_sign_in(self) -> None:
        self.go_to("19:00")
        async with self.evening():
            await self.link("signal", self.bor)
            path = await self.open(self.bor, "status")

            await AsyncClient().get(path)
            opened = await self.answered(self.bor)
            page = await AsyncClient().post(path, {"status": "LOOKING"})

        self.assertIsNone(opened)
        self.assertContains(page, "Your answer counts")
        self.assertEqual(await self.answered(self.bor), ("LOOKING", "signal"))

    async def test_what_is_far_ahead_has_no_link(self) -> None:
        self.go_to("19:00")
        async with self.evening():
            await self.link("signal", self.bor)

            answer = await self.say("signal", self.bor, "2026-12-24 maybe")

        self.assertNotIn("/s/", answer)
        self.assertIn("Your answer for Thursday 24 December: Maybe.", answer)


class LanguageJourney(CallCase):
    async def test_the_answer_comes_in_the_persons_language(self) -> None:
        self.go_to("19:00")
        await call(Preferences.objects.filter(user=self.bor).update, language="sl")
        async with self.evening():
            await self.link("signal", self.bor)

            answer = await self.say("signal", self.bor, "jutri iščem")

        self.assertIn("Tvoj odgovor za soboto, 21. november: Iščem igro.", answer)
        self.assertIn("Sprememba: jutri morda.", answer)

    async def test_so_do_the_lines_below_a_call(self) -> None:
        self.go_to("20:45")
        await call(Preferences.objects.filter(user=self.bor).update, language="sl")
        async with self.evening():
            await self.link("signal", self.bor)
            await self.called(self.bor, "signal")

            told = self.heard("signal", self.bor)[-1]

        self.assertIn("Pošlji PRIDEM, ZAMUJAM, NE ali STOP.", told)
        self.assertIn("Nič več takih: napiši STOP ali odpri http", told)
