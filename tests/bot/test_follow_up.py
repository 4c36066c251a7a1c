"""The evening after its start, as people live it: with the gateway's voice and the game server."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

from django.test import override_settings

from accounts.models import User
from availability.models import Entry
from botworker import game
from botworker.models import Delivery
from botworker.standin import Channel, Guild, StandIn, World
from botworker.timing import MachineTime
from promotions import actions, tasks
from slomix.lib import clock
from slomix.lib.bridge import call
from tests import make
from tests.bot.journey import GUILD
from tests.bot.test_voice import BRIEFING, VoiceCase

SUMMARY = 700_000_000_000_000_021


@override_settings(VOICE_CHECK_ENABLED=True, FOLLOWUP_CHANNEL_ID=SUMMARY)
class FollowUpJourney(VoiceCase):
    """ana has called; bor and dana play. bor is not in voice at 21:02."""

    def setUp(self) -> None:
        super().setUp()
        self.dana = make.person("Dana", opted_in=True)
        for who in (self.bor, self.dana):
            make.entry(who)

    def world(self) -> World:
        before = super().world()
        channels = (*before.guild.channels, Channel(SUMMARY, "nocoj"))
        guild = Guild(GUILD, "Slomix", channels, afk_channel=before.guild.afk_channel)
        people = (*before.people, self.person_of(self.dana))
        return World(before.application, guild, people, before.redirect_uris)

    @asynccontextmanager
    async def called(self) -> AsyncIterator[StandIn]:
        """It is a minute to nine: the call is made, everybody has heard of it, dana is in voice."""
        self.go_to("20:50")
        async with self.night() as standin:
            host, _, port = standin.game.address.rpartition(":")
            with override_settings(GAME_SERVER=(host, int(port))):
                await call(
                    actions.promote,
                    promoter=self.ana,
                    include_available=False,
                    include_maybe=False,
                    dry_run=False,
                    at=clock.now(),
                )
                await self.work()
                await self.until(lambda: len(self.inbox(self.bor)) == 1)
                await self.join(self.dana)
                await self.until_known(self.dana, BRIEFING)
                yield standin

    async def work(self) -> None:
        await call(tasks.run_due_jobs)

    async def look(self) -> None:
        """Let the bot look at voice at this hour, as it does every ten seconds."""
        await self.bot.voice.look()

    async def at(self, wall: str) -> None:
        # The look comes first: whoever is due at this hour is asked on news that is fresh.
        before = clock.local(make.at(wall) - timedelta(seconds=1))
        self.go_to(f"{before:%H:%M:%S}")
        await self.look()
        self.go_to(wall)
        await self.work()

    def inbox(self, who: User) -> list[dict[str, Any]]:
        return self.standin.inbox(who.discord.discord_id)

    def button(self, verb: str) -> tuple[int, str]:
        message = self.inbox(self.bor)[-1]
        ids = [b["custom_id"] for row in message["components"] for b in row["components"]]
        return int(message["id"]), next(one for one in ids if f":{verb}:" in one)

    async def press(self, verb: str) -> None:
        await self.standin.press(self.bor.discord.discord_id, *self.button(verb))

    def last(self, who: User) -> str:
        return str(self.inbox(who)[-1]["content"])

    async def question(self, who: User) -> tuple[str, str]:
        row = await call(Delivery.objects.get, kind="follow_up", person=who)
        return str(row.state), row.reason

    async def until_asked(self, who: User, outcome: str) -> None:
        async def so() -> bool:
            return outcome in await self.question(who)

        await self.until(so)

    async def test_only_the_missing_is_asked_and_the_channel_reads_who_came(self) -> None:
        async with self.called() as discord:
            await self.at("21:00")
            await self.at("21:02")
            await self.until_asked(self.bor, "sent")
            await self.until_asked(self.dana, "in voice")
            await self.work()
            await self.until(lambda: len(discord.messages(SUMMARY)) == 1)

            self.assertIn("You are not in voice yet", self.last(self.bor))
            self.assertNotIn("not in voice yet", self.last(self.dana))
            summary = discord.messages(SUMMARY)[0]["content"]
            self.assertIn("**21:00 CET, so far:** 1 is in voice, 1 not seen yet.", summary)

            await self.press("in")
            self.assertIn("You are in for 21:00 CET", self.last(self.bor))

    async def test_saying_that_one_comes_gives_ten_minutes(self) -> None:
        async with self.called():
            await self.press("in")
            await self.at("21:00")
            await self.at("21:02")
            await self.until_asked(self.dana, "in voice")
            self.assertEqual(await self.question(self.bor), ("scheduled", ""))

            await self.at("21:10")
            await self.until_asked(self.bor, "sent")

    async def test_ten_minutes_late_is_shown_and_whoever_came_is_not_asked(self) -> None:
        async with self.called():
            await self.press("late")
            entry = await call(Entry.objects.get, person=self.bor)
            self.assertEqual(entry.late_until, make.at("21:10"))
            await self.at("21:00")
            await self.join(self.bor)
            await self.until_known(self.bor, BRIEFING)

            await self.at("21:10")
            await self.until_asked(self.bor, "in voice")

    async def test_a_no_in_the_question_is_an_answer(self) -> None:
        async with self.called():
            await self.at("21:00")
            await self.at("21:02")
            await self.until_asked(self.bor, "sent")

            await self.press("no")

            entry = await call(Entry.objects.get, person=self.bor)
            self.assertEqual(entry.status, "NOT_PLAYING")
            self.assertIn("You are not playing tonight", self.last(self.bor))

    async def test_whoever_plays_without_voice_is_seen_on_the_server(self) -> None:
        async with self.called() as discord:
            await self.at("21:00")
            discord.game.join(self.bor.discord.discord_id, "^1Bazooka ^7Bor")
            self.go_to("21:01:45")
            await game.GameNews(MachineTime()).look_once()
            await self.at("21:02")
            await self.until_asked(self.bor, "sent")

            self.assertIn("We see you on the server, but not in voice", self.last(self.bor))

    async def test_the_server_is_asked_only_while_somebody_may_be_missing(self) -> None:
        async with self.called() as discord:
            asked = []
            for wall in ("20:59", "21:00", "21:19", "21:21"):
                self.go_to(wall)
                await game.GameNews(MachineTime()).look_once()
                asked.append(sum(one["path"] == "/game/getstatus" for one in discord.journal))

            self.assertEqual(asked, [0, 1, 2, 2])

    @override_settings(SERVER_CHECK_ENABLED=False)
    async def test_the_server_can_be_left_alone(self) -> None:
        async with self.called() as discord:
            self.go_to("21:02")
            await game.GameNews(MachineTime()).look_once()

            self.assertFalse([one for one in discord.journal if "getstatus" in one["path"]])

    async def test_a_bot_that_comes_back_too_late_asks_nobody(self) -> None:
        """W18: without news everybody was missing, and was pinged."""
        async with self.called() as discord:
            await self.at("21:00")
            await self.stop_bot()
            self.go_to("21:04:30")
            self.bot_without_eyes()
            await self.start_bot()
            for who in (self.bor, self.dana):  # the summary waits for the last of them
                await self.until_asked(who, "no fresh news from voice")
            await self.work()
            await self.until(lambda: len(discord.messages(SUMMARY)) == 1)

            self.assertIn("No check tonight", discord.messages(SUMMARY)[0]["content"])
            self.assertEqual(len(self.inbox(self.bor)), 2)

    def bot_without_eyes(self) -> None:
        """The voice channels that count are gone from the server's list."""
        override = override_settings(DISCORD_GUILD_ID=GUILD + 5)
        override.enable()
        self.addCleanup(override.disable)
