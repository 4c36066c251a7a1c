"""A room with its thread, on a night with the real client."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, ClassVar

import discord
import time_machine
from django.test import override_settings

from accounts.models import User
from availability import actions as answers
from availability.models import Status
from botworker.models import Tracked
from botworker.standin import World, permissions
from planning.rooms import actions
from planning.rooms.chat import keys
from planning.rooms.models import Room
from slomix.lib import clock
from slomix.lib.bridge import call
from tests import make
from tests.bot.commanding import CommandCase, labels
from tests.bot.journey import CHANNEL
from tests.cast import TONIGHT

DAY = TONIGHT.date()


@override_settings(
    PLANNING_THREAD_ENABLED=True, PLANNING_THREAD_PARENT_ID=CHANNEL, READY_THRESHOLD=2
)
class RoomCase(CommandCase):
    """Two are enough for a room; Ana and Bor are looking."""

    bot_may: ClassVar[int] = permissions.BOT

    def setUp(self) -> None:
        super().setUp()
        self.go_to("19:30")

    def world(self) -> World:
        made = super().world()
        return replace(made, guild=replace(made.guild, bot_may=self.bot_may))

    def say(self, who: User, status: str = Status.LOOKING) -> None:
        answers.answer(person=who, day=DAY, status=status, at=clock.now())

    async def open(self) -> Room:
        """Let both look and Ana open the room."""
        await call(self.say, self.ana)
        await call(self.say, self.bor)
        opened = await call(actions.open_room, person=self.ana, at=clock.now())
        return opened.room

    async def open_with_thread(self) -> None:
        """The same, and wait until everybody is in the thread and the post stands in it."""
        await self.open()
        await self.until(lambda: bool(self.posts()))
        await self.until(lambda: self.inside() == self.ids(self.ana, self.bor))
        await self.until(self.post_is_known)

    async def post_is_known(self) -> bool:
        found = Tracked.objects.filter(key=keys.post(DAY), message_id__isnull=False)
        return await call(found.exists)

    async def room(self) -> Room:
        return await call(Room.objects.get, day=DAY)

    # --- what is there in Discord ------------------------------------------------------------

    def threads(self) -> list[dict[str, Any]]:
        """Return the private threads."""
        every = self.standin.parts.store.channels.all.values()
        return [one for one in every if one["type"] == 12]

    def thread(self) -> int:
        [one] = self.threads()
        return int(one["id"])

    def inside(self) -> set[int]:
        """Return who is in the thread, the bot left out."""
        members = self.standin.parts.store.channels.thread_members
        mine = self.standin.parts.world.application.id
        return {one for one in members.get(self.thread(), {}) if one != mine}

    def ids(self, *people: User) -> set[int]:
        return {one.discord.discord_id for one in people}

    def posts(self) -> list[dict[str, Any]]:
        """Return what everybody reads in the thread."""
        if not self.threads():
            return []
        said = self.standin.messages(self.thread())
        return [one for one in said if not one["flags"] & 64]

    def post(self) -> dict[str, Any]:
        """Return the living post: the first in the thread."""
        return self.posts()[0]

    def embed(self) -> dict[str, Any]:
        return dict(self.post()["embeds"][0])

    def fields(self) -> dict[str, str]:
        return {one["name"]: one["value"] for one in self.embed().get("fields", [])}

    def said(self) -> str:
        """Return the post's sentence."""
        return str(self.embed()["description"])

    # --- what people do ------------------------------------------------------------------------

    def id_of(self, deed: str, message: dict[str, Any] | None = None) -> str:
        """Return the id of a control by what it does."""
        rows: list[Any] = (message or self.post())["components"]
        ids = [one.get("custom_id", "") for row in rows for one in row["components"]]
        return str(next(one for one in ids if one.startswith(f"room:{deed}:")))

    async def press(self, who: User, deed: str) -> dict[str, Any]:
        """Press a button of the post."""
        number, post = who.discord.discord_id, int(self.post()["id"])
        return dict(await self.standin.press(number, post, self.id_of(deed)))

    async def suggest(self, who: User, name: str) -> str:
        """Press Suggest and send the form; return what is answered."""
        opened = await self.press(who, "suggest")
        number = who.discord.discord_id
        told = await self.standin.submit_modal(number, opened["interaction"], {"name": name})
        return str(told["content"])

    async def bring_in(self, who: User) -> None:
        """Let a moderator bring somebody into the thread."""
        thread = await self.bot.fetch_channel(self.thread())
        assert isinstance(thread, discord.Thread)
        await thread.add_user(discord.Object(who.discord.discord_id))

    def labels(self) -> list[str]:
        """Return what stands on the post's buttons."""
        return labels(self.post())

    def go_to_midnight(self) -> None:
        """Let the evening be over."""
        self._clock.stop()
        self._clock = time_machine.travel(make.at("00:00:30", DAY + timedelta(days=1)), tick=True)
        self._clock.start()
