"""Registering commands: one by one, all at once, and what is refused."""

from typing import Any

import discord
import httpx

from botworker.standin.world import Json

from .case import APP, GUILD, StandInCase

GLOBAL = f"/applications/{APP}/commands"
LOCAL = f"/applications/{APP}/guilds/{GUILD}/commands"


def command(name: str = "raid", **more: Any) -> Json:
    return {"name": name, "description": "Plan one", **more}


def option(name: str = "seats", kind: int = 4, **more: Any) -> Json:
    return {"name": name, "description": "How many", "type": kind, **more}


class OneCommandTests(StandInCase):
    async def create(self, body: Json, path: str = GLOBAL) -> httpx.Response:
        return await self.ask("POST", path, json=body)

    async def test_it_is_made_changed_and_taken_away(self) -> None:
        made = await self.create(command(options=[option()]))
        path = f"{GLOBAL}/{made.json()['id']}"
        changed = await self.ask("PATCH", path, json={"description": "Plan more"})
        told = await self.ask("GET", path)
        gone = await self.ask("DELETE", path)

        self.assertEqual((made.status_code, changed.status_code, gone.status_code), (201, 200, 204))
        self.assertEqual(told.json(), changed.json())
        self.assertEqual(told.json()["description"], "Plan more")
        self.assertEqual(told.json()["options"], made.json()["options"])
        self.assert_refused(await self.ask("GET", path), 404, 10063)

    async def test_the_same_name_replaces_it_and_keeps_its_id(self) -> None:
        first = await self.create(command())
        second = await self.create(command(description="Plan another"))

        self.assertEqual((second.status_code, second.json()["id"]), (200, first.json()["id"]))
        self.assertEqual(len((await self.ask("GET", GLOBAL)).json()), 1)

    async def test_a_servers_commands_are_its_own(self) -> None:
        await self.create(command("everywhere"))
        await self.create(command("here"), LOCAL)

        there = [one["name"] for one in (await self.ask("GET", GLOBAL)).json()]
        here = (await self.ask("GET", LOCAL)).json()

        self.assertEqual(there, ["everywhere"])
        self.assertEqual([(one["name"], one["guild_id"]) for one in here], [("here", str(GUILD))])
        other = f"/applications/{APP}/guilds/5/commands"
        self.assert_refused(await self.ask("GET", other), 403, 50001)

    async def test_there_are_a_hundred_at_most(self) -> None:
        await self.ask("PUT", GLOBAL, json=[command(f"raid{one}") for one in range(100)])

        self.assert_refused(await self.create(command("one-more")), 400, 30032)
        menu = {"name": "Who is this", "type": 2}
        self.assertEqual((await self.create(menu)).status_code, 201)

    async def test_nobody_has_changed_who_may_use_it(self) -> None:
        made = (await self.create(command(), LOCAL)).json()["id"]

        self.assertEqual((await self.ask("GET", f"{LOCAL}/permissions")).json(), [])
        self.assert_refused(await self.ask("GET", f"{LOCAL}/{made}/permissions"), 404, 10066)


class RefusedCommandTests(StandInCase):
    async def refused(self, path: str, code: str, body: Any, *, method: str = "POST") -> None:
        answer = await self.ask(method, GLOBAL, json=body)
        self.assert_refused(answer, 400, 50035)
        place = answer.json()["errors"]
        for step in path.split("."):
            place = place[step]
        self.assertEqual(place["_errors"][0]["code"], code)

    async def test_names_and_descriptions_have_their_form(self) -> None:
        invalid = "APPLICATION_COMMAND_INVALID_NAME"
        await self.refused("name", invalid, command("Raid"))
        await self.refused("name", invalid, command("fuel dump"))
        await self.refused("name", "BASE_TYPE_BAD_LENGTH", command("x" * 33))
        await self.refused("description", "BASE_TYPE_REQUIRED", {"name": "raid"})
        await self.refused("description", "BASE_TYPE_BAD_LENGTH", command(description="x" * 101))
        await self.refused("options.0.name", invalid, command(options=[option("Seats")]))

        self.assertEqual((await self.ask("POST", GLOBAL, json=command("načrt"))).status_code, 201)

    async def test_options_are_counted_ordered_and_named_once(self) -> None:
        many = [option(f"seats{one}") for one in range(26)]
        await self.refused("options", "BASE_TYPE_MAX_LENGTH", command(options=many))
        late = [option("a"), option("b", required=True)]
        code = "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID"
        await self.refused("options.1", code, command(options=late))
        code = "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS"
        await self.refused("options.1", code, command(options=[option("a"), option("a")]))

    async def test_parts_of_a_command_stand_alone_and_one_group_deep(self) -> None:
        part = option("create", 1)
        code = "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID"
        await self.refused("options", code, command(options=[part, option()]))
        deep = option("a", 2, options=[option("b", 2, options=[part])])
        await self.refused("options.0.options.0.type", code, command(options=[deep]))

    async def test_choices_are_counted_and_of_the_options_type(self) -> None:
        many = [{"name": str(one), "value": one} for one in range(26)]
        choices = option(choices=many)
        path = "options.0.choices"
        await self.refused(path, "BASE_TYPE_MAX_LENGTH", command(options=[choices]))
        words = option(choices=[{"name": "six", "value": "6"}])
        await self.refused(f"{path}.0.value", "NUMBER_TYPE_COERCE", command(options=[words]))

    async def test_two_of_one_name_are_refused_together(self) -> None:
        code, both = "APPLICATION_COMMANDS_DUPLICATE_NAME", [command(), command()]

        await self.refused("1", code, both, method="PUT")
        self.assertEqual((await self.ask("GET", GLOBAL)).json(), [])

    async def test_a_menu_has_no_words(self) -> None:
        code = "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_NOT_ALLOWED"

        await self.refused("description", code, command("Who is this", type=2))


class LibraryTests(StandInCase):
    async def test_discord_py_fetches_what_it_has_registered(self) -> None:
        async with self.bot() as bot:

            @bot.tree.command(description="Plan one")
            @discord.app_commands.default_permissions(manage_guild=True)
            async def raid(press: discord.Interaction, seats: int) -> None: ...

            [made] = await bot.tree.sync()
            [found] = await bot.tree.fetch_commands()
            await made.edit(description="Plan more")
            again = await bot.tree.fetch_command(made.id)
            await again.delete()

            self.assertEqual(found.id, made.id)
            self.assertTrue(found.default_member_permissions.manage_guild)  # type: ignore[union-attr]
            self.assertEqual(again.description, "Plan more")
            self.assertEqual(await bot.tree.fetch_commands(), [])
