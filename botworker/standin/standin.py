"""The stand-in as a whole: build it, start it, ask it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from aiohttp import web

from . import acts, acts_commands, acts_forms
from .desk import Desk
from .elsewhere import Elsewhere
from .game.service import Game
from .game.socket import Socket
from .gateway.hub import Hub
from .guild_acts import GuildLife
from .journal import Journal
from .limits import Limits
from .log import Log
from .parts import Parts
from .posting import Posting
from .server import build
from .signal.service import Signal
from .store import Store
from .telegram import updates
from .telegram.service import Telegram
from .uploads import Uploads
from .world import Json, World

Result = TypeVar("Result")
# Whoever waits for news is not waited for.
CLOSE_WITHIN = 0.05
HOST = "127.0.0.1"
NONCE_WINDOW = 120.0


class StandIn(GuildLife):
    """A Discord of your own on 127.0.0.1, one port for everything.

    `state` is a folder that survives restarts; without one, everything is forgotten. `limits=None`
    switches the rate limits off.
    """

    def __init__(
        self,
        world: World,
        *,
        assets: Path,
        state: Path | None = None,
        site_url: str = "http://127.0.0.1:7000",
        limits: Limits | None = None,
        nonce_window: float = NONCE_WINDOW,
    ) -> None:
        store = Store(world, Log(state / "store.jsonl" if state else None))
        hub = Hub(store, strict=limits is not None)
        files = Uploads(state / "files" if state else None)
        self.parts = Parts(
            world=world,
            store=store,
            hub=hub,
            desk=Desk(Posting(store, hub, nonce_window, files), hub),
            elsewhere=Elsewhere.of(world, state, paced=limits is not None),
            journal=Journal(world, state / "journal.jsonl" if state else None),
            assets=assets,
            site_url=site_url,
            limits=limits,
            nonce_window=nonce_window,
        )
        self.port = 0
        self.socket = Socket(self.game, self.parts.faults, self.parts.journal)
        self._runner: web.AppRunner | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    # --- life ------------------------------------------------------------------------------------

    async def start(self, port: int = 0, game_port: int = 0) -> None:
        """Listen, the game server over UDP; raises OSError when a port is taken."""
        self._loop = asyncio.get_running_loop()
        self._runner = web.AppRunner(
            build(self.parts), access_log=None, shutdown_timeout=CLOSE_WITHIN
        )
        await self._runner.setup()
        site = web.TCPSite(self._runner, HOST, port)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self.parts.desk.posting.files.host = f"{HOST}:{self.port}"
        await self._loop.create_datagram_endpoint(lambda: self.socket, (HOST, game_port))
        self.game.address = f"{HOST}:{self.socket.port}"
        updates.push(self.telegram)

    async def stop(self) -> None:
        """Close every connection and every file."""
        self.parts.hub.close_all(1001)
        await self.socket.close()
        self.parts.elsewhere.close()
        if self._runner:
            await self._runner.cleanup()
        self.parts.store.close()
        self.parts.journal.close()

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def telegram(self) -> Telegram:
        return self.parts.elsewhere.telegram

    @property
    def signal(self) -> Signal:
        return self.parts.elsewhere.signal

    @property
    def game(self) -> Game:
        return self.parts.elsewhere.game

    @property
    def gateway_url(self) -> str:
        return f"ws://{HOST}:{self.port}/gateway"

    def call(self, coroutine: Coroutine[Any, Any, Result]) -> Result:
        """Run a coroutine on the stand-in's loop, from another thread."""
        assert self._loop
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(30)

    # --- what people do --------------------------------------------------------------------------

    async def press(
        self, person: int | str, message: int | str, custom_id: str, *, forge: bool = False
    ) -> Json:
        return await acts.press(self.parts, int(person), int(message), custom_id, forge=forge)

    async def choose(
        self, person: int | str, message: int | str, custom_id: str, values: Sequence[int | str]
    ) -> Json:
        return await acts_forms.choose(self.parts, int(person), int(message), custom_id, values)

    async def submit_modal(
        self, person: int | str, interaction: int | str, fields: Mapping[str, Any]
    ) -> Json:
        return await acts_forms.submit_modal(self.parts, int(person), int(interaction), fields)

    async def run_command(
        self,
        person: int | str,
        channel: int | str,
        name: str,
        options: Mapping[str, Any] | None = None,
    ) -> Json:
        who, where = int(person), int(channel)
        return await acts_commands.run_command(self.parts, who, where, name, options or {})

    async def autocomplete(
        self,
        person: int | str,
        channel: int | str,
        name: str,
        options: Mapping[str, Any],
        focused: str,
    ) -> list[Json]:
        who, where = int(person), int(channel)
        return await acts_commands.autocomplete(self.parts, who, where, name, options, focused)

    async def run_menu(
        self, person: int | str, channel: int | str, name: str, target: int | str
    ) -> Json:
        who, where = int(person), int(channel)
        return await acts_commands.run_menu(self.parts, who, where, name, int(target))

    async def react(
        self, person: int | str, message: int | str, emoji: str, *, off: bool = False
    ) -> None:
        acts.react(self.parts, int(person), int(message), emoji, off=off)

    async def say(self, person: int | str, channel: int | str, content: str) -> Json:
        return acts.say(self.parts, int(person), int(channel), content)

    async def set_person(
        self, person: int | str, *, dms_closed: bool | None = None, in_guild: bool | None = None
    ) -> None:
        acts.set_person(self.parts, int(person), dms_closed=dms_closed, in_guild=in_guild)

    async def drop_bots(self, code: int = 4000) -> None:
        """Close the bots' gateway connections; with 4000 discord.py resumes."""
        self.parts.hub.close_all(code)

    # --- what tests ask --------------------------------------------------------------------------

    def inbox(self, person: int | str) -> list[Json]:
        return acts.inbox(self.parts, int(person))

    def messages(self, channel: int | str) -> list[Json]:
        return acts.messages(self.parts, int(channel))

    @property
    def journal(self) -> list[Json]:
        return self.parts.journal.records

    @property
    def unknown(self) -> list[Json]:
        return self.parts.unknown

    @property
    def identifies(self) -> int:
        return self.parts.hub.identifies

    @property
    def bot_connected(self) -> bool:
        return bool(self.parts.hub.connected)


@contextmanager
def serve_in_thread(standin: StandIn, port: int = 0) -> Iterator[str]:
    """Serve from a thread with a loop of its own, for tests that are not async."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="stand-in", daemon=True)
    thread.start()
    try:
        asyncio.run_coroutine_threadsafe(standin.start(port), loop).result(10)
        yield standin.url
    finally:
        asyncio.run_coroutine_threadsafe(standin.stop(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
        loop.close()
