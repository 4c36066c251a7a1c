"""How the local Telegram tells the bot what people do, and how it fails on request."""

import asyncio

import httpx

from botworker.standin.telegram.updates import SECRET_HEADER

from .case import ANA, BOR
from .hook import Hook, until
from .telegram_case import TOKEN, TelegramCase


class UpdateTests(TelegramCase):
    async def test_it_gives_what_people_write_until_confirmed(self) -> None:
        self.chat()
        self.standin.telegram.say(ANA, "avail today LOOKING")

        first, second = await self.asked("getUpdates")

        self.assertEqual(first["message"]["entities"][0]["type"], "bot_command")
        self.assertEqual(second["message"]["text"], "avail today LOOKING")
        after = second["update_id"]
        self.assertEqual(await self.asked("getUpdates", offset=after), [second])
        self.assertEqual(await self.asked("getUpdates", offset=after + 1), [])

    async def test_a_long_poll_ends_when_something_comes(self) -> None:
        poll = asyncio.create_task(self.asked("getUpdates", timeout=30))
        await until(lambda: self.standin.telegram.reader)

        self.standin.telegram.say(BOR, "here")

        self.assertEqual([one["message"]["text"] for one in await poll], ["here"])

    async def test_of_two_readers_the_first_is_ended(self) -> None:
        first = asyncio.create_task(self.call("getUpdates", timeout=30))
        await until(lambda: self.standin.telegram.reader)

        await self.asked("getUpdates")

        self.assertEqual((await first)["error_code"], 409)

    async def test_kinds_that_were_not_asked_for_are_not_made(self) -> None:
        await self.asked("getUpdates", allowed_updates=["callback_query"])
        self.chat()

        self.assertEqual(await self.asked("getUpdates"), [])

    async def test_blocking_is_told(self) -> None:
        self.chat()
        self.standin.telegram.block(ANA)

        last = (await self.asked("getUpdates"))[-1]

        self.assertEqual(last["my_chat_member"]["new_chat_member"]["status"], "kicked")

    async def test_commands_are_registered(self) -> None:
        menu = [{"command": "avail", "description": "When you play"}]

        await self.asked("setMyCommands", commands=menu)

        self.assertEqual(await self.asked("getMyCommands"), menu)
        bad = [{"command": "Avail!", "description": "x"}]
        await self.refused("setMyCommands", 400, "Bad Request: BOT_COMMAND_INVALID", commands=bad)


class WebhookTests(TelegramCase):
    async def test_it_brings_updates_with_the_secret_and_tries_again(self) -> None:
        async with Hook([500, 200]) as hook:
            await self.asked("setWebhook", url=hook.url, secret_token="hush_hush")
            self.standin.telegram.say(ANA, "/start")
            await hook.heard(2)

            self.assertEqual([one["message"]["text"] for one in hook.updates], ["/start"] * 2)
            self.assertEqual(hook.headers[SECRET_HEADER], "hush_hush")
            await until(lambda: not self.standin.telegram.memory.updates)
            info = await self.asked("getWebhookInfo")
            self.assertIn("500", info["last_error_message"])

    async def test_nobody_reads_updates_while_there_is_a_webhook(self) -> None:
        await self.asked("setWebhook", url="https://slomix.example/telegram")

        answer = await self.call("getUpdates")
        await self.asked("deleteWebhook", drop_pending_updates=True)

        self.assertEqual(answer["error_code"], 409)
        self.assertEqual(await self.asked("getUpdates"), [])

    async def test_it_refuses_plain_http_to_elsewhere(self) -> None:
        why = "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"

        await self.refused("setWebhook", 400, why, url="http://slomix.example/telegram")


class PaceAndFaultTests(TelegramCase):
    async def test_a_fault_is_for_one_person_and_its_effect_may_have_happened(self) -> None:
        ana, bor = self.chat(ANA), self.chat(BOR)
        fault = {"route": "POST /telegram/sendMessage", "fault": "500_after", "person": str(ANA)}
        await self.http.post("/standin/faults", json=fault)

        await self.asked("sendMessage", chat_id=bor, text="hi")
        await self.refused("sendMessage", 500, "Internal Server Error", chat_id=ana, text="hi")

        self.assertEqual(self.standin.telegram.inbox(ANA)[-1]["text"], "hi")

    async def test_what_hits_everything_of_discords_does_not_hit_it(self) -> None:
        fault = {"route": "* *", "fault": "500_before", "times": None}
        await self.http.post("/standin/faults", json=fault)

        await self.asked("getMe")

        self.assertEqual((await self.ask("GET", "/users/@me")).status_code, 500)

    async def test_faults_have_telegrams_words(self) -> None:
        chat = self.chat()
        for kind, code, why in (
            ("closed_dms", 403, "Forbidden: bot was blocked by the user"),
            ("left_guild", 403, "Forbidden: user is deactivated"),
            ("refuse", 400, "Bad Request: chat not found"),
            ("401", 401, "Unauthorized"),
        ):
            fault = {"route": "POST /telegram/*", "fault": kind}
            await self.http.post("/standin/faults", json=fault)
            with self.subTest(kind):
                await self.refused("sendMessage", code, why, chat_id=chat, text="hi")

    async def test_a_429_says_when_to_come_back(self) -> None:
        chat = self.chat()
        fault = {"route": "* /telegram/*", "fault": "429", "retry_after": 7}
        await self.http.post("/standin/faults", json=fault)

        why = "Too Many Requests: retry after 7"
        answer = await self.refused("sendMessage", 429, why, chat_id=chat, text="hi")

        self.assertEqual(answer["parameters"], {"retry_after": 7})

    async def test_a_line_that_is_cut_answers_nothing(self) -> None:
        chat = self.chat()
        fault = {"route": "POST /telegram/sendMessage", "fault": "reset"}
        await self.http.post("/standin/faults", json=fault)

        with self.assertRaises(httpx.TransportError):
            await self.call("sendMessage", chat_id=chat, text="hi")

        self.assertEqual(self.standin.journal[-1]["status"], 0)
        self.assertEqual(self.standin.telegram.inbox(ANA)[-1]["text"], "hi")

    async def test_the_journal_names_the_person_and_hides_the_token(self) -> None:
        await self.asked("sendMessage", chat_id=self.chat(), text=TOKEN)

        record = self.standin.journal[-1]

        self.assertEqual((record["service"], record["person"]), ("telegram", str(ANA)))
        self.assertNotIn(TOKEN, str(record))
