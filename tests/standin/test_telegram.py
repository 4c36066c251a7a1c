"""The local Telegram, asked as an adapter asks the real one."""

import asyncio

import pytest

from botworker.standin.refused import Impossible

from .case import ANA, BOR
from .telegram_case import TOKEN, YES, TelegramCase


class SendTests(TelegramCase):
    async def test_it_brings_a_message_to_the_person(self) -> None:
        sent = await self.asked("sendMessage", chat_id=self.chat(), text="21:00 tonight")

        self.assertEqual(self.standin.telegram.inbox(ANA)[-1], sent)
        self.assertEqual(self.standin.telegram.inbox(BOR), [])

    async def test_it_takes_forms_and_numbers_as_text(self) -> None:
        form = {"chat_id": str(self.chat()), "text": "hi", "reply_markup": '{"inline_keyboard":[]}'}

        answer = await self.http.post(f"/telegram/bot{TOKEN}/sendMessage", data=form)

        self.assertTrue(answer.json()["ok"])

    async def test_it_cannot_write_to_somebody_who_never_wrote(self) -> None:
        stranger = self.standin.telegram.chat_of(BOR)

        await self.refused(
            "sendMessage", 400, "Bad Request: chat not found", chat_id=stranger, text="hi"
        )

    async def test_a_person_who_blocked_it_is_refused_until_unblocked(self) -> None:
        chat = self.chat()
        self.standin.telegram.block(ANA)
        said = "Forbidden: bot was blocked by the user"

        await self.refused("sendMessage", 403, said, chat_id=chat, text="hi")
        self.standin.telegram.block(ANA, off=True)

        await self.asked("sendMessage", chat_id=chat, text="hi")

    async def test_a_deleted_account_is_refused(self) -> None:
        chat = self.chat()
        self.standin.telegram.deactivate(ANA)

        await self.refused(
            "sendMessage", 403, "Forbidden: user is deactivated", chat_id=chat, text="hi"
        )

    async def test_a_wrong_token_is_unauthorized(self) -> None:
        answer = await self.call("getMe", token="7000000000:somebody-elses-token-somebody-else")

        self.assertEqual((answer["error_code"], answer["description"]), (401, "Unauthorized"))

    @pytest.mark.strange("there is no such method")
    async def test_it_remembers_a_method_that_it_does_not_have(self) -> None:
        await self.refused("sendRaid", 404, "Not Found")

        self.assertEqual(self.standin.unknown, [{"route": "telegram sendRaid"}])

    @pytest.mark.strange("there is no such field")
    async def test_it_remembers_a_field_that_it_does_not_have(self) -> None:
        await self.call("sendMessage", chat_id=self.chat(), text="hi", colour="amber")

        self.assertEqual([one["field"] for one in self.standin.unknown], ["colour"])


class TextTests(TelegramCase):
    async def test_it_refuses_what_is_too_long_or_empty(self) -> None:
        chat = self.chat()

        await self.asked("sendMessage", chat_id=chat, text="x" * 4096)
        for text, why in (("x" * 4097, "message is too long"), (" ", "message text is empty")):
            await self.refused("sendMessage", 400, f"Bad Request: {why}", chat_id=chat, text=text)

    async def test_it_reads_markup_into_entities(self) -> None:
        chat = self.chat()
        html = {"text": "🎮 <b>Ana &amp; Bor</b> <a href='https://x.si'>here</a>"}
        marked = {"text": "🎮 *Ana & Bor* [here](https://x.si)"}

        one = await self.asked("sendMessage", chat_id=chat, parse_mode="HTML", **html)
        two = await self.asked("sendMessage", chat_id=chat, parse_mode="MarkdownV2", **marked)

        self.assertEqual(one["text"], "🎮 Ana & Bor here")
        self.assertEqual((two["text"], two["entities"]), (one["text"], one["entities"]))
        bold, link = one["entities"]
        self.assertEqual(bold, {"type": "bold", "offset": 3, "length": 9})
        self.assertEqual((link["url"], link["offset"]), ("https://x.si", 13))

    async def test_it_refuses_bad_markup_in_telegrams_words(self) -> None:
        chat, start = self.chat(), "Bad Request: can't parse entities: "
        reserved = "Character '.' is reserved and must be escaped with the preceding '\\'"
        for mode, text, why in (
            ("HTML", "a <x>b</x>", 'Unsupported start tag "x" at byte offset 2'),
            ("HTML", "<b>Ana", 'Can\'t find end tag corresponding to start tag "b"'),
            ("HTML", "Ana</b>", "Unexpected end tag at byte offset 3"),
            ("MarkdownV2", "at 21.00", reserved),
            ("MarkdownV2", "*Ana", "Can't find end of Bold entity at byte offset 0"),
            ("Markdown", "Ana_b", "Can't find end of the entity starting at byte offset 3"),
        ):
            with self.subTest(text):
                await self.refused(
                    "sendMessage", 400, start + why, chat_id=chat, text=text, parse_mode=mode
                )

    async def test_it_does_not_know_other_markup(self) -> None:
        await self.refused(
            "sendMessage",
            400,
            "Bad Request: unsupported parse_mode",
            chat_id=self.chat(),
            text="hi",
            parse_mode="BBCode",
        )


