"""Reactions: what discord.py asks for, what it hears, and what a restart keeps."""

import asyncio
import tempfile
from pathlib import Path
from typing import Any

from botworker.standin import acts
from botworker.standin.log import Log
from botworker.standin.store import Store

from .case import ANA, APP, BOR, GAME_NIGHT, StandInCase

MESSAGES = f"/channels/{GAME_NIGHT}/messages"
YES, NO = "\N{THUMBS UP SIGN}", "\N{THUMBS DOWN SIGN}"


class ReactionTests(StandInCase):
    async def test_it_counts_and_names_who_reacted(self) -> None:
        async with self.bot() as bot:
            message = await bot.room().send("tonight?")
            await message.add_reaction(YES)
            await self.standin.react(ANA, message.id, YES)
            again = await bot.room().fetch_message(message.id)
            [thumbs] = again.reactions

            self.assertEqual((str(thumbs.emoji), thumbs.count, thumbs.me), (YES, 2, True))
            self.assertEqual({one.id async for one in thumbs.users()}, {ANA, APP})

    async def test_the_bot_hears_people_react_and_take_it_back(self) -> None:
        async with self.bot() as bot:
            message = await bot.room().send("tonight?")
            heard: asyncio.Queue[Any] = asyncio.Queue()
            bot.on_raw_reaction_add = heard.put  # type: ignore[attr-defined]
            bot.on_raw_reaction_remove = heard.put  # type: ignore[attr-defined]
            await self.standin.react(BOR, message.id, YES)
            await self.standin.react(BOR, message.id, YES, off=True)
            told = [await asyncio.wait_for(heard.get(), 5) for _ in range(2)]

        self.assertEqual([one.event_type for one in told], ["REACTION_ADD", "REACTION_REMOVE"])
        self.assertEqual({(one.user_id, str(one.emoji)) for one in told}, {(BOR, YES)})
        self.assertEqual(told[0].member.id, BOR)

    async def test_it_takes_away_one_person_one_emoji_or_all(self) -> None:
        async with self.bot() as bot:
            message = await bot.room().send("tonight?")
            for person in (ANA, BOR):
                for emoji in (YES, NO):
                    await self.standin.react(person, message.id, emoji)
            guild = bot.room().guild
            await message.remove_reaction(NO, guild.get_member(ANA))  # type: ignore[arg-type]
            self.assertEqual(self.counts(), {YES: 2, NO: 1})
            await message.clear_reaction(YES)
            self.assertEqual(self.counts(), {NO: 1})
            await message.clear_reactions()
            self.assertEqual(self.counts(), {})

    def counts(self) -> dict[str, int]:
        [message] = self.standin.messages(GAME_NIGHT)
        return {one["emoji"]["name"]: one["count"] for one in message.get("reactions", [])}

    async def test_it_refuses_what_is_no_emoji_and_the_twenty_first(self) -> None:
        message = (await self.post()).json()["id"]
        path = f"{MESSAGES}/{message}/reactions"
        faces = [chr(0x1F600 + one) for one in range(21)]

        told = [await self.ask("PUT", f"{path}/{face}/@me") for face in faces]

        self.assertEqual({one.status_code for one in told[:20]}, {204})
        self.assert_refused(told[20], 400, 30010)
        self.assert_refused(await self.ask("PUT", f"{path}/smile/@me"), 400, 10014)

    async def test_nobody_manages_a_direct_message(self) -> None:
        channel = await self.dm_of(ANA)
        message = (await self.post(channel=channel)).json()["id"]
        await self.standin.react(ANA, message, YES)

        path = f"/channels/{channel}/messages/{message}/reactions"

        self.assert_refused(await self.ask("DELETE", f"{path}/{YES}/{ANA}"), 403, 50003)

    async def test_one_cannot_react_to_what_one_does_not_see(self) -> None:
        message = (await self.post(channel=await self.dm_of(ANA))).json()["id"]

        with self.assertRaises(acts.CannotDo):
            await self.standin.react(BOR, message, YES)


class KeptReactionTests(StandInCase):
    async def asyncSetUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.state = Path(folder.name)
        await super().asyncSetUp()

    async def test_a_restart_keeps_reactions_and_pins(self) -> None:
        message = (await self.post()).json()["id"]
        await self.standin.react(ANA, message, YES)
        await self.ask("PUT", f"/channels/{GAME_NIGHT}/messages/pins/{message}")
        before = self.standin.messages(GAME_NIGHT)

        again = self.a_stand_in()
        self.addAsyncCleanup(again.stop)

        self.assertEqual(again.messages(GAME_NIGHT), before)
        self.assertEqual(again.parts.store.reactions.who(int(message), YES), [ANA])
        self.assertEqual(before[0]["reactions"][0]["count"], 1)
        self.assertTrue(before[0]["pinned"])

    async def test_a_log_that_is_written_anew_keeps_them_too(self) -> None:
        message = (await self.post()).json()["id"]
        await self.standin.react(ANA, message, YES)
        await self.ask("PUT", f"/channels/{GAME_NIGHT}/messages/pins/{message}")
        store = self.standin.parts.store
        told = [change for topic in store.topics for change in topic.told()]

        assert self.state
        log = Log(self.state / "anew.jsonl")
        log.rewrite(told)
        again = Store(self.world, log)
        self.addCleanup(again.close)

        self.assertEqual(again.posts, store.posts)
        self.assertEqual(again.reactions.all, store.reactions.all)
        self.assertEqual(again.pins.since, store.pins.since)
