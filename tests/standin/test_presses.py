"""Presses: what a bot answers, and what happens when it does not."""

from typing import Any

from botworker.standin.acts import CannotDo

from .case import (
    ANA,
    APP,
    BOR,
    GAME_NIGHT,
    SILENT,
    STRANGER,
    Buttons,
    StandInCase,
    button,
    row,
)


class PressTests(StandInCase):
    async def press(self, custom_id: str, person: int = BOR) -> dict[str, Any]:
        async with self.bot() as bot:
            message = await bot.room().send("who plays?", view=Buttons())
            return await self.standin.press(person, message.id, custom_id)

    async def test_it_shows_the_changed_message(self) -> None:
        result = await self.press("change")

        self.assertEqual((result["answered"], result["type"]), (True, 7))
        self.assertEqual(result["message"]["content"], "Bor is looking")

    async def test_it_gives_a_private_answer_to_the_presser_alone(self) -> None:
        result = await self.press("whisper")

        self.assertEqual((result["content"], result["ephemeral"]), ("just you", True))
        history = (await self.ask("GET", f"/channels/{GAME_NIGHT}/messages")).json()
        self.assertEqual([one["content"] for one in history], ["who plays?"])
        self.assertEqual(self.standin.messages(GAME_NIGHT)[-1]["only_for"], str(BOR))

    async def test_it_waits_for_a_deferred_answer(self) -> None:
        result = await self.press("later")

        self.assertEqual(result["message"]["content"], "changed later")
        self.assertEqual((result["content"], result["ephemeral"]), ("and a word", True))

    async def test_it_fills_the_answer_of_a_thinking_bot(self) -> None:
        result = await self.press("think")

        self.assertEqual((result["type"], result["content"]), (5, "thought about it"))
        self.assertTrue(result["ephemeral"])
        self.assertEqual(len(self.standin.messages(GAME_NIGHT)), 2)

    async def test_it_works_in_a_direct_message(self) -> None:
        async with self.bot() as bot:
            message = await (await bot.fetch_user(ANA)).send("in?", view=Buttons())
            result = await self.standin.press(ANA, message.id, "change")

        self.assertEqual(result["message"]["content"], "Ana is looking")

    async def test_it_refuses_what_nobody_could_press(self) -> None:
        for custom_id, person in (("off", BOR), ("none", BOR), ("change", STRANGER)):
            with self.subTest(custom_id), self.assertRaises(CannotDo):
                await self.press(custom_id, person)

    async def test_it_keeps_private_buttons_private(self) -> None:
        async with self.bot() as bot:
            message = await bot.room().send("who plays?", view=Buttons())
            await self.standin.press(BOR, message.id, "whisper")
            private = self.standin.messages(GAME_NIGHT)[-1]["id"]

            result = await self.standin.press(BOR, private, "change")
            with self.assertRaises(CannotDo):
                await self.standin.press(ANA, private, "change")

        self.assertEqual(result["message"]["content"], "Bor is looking")


class UnansweredTests(StandInCase):
    async def test_it_says_that_no_bot_is_there(self) -> None:
        message = (await self.post(components=[row(button("in"))])).json()

        result = await self.standin.press(BOR, message["id"], "in")

        self.assertEqual(result["reason"], "the bot is not connected")

    async def test_it_does_not_wait_for_ever(self) -> None:
        self.standin.parts.desk.patience = 0.1
        async with self.bot():
            message = (await self.post(components=[row(button("in"))])).json()
            result = await self.standin.press(BOR, message["id"], "in")

        self.assertEqual(result["answered"], False)
        self.assertIn("did not answer within", result["reason"])


class CallbackTests(StandInCase):
    """What the bot's requests come to, without discord.py."""

    async def asyncSetUp(self) -> None:
        await super().asyncSetUp()
        message = (await self.post(components=[row(button("in"))])).json()
        post = self.standin.parts.store.posts[int(message["id"])]
        # A press whose answers the test sends itself.
        self.event = self.standin.parts.desk.begin(BOR, GAME_NIGHT, 3, post.id)

    async def callback(self, kind: int, **data: Any) -> Any:
        path = f"/interactions/{self.event.id}/{self.event.token}/callback"
        return await self.ask("POST", path, json={"type": kind, "data": data})

    async def follow_up(self, **data: Any) -> Any:
        return await self.ask("POST", f"/webhooks/{APP}/{self.event.token}", json=data)

    async def test_it_takes_one_answer_only(self) -> None:
        self.assertEqual((await self.callback(6)).status_code, 204)
        self.assert_refused(await self.callback(6), 400, 40060)

    async def test_it_takes_no_answer_after_three_seconds(self) -> None:
        self.event.started -= 4

        self.assert_refused(await self.callback(6), 404, 10062)

    async def test_it_refuses_an_answer_that_does_not_say_whom_it_may_ping(self) -> None:
        self.assert_refused(await self.callback(4, content="hi"), 400, 50035)
        await self.callback(6)
        self.assert_refused(await self.follow_up(content="hi"), 400, 50035)

    async def test_it_takes_follow_ups_for_fifteen_minutes(self) -> None:
        await self.callback(6)
        said = await self.follow_up(content="more", allowed_mentions=SILENT)
        self.assertEqual(said.status_code, 200)

        self.event.started -= 901

        late = await self.follow_up(content="late", allowed_mentions=SILENT)
        self.assert_refused(late, 401, 50027)

    async def test_it_keeps_a_form(self) -> None:
        box = {"type": 4, "custom_id": "at", "style": 1, "label": "At"}
        await self.callback(9, custom_id="when", title="When?", components=[row(box)])

        self.assertEqual(self.event.modal and self.event.modal["title"], "When?")

    async def test_it_knows_the_original_and_the_follow_ups(self) -> None:
        await self.callback(4, content="one", allowed_mentions=SILENT)
        more = (await self.follow_up(content="two", allowed_mentions=SILENT)).json()
        base = f"/webhooks/{APP}/{self.event.token}/messages"

        await self.ask("PATCH", f"{base}/@original", json={"content": "uno"})
        await self.ask("DELETE", f"{base}/{more['id']}")

        contents = [one["content"] for one in self.standin.messages(GAME_NIGHT)]
        self.assertEqual(contents, ["hi", "uno"])


class ControlTests(StandInCase):
    async def press(self, **body: Any) -> Any:
        return await self.http.post("/standin/press", json={"person": str(BOR), **body})

    async def test_it_says_in_words_what_is_wrong(self) -> None:
        message = (await self.post(components=[row(button("in"))])).json()["id"]

        wrong = await self.press(message=message, custom_id="out")
        missing = await self.press(message=message)

        self.assertEqual((wrong.status_code, missing.status_code), (400, 400))
        self.assertEqual(wrong.json(), {"error": "This message has no button out."})
        self.assertEqual(missing.json(), {"error": "custom_id is missing."})

    async def test_it_forges_a_button(self) -> None:
        message = (await self.post(components=[row(button("in"))])).json()["id"]

        forged = await self.press(message=message, custom_id="out", forge=True)

        self.assertEqual(forged.json()["reason"], "the bot is not connected")

    async def test_it_tells_health_and_world(self) -> None:
        health = (await self.http.get("/standin/health")).json()
        world = (await self.http.get("/standin/world")).json()

        self.assertEqual((health["status"], health["bot_connected"]), ("ok", False))
        self.assertEqual([one["id"] for one in world["people"]][:2], [str(ANA), str(BOR)])