class ButtonTests(TelegramCase):
    async def test_a_press_reaches_the_bot_and_its_answer_the_person(self) -> None:
        chat = self.chat()
        sent = await self.asked("sendMessage", chat_id=chat, text="Tonight?", reply_markup=YES)
        press = asyncio.create_task(self.standin.telegram.press(ANA, sent["message_id"], "yes"))
        last = (await self.asked("getUpdates", allowed_updates=["callback_query"], timeout=2))[-1]

        query = last["callback_query"]
        await self.asked("answerCallbackQuery", callback_query_id=query["id"], text="You are in")

        self.assertEqual((query["data"], query["from"]["id"]), ("yes", chat))
        self.assertEqual((await press)["text"], "You are in")

    async def test_a_query_is_answered_once(self) -> None:
        sent = await self.asked("sendMessage", chat_id=self.chat(), text="?", reply_markup=YES)
        press = asyncio.create_task(self.standin.telegram.press(ANA, sent["message_id"], "yes"))
        query = (await self.asked("getUpdates", timeout=2))[-1]["callback_query"]
        await self.asked("answerCallbackQuery", callback_query_id=query["id"])

        await press
        answer = await self.call("answerCallbackQuery", callback_query_id=query["id"])

        self.assertIn("query is too old", answer["description"])

    async def test_nobody_presses_what_is_not_there(self) -> None:
        sent = await self.asked("sendMessage", chat_id=self.chat(), text="?", reply_markup=YES)

        for person, data in ((ANA, "no"), (BOR, "yes")):
            with self.assertRaises(Impossible):
                await self.standin.telegram.press(person, sent["message_id"], data)

    async def test_it_refuses_buttons_that_telegram_refuses(self) -> None:
        chat = self.chat()
        for button, why in (
            ({"text": "x", "callback_data": "d" * 65}, "BUTTON_DATA_INVALID"),
            ({"text": "x"}, "Text buttons are unallowed in the inline keyboard"),
            ({"callback_data": "d"}, 'Can\'t find field "text"'),
        ):
            keyboard = {"inline_keyboard": [[button]]}
            with self.subTest(why):
                answer = await self.call(
                    "sendMessage", chat_id=chat, text="?", reply_markup=keyboard
                )
                self.assertIn(why, answer["description"])

    async def test_a_keyboard_takes_the_place_of_the_persons_own_until_removed(self) -> None:
        chat, keyboard = self.chat(), {"keyboard": [[{"text": "Looking"}]]}

        await self.asked("sendMessage", chat_id=chat, text="?", reply_markup=keyboard)
        self.assertEqual(self.standin.telegram.keyboard(ANA), keyboard)
        gone = {"remove_keyboard": True}
        await self.asked("sendMessage", chat_id=chat, text="!", reply_markup=gone)

        self.assertIsNone(self.standin.telegram.keyboard(ANA))


class EditTests(TelegramCase):
    async def test_it_changes_text_and_buttons(self) -> None:
        chat = self.chat()
        sent = await self.asked("sendMessage", chat_id=chat, text="Tonight?", reply_markup=YES)
        which = {"chat_id": chat, "message_id": sent["message_id"]}

        await self.asked("editMessageText", **which, text="You are looking")

        [changed] = self.standin.telegram.inbox(ANA)[1:]
        self.assertEqual(changed["text"], "You are looking")
        self.assertNotIn("reply_markup", changed)
        await self.asked("editMessageReplyMarkup", **which, reply_markup=YES)
        self.assertEqual(self.standin.telegram.inbox(ANA)[-1]["reply_markup"], YES)

    async def test_what_stays_the_same_is_not_modified(self) -> None:
        chat = self.chat()
        sent = await self.asked("sendMessage", chat_id=chat, text="Tonight?")

        answer = await self.call(
            "editMessageText", chat_id=chat, message_id=sent["message_id"], text="Tonight?"
        )

        self.assertTrue(answer["description"].startswith("Bad Request: message is not modified"))

    async def test_a_message_that_is_gone_is_not_found(self) -> None:
        chat = self.chat()
        sent = await self.asked("sendMessage", chat_id=chat, text="Tonight?")
        which = {"chat_id": chat, "message_id": sent["message_id"]}
        await self.asked("deleteMessage", **which)

        for method, doing in (("editMessageText", "edit"), ("deleteMessage", "delete")):
            more = {"text": "x"} if doing == "edit" else {}
            why = f"Bad Request: message to {doing} not found"
            await self.refused(method, 400, why, **which, **more)
