"""Admins delete messages; what is kept true comes back, once."""

from typing import Any

import pytest

from botworker.models import Tracked
from botworker.standin.acts import CannotDo
from slomix.lib.bridge import call
from tests.bot.journey import CHANNEL
from tests.raids_bot.playing import LIST, OTHER, PLANNER, SLOTS, RaidCase

pytestmark = pytest.mark.slow


class PurgeTests(RaidCase):
    async def writes(self, *texts: str, channel: int = CHANNEL) -> None:
        for text in texts:
            await self.standin.say(self.bor.discord.discord_id, channel, text)

    def ids(self, *channels: int) -> set[str]:
        return {one["id"] for channel in channels for one in self.posts(channel)}

    async def test_the_newest_messages_of_anybody_go(self) -> None:
        async with self.night():
            await self.ready()
            await self.writes("one", "two", "three")

            told = await self.run_as(self.ana, "purge", amount=2)

            self.assertIn("2 messages are deleted", told)
            self.assertEqual(self.texts(CHANNEL), ["one"])
            self.assertIn("1 message is deleted", await self.run_as(self.ana, "purge", amount=0))
            with self.assertRaises(CannotDo):
                await self.run_as(self.bor, "purge")

    async def test_more_than_a_hundred_are_not_deleted_at_once(self) -> None:
        async with self.night():
            await self.ready()
            await self.writes(*(f"message {number}" for number in range(103)))

            told = await self.run_as(self.ana, "purge", amount=5000)

            self.assertIn("100 messages are deleted", told)
            self.assertEqual(len(self.texts(CHANNEL)), 3)

    async def test_the_bots_own_go_and_what_holds_comes_back_once(self) -> None:
        """R17: live votes were deleted and their ids kept, so nobody could vote any more."""
        async with self.night():
            await self.ready()
            await self.stand()
            await self.until(self.all_stand)
            await self.writes("ours stays", channel=PLANNER)
            before = self.ids(PLANNER, SLOTS, LIST)
            mine = before - {self.posts(PLANNER)[-1]["id"]}

            told = await self.run_as(self.ana, "purgebot", scope="server", limit=9999)

            self.assertIn("looked at the last 5000 of each", told)
            self.assertIn("What still holds comes back in a moment", told)

            def back() -> bool:
                there = self.ids(PLANNER, SLOTS, LIST)
                return len(there) == len(before) and not there & mine

            await self.until(back)
            self.assertIn("ours stays", self.texts(PLANNER))
            [vote] = [one for one in self.posts(PLANNER) if one["embeds"]]

            async def known() -> bool:
                return await call(self.known, "raid_planner") == {int(vote["id"])}

            await self.until(known)
            select = self.controls(vote)["day"]
            label = select["options"][1]["value"]
            number = self.cene.discord.discord_id
            voted = await self.standin.choose(number, int(vote["id"]), select["custom_id"], [label])
            self.assertIn("Your days", voted["content"])

    async def all_stand(self) -> bool:
        """Say whether vote, slot and list are posted and known to be."""
        kept = Tracked.objects.filter(form=Tracked.Form.MESSAGE, message_id__isnull=False)
        return await call(kept.count) == 3

    def known(self, kind: str) -> set[Any]:
        return set(Tracked.objects.filter(kind=kind).values_list("message_id", flat=True))

    async def test_one_channel_alone_is_looked_at(self) -> None:
        async with self.night():
            await self.ready()
            await self.run_as(self.ana, "help2")
            await self.planned()
            before = self.ids(PLANNER)

            told = await self.run_as(self.ana, "purgebot", scope="channel")

            self.assertIn("1 message of mine is deleted", told)
            self.assertEqual(self.ids(PLANNER), before)
            self.assertEqual(self.texts(CHANNEL), [])


class ForbiddenTests(RaidCase):
    bot_may = RaidCase.bot_may & ~(1 << 13)  # Manage Messages

    async def test_what_the_bot_lacks_is_named_and_nothing_is_deleted(self) -> None:
        async with self.night():
            await self.ready()
            await self.standin.say(self.bor.discord.discord_id, CHANNEL, "stays")

            for name, options in (("purge", {}), ("purgebot", {"scope": "channel"})):
                told = await self.run_as(self.ana, name, **options)
                self.assertIn("an admin allows me Manage Messages", told)

            self.assertEqual(self.texts(CHANNEL), ["stays"])
            self.assertEqual(self.texts(OTHER), [])
