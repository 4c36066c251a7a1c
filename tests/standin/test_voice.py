"""Voice channels, as an ordinary bot hears who is in them."""

import discord

from botworker.standin.acts import CannotDo

from .case import ANA, BOR, BRIEFING, GAME_NIGHT, GUILD, STRANGER
from .life import AFK, LOUNGE, LifeCase


class VoiceTests(LifeCase):
    async def test_somebody_joins_moves_and_leaves(self) -> None:
        async with self.bot() as bot:
            async with self.hears(bot, "voice_state_update") as joined:
                await self.standin.join_voice(BOR, BRIEFING)
            self.assertEqual([joined[0].id, joined[1].channel], [BOR, None])

            async with self.hears(bot, "voice_state_update") as moved:
                await self.standin.join_voice(BOR, LOUNGE)
            self.assertEqual([moved[1].channel.id, moved[2].channel.id], [BRIEFING, LOUNGE])

            async with self.hears(bot, "voice_state_update") as left:
                await self.standin.leave_voice(BOR)
            self.assertIsNone(left[2].channel)

    async def test_somebody_mutes_themselves_and_falls_asleep(self) -> None:
        async with self.bot() as bot:
            await self.standin.join_voice(BOR, BRIEFING)
            async with self.hears(bot, "voice_state_update", check=_is_muted) as muted:
                await self.standin.set_voice(BOR, self_mute=True)
            self.assertTrue(muted[2].self_mute)

            async with self.hears(bot, "voice_state_update") as idle:
                await self.standin.idle_in_voice(BOR)
            self.assertEqual(idle[2].channel, self.server(bot).afk_channel)
            self.assertEqual(idle[2].channel.id, AFK)

    async def test_a_bot_that_comes_later_finds_who_is_there(self) -> None:
        await self.standin.join_voice(BOR, BRIEFING)
        async with self.bot() as bot:
            self.assertEqual([one.id for one in self.briefing(bot).members], [BOR])

    async def test_a_bot_moves_mutes_and_disconnects_people(self) -> None:
        await self.standin.join_voice(BOR, BRIEFING)
        async with self.bot() as bot:
            bor = self.server(bot).get_member(BOR)
            lounge = bot.get_channel(LOUNGE)
            assert bor and isinstance(lounge, discord.VoiceChannel)
            async with self.hears(bot, "voice_state_update") as moved:
                await bor.move_to(lounge)
            self.assertEqual(moved[2].channel.id, LOUNGE)

            async with self.hears(bot, "voice_state_update") as muted:
                await bor.edit(mute=True)
            self.assertTrue(muted[2].mute)

            async with self.hears(bot, "voice_state_update") as gone:
                await bor.move_to(None)

            self.assertIsNone(gone[2].channel)

    async def test_who_is_nowhere_cannot_be_moved(self) -> None:
        path, body = f"/guilds/{GUILD}/members/{BOR}", {"channel_id": str(BRIEFING)}

        await self.refused("PATCH", path, 400, 40032, json=body)
        await self.refused("GET", f"/guilds/{GUILD}/voice-states/{BOR}", 404, 10065)

    async def test_a_full_channel_a_text_channel_and_a_stranger_are_refused(self) -> None:
        await self.standin.join_voice(ANA, LOUNGE)
        for person, channel, words in (
            (BOR, LOUNGE, "full"),
            (BOR, GAME_NIGHT, "no voice channel"),
            (STRANGER, BRIEFING, "cannot enter"),
        ):
            with self.subTest(words), self.assertRaisesRegex(CannotDo, words):
                await self.standin.join_voice(person, channel)

    async def test_whoever_leaves_the_server_leaves_its_voice_too(self) -> None:
        await self.standin.join_voice(BOR, BRIEFING)
        async with self.bot() as bot:
            async with self.hears(bot, "voice_state_update") as left:
                await self.standin.leave_guild(BOR)

            self.assertIsNone(left[2].channel)

    async def test_the_bot_itself_joins_and_leaves(self) -> None:
        async with self.bot() as bot:
            async with self.hears(bot, "voice_state_update") as joined:
                await self.server(bot).change_voice_state(channel=self.briefing(bot))
            assert bot.user
            self.assertEqual((joined[0].id, joined[2].channel.id), (bot.user.id, BRIEFING))

            async with self.hears(bot, "voice_state_update") as left:
                await self.server(bot).change_voice_state(channel=None)
            self.assertIsNone(left[2].channel)


def _is_muted(member: object, before: object, after: discord.VoiceState) -> bool:
    return after.self_mute
