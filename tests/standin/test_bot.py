"""An unmodified discord.py against the stand-in."""

import asyncio
from typing import Any

import discord

from botworker.standin import acts

from .case import ANA, BOR, BRIEFING, CENE, GAME_NIGHT, GUILD, Buttons, StandInCase, a_world


class BotTests(StandInCase):
    async def test_it_sees_the_server(self) -> None:
        async with self.bot() as bot:
            guild = bot.get_guild(GUILD)

            assert guild
            self.assertEqual({one.name for one in guild.members}, {"Slomix", "ana", "bor", "cene"})
            self.assertEqual([one.id for one in guild.voice_channels], [BRIEFING])
            self.assertTrue(bot.room().permissions_for(guild.me).send_messages)
            self.assertEqual(self.standin.unknown, [])

    async def test_it_hears_people(self) -> None:
        async with self.bot() as bot:
            await self.standin.say(ANA, GAME_NIGHT, "a bo kaj danes?")

            self.assertEqual(await bot.hears(), "a bo kaj danes?")

    async def test_it_hears_direct_messages(self) -> None:
        async with self.bot() as bot:
            await self.standin.say(ANA, await self.dm_of(ANA), "!status")

            self.assertEqual(await bot.hears(), "!status")

    async def test_it_says_changes_and_deletes(self) -> None:
        async with self.bot() as bot:
            message = await bot.room().send("hi", view=Buttons(), nonce="n1")
            again = await bot.room().send("hi", nonce="n1")
            await message.edit(content="changed", view=None)

            self.assertEqual(again.id, message.id)
            self.assertEqual((await bot.room().fetch_message(message.id)).content, "changed")
            await message.delete()
            self.assertEqual([one async for one in bot.room().history()], [])

    async def test_it_is_told_that_somebody_takes_no_messages(self) -> None:
        async with self.bot() as bot:
            cene = await bot.fetch_user(CENE)
            with self.assertRaises(discord.Forbidden) as refused:
                await cene.send("hi")

            self.assertEqual(refused.exception.code, 50007)

    async def test_it_sees_people_leave_and_come_back(self) -> None:
        async with self.bot() as bot:
            left = asyncio.create_task(bot.wait_for("member_remove", timeout=5))
            await asyncio.sleep(0)
            await self.standin.set_person(BOR, in_guild=False)
            self.assertEqual((await left).id, BOR)

            back = asyncio.create_task(bot.wait_for("member_join", timeout=5))
            await asyncio.sleep(0)
            await self.standin.set_person(BOR, in_guild=True)
            self.assertEqual((await back).id, BOR)


class CommandTests(StandInCase):
    async def test_it_runs_a_slash_command_with_its_options(self) -> None:
        async with self.bot() as bot:

            @bot.tree.command(description="Who plays?")
            async def who(press: discord.Interaction, day: str, later: bool = False) -> None:
                await press.response.send_message(f"{press.user.name} {day} {later}")

            await bot.tree.sync()
            result = await self.standin.run_command(
                BOR, GAME_NIGHT, "who", {"day": "friday", "later": True}
            )

        self.assertEqual((result["type"], result["content"]), (4, "bor friday True"))

    async def test_it_runs_a_subcommand(self) -> None:
        async with self.bot() as bot:
            raid = discord.app_commands.Group(name="raid", description="Raids")

            @raid.command(description="Plan one")
            async def create(press: discord.Interaction, name: str) -> None:
                await press.response.send_message(f"planned {name}", ephemeral=True)

            bot.tree.add_command(raid, guild=discord.Object(GUILD))
            await bot.tree.sync(guild=discord.Object(GUILD))
            result = await self.standin.run_command(
                BOR, GAME_NIGHT, "raid create", {"name": "fuel dump"}
            )

        self.assertEqual((result["content"], result["ephemeral"]), ("planned fuel dump", True))

    async def test_it_keeps_a_commands_id_when_it_is_registered_again(self) -> None:
        path = f"/applications/{self.world.application.id}/commands"
        command = [{"name": "tonight", "description": "Who plays?"}]

        before = (await self.ask("PUT", path, json=command)).json()
        after = (await self.ask("PUT", path, json=command)).json()

        self.assertEqual(before[0]["id"], after[0]["id"])
        self.assertEqual((await self.ask("GET", path)).json(), after)


class ResumeTests(StandInCase):
    async def test_it_resumes_and_hears_what_it_missed(self) -> None:
        async with self.bot() as bot:
            await self.standin.drop_bots()
            # Nothing is waited for between the two: it may be back within milliseconds.
            await self.standin.say(ANA, GAME_NIGHT, "while you were away")

            self.assertEqual(await bot.hears(), "while you were away")
            await asyncio.wait_for(bot.resumed.wait(), timeout=5)
            self.assertEqual(self.standin.identifies, 1)


class LoginTests(StandInCase):
    world = a_world(privileged_intents=False)

    async def test_it_refuses_intents_that_are_switched_off(self) -> None:
        with self.assertRaises(discord.PrivilegedIntentsRequired):
            async with self.bot():
                pass

    async def test_it_takes_a_bot_without_them(self) -> None:
        async with self.bot(discord.Intents.default()) as bot:
            guild = bot.get_guild(GUILD)

            assert guild
            self.assertEqual([one.name for one in guild.members], ["Slomix"])

    async def test_it_hides_what_others_say_from_a_bot_without_the_intent(self) -> None:
        async with self.bot(discord.Intents.default()) as bot:
            await self.standin.say(ANA, GAME_NIGHT, "a bo kaj danes?")

            self.assertEqual(await bot.hears(), "")


async def _note(heard: list[Any], press: discord.Interaction) -> None:
    data: Any = press.data
    heard += [one["value"] for one in data["options"]]


class TypedCommandTests(StandInCase):
    async def asyncSetUp(self) -> None:
        await super().asyncSetUp()
        options = [
            {"name": "seats", "description": "How many", "type": 4, "required": True},
            {"name": "open", "description": "For all", "type": 5},
        ]
        command = [{"name": "raid", "description": "Plan one", "options": options}]
        await self.ask("PUT", f"/applications/{self.world.application.id}/commands", json=command)

    async def test_it_reads_what_is_typed_as_the_declared_type(self) -> None:
        heard: list[Any] = []
        async with self.bot() as bot:
            bot.on_interaction = lambda press: _note(heard, press)  # type: ignore[attr-defined]
            self.standin.parts.desk.patience = 0.2
            await self.standin.run_command(BOR, GAME_NIGHT, "raid", {"seats": "6", "open": "True"})

        self.assertEqual(heard, [6, True])

    async def test_it_refuses_what_the_command_does_not_take(self) -> None:
        for name, options in (
            ("raids", {}),
            ("raid", {}),
            ("raid", {"seats": "many"}),
            ("raid", {"seats": "6", "colour": "red"}),
            ("raid create", {"seats": "6"}),
        ):
            with self.subTest(name, options=options), self.assertRaises(acts.CannotDo):
                await self.standin.run_command(BOR, GAME_NIGHT, name, options)
