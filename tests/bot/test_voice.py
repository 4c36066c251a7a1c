"""Who is in voice, from the gateway: come, move, mute, sleep, leave; and after every kind of loss."""

from datetime import timedelta

from django.test import override_settings

from accounts.models import User
from botworker import presence, voice_name
from botworker.models import Look, Presence
from botworker.presence import Evidence
from botworker.standin import Channel, Guild, World
from slomix.lib import clock
from slomix.lib.bridge import call
from tests.bot.journey import CHANNEL, GUILD, JourneyCase

BRIEFING, AXIS, SLEEP = 700_000_000_000_000_011, 700_000_000_000_000_012, 700_000_000_000_000_013
VOICE = 2


class VoiceCase(JourneyCase):
    """The guild has three voice channels; one is for whoever fell asleep."""

    def world(self) -> World:
        before = super().world()
        rooms = {BRIEFING: "Briefing", AXIS: "Axis", SLEEP: "AFK"}
        channels = (
            Channel(CHANNEL, "game-night"),
            *(Channel(number, name, type=VOICE) for number, name in rooms.items()),
        )
        guild = Guild(GUILD, "Slomix", channels, afk_channel=SLEEP)
        return World(before.application, guild, before.people, before.redirect_uris)

    async def join(self, who: User, channel: int = BRIEFING, **own: bool) -> None:
        await self.standin.join_voice(who.discord.discord_id, channel, **own)

    async def leave(self, who: User) -> None:
        await self.standin.leave_voice(who.discord.discord_id)

    def known(self, who: User) -> tuple[int | None, bool] | None:
        found = Presence.objects.filter(person=who, place="voice")
        return found.values_list("channel_id", "muted").first()

    async def until_known(self, who: User, channel: int | None, *, muted: bool = False) -> None:
        wanted = (channel, muted) if channel else None

        async def so() -> bool:
            return await call(self.known, who) == wanted

        await self.until(so)

    async def evidence(self, later: float = 0) -> Evidence:
        return await call(presence.evidence, at=clock.now() + timedelta(seconds=later))


class VoiceJourney(VoiceCase):
    async def test_somebody_comes_moves_mutes_and_leaves(self) -> None:
        self.go_to("21:00")
        async with self.night():
            await self.join(self.bor)
            await self.until_known(self.bor, BRIEFING)
            await self.join(self.bor, AXIS)
            await self.until_known(self.bor, AXIS)
            await self.standin.set_voice(self.bor.discord.discord_id, self_mute=True)
            await self.until_known(self.bor, AXIS, muted=True)
            self.assertIn(self.bor.pk, (await self.evidence()).in_voice)

            await self.leave(self.bor)
            await self.until_known(self.bor, None)

    async def test_whoever_fell_asleep_is_not_there(self) -> None:
        self.go_to("21:00")
        async with self.night():
            await self.join(self.bor)
            await self.until_known(self.bor, BRIEFING)
            await self.standin.idle_in_voice(self.bor.discord.discord_id)
            await self.until_known(self.bor, None)

    @override_settings(VOICE_CHANNEL_IDS=frozenset({AXIS}))
    async def test_only_the_channels_that_were_chosen_count(self) -> None:
        self.go_to("21:00")
        async with self.night():
            await self.join(self.bor, BRIEFING)
            await self.join(self.ana, AXIS)
            await self.until_known(self.ana, AXIS)

            self.assertIsNone(await call(self.known, self.bor))
            self.assertEqual(await call(voice_name.known), "Axis")

    async def test_strangers_are_counted_and_not_written_down(self) -> None:
        self.go_to("21:00")
        async with self.night():
            await self.join(self.cene)
            await self.join(self.bor)
            await self.until_known(self.bor, BRIEFING)

            self.assertIsNone(await call(self.known, self.cene))
            self.assertEqual((await self.evidence()).voice_number, 2)

    async def test_a_bot_that_comes_later_reads_who_is_there(self) -> None:
        self.go_to("21:00")
        async with self.night(bot=False):
            await self.join(self.bor)
            self.assertFalse((await self.evidence()).voice_fresh)
            await self.start_bot()
            await self.until_known(self.bor, BRIEFING)

            self.assertTrue((await self.evidence()).voice_fresh)

    async def test_who_left_while_nobody_looked_is_gone_at_the_next_look(self) -> None:
        self.go_to("21:00")
        async with self.night():
            await self.join(self.bor)
            await self.until_known(self.bor, BRIEFING)
            await self.stop_bot()
            await self.leave(self.bor)
            await self.join(self.ana)
            await self.start_bot()

            await self.until_known(self.ana, BRIEFING)
            self.assertIsNone(await call(self.known, self.bor))

    async def test_a_line_that_was_cut_is_caught_up_with(self) -> None:
        self.go_to("21:00")
        async with self.night():
            await self.join(self.bor)
            await self.until_known(self.bor, BRIEFING)
            await self.standin.drop_bots(4000)
            await self.leave(self.bor)

            await self.until_known(self.bor, None)

    async def test_a_bot_that_is_cut_off_stops_being_believed(self) -> None:
        """W18: an empty or old list of who is in voice made everybody missing."""
        self.go_to("21:00")
        async with self.night():
            await self.join(self.bor)
            await self.until_known(self.bor, BRIEFING)
            await self.stop_bot()

            fresh, stale = await self.evidence(50), await self.evidence(61)
            self.assertEqual((fresh.voice_fresh, stale.voice_fresh), (True, False))
            self.assertEqual(stale.in_voice, frozenset())

    async def test_what_we_know_is_as_old_as_the_gateways_last_word(self) -> None:
        self.go_to("21:00")
        async with self.night():
            await self.join(self.bor)
            await self.until_known(self.bor, BRIEFING)
            # The line is cut and looks open: nothing more is heard on it.
            beat = self.bot.ws._keep_alive
            assert beat
            beat._last_recv -= 90
            await call(Look.objects.update, at=clock.now() - timedelta(seconds=90))
            before = await call(Look.objects.get)
            await self.bot.voice.look()

            self.assertFalse((await self.evidence()).voice_fresh)
            self.assertLess((await call(Look.objects.get)).at - before.at, timedelta(seconds=5))
