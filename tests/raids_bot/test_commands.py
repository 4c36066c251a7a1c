"""Which commands there are, who may use them, and what they answer."""

from typing import Any

import pytest
from django.utils import translation

from botworker.standin.acts import CannotDo
from planning.raids import actions
from planning.raids.models import Dungeon, Raid
from planning.raids.policy import Actor
from slomix.lib import clock
from slomix.lib.bridge import call
from tests.bot.commanding import labels
from tests.bot.journey import CHANNEL
from tests.raids_bot.playing import LIST, PLANNER, RaidCase

pytestmark = pytest.mark.slow

MINE = {
    *("settings", "help", "help2", "dungeonlist", "raidplan", "raid_finish", "raidlist"),
    *("cancel_all_raids", "template_config", "raid_cancel", "raid_edit", "raid_hand_over"),
}
REMOVED = {"attendance_list", "attendance_mark", "raid_vote", "raid_options"}
ADMINS = {"settings", "help2", "cancel_all_raids", "template_config"}


class CommandTests(RaidCase):
    def known(self) -> dict[str, dict[str, Any]]:
        """Return the commands that the server was told of."""
        [home] = [one for one in self.standin.parts.store.commands if one != "global"]
        return {one["name"]: one for one in self.standin.parts.store.commands[home]}

    async def test_every_command_is_there_and_those_that_were_removed_are_not(self) -> None:
        async with self.night():
            await self.ready()

            self.assertEqual(MINE - set(self.known()), set())
            self.assertFalse(REMOVED & set(self.known()))
            for name in MINE:
                self.assertEqual(self.known()[name].get("contexts"), [0], name)

    async def test_admins_commands_are_not_offered_to_anybody_else(self) -> None:
        """R11: every command was visible to everyone, and a refusal was no answer at all."""
        async with self.night():
            await self.ready()

            for name in ADMINS:
                self.assertEqual(self.known()[name]["default_member_permissions"], "8", name)
                options = {"enabled": True} if name == "template_config" else {}
                with self.assertRaises(CannotDo):
                    await self.run_as(self.bor, name, **options)

    async def test_planning_without_channels_says_what_to_do(self) -> None:
        async with self.night():
            await self.ready()
            await call(self.choose, planner_channel_id=None)

            told = await self.run_as(self.bor, "raidplan", dungeon="Nanos")

            self.assertIn("An admin chooses them with /settings", told)
        self.assertFalse(await call(Raid.objects.exists))

    async def test_a_dungeon_is_completed_and_an_unknown_one_refused(self) -> None:
        await call(Dungeon.objects.filter(name="Skull").update, is_active=False)
        async with self.night():
            await self.ready()

            self.assertEqual(await self.offered(self.bor, "raidplan", "dungeon", "nA"), ["Nanos"])
            self.assertEqual(await self.offered(self.bor, "raidplan", "dungeon", "sku"), [])
            told = await self.run_as(self.bor, "raidplan", dungeon="Skull")
            self.assertIn("There is no such raid", told)
            self.assertIn("Nanos", await self.run_as(self.bor, "dungeonlist"))

    async def test_bad_input_is_refused_with_what_to_write(self) -> None:
        async with self.night():
            await self.ready()

            self.assertIn("is not a number of players", await self.plan(least="-1"))
            self.assertIn("There is no day", await self.plan(days=" , ;"))
            self.assertIn("is over", await self.plan(days="Thu 19.11.2026"))
            self.assertIn("too long", await self.plan(days="x" * 101))
        self.assertFalse(await call(Raid.objects.exists))

    async def test_lists_are_split_and_the_rest_of_too_many_is_named(self) -> None:
        async with self.night():
            await self.ready()
            many = "; ".join(f"d{number}" for number in range(30))
            told = await self.plan(days=f"A,a\nB;{many}", times="8\n9")
            await self.until(lambda: bool(self.posts(PLANNER)))

            self.assertIn("7 were left out", told)
            options = self.controls(self.planner())["day"]["options"]
            self.assertEqual([one["label"] for one in options][:3], ["A", "B", "d0"])
            self.assertEqual(len(options), 25)

    async def test_the_form_begins_with_what_was_planned_last_unless_switched_off(self) -> None:
        async with self.night() as there:
            await self.ready()
            await self.plan(days="Fri 27.11.", times="20:00", least="3")
            number = self.ana.discord.discord_id

            async def shown() -> dict[str, Any]:
                opened = await there.run_command(number, CHANNEL, "raidplan", {"dungeon": "Nanos"})
                return {
                    one["component"]["custom_id"]: one["component"].get("value")
                    for one in opened["modal"]["components"]
                }

            self.assertEqual(await shown(), {"days": "Fri 27.11.", "times": "20:00", "least": "3"})
            off = await self.run_as(self.ana, "template_config", enabled=False)
            self.assertIn("Templates are off", off)
            self.assertEqual(await shown(), {"days": None, "times": None, "least": "0"})

    async def test_help_lists_what_is_there(self) -> None:
        async with self.night():
            await self.ready()

            told = await self.run_as(self.bor, "help")

            for name in ("raidplan", "raidlist", "help2"):
                self.assertIn(f"`/{name}`", told)
            for name in ("restart", "remote\\_guilds", "backup\\_db"):
                self.assertNotIn(name, told)

    async def test_the_six_steps_are_posted_for_everybody(self) -> None:
        async with self.night():
            await self.ready()

            self.assertIn("It is posted", await self.run_as(self.ana, "help2"))

            posted = [one for one in self.texts(CHANNEL) if "/raidplan" in one]
            self.assertEqual(len(posted), 1)

    async def test_the_list_is_shown_to_whoever_asks(self) -> None:
        async with self.night():
            await self.ready()
            self.assertIn("No open raid", await self.run_as(self.cene, "raidlist"))
            await self.planned()

            told = await self.told(self.cene, "raidlist")

            self.assertIn("#1 Nanos, 0 slots stand", told["content"])
            self.assertIn("All on the site", labels(told))

    async def test_a_raid_is_edited_in_a_form(self) -> None:
        """R10: there was no way to change a raid."""
        async with self.night() as there:
            await self.ready()
            await self.planned()
            await self.vote(self.bor)
            number = self.ana.discord.discord_id
            self.assertEqual(
                await self.offered(self.ana, "raid_edit", "raid_id", "1"), ["#1 Nanos"]
            )
            opened = await there.run_command(number, CHANNEL, "raid_edit", {"raid_id": 1})

            fields = {"days": "Fri 27.11.", "times": "20:00, 22:00", "least": "1"}
            told = await there.submit_modal(number, opened["interaction"], fields)

            self.assertIn("Raid #1: Nanos is changed", told["content"])
            await self.until(lambda: "1 slot stands" in self.fields().get("Slots", ""))
            options = self.controls(self.planner())["time"]["options"]
            self.assertEqual([one["label"] for one in options], ["20:00", "22:00"])
            refused = await self.run_as(self.cene, "raid_edit", raid_id=1)
            self.assertIn("Only Ana Dinamit or an admin can change this raid", refused)

    async def test_a_raid_is_handed_over(self) -> None:
        """R10: a raid whose maker left the server could be ended by nobody."""
        async with self.night():
            await self.ready()
            await self.planned()
            member = self.bor.discord.discord_id
            told = await self.run_as(self.ana, "raid_hand_over", raid_id=1, member=member)

            self.assertIn("belongs to Bazooka Bor now", told)
            sure = await self.told(self.bor, "raid_finish", raid_id=1)
            self.assertIn("Finish raid #1?", sure["content"])

    async def test_one_raid_is_cancelled_after_it_was_asked(self) -> None:
        """R10: one raid could not be called off, only all of them."""
        async with self.night():
            await self.ready()
            await self.planned()
            sure = await self.told(self.ana, "raid_cancel", raid_id=1)
            left = await self.press_below(self.ana, sure, "Not yet")
            self.assertIn("Nothing changed", left["content"])
            sure = await self.told(self.ana, "raid_cancel", raid_id=1)

            done = await self.press_below(self.ana, sure, "Cancel the raid")

            self.assertIn("Nanos is cancelled", done["content"])
            await self.until(lambda: "is cancelled" in self.said())
            gone = await self.run_as(self.ana, "raid_cancel", raid_id=1)
            self.assertIn("This raid is no longer there", gone)

    async def test_all_raids_are_cancelled_by_an_admin(self) -> None:
        async with self.night():
            await self.ready()
            await self.planned()
            await call(self.another)
            sure = await self.told(self.ana, "cancel_all_raids")
            self.assertIn("Cancel 2 raids?", sure["content"])

            done = await self.press_below(self.ana, sure, "Cancel them all")

            self.assertIn("2 raids are cancelled", done["content"])
            await self.until(lambda: "No open raid" in self.list_text())

    def another(self) -> None:
        actions.plan(
            guild=self.guild,
            actor=Actor(self.bor),
            dungeon="Skull",
            days="x",
            times="y",
            min_players=1,
            at=clock.now(),
        )

    async def test_only_the_maker_or_an_admin_finishes(self) -> None:
        """R10: an admin could not finish somebody's raid, R11: and nobody was told why not."""
        async with self.night():
            await self.ready()
            await self.plan(who=self.bor)
            await self.until(lambda: bool(self.posts(PLANNER)))

            refused = await self.press_on(self.cene, self.planner(), "finish")
            self.assertIn("Only Bazooka Bor or an admin can finish this raid", refused["content"])
            sure = await self.press_on(self.ana, self.planner(), "finish")
            self.assertIn("Finish raid #1?", sure["content"])
            done = await self.press_below(self.ana, sure, "Finish")

            self.assertIn("Nanos is done", done["content"])

    async def test_it_answers_in_the_language_that_somebody_chose_or_the_servers(self) -> None:
        def slovene() -> None:
            self.guild.language = "sl"
            self.guild.save()

        await call(slovene)
        async with self.night():
            await self.ready()
            await self.until(lambda: bool(self.posts(LIST)))

            with translation.override("sl"):
                wanted = translation.gettext("**No open raid.** Plan one with /raidplan.")
            self.assertIn(wanted, self.list_text())
            self.assertIn(wanted, await self.run_as(self.cene, "raidlist"))
