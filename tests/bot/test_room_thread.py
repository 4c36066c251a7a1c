"""The room's private thread, by the real client: begun once, with the room's people in it."""

import pytest

from accounts.models import User
from availability.models import Status
from planning.rooms.models import InThread
from slomix.lib.bridge import call
from tests.bot.journey import CHANNEL
from tests.bot.rooming import RoomCase

pytestmark = pytest.mark.slow


class ThreadJourney(RoomCase):
    async def test_a_private_thread_with_whoever_is_in_the_room(self) -> None:
        """W31: nobody was added to the private thread, so nobody could see it."""
        async with self.night():
            await self.open_with_thread()

            [thread] = self.threads()
            self.assertEqual(thread["name"], "Planning room, Friday 20 November")
            self.assertEqual(thread["parent_id"], str(CHANNEL))
            self.assertFalse(thread["thread_metadata"]["invitable"])
            self.assertEqual((await self.room()).thread_id, int(thread["id"]))

    async def test_people_come_and_go_with_the_room(self) -> None:
        async with self.night():
            await self.open_with_thread()
            await call(self.say, self.bor, Status.NOT_PLAYING)
            self.go_to("19:33")
            await self.until(lambda: self.inside() == self.ids(self.ana))

            await call(self.say, self.bor, Status.MAYBE)

            await self.until(lambda: self.inside() == self.ids(self.ana, self.bor))

    async def test_whoever_leaves_by_themselves_is_not_fetched_back(self) -> None:
        async with self.night() as there:
            await self.open_with_thread()
            await there.leave_thread(self.bor.discord.discord_id, self.thread())

            await call(self.say, self.ana, Status.NOT_PLAYING)
            self.go_to("19:33")

            await self.until(lambda: self.inside() == set())

    async def test_whom_a_moderator_brings_in_stays(self) -> None:
        guest = self.cene.discord.discord_id
        async with self.night():
            await self.open_with_thread()
            await self.bring_in(self.cene)

            await call(self.say, self.bor, Status.NOT_PLAYING)
            self.go_to("19:33")

            await self.until(lambda: self.inside() == {guest, *self.ids(self.ana)})

    async def test_whoever_is_not_on_the_server_holds_up_nobody(self) -> None:
        async with self.night() as there:
            await there.leave_guild(self.ana.discord.discord_id)
            await self.open()

            await self.until(lambda: bool(self.posts()))
            await self.until(lambda: self.inside() == self.ids(self.bor))

            self.assertEqual((await self.room()).thread_trouble, "")
            self.assertEqual(await call(self.let_in), {self.ana, self.bor})

    def let_in(self) -> set[User]:
        return {one.person for one in InThread.objects.select_related("person")}

    async def test_a_thread_that_was_folded_up_is_opened_again(self) -> None:
        async with self.night() as there:
            await self.open_with_thread()
            await there.archive_thread(self.thread())
            self.go_to("19:32")

            await self.until(lambda: not self.threads()[0]["thread_metadata"]["archived"])
