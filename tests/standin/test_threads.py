"""Threads, as an ordinary bot begins, hears, joins and archives them."""

import discord

from .case import ANA, BOR, CENE, GAME_NIGHT, GUILD, STRANGER
from .life import LifeCase, a_lively_world

NO_MANAGER = a_lively_world(bot_may=1 << 10 | 1 << 11 | 1 << 35 | 1 << 36 | 1 << 38)


class BeginTests(LifeCase):
    async def test_a_thread_on_a_message_has_the_messages_id(self) -> None:
        async with self.bot() as bot:
            message = await bot.room().send("who plays?")
            thread = await message.create_thread(name="who plays?")

            self.assertEqual((thread.id, thread.parent_id), (message.id, GAME_NIGHT))
            fetched = await bot.room().fetch_message(message.id)
            self.assertTrue(fetched.flags.has_thread)

    async def test_a_message_has_one_thread_at_most(self) -> None:
        message = (await self.post("who plays?")).json()["id"]
        path = f"/channels/{GAME_NIGHT}/messages/{message}/threads"
        await self.ask("POST", path, json={"name": "first"})

        await self.refused("POST", path, 400, 160004, json={"name": "second"})

    async def test_a_thread_without_a_message_is_private_unless_told_otherwise(self) -> None:
        async with self.bot() as bot:
            private = await bot.room().create_thread(name="draft")
            public = await bot.room().create_thread(
                name="talk", type=discord.ChannelType.public_thread
            )

            self.assertTrue(private.is_private())
            self.assertFalse(public.is_private())
            said = [one.type async for one in bot.room().history()]
            self.assertEqual(said, [discord.MessageType.thread_created])

    async def test_what_is_said_in_a_thread_is_heard_and_counted(self) -> None:
        async with self.bot() as bot:
            thread = await bot.room().create_thread(name="draft")
            await thread.add_user(discord.Object(BOR))
            await self.standin.say(BOR, thread.id, "me first")

            self.assertEqual(await bot.hears(), "me first")
            fetched = await bot.fetch_channel(thread.id)
            assert isinstance(fetched, discord.Thread)
            self.assertEqual((fetched.message_count, fetched.member_count), (1, 2))

    async def test_a_thread_is_no_place_for_a_thread(self) -> None:
        async with self.bot() as bot:
            thread = await bot.room().create_thread(name="draft")

            path = f"/channels/{thread.id}/threads"
            await self.refused("POST", path, 400, 50024, json={"name": "deeper"})


class MemberTests(LifeCase):
    async def test_people_come_to_a_thread_and_leave_it(self) -> None:
        async with self.bot() as bot:
            thread = await bot.room().create_thread(name="draft")
            async with self.hears(bot, "thread_member_join") as joined:
                await thread.add_user(discord.Object(ANA))
            inside = {one.id for one in await thread.fetch_members()}
            async with self.hears(bot, "thread_member_remove") as left:
                await thread.remove_user(discord.Object(ANA))

            assert bot.user
            self.assertEqual(inside, {ANA, bot.user.id})
            self.assertEqual((joined[0].id, left[0].id), (ANA, ANA))
            self.assertEqual([one.id for one in await thread.fetch_members()], [bot.user.id])

    async def test_a_stranger_cannot_be_added(self) -> None:
        async with self.bot() as bot:
            thread = await bot.room().create_thread(name="draft")

            path = f"/channels/{thread.id}/thread-members/{STRANGER}"
            await self.refused("PUT", path, 404, 10007)

    async def test_the_bot_leaves_and_joins_again(self) -> None:
        async with self.bot() as bot:
            thread = await bot.room().create_thread(
                name="talk", type=discord.ChannelType.public_thread
            )
            async with self.hears(bot, "thread_remove"):
                await thread.leave()
            async with self.hears(bot, "thread_join"):
                await thread.join()


class ArchiveTests(LifeCase):
    async def test_an_archived_thread_is_listed_and_brought_back_by_a_word(self) -> None:
        async with self.bot() as bot:
            thread = await bot.room().create_thread(
                name="talk", type=discord.ChannelType.public_thread
            )
            async with self.hears(bot, "thread_update"):
                await thread.edit(archived=True)
            archived = [one.id async for one in bot.room().archived_threads()]
            async with self.hears(bot, "raw_thread_update") as back:
                await thread.send("one more thing")

            self.assertEqual(archived, [thread.id])
            self.assertFalse(back[0].data["thread_metadata"]["archived"])
            self.assertEqual([one async for one in bot.room().archived_threads()], [])

    async def test_nobody_joins_an_archived_thread(self) -> None:
        async with self.bot() as bot:
            thread = await bot.room().create_thread(name="draft")
            await self.standin.archive_thread(thread.id)

            path = f"/channels/{thread.id}/thread-members/{ANA}"
            await self.refused("PUT", path, 400, 50083)

    async def test_active_threads_are_listed_for_the_server(self) -> None:
        async with self.bot() as bot:
            thread = await bot.room().create_thread(name="draft")
            other = await bot.room().create_thread(name="over")
            await other.edit(archived=True, locked=True)

            self.assertEqual(
                [one.id for one in await self.server(bot).active_threads()], [thread.id]
            )

    async def test_a_deleted_thread_is_gone(self) -> None:
        async with self.bot() as bot:
            thread = await bot.room().create_thread(name="draft")
            async with self.hears(bot, "thread_delete") as gone:
                await thread.delete()

            self.assertEqual(gone[0].id, thread.id)
            await self.refused("GET", f"/channels/{thread.id}", 404, 10003)


class OthersThreadTests(LifeCase):
    world = NO_MANAGER

    async def test_a_bot_that_does_not_manage_threads_sees_no_private_one(self) -> None:
        async with self.bot() as bot:
            thread = await self.standin.begin_thread(ANA, GAME_NIGHT, "secret", private=True)
            await self.standin.say(ANA, thread["id"], "psst")
            await self.standin.say(ANA, GAME_NIGHT, "aloud")

            self.assertEqual(await bot.hears(), "aloud")
            await self.refused("GET", f"/channels/{thread['id']}", 403, 50001)

    async def test_nor_may_it_archive_what_others_began(self) -> None:
        thread = await self.standin.begin_thread(ANA, GAME_NIGHT, "open")

        path = f"/channels/{thread['id']}"
        await self.refused("PATCH", path, 403, 50013, json={"archived": True})


class SyncTests(LifeCase):
    async def test_a_bot_that_gets_into_a_channel_is_told_of_its_threads(self) -> None:
        thread = await self.standin.begin_thread(ANA, GAME_NIGHT, "before")
        app = str(self.world.application.id)
        closed = {"id": app, "type": 1, "deny": str(1 << 10)}
        await self.standin.change_channel(GAME_NIGHT, permission_overwrites=[closed])
        async with self.bot() as bot:
            known = self.server(bot).get_thread(int(thread["id"]))
            async with self.hears(bot, "thread_join") as told:
                await self.standin.change_channel(GAME_NIGHT, permission_overwrites=[])

            self.assertIsNone(known)
            self.assertEqual(told[0].name, "before")

    async def test_a_bot_that_comes_later_finds_the_threads(self) -> None:
        thread = await self.standin.begin_thread(CENE, GAME_NIGHT, "before")
        async with self.bot() as bot:
            found = self.server(bot).get_thread(int(thread["id"]))

            assert found
            self.assertEqual((found.owner_id, found.guild.id), (CENE, GUILD))
