"""Members, channels and servers, as an ordinary bot hears of them."""

import discord

from .case import ANA, BOR, CENE, GAME_NIGHT, GUILD, STAFF, STRANGER
from .life import ELSEWHERE, EVENING, THERE, LifeCase


class MemberTests(LifeCase):
    async def test_people_come_and_go(self) -> None:
        async with self.bot() as bot:
            async with self.hears(bot, "member_join") as came:
                await self.standin.join_guild(STRANGER)
            async with self.hears(bot, "member_remove") as went:
                await self.standin.leave_guild(STRANGER)

            self.assertEqual((came[0].id, went[0].id), (STRANGER, STRANGER))
            self.assertEqual(self.server(bot).member_count, 4)

    async def test_somebody_is_called_something_else(self) -> None:
        async with self.bot() as bot:
            bor = self.server(bot).get_member(BOR)
            assert bor
            async with self.hears(bot, "member_update") as renamed:
                await bor.edit(nick="[SLO] bor")

            self.assertEqual(renamed[1].display_name, "[SLO] bor")

    async def test_the_owner_stands_above_the_bot(self) -> None:
        path = f"/guilds/{GUILD}/members/{ANA}"

        await self.refused("PATCH", path, 403, 50013, json={"nick": "x"})

    async def test_members_are_found_by_the_beginning_of_their_name(self) -> None:
        found = await self.ask("GET", f"/guilds/{GUILD}/members/search?query=BO&limit=5")

        self.assertEqual([one["user"]["username"] for one in found.json()], ["bor"])

    async def test_whoever_left_is_no_member_after_a_restart_either(self) -> None:
        await self.standin.leave_guild(CENE)

        await self.refused("GET", f"/guilds/{GUILD}/members/{CENE}", 404, 10007)
        self.assertFalse(self.standin.parts.store.people[CENE].in_guild)


class ChannelTests(LifeCase):
    async def test_channels_of_every_kind_are_made_changed_and_deleted(self) -> None:
        async with self.bot() as bot:
            server = self.server(bot)
            async with self.hears(bot, "guild_channel_create"):
                category = await server.create_category("Raids")
            async with self.hears(bot, "guild_channel_create"):
                text = await server.create_text_channel("Fuel Dump", category=category, topic="oil")
            async with self.hears(bot, "guild_channel_create"):
                voice = await server.create_voice_channel("Axis", user_limit=6)
            async with self.hears(bot, "guild_channel_update") as changed:
                await voice.edit(name="Allies")
            async with self.hears(bot, "guild_channel_delete") as gone:
                await text.delete()

            self.assertEqual(
                (text.name, text.category_id, text.topic), ("fuel-dump", category.id, "oil")
            )
            self.assertEqual((changed[1].name, changed[1].user_limit), ("Allies", 6))
            self.assertEqual(gone[0].id, text.id)

    async def test_a_deleted_category_leaves_its_channels_alone(self) -> None:
        async with self.bot() as bot:
            evening = bot.get_channel(EVENING)
            assert isinstance(evening, discord.CategoryChannel)
            inside = await evening.create_text_channel("inside")
            async with self.hears(bot, "guild_channel_delete"):
                await evening.delete()

            found = await bot.fetch_channel(inside.id)
            assert isinstance(found, discord.TextChannel)
            self.assertIsNone(found.category)

    async def test_a_channel_is_closed_to_a_role_by_an_overwrite(self) -> None:
        async with self.bot() as bot:
            server = self.server(bot)
            async with self.hears(bot, "guild_channel_update"):
                await bot.room().set_permissions(server.default_role, send_messages=False)
            with self.assertRaises(Exception) as refused:
                await self.standin.say(BOR, GAME_NIGHT, "hello?")

            self.assertIn("cannot write", str(refused.exception))

    async def test_a_hidden_channel_is_listed_but_not_opened(self) -> None:
        async with self.bot() as bot:
            staff = bot.get_channel(STAFF)
            assert isinstance(staff, discord.TextChannel)

            self.assertFalse(staff.permissions_for(staff.guild.me).view_channel)
            await self.refused("GET", f"/channels/{STAFF}/messages", 403, 50001)

    async def test_wrong_fields_are_named(self) -> None:
        for body, field in (
            ({}, "name"),
            ({"name": "x" * 101}, "name"),
            ({"name": "x", "type": 99}, "type"),
            ({"name": "x", "parent_id": str(GAME_NIGHT)}, "parent_id"),
        ):
            with self.subTest(body):
                answer = await self.ask("POST", f"/guilds/{GUILD}/channels", json=body)

                self.assert_refused(answer, 400, 50035)
                self.assertIn(field, answer.json()["errors"])


class ServerTests(LifeCase):
    async def test_a_bot_is_invited_to_a_server_and_thrown_off_it(self) -> None:
        async with self.bot() as bot:
            before = {one.id for one in bot.guilds}
            async with self.hears(bot, "guild_join") as joined:
                await self.standin.bot_joins(ELSEWHERE)
            await self.standin.say(ANA, THERE, "over here")
            heard = await bot.hears()
            async with self.hears(bot, "guild_remove") as left:
                await self.standin.bot_leaves(ELSEWHERE)

            self.assertEqual(before, {GUILD})
            self.assertEqual(
                (joined[0].name, heard, left[0].id), ("Elsewhere", "over here", ELSEWHERE)
            )
            await self.refused("GET", f"/guilds/{ELSEWHERE}", 404, 10004)

    async def test_a_bot_hears_nothing_from_a_server_it_is_not_on(self) -> None:
        async with self.bot() as bot:
            await self.standin.say(ANA, THERE, "nobody hears this")
            await self.standin.say(ANA, GAME_NIGHT, "everybody hears this")

            self.assertEqual(await bot.hears(), "everybody hears this")

    async def test_a_bot_leaves_by_itself(self) -> None:
        await self.standin.bot_joins(ELSEWHERE)
        async with self.bot() as bot:
            there = bot.get_guild(ELSEWHERE)
            assert there
            async with self.hears(bot, "guild_remove"):
                await there.leave()

            self.assertEqual([one.id async for one in bot.fetch_guilds()], [GUILD])
