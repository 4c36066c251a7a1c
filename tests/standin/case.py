"""The cast of the stand-in's own tests: ana, bor, and cene who takes no messages."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from unittest import IsolatedAsyncioTestCase

import discord
import httpx
import yarl

from botworker.standin import (
    Application,
    Channel,
    Guild,
    Limits,
    Person,
    StandIn,
    World,
)

ASSETS = Path(__file__).parents[2] / "static"
BACK = "http://127.0.0.1:7000/accounts/discord/login/callback/"
TOKEN = "the.bot.token"
ANA, BOR, CENE, STRANGER = 101, 102, 103, 104
GAME_NIGHT, STAFF, BRIEFING = 701, 702, 703
GUILD, APP = 801, 901
SILENT: dict[str, list[str]] = {"parse": []}
NO_CERTIFICATES = ssl.create_default_context()  # made once; it takes longer than a test


def a_world(**application: Any) -> World:
    return World(
        application=Application(APP, "Slomix", "a secret", TOKEN, **application),
        redirect_uris=(BACK,),
        guild=Guild(
            GUILD,
            "ET Slovenia",
            channels=(
                Channel(GAME_NIGHT, "game-night"),
                Channel(STAFF, "staff", hidden=True),
                Channel(BRIEFING, "Briefing", type=2),
            ),
        ),
        people=(
            Person(ANA, "ana", "Ana", avatar="badger", note="linked, promoter"),
            Person(BOR, "bor", "Bor"),
            Person(CENE, "cene", "Cene", dms_closed=True),
            Person(STRANGER, "tujec", in_guild=False),
        ),
    )


def button(custom_id: str, label: str = "Looking", **more: Any) -> dict[str, Any]:
    return {"type": 2, "style": 1, "label": label, "custom_id": custom_id, **more}


def row(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "components": list(buttons)}


class Buttons(discord.ui.View):
    """Everything a bot does with a press, one button each."""

    def __init__(self) -> None:
        super().__init__(timeout=None)

    @discord.ui.button(label="Change", custom_id="change")
    async def change(self, press: discord.Interaction, _: Any) -> None:
        await press.response.edit_message(content=f"{press.user.display_name} is looking")

    @discord.ui.button(label="Whisper", custom_id="whisper")
    async def whisper(self, press: discord.Interaction, _: Any) -> None:
        await press.response.send_message("just you", ephemeral=True, view=Buttons())

    @discord.ui.button(label="Later", custom_id="later")
    async def later(self, press: discord.Interaction, _: Any) -> None:
        await press.response.defer()
        await press.edit_original_response(content="changed later")
        await press.followup.send("and a word", ephemeral=True)

    @discord.ui.button(label="Think", custom_id="think")
    async def think(self, press: discord.Interaction, _: Any) -> None:
        await press.response.defer(ephemeral=True, thinking=True)
        await press.followup.send("thought about it")

    @discord.ui.button(label="Off", custom_id="off", disabled=True)
    async def off(self, press: discord.Interaction, _: Any) -> None:
        raise AssertionError("nobody can press a disabled button")


class Bot(discord.Client):
    """An ordinary bot that remembers what it hears."""

    def __init__(self, intents: discord.Intents | None = None) -> None:
        super().__init__(
            intents=intents or discord.Intents.all(),
            allowed_mentions=discord.AllowedMentions.none(),
            guild_ready_timeout=0.05,
        )
        self.heard: asyncio.Queue[str] = asyncio.Queue()
        self.resumed = asyncio.Event()
        self.tree = discord.app_commands.CommandTree(self)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Begin anew at once; discord.py itself would wait five seconds."""

    async def on_message(self, message: discord.Message) -> None:
        if message.author != self.user:
            self.heard.put_nowait(message.content)

    async def on_resumed(self) -> None:
        self.resumed.set()

    async def hears(self) -> str:
        return await asyncio.wait_for(self.heard.get(), 5)

    def room(self) -> discord.TextChannel:
        channel = self.get_channel(GAME_NIGHT)
        assert isinstance(channel, discord.TextChannel)
        return channel


class StandInCase(IsolatedAsyncioTestCase):
    """A fresh stand-in for each test, without rate limits unless the test wants them."""

    world = a_world()
    limits: Limits | None = None
    nonce_window = 120.0
    state: Path | None = None

    async def asyncSetUp(self) -> None:
        self.standin = self.a_stand_in()
        await self.standin.start()
        self.http = httpx.AsyncClient(base_url=self.standin.url, verify=NO_CERTIFICATES)
        self.point_discord_py_here()

    async def asyncTearDown(self) -> None:
        await self.http.aclose()
        await self.standin.stop()

    def a_stand_in(self) -> StandIn:
        return StandIn(
            self.world,
            assets=ASSETS,
            state=self.state,
            limits=self.limits,
            nonce_window=self.nonce_window,
        )

    def point_discord_py_here(self) -> None:
        before = discord.http.Route.BASE, discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY
        discord.http.Route.BASE = f"{self.standin.url}/api/v10"
        here = yarl.URL(self.standin.gateway_url)
        discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = here
        self.addCleanup(self._point_discord_py_back, *before)

    def _point_discord_py_back(self, base: str, gateway: yarl.URL) -> None:
        discord.http.Route.BASE = base
        discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = gateway

    @asynccontextmanager
    async def bot(self, intents: discord.Intents | None = None) -> AsyncIterator[Bot]:
        """Run an ordinary bot for as long as the block."""
        bot = Bot(intents)
        running = asyncio.create_task(bot.start(TOKEN))
        try:
            await bot_ready(bot, running)
            yield bot
        finally:
            await bot.close()
            await running

    async def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        """Ask the API as the bot, without discord.py."""
        headers = {"Authorization": f"Bot {TOKEN}"}
        return await self.http.request(method, f"/api/v10{path}", headers=headers, **more)

    async def post(self, content: str = "hi", channel: int = GAME_NIGHT, **body: Any) -> Any:
        """Say something as the bot, without discord.py."""
        full = {"content": content, "allowed_mentions": SILENT, **body}
        return await self.ask("POST", f"/channels/{channel}/messages", json=full)

    async def dm_of(self, person: int) -> int:
        opened = await self.ask("POST", "/users/@me/channels", json={"recipient_id": str(person)})
        return int(opened.json()["id"])

    def assert_refused(self, answer: httpx.Response, status: int, code: int) -> None:
        self.assertEqual((answer.status_code, answer.json()["code"]), (status, code))


async def bot_ready(bot: Bot, running: asyncio.Task[None]) -> None:
    """Wait for the bot, or raise what ended it."""
    await asyncio.sleep(0)
    while not bot.is_ready():
        if running.done():
            await running
        await asyncio.sleep(0.01)
