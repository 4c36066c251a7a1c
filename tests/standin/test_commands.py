"""Commands with every kind of option, completion and menus, as people use them."""

import io
from typing import Any

import discord
from discord import app_commands

from botworker.standin.acts import CannotDo

from .case import ANA, APP, BOR, BRIEFING, GAME_NIGHT, GUILD, Bot, StandInCase

MAPS = ("Fuel Dump", "Gold Rush", "Oasis", "Radar")


class OptionTests(StandInCase):
    async def answer(self, bot: Bot, name: str, options: dict[str, Any]) -> str:
        await bot.tree.sync()
        result = await self.standin.run_command(BOR, GAME_NIGHT, name, options)
        return str(result["content"])

    async def test_people_channels_and_files_arrive_as_such(self) -> None:
        async with self.bot() as bot:

            @bot.tree.command(description="Plan")
            async def plan(
                press: discord.Interaction,
                who: discord.Member,
                where: discord.VoiceChannel,
                whom: discord.User | discord.Role,
                picture: discord.Attachment,
            ) -> None:
                content = (await picture.read()).decode()
                await press.response.send_message(f"{who.name} {where.name} {whom.id} {content}")

            options = {
                "who": ANA,
                "where": BRIEFING,
                "whom": BOR,
                "picture": ("map.txt", b"fuel"),
            }
            said = await self.answer(bot, "plan", options)
            with self.assertRaises(CannotDo):
                await self.answer(bot, "plan", options | {"where": GAME_NIGHT})
            with self.assertRaises(CannotDo):
                await self.answer(bot, "plan", options | {"who": 5})

        self.assertEqual(said, f"ana Briefing {BOR} fuel")

    async def test_numbers_and_texts_have_bounds_and_choices(self) -> None:
        async with self.bot() as bot:

            @bot.tree.command(description="Plan")
            @app_commands.choices(side=[app_commands.Choice(name="Axis", value="axis")])
            async def plan(
                press: discord.Interaction,
                seats: app_commands.Range[int, 2, 12],
                name: app_commands.Range[str, 3, 10],
                side: str,
                share: float = 0.5,
            ) -> None:
                await press.response.send_message(f"{seats} {name} {side} {share}")

            good = {"seats": "6", "name": "Friday", "side": "axis", "share": "0.25"}
            self.assertEqual(await self.answer(bot, "plan", good), "6 Friday axis 0.25")
            wrong = ({"seats": 1}, {"seats": 13}, {"name": "a"}, {"side": "allies"})
            for one in (*wrong, {"name": "x" * 11}, {"share": "half"}):
                with self.subTest(one), self.assertRaises(CannotDo):
                    await self.answer(bot, "plan", good | one)

    async def test_it_is_told_what_could_complete_an_option(self) -> None:
        async with self.bot() as bot:

            @bot.tree.command(name="map", description="Choose a map")
            async def choose(press: discord.Interaction, name: str) -> None:
                await press.response.send_message(name)

            @choose.autocomplete("name")
            async def offer(press: discord.Interaction, typed: str) -> list[Any]:
                found = [one for one in MAPS if typed.lower() in one.lower()]
                return [app_commands.Choice(name=one, value=one) for one in found]

            await bot.tree.sync()
            options = {"name": "r"}
            offered = await self.standin.autocomplete(BOR, GAME_NIGHT, "map", options, "name")

        self.assertEqual([one["value"] for one in offered], ["Gold Rush", "Radar"])

    async def test_more_than_twenty_five_choices_are_refused(self) -> None:
        event = self.standin.parts.desk.begin(BOR, GAME_NIGHT, 4)
        route = f"/interactions/{event.id}/{event.token}/callback"
        many = [{"name": str(one), "value": str(one)} for one in range(26)]

        answer = await self.ask("POST", route, json={"type": 8, "data": {"choices": many}})

        self.assert_refused(answer, 400, 50035)
        self.assertIn("choices", answer.json()["errors"]["data"])

    async def test_a_group_in_a_group_is_named_by_its_words(self) -> None:
        async with self.bot() as bot:
            raid = app_commands.Group(name="raid", description="Raids")
            slot = app_commands.Group(name="slot", description="Slots", parent=raid)

            @slot.command(description="Add one")
            async def add(press: discord.Interaction, role: str) -> None:
                await press.response.send_message(f"added {role}")

            bot.tree.add_command(raid)

            self.assertEqual(
                await self.answer(bot, "raid slot add", {"role": "medic"}), "added medic"
            )
            for name in ("raid", "raid slot", "raid slot drop", "raid slot add more"):
                with self.subTest(name), self.assertRaises(CannotDo):
                    await self.answer(bot, name, {})


