"""What a bot hears depends on what it asked for."""

from typing import Any

from botworker.standin.gateway import intents

from .case import ANA, APP, BOR, BRIEFING, GAME_NIGHT, GUILD, STRANGER
from .socket import SocketCase

GUILDS, MEMBERS, VOICE, PRESENCES, MESSAGES = 1 << 0, 1 << 1, 1 << 7, 1 << 8, 1 << 9
CONTENT, EVENTS = 1 << 15, 1 << 16
AN_EVENT = {
    "name": "Game night",
    "privacy_level": 2,
    "scheduled_start_time": "2031-05-09T19:00:00+00:00",
    "entity_type": 2,
    "channel_id": str(BRIEFING),
}


class IntentTests(SocketCase):
    async def evening(self, wanted: int) -> list[str]:
        """Let everything happen once; give the names of the events that were heard."""
        async with self.connected() as socket:
            await socket.identified(intents=wanted)
            await self.standin.join_guild(STRANGER)
            await self.standin.set_nick(BOR, "b")
            await self.standin.set_status(BOR, "dnd")
            await self.standin.join_voice(BOR, BRIEFING)
            await self.ask("POST", f"/guilds/{GUILD}/scheduled-events", json=AN_EVENT)
            await self.standin.begin_thread(ANA, GAME_NIGHT, "talk")
            await self.standin.say(ANA, GAME_NIGHT, "hi")
            await socket.send(1, None)
            heard = []
            while (frame := await socket.ws.receive_json(timeout=3))["op"] != 11:
                heard.append(str(frame["t"]))
        return [one for one in heard if one not in ("None", "GUILD_CREATE")]

    async def test_who_asks_for_nothing_hears_nothing(self) -> None:
        self.assertEqual(await self.evening(0), [])

    async def test_each_intent_has_its_events(self) -> None:
        threads = ["THREAD_CREATE"]
        cases = {
            GUILDS: threads,
            MEMBERS: ["GUILD_MEMBER_ADD", "GUILD_MEMBER_UPDATE", "THREAD_MEMBERS_UPDATE"],
            PRESENCES: ["PRESENCE_UPDATE"],
            VOICE: ["VOICE_STATE_UPDATE"],
            EVENTS: ["GUILD_SCHEDULED_EVENT_CREATE"],
            MESSAGES: ["MESSAGE_CREATE"],
        }
        for wanted, names in cases.items():
            with self.subTest(names):
                await self.standin.leave_guild(STRANGER)
                await self.standin.leave_voice(BOR)
                await self.standin.set_nick(BOR, "")

                self.assertEqual(await self.evening(wanted), names)

    async def test_a_bot_hears_of_itself_without_the_members_intent(self) -> None:
        async with self.connected() as socket:
            await socket.identified(intents=GUILDS)
            await self.standin.set_nick(BOR, "b")
            await self.ask("PATCH", f"/guilds/{GUILD}/members/@me", json={"nick": "mine"})
            told = await socket.frame(event="GUILD_MEMBER_UPDATE")

        self.assertEqual((told["user"]["id"], told["nick"]), (str(APP), "mine"))

    async def test_voice_is_in_the_welcome_only_when_it_was_asked_for(self) -> None:
        await self.standin.join_voice(BOR, BRIEFING)
        for wanted, ids in ((GUILDS, []), (GUILDS | VOICE, [str(BOR)])):
            async with self.connected() as socket:
                await socket.identified(intents=wanted)
                guild = await socket.frame(event="GUILD_CREATE")

            self.assertEqual([one["user_id"] for one in guild["voice_states"]], ids)

    async def test_two_shards_share_the_servers_and_the_first_has_the_dms(self) -> None:
        here = (GUILD >> 22) % 2
        async with self.connected() as first, self.connected() as second:
            for number, socket in enumerate((first, second)):
                await socket.identified(shard=[number, 2], intents=1 << 9 | 1 << 12)
            await self.standin.say(ANA, await self.dm_of(ANA), "direct")
            await self.standin.say(ANA, GAME_NIGHT, "aloud")
            told = await (first, second)[here].frame(event="MESSAGE_CREATE")

        self.assertNotIn("guild_id", told)
        self.assertEqual(told["author"]["id"], str(ANA))


class ContentTests(SocketCase):
    def told(self, **more: Any) -> Any:
        message = {"guild_id": "1", "author": {"id": str(ANA)}, "content": "x", "poll": {}}
        return intents.without_content({**message, **more}, str(APP), MESSAGES)

    def test_what_others_say_is_emptied(self) -> None:
        told = self.told(embeds=[1], components=[1], attachments=[1])

        self.assertEqual((told["content"], told["embeds"], told["components"]), ("", [], []))
        self.assertEqual(told["attachments"], [])
        self.assertNotIn("poll", told)

    def test_what_is_answered_is_emptied_too(self) -> None:
        told = self.told(referenced_message={"author": {"id": str(BOR)}, "content": "y"})

        self.assertEqual(told["referenced_message"]["content"], "")

    def test_what_mentions_the_bot_is_not(self) -> None:
        self.assertEqual(self.told(mentions=[{"id": str(APP)}])["content"], "x")

    def test_every_event_the_gateway_tells_is_in_the_table(self) -> None:
        for name in ("INTERACTION_CREATE", "MESSAGE_POLL_VOTE_ADD", "THREAD_LIST_SYNC"):
            self.assertIn(name, intents.NEEDED)
        with self.assertRaises(KeyError):
            intents.needed("NEVER_HEARD_OF", {})
