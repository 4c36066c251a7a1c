"""Roles, as an ordinary bot makes, gives and takes them."""

import discord

from .case import ANA, BOR, GUILD
from .life import PLAYERS, LifeCase, a_lively_world


class RoleTests(LifeCase):
    async def test_a_role_is_made_changed_and_deleted(self) -> None:
        async with self.bot() as bot:
            server = self.server(bot)
            async with self.hears(bot, "guild_role_create"):
                role = await server.create_role(name="team red", colour=discord.Colour(0xC02020))
            async with self.hears(bot, "guild_role_update") as changed:
                await role.edit(name="team axis")
            async with self.hears(bot, "guild_role_delete") as gone:
                await role.delete()

            self.assertEqual((changed[1].name, changed[1].colour.value), ("team axis", 0xC02020))
            self.assertEqual(gone[0].id, role.id)
            self.assertNotIn(role.id, [one.id for one in await server.fetch_roles()])

    async def test_a_role_is_given_and_taken(self) -> None:
        async with self.bot() as bot:
            bor = self.server(bot).get_member(BOR)
            assert bor
            async with self.hears(bot, "member_update") as given:
                await bor.add_roles(discord.Object(PLAYERS))
            self.assertEqual([one.id for one in given[1].roles], [GUILD, PLAYERS])

            async with self.hears(bot, "member_update") as taken:
                await bor.remove_roles(discord.Object(PLAYERS))
            self.assertEqual([one.id for one in taken[1].roles], [GUILD])

    async def test_whoever_had_a_deleted_role_has_it_no_more(self) -> None:
        async with self.bot() as bot:
            await self.standin.give_role(BOR, PLAYERS)
            role = self.server(bot).get_role(PLAYERS)
            assert role
            async with self.hears(bot, "guild_role_delete"):
                await role.delete()

            bor = await self.server(bot).fetch_member(BOR)
            self.assertEqual([one.id for one in bor.roles], [GUILD])

    async def test_what_stands_above_the_bot_is_not_its_to_give(self) -> None:
        top = 1 + max(
            one["position"] for one in self.standin.parts.store.guilds.roles[GUILD].values()
        )
        await self.standin.make_role("admins", position=top)
        role = next(
            one
            for one in self.standin.parts.store.guilds.roles[GUILD].values()
            if one["name"] == "admins"
        )

        await self.refused("PUT", f"/guilds/{GUILD}/members/{BOR}/roles/{role['id']}", 403, 50013)

    async def test_nobody_gives_away_what_they_may_not_do(self) -> None:
        administrator = {"name": "boss", "permissions": str(1 << 3)}

        await self.refused("POST", f"/guilds/{GUILD}/roles", 403, 50013, json=administrator)

    async def test_an_unknown_role_is_refused(self) -> None:
        await self.refused("PUT", f"/guilds/{GUILD}/members/{BOR}/roles/1", 404, 10011)
        await self.refused("PUT", f"/guilds/{GUILD}/members/104/roles/{PLAYERS}", 404, 10007)

    async def test_a_role_opens_a_channel_to_whoever_has_it(self) -> None:
        closed = [
            {"id": GUILD, "type": 0, "deny": str(1 << 10)},
            {"id": PLAYERS, "type": 0, "allow": str(1 << 10)},
        ]
        room = await self.standin.make_channel("players", permission_overwrites=closed)
        await self.standin.give_role(BOR, PLAYERS)
        async with self.bot() as bot:
            channel = bot.get_channel(int(room["id"]))
            assert isinstance(channel, discord.TextChannel)
            ana, bor = (self.server(bot).get_member(one) for one in (ANA, BOR))

            assert ana and bor
            self.assertTrue(channel.permissions_for(bor).view_channel)
            self.assertFalse(channel.permissions_for(self.server(bot).me).view_channel)
            await self.refused("GET", f"/channels/{room['id']}", 403, 50001)


class WithoutTheRightTests(LifeCase):
    world = a_lively_world(bot_may=1 << 10 | 1 << 11)

    async def test_a_bot_without_the_right_manages_nothing(self) -> None:
        for method, path, body in (
            ("POST", f"/guilds/{GUILD}/roles", {"name": "x"}),
            ("PUT", f"/guilds/{GUILD}/members/{BOR}/roles/{PLAYERS}", {}),
            ("POST", f"/guilds/{GUILD}/channels", {"name": "x"}),
            ("PATCH", f"/guilds/{GUILD}/members/{BOR}", {"nick": "x"}),
            ("DELETE", f"/guilds/{GUILD}/members/{BOR}", None),
            ("PATCH", f"/guilds/{GUILD}", {"name": "xx"}),
        ):
            with self.subTest(path):
                await self.refused(method, path, 403, 50013, json=body)
