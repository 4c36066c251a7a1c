"""Points through discord.py and real sockets: messages, hours in voice, and the word about a level."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import override_settings

from accounts.actions import levels as points
from accounts.models import Erasure, Level, User, VoiceStay
from botworker import outbox, workers
from botworker.models import Worker
from botworker.standin import Channel, World, acts, shapes
from slomix.lib import clock
from slomix.lib.bridge import call
from tests.bot.journey import CHANNEL, GUILD
from tests.raids_bot.playing import OTHER, RaidCase

pytestmark = pytest.mark.slow

VOICE = 2
# https://docs.discord.com/developers/resources/message#message-object-message-types
BEGAN_THREAD = 18
HALL, SOFA = GUILD + 21, GUILD + 22


class ChatCase(RaidCase):
    def world(self) -> World:
        made = super().world()
        channels = (
            *made.guild.channels,
            Channel(HALL, "hall", type=VOICE),
            Channel(SOFA, "afk", type=VOICE),
        )
        return replace(made, guild=replace(made.guild, channels=channels, afk_channel=SOFA))

    async def writes(self, who: User, text: str = "kdo igra?", channel: int = CHANNEL) -> None:
        await self.standin.say(who.discord.discord_id, channel, text)

    async def known(self, who: User, xp: int) -> None:
        def begin() -> None:
            points.begin(guild_id=GUILD, person=who)
            Level.objects.filter(person=who).update(xp=xp)

        await call(begin)

    async def level(self, who: User) -> Level | None:
        return await call(Level.objects.filter(person=who).first)

    async def has(self, who: User, xp: int) -> None:
        async def reached() -> bool:
            row = await self.level(who)
            return row is not None and row.xp == xp

        await self.until(reached)


class ChattingTests(ChatCase):
    async def test_messages_earn_and_a_new_level_is_told_where_it_was_written(self) -> None:
        await self.known(self.bor, 90)
        async with self.night():
            await self.writes(self.bor, channel=OTHER)

            await self.until(lambda: bool(self.texts(OTHER)[1:]))

            [said] = self.texts(OTHER)[1:]
            self.assertEqual(said, "🎯 **Bazooka Bor is level 1 now.** 100 points in all.")
            [post] = self.posts(OTHER)[1:]
            self.assertEqual((post["mentions"], post["mention_everyone"]), ([], False))
        await self.has(self.bor, 100)

    async def test_whoever_writes_for_the_first_time_is_known_with_ten_points(self) -> None:
        async with self.night():
            await self.writes(self.cene)
            await self.has(self.cene, 10)

    async def test_flooding_earns_once(self) -> None:
        """R15: whoever wrote fast rose fast."""
        await self.known(self.bor, 0)
        async with self.night():
            for number in range(6):
                await self.writes(self.bor, f"spam {number}")
            await self.has(self.bor, 10)

    @override_settings(MESSAGE_CONTENT_INTENT=True, MESSAGE_XP_COOLDOWN=timedelta(0))
    async def test_a_typed_command_earns_nothing(self) -> None:
        await self.known(self.bor, 0)
        async with self.night():
            for text in ("/status", "!status", "  /raidlist"):
                await self.writes(self.bor, text)
            await self.writes(self.bor, "4/5 of us")
            await self.has(self.bor, 10)

    async def test_what_is_written_is_not_asked_of_discord(self) -> None:
        async with self.night():
            self.assertFalse(self.bot.intents.message_content)
            self.assertTrue(self.bot.intents.guild_messages)

    async def test_private_messages_and_bots_earn_nothing(self) -> None:
        await self.known(self.bor, 0)
        async with self.night():
            await self.writes(self.bor, channel=await self.dm(self.bor))
            await self.writes(self.ana)
            await self.has(self.ana, 10)

        await self.has(self.bor, 0)
        self.assertEqual(await call(Level.objects.count), 2)

    async def test_what_discord_writes_for_somebody_earns_nothing(self) -> None:
        await self.known(self.bor, 0)
        async with self.night():
            number = self.bor.discord.discord_id
            author = shapes.user(acts.person(self.standin.parts, number))
            said = {"content": "sobota"}
            self.standin.parts.desk.posting.say(CHANNEL, author, said, more={"type": BEGAN_THREAD})
            await self.writes(self.ana)
            await self.has(self.ana, 10)

        await self.has(self.bor, 0)

    async def test_a_written_command_on_a_server_is_not_answered_for_everybody(self) -> None:
        with override_settings(MESSAGE_CONTENT_INTENT=True):
            async with self.night():
                await self.writes(self.bor, "!status")
                await self.writes(self.ana)
                await self.has(self.ana, 10)

                self.assertEqual(self.texts(CHANNEL), ["!status", "kdo igra?"])

    async def test_whoever_was_erased_is_not_known_again_by_a_message(self) -> None:
        key = outbox.recipient_of(self.cene.discord.discord_id)
        await call(Erasure.objects.create, key=key, at=clock.now())
        async with self.night():
            await self.writes(self.cene)
            await self.writes(self.ana)
            await self.has(self.ana, 10)

        self.assertIsNone(await self.level(self.cene))

    async def test_level_says_where_one_stands_and_switches_points_off(self) -> None:
        await self.known(self.bor, 120)
        async with self.night():
            await self.ready()

            self.assertIn("120 points in all, 130 more", await self.run_as(self.bor, "level"))
            off = await self.run_as(self.bor, "level", count=False)
            self.assertIn("No points are counted for you here any more", off)
            self.assertIn("No points are counted", await self.run_as(self.bor, "level"))
            on = await self.run_as(self.bor, "level", count=True)
            self.assertIn("You are level 0", on)


class VoiceTests(ChatCase):
    async def counting(self) -> dict[str, bool]:
        """Look at voice; return for whom it counts."""
        cog: Any = self.bot.get_cog("Chat")
        await cog.count_voice()

        def found() -> dict[str, bool]:
            stays = VoiceStay.objects.select_related("person__link__player", "person__discord")
            return {stay.person.name: stay.counting for stay in stays}

        return await call(found)

    async def joins(self, *people: User, channel: int = HALL) -> None:
        for who in people:
            await self.standin.join_voice(who.discord.discord_id, channel)

        def seen() -> bool:
            guild: Any = self.bot.get_guild(GUILD)
            there = guild.get_channel(channel).voice_states
            return all(who.discord.discord_id in there for who in people)

        await self.until(seen)

    async def test_it_counts_in_company_and_neither_alone_nor_afk(self) -> None:
        async with self.night():
            await self.joins(self.bor)
            self.assertEqual(await self.counting(), {"Bazooka Bor": False})

            await self.joins(self.cene)
            self.assertEqual(await self.counting(), {"Bazooka Bor": True, "Cene": True})

            await self.joins(self.bor, self.cene, channel=SOFA)
            self.assertEqual(await self.counting(), {"Bazooka Bor": False, "Cene": False})

    @override_settings(VOICE_XP_AFK=True, VOICE_XP_ALONE=True)
    async def test_both_can_be_made_to_count(self) -> None:
        async with self.night():
            await self.joins(self.bor, channel=SOFA)
            self.assertEqual(await self.counting(), {"Bazooka Bor": True})

    async def test_an_hour_goes_on_after_a_restart(self) -> None:
        """R15: a restart began everybody's hour anew."""
        async with self.night():
            await self.joins(self.bor, self.cene)
            await self.counting()
            await call(VoiceStay.objects.update, seconds=3599, seen_at=self.earlier(5))
            await self.stop_bot()
            await self.start_bot()
            await self.until(lambda: bool(self.bot.get_guild(GUILD)))

            await self.has(self.bor, 1)

    def earlier(self, seconds: int) -> Any:
        return clock.now() - timedelta(seconds=seconds)

    async def test_one_failure_does_not_end_the_counting(self) -> None:
        """R15: the first exception ended the voice worker until the next restart."""
        async with self.night():
            turns: list[int] = []

            async def step() -> None:
                turns.append(1)
                if len(turns) == 1:
                    raise RuntimeError(
                        "the first turn fails: 386401234567:abcdefghijklmnopqrstuvwxyz0123456789"
                    )

            with self.assertLogs("botworker.workers", "ERROR"):
                self.bot.start_loop(workers.Loop("a test", step, 0.02).run)
                await self.until(lambda: len(turns) > 2)

            row = await call(Worker.objects.get, name="a test")
            self.assertEqual(row.last_error, "")
            self.assertGreaterEqual(row.runs, 2)
