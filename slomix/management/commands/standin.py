import asyncio
import errno
import json
import signal
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from botworker.standin import Limits, StandIn, World
from botworker.standin.standin import NONCE_WINDOW
from botworker.standin.times import Times


class Command(BaseCommand):
    help = (
        "Serve the local Discord: REST, gateway, sign-in and a page to play it by hand; "
        "and Telegram, Signal and a game server beside it."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=7001, help="the port on 127.0.0.1")
        parser.add_argument(
            "--game-port", type=int, default=0, help="the game server's UDP port; 0: any"
        )
        parser.add_argument("--world", type=Path, required=True, help="a JSON file: who exists")
        parser.add_argument("--state", type=Path, help="a folder that survives restarts")
        parser.add_argument("--site-url", default="http://127.0.0.1:7000", help="where Slomix is")
        parser.add_argument("--no-limits", action="store_true", help="no rate limits")
        parser.add_argument(
            "--nonce-window",
            type=float,
            default=NONCE_WINDOW,
            help="seconds during which a repeated nonce is the same message",
        )
        parser.add_argument("--seed", type=int, default=0, help="of the faults that have a chance")

    def handle(self, *args: Any, **options: Any) -> None:
        standin = StandIn(
            _world(options["world"]),
            assets=Path(settings.BASE_DIR) / "static",
            state=options["state"],
            site_url=options["site_url"],
            limits=None if options["no_limits"] else Limits(),
            nonce_window=options["nonce_window"],
        )
        standin.parts.faults.dice.seed(options["seed"])
        standin.parts.times = Times(
            settings.EVENING_ZONE, settings.REMINDER_TIME, settings.START_TIME
        )
        asyncio.run(self._serve(standin, options["port"], options["game_port"]))

    async def _serve(self, standin: StandIn, port: int, game_port: int) -> None:
        asked_to_stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, asked_to_stop.set)
        try:
            await standin.start(port, game_port)
        except OSError as problem:
            taken = problem.errno == errno.EADDRINUSE
            why = "is taken; choose another with --port" if taken else f"fails: {problem.strerror}"
            raise CommandError(f"Port {port} {why}.") from problem
        self.stdout.write(f"The local Discord is at {standin.url}")
        self.stdout.write(f"Telegram is at {standin.url}/telegram, Signal at {standin.url}/signal,")
        self.stdout.write(f"the game server at {standin.game.address} (UDP)")
        self.stdout.flush()
        await asked_to_stop.wait()
        await standin.stop()


def _world(path: Path) -> World:
    try:
        return World.from_json(json.loads(path.read_text()))
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise CommandError(f"{path} is not a world: {problem!r}") from problem
