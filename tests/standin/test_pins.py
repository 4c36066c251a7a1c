"""Pins, bulk deletion, replies and forwards."""

import asyncio

import discord
import httpx
import pytest

from .case import ANA, BOR, GAME_NIGHT, SILENT, StandInCase

CHANNEL = f"/channels/{GAME_NIGHT}"
TWO_WEEKS_AND_A_BIT = (14 * 86_400_000 + 60_000) << 22


class PinTests(StandInCase):
    async def test_it_pins_and_lists_the_latest_first(self) -> None:
        async with self.bot() as bot:
            first, second = await bot.room().send("one"), await bot.room().send("two")
            updated = asyncio.create_task(bot.wait_for("guild_channel_pins_update", timeout=5))
            await asyncio.sleep(0)
            await first.pin()
            await second.pin()
            await updated
            pins = [one async for one in bot.room().pins()]
            await first.unpin()
            left = [one async for one in bot.room().pins()]

        self.assertEqual([one.content for one in pins], ["two", "one"])
        self.assertIsNotNone(pins[0].pinned_at)
        self.assertEqual([one.content for one in left], ["two"])

    async def test_it_says_in_the_channel_that_something_was_pinned(self) -> None:
        message = (await self.post()).json()["id"]

        await self.ask("PUT", f"{CHANNEL}/messages/pins/{message}")
        await self.ask("PUT", f"{CHANNEL}/messages/pins/{message}")

        pinned, notice = self.standin.messages(GAME_NIGHT)
        self.assertTrue(pinned["pinned"])
        self.assertEqual((notice["type"], notice["message_reference"]["message_id"]), (6, message))
        refused = await self.ask("PUT", f"{CHANNEL}/messages/pins/{notice['id']}")
        self.assert_refused(refused, 403, 50021)

    async def test_the_old_routes_still_work(self) -> None:
        message = (await self.post("keep this")).json()["id"]
        await self.ask("PUT", f"{CHANNEL}/pins/{message}")
        kept = (await self.ask("GET", f"{CHANNEL}/pins")).json()
        await self.ask("DELETE", f"{CHANNEL}/pins/{message}")

        self.assertEqual([one["content"] for one in kept], ["keep this"])
        self.assertEqual((await self.ask("GET", f"{CHANNEL}/pins")).json(), [])

    async def test_it_pages_through_them_by_time(self) -> None:
        for number in range(3):
            message = (await self.post(str(number))).json()["id"]
            await self.ask("PUT", f"{CHANNEL}/messages/pins/{message}")
        route = f"{CHANNEL}/messages/pins"

        page = (await self.ask("GET", route, params={"limit": 2})).json()
        last = page["items"][-1]["pinned_at"]
        rest = (await self.ask("GET", route, params={"before": last})).json()

        self.assertEqual([one["message"]["content"] for one in page["items"]], ["2", "1"])
        self.assertTrue(page["has_more"])
        self.assertEqual([one["message"]["content"] for one in rest["items"]], ["0"])
        self.assertFalse(rest["has_more"])


class BulkDeleteTests(StandInCase):
    async def delete(self, *ids: int | str) -> httpx.Response:
        told = {"messages": [str(one) for one in ids]}
        return await self.ask("POST", f"{CHANNEL}/messages/bulk-delete", json=told)

    async def test_it_deletes_many_with_one_event(self) -> None:
        async with self.bot() as bot:
            said = [await bot.room().send(str(number)) for number in range(3)]
            gone = asyncio.create_task(bot.wait_for("raw_bulk_message_delete", timeout=5))
            await asyncio.sleep(0)
            await bot.room().delete_messages(said[:2])

            self.assertEqual((await gone).message_ids, {said[0].id, said[1].id})
        self.assertEqual([one["content"] for one in self.standin.messages(GAME_NIGHT)], ["2"])

    async def test_it_takes_two_to_a_hundred_younger_than_two_weeks(self) -> None:
        message = int((await self.post()).json()["id"])
        old = message - TWO_WEEKS_AND_A_BIT

        self.assert_refused(await self.delete(message), 400, 50016)
        self.assert_refused(await self.delete(message, message), 400, 50016)
        many = range(message, message + 101)
        self.assert_refused(await self.delete(*many), 400, 50016)
        self.assert_refused(await self.delete(message, old), 400, 50034)
        self.assertEqual(len(self.standin.messages(GAME_NIGHT)), 1)


class ReferenceTests(StandInCase):
    async def test_a_reply_carries_what_it_answers(self) -> None:
        asked = await self.standin.say(ANA, GAME_NIGHT, "a bo kaj danes?")
        async with self.bot() as bot:
            message = await bot.room().fetch_message(int(asked["id"]))
            heard = asyncio.create_task(bot.wait_for("message", timeout=5))
            await asyncio.sleep(0)
            quiet = await message.reply("bo")
            told = await heard
            loud = await message.reply("res", mention_author=True)

        answered = told.reference and told.reference.resolved
        assert isinstance(answered, discord.Message)
        self.assertEqual(answered.content, "a bo kaj danes?")
        self.assertEqual((quiet.type, quiet.mentions), (discord.MessageType.reply, []))
        self.assertEqual([one.id for one in loud.mentions], [ANA])

    async def test_it_refuses_a_reply_to_nothing_unless_told_otherwise(self) -> None:
        nothing = {"message_id": "5"}

        refused = await self.post(message_reference=nothing)
        taken = await self.post(message_reference=nothing | {"fail_if_not_exists": False})

        self.assert_refused(refused, 400, 50035)
        self.assertIn("message_reference", refused.json()["errors"])
        self.assertEqual((taken.status_code, taken.json()["type"]), (200, 0))

    @pytest.mark.strange("the published description knows no forwards")
    async def test_a_forward_carries_a_copy(self) -> None:
        said = await self.standin.say(BOR, GAME_NIGHT, "ob devetih")
        there = {"type": 1, "message_id": said["id"], "channel_id": said["channel_id"]}
        body = {"message_reference": there, "allowed_mentions": SILENT}
        channel = await self.dm_of(ANA)

        sent = (await self.ask("POST", f"/channels/{channel}/messages", json=body)).json()

        self.assertEqual(sent["message_snapshots"][0]["message"]["content"], "ob devetih")
        self.assertEqual(sent["content"], "")

    async def test_only_an_answer_to_a_press_can_be_private(self) -> None:
        said = (await self.post(flags=1 << 6 | 1 << 12)).json()

        self.assertEqual(said["flags"], 1 << 12)

    async def test_a_moderator_may_hide_the_embeds_of_others_and_nothing_else(self) -> None:
        said = await self.standin.say(ANA, GAME_NIGHT, "https://example.org")
        path = f"{CHANNEL}/messages/{said['id']}"

        hidden = await self.ask("PATCH", path, json={"flags": 1 << 2})
        refused = await self.ask("PATCH", path, json={"flags": 0, "content": "no"})

        self.assertEqual(hidden.json()["flags"], 1 << 2)
        self.assert_refused(refused, 403, 50005)
