"""Where a run takes place: a folder, a database and a local Discord of its own."""

import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from base64 import urlsafe_b64encode
from pathlib import Path
from types import TracebackType
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from slomix.management.chaos import addresses
from slomix.management.chaos.crowd_ids import discord_ids
from slomix.management.chaos.plan import Plan
from slomix.management.demo import process
from slomix.management.demo.config import HOST, free_port
from slomix.management.demo.parts import ask

APPLICATION_ID, GUILD_ID, CHANNEL_ID = 1098117716001062912, 1098117716001062913, 1098117716001062914
POSTGRESQL = "postgresql://postgres@127.0.0.1:5432/postgres"
KEPT = ("PATH", "HOME", "LANG", "PYTHONPATH", "VIRTUAL_ENV")
UP_WITHIN = 60.0
BASE = Path(__file__).resolve().parents[3]


class NoArena(Exception):
    """The run has no place; the text says what is missing."""


class Arena:
    """Everything a run needs, gone again afterwards; the folder stays when `keep` is set."""

    def __init__(self, plan: Plan, server: str = "") -> None:
        self.plan, self.keep = plan, False
        self.folder = Path(tempfile.mkdtemp(prefix="slomix-chaos-"))
        self.server = server if server.startswith("postgres") else POSTGRESQL
        self.name = f"slomix_chaos_{os.getpid()}_{secrets.token_hex(4)}"
        self._standin: subprocess.Popen[bytes] | None = None
        self._port = free_port(17000 + os.getpid() % 20000)
        self.env = self._environment()

    def __enter__(self) -> "Arena":
        try:
            if self.plan.database == "postgresql":
                self._administer("CREATE DATABASE {}")
            self._discord()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if self._standin:
            process.end(self._standin, signal.SIGKILL)
            self._standin.wait()
        if self.plan.database == "postgresql":
            self._administer("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        if not self.keep:
            shutil.rmtree(self.folder, ignore_errors=True)

    # --- the database ------------------------------------------------------------------------------

    @property
    def database_url(self) -> str:
        """Where the run's rows are."""
        if self.plan.database == "sqlite":
            return f"sqlite:///{self.folder / 'chaos.sqlite3'}"
        return urlunsplit(urlsplit(self.server)._replace(path=f"/{self.name}"))

    def _administer(self, statement: str) -> None:
        try:
            with psycopg.connect(self.server, autocommit=True, connect_timeout=3) as server:
                server.execute(sql.SQL(statement).format(sql.Identifier(self.name)))
        except psycopg.OperationalError as absent:
            raise NoArena(
                f"PostgreSQL does not answer at {urlsplit(self.server).netloc}."
            ) from absent

    # --- the local Discord -------------------------------------------------------------------------

    @property
    def discord(self) -> str:
        """The local Discord's address."""
        return f"http://{HOST}:{self._port}"

    @property
    def journal(self) -> Path:
        """What the local Discord was asked, and what it made of it."""
        return self.folder / "standin" / "journal.jsonl"

    def _discord(self) -> None:
        world = self.folder / "world.json"
        world.touch(mode=0o600)
        world.write_text(json.dumps(_world(self.plan, self.env)))
        argv = [sys.executable, "manage.py", "standin", "--port", str(self._port), "--no-limits"]
        argv += ["--world", str(world), "--state", str(self.folder / "standin")]
        argv += ["--nonce-window", str(self.plan.seconds(self.plan.nonce_window))]
        argv += ["--seed", str(self.plan.seed)]
        log = self.folder / "stand-in.log"
        os.chdir(BASE)
        self._standin = process.start(argv, log, self.env, append=False)
        until = time.monotonic() + UP_WITHIN
        while ask(f"{self.discord}/standin/health") is None:
            if self._standin.poll() is not None or time.monotonic() > until:
                raise NoArena(f"the local Discord did not start: {process.last_words(log)}")
            time.sleep(0.05)

    # --- what the parts are told ---------------------------------------------------------------------

    def _environment(self) -> dict[str, str]:
        bot = urlsafe_b64encode(str(APPLICATION_ID).encode()).decode().rstrip("=")
        return {
            **{name: os.environ[name] for name in KEPT if name in os.environ},
            "DJANGO_SETTINGS_MODULE": "slomix.settings",
            "SLOMIX_ENV_FILE": os.devnull,
            "SLOMIX_VAR": str(self.folder),
            "DATABASE_URL": self.database_url,
            "DEBUG": "true",
            "LOG_LEVEL": "WARNING",
            "SECRET_KEY": secrets.token_urlsafe(48),
            "DISCORD_CLIENT_SECRET": secrets.token_urlsafe(24),
            "DISCORD_BOT_TOKEN": f"{bot}.{secrets.token_hex(3)}.{secrets.token_urlsafe(28)}",
            "DISCORD_GUILD_ID": str(GUILD_ID),
            "DISCORD_BASE_URL": self.discord,
            "DISCORD_GATEWAY_URL": f"ws://{HOST}:{self._port}/gateway",
            "DISCORD_CDN_URL": f"{self.discord}/cdn",
            # Whoever watches is not among those whose connections are ended.
            "PGAPPNAME": "chaos",
            "CHAOS_SCALE": str(self.plan.scale),
            "PYTHONUNBUFFERED": "1",
            **(addresses.environment(self.discord) if self.plan.elsewhere else {}),
        }


def _world(plan: Plan, env: dict[str, str]) -> dict[str, object]:
    application = {
        "id": str(APPLICATION_ID),
        "name": "Slomix",
        "client_secret": env["DISCORD_CLIENT_SECRET"],
        "token": env["DISCORD_BOT_TOKEN"],
        "telegram_token": addresses.TOKEN,
        "signal_number": addresses.NUMBER,
    }
    channel = {"id": str(CHANNEL_ID), "name": "game-night", "type": 0}
    people = [{"id": str(one), "username": f"p{one}"} for one in discord_ids(plan.deliveries)]
    guild = {"id": str(GUILD_ID), "name": "Chaos", "channels": [channel]}
    return {"application": application, "guild": guild, "people": people}