class MenuTests(StandInCase):
    async def test_a_person_and_a_message_have_menus(self) -> None:
        async with self.bot() as bot:

            @bot.tree.context_menu(name="Who is this")
            async def who(press: discord.Interaction, member: discord.Member) -> None:
                await press.response.send_message(member.name)

            @bot.tree.context_menu(name="Quote")
            async def quote(press: discord.Interaction, message: discord.Message) -> None:
                await press.response.send_message(f"> {message.content}")

            await bot.tree.sync()
            said = await self.standin.say(ANA, GAME_NIGHT, "ob devetih")
            about = await self.standin.run_menu(BOR, GAME_NIGHT, "Who is this", ANA)
            quoted = await self.standin.run_menu(BOR, GAME_NIGHT, "Quote", said["id"])
            with self.assertRaises(CannotDo):
                await self.standin.run_menu(BOR, GAME_NIGHT, "Quote", 5)

        self.assertEqual((about["content"], quoted["content"]), ("ana", "> ob devetih"))
        self.assertEqual(self.standin.messages(GAME_NIGHT)[-1]["type"], 23)


class RightTests(StandInCase):
    async def test_a_command_for_moderators_is_for_moderators(self) -> None:
        async with self.bot() as bot:

            @bot.tree.command(description="Clear the room")
            @app_commands.default_permissions(manage_messages=True)
            async def clear(press: discord.Interaction) -> None:
                await press.response.send_message("cleared", ephemeral=True)

            await bot.tree.sync()
            with self.assertRaisesRegex(CannotDo, "may not use"):
                await self.standin.run_command(BOR, GAME_NIGHT, "clear")
            # Ana owns the server.
            result = await self.standin.run_command(ANA, GAME_NIGHT, "clear")

        self.assertEqual(result["content"], "cleared")

    async def test_a_command_of_the_server_is_not_in_direct_messages(self) -> None:
        async with self.bot() as bot:

            @bot.tree.command(description="Everywhere")
            async def hello(press: discord.Interaction) -> None:
                await press.response.send_message("hello")

            @bot.tree.command(description="On servers")
            @app_commands.guild_only()
            async def here(press: discord.Interaction) -> None:
                await press.response.send_message("here")

            await bot.tree.sync()
            room = await self.dm_of(BOR)
            result = await self.standin.run_command(BOR, room, "hello")
            with self.assertRaises(CannotDo):
                await self.standin.run_command(BOR, room, "here")

        self.assertEqual(result["content"], "hello")


class AnswerTests(StandInCase):
    async def test_an_answer_says_what_it_answers_and_may_carry_a_file(self) -> None:
        async with self.bot() as bot:

            @bot.tree.command(description="Show it")
            async def show(press: discord.Interaction) -> None:
                await press.response.defer(thinking=True)
                file = discord.File(io.BytesIO(b"fuel"), "map.txt")
                await press.edit_original_response(content="the map", attachments=[file])
                more = await press.followup.send("and more", wait=True)
                await more.delete()

            await bot.tree.sync()
            result = await self.standin.run_command(BOR, GAME_NIGHT, "show")

        [said] = self.standin.messages(GAME_NIGHT)
        self.assertEqual((result["type"], said["type"], said["content"]), (5, 20, "the map"))
        self.assertEqual(said["attachments"][0]["filename"], "map.txt")
        self.assertEqual(said["interaction_metadata"]["user"]["id"], str(BOR))
        self.assertEqual(said["application_id"], str(APP))

    async def test_the_owner_of_a_command_is_the_server_it_was_made_for(self) -> None:
        async with self.bot() as bot:
            heard: list[Any] = []

            @bot.tree.command(description="Here", guild=discord.Object(GUILD))
            async def here(press: discord.Interaction) -> None:
                heard.append(press.data)
                await press.response.send_message("here")

            await bot.tree.sync(guild=discord.Object(GUILD))
            await self.standin.run_command(BOR, GAME_NIGHT, "here")

        self.assertEqual(heard[0]["guild_id"], str(GUILD))
