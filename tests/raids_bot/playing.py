"""A server that plans raids, with the real client over real sockets: Kavarna and its channels."""

from dataclasses import replace
from typing import Any, ClassVar

from django.test import override_settings

from accounts.models import Guild as Server
from accounts.models import User
from botworker.models import Tracked
from botworker.standin import Channel, Guild, World, permissions
from planning.raids import actions
from planning.raids.models import Raid
from planning.raids.policy import Actor
from slomix.lib import clock
from slomix.lib.bridge import call
from tests import make
from tests.bot.commanding import CommandCase
from tests.bot.journey import CHANNEL, GUILD

PLANNER, SLOTS, LIST, OTHER = GUILD + 11, GUILD + 12, GUILD + 13, GUILD + 14
CHANNELS = {
    "planner_channel_id": PLANNER,
    "participants_channel_id": SLOTS,
    "raidlist_channel_id": LIST,
}
FORM = {"days": "Fri 27.11., Sat 28.11.", "times": "20:00, 21:00", "least": "2"}


@override_settings(POLL_ENABLED=False)
class RaidCase(CommandCase):
    """Ana owns the server and so may everything there; Bor and Cene are members."""

    bot_may: ClassVar[int] = permissions.BOT

    def setUp(self) -> None:
        super().setUp()
        self.go_to("19:30")
        self.guild: Server = actions.guild_joined(discord_id=GUILD, name="Slomix", at=clock.now())
        self.choose(**CHANNELS)

    def choose(self, **wishes: Any) -> None:
        """Let an admin choose how raids are planned."""
        admin = Actor(make.person("Upravnik"), guild_admin=True)
        actions.set_settings(guild=self.guild, actor=admin, at=clock.now(), **wishes)

    def world(self) -> World:
        made = super().world()
        channels = (
            *made.guild.channels,
            Channel(PLANNER, "raid-votes"),
            Channel(SLOTS, "raid-slots"),
            Channel(LIST, "raid-list"),
            Channel(OTHER, "elsewhere"),
        )
        here = replace(made.guild, channels=channels, bot_may=self.bot_may)
        return replace(made, guild=here, others=self.others())

    def others(self) -> tuple[Guild, ...]:
        """Return further servers."""
        return ()

    # --- what is there in Discord ------------------------------------------------------------

    def posts(self, channel: int) -> list[dict[str, Any]]:
        """Return what everybody reads in a channel."""
        return [one for one in self.standin.messages(channel) if not one["flags"] & 64]

    def texts(self, channel: int) -> list[str]:
        return [str(one["content"]) for one in self.posts(channel)]

    def planner(self) -> dict[str, Any]:
        """Return the one vote."""
        [one] = self.posts(PLANNER)
        return one

    def fields(self) -> dict[str, str]:
        [embed] = self.planner()["embeds"]
        return {one["name"]: one["value"] for one in embed.get("fields", [])}

    def said(self) -> str:
        return str(self.planner()["embeds"][0]["description"])

    def list_text(self) -> str:
        [one] = self.posts(LIST)
        return str(one["content"])

    def controls(self, message: dict[str, Any]) -> dict[str, dict[str, Any]]:
        """Return a message's lists and buttons by what they do."""
        every = [one for row in message["components"] for one in row["components"]]
        return {
            one["custom_id"].split(":")[2]: one
            for one in every
            if one.get("custom_id", "").count(":") >= 2
        }

    async def raid(self) -> Raid:
        return await call(Raid.objects.select_related("guild").get, guild=self.guild)

    async def kept(self, key: str) -> Tracked:
        return await call(Tracked.objects.get, key=key)

    # --- what people do ------------------------------------------------------------------------

    async def plan(self, who: User | None = None, dungeon: str = "Nanos", **form: Any) -> str:
        """Run /raidplan and send the form; return what is answered."""
        number = (who or self.ana).discord.discord_id
        opened = await self.standin.run_command(number, CHANNEL, "raidplan", {"dungeon": dungeon})
        told = await self.standin.submit_modal(number, opened["interaction"], FORM | form)
        return str(told["content"])

    async def planned(self, **form: Any) -> Raid:
        """Plan a raid and wait until its vote stands."""
        await self.plan(**form)
        await self.until(lambda: bool(self.posts(PLANNER)))
        return await self.raid()

    async def settled(self, key: str) -> None:
        """Wait until a message stands and shows what holds."""
        found = Tracked.objects.filter(key=key, message_id__isnull=False).exclude(shown_hash="")

        async def known() -> bool:
            return await call(found.filter(dirty_since=None, lease_until=None).exists)

        await self.until(known)

    async def choose_in(self, who: User, kind: str, *labels: str) -> str:
        """Choose in one of the vote's lists; return what is answered."""
        post = self.planner()
        select = self.controls(post)[kind]
        by_label = {one["label"]: one["value"] for one in select["options"]}
        told = await self.standin.choose(
            who.discord.discord_id,
            int(post["id"]),
            select["custom_id"],
            [by_label[one] for one in labels],
        )
        return str(told["content"])

    async def vote(self, who: User, day: str = "Fri 27.11.", time: str = "20:00") -> str:
        """Vote for a day and a time."""
        await self.choose_in(who, "day", day)
        return await self.choose_in(who, "time", time)

    async def press_on(self, who: User, message: dict[str, Any], verb: str) -> dict[str, Any]:
        """Press a button of a message everybody reads."""
        pressed = self.controls(message)[verb]["custom_id"]
        number = who.discord.discord_id
        return dict(await self.standin.press(number, int(message["id"]), pressed))

    async def stand(self) -> Raid:
        """Plan a raid, and let Ana and Bor make its first slot stand."""
        raid = await self.planned()
        await self.vote(self.ana)
        await self.vote(self.bor)
        await self.until(lambda: bool(self.posts(SLOTS)))
        return raid
