"""An old raid bot's database for tests: an SQLite file, or a database of its own on PostgreSQL."""

import json
import re
import sqlite3
import tempfile
import unittest
from contextlib import closing
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from psycopg import sql

from accounts.models import DiscordAccount, Guild, User
from planning.raids.models import Raid

HERE = Path(__file__).parent
DEPLOYED = (HERE / "old_bot.sql").read_text()
BARE = (HERE / "old_bot_bare.sql").read_text()
KAVARNA, ELSEWHERE = 400_000_000_000_000_001, 400_000_000_000_000_002
ANA, BOR, CENE = range(300_000_000_000_000_001, 300_000_000_000_000_004)
CAST = re.compile(r"\b(?:ANA|BOR|CENE|KAVARNA)\b")


if TYPE_CHECKING:
    # What it stands beside has these.
    Beside = unittest.TestCase
else:
    Beside = object


class OldBot(Beside):
    """What every test of the import stands on; beside a test case. `url` is the old database's."""

    url = ""

    def there(self, statements: str) -> None:
        """Let the old bot write something; the cast's names stand for their ids."""
        self.store(CAST.sub(lambda found: str(globals()[found[0]]), statements))

    def store(self, statements: str) -> None:
        raise NotImplementedError

    def bring(self, *options: str, url: str = "") -> str:
        """Import, and return what was said."""
        said = StringIO()
        call_command("import_raid_bot", url or self.url, *options, stdout=said)
        return said.getvalue()

    def counts(self, *options: str) -> dict[str, int]:
        """Import, and return the report's counts."""
        counts: dict[str, int] = json.loads(self.bring("--json", *options))["counts"]
        return counts

    def server(self, discord_id: int = KAVARNA) -> Guild:
        return Guild.objects.get(discord_id=discord_id)

    def number(self, number: int) -> Raid:
        return Raid.objects.get(guild=self.server(), display_id=number)

    def who(self, discord_id: int) -> User:
        return DiscordAccount.objects.get(discord_id=discord_id).user


class OnSqlite(OldBot):
    """The old bot keeps an SQLite file."""

    tables = DEPLOYED

    def setUp(self) -> None:
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "old bot.db"
        self.url = f"sqlite:///{quote(str(self.path))}"
        self.there(self.tables)

    def store(self, statements: str) -> None:
        with closing(sqlite3.connect(self.path)) as there:
            there.executescript(statements)
            there.commit()


class OnPostgresql(OldBot):
    """The old bot has a database of its own, on our server."""

    tables = DEPLOYED

    def setUp(self) -> None:
        super().setUp()
        facts = {**connection.settings_dict, **settings.MIGRATOR}  # who may make one
        secret = f":{quote(facts['PASSWORD'])}" if facts["PASSWORD"] else ""
        server = f"{facts['USER'] or 'postgres'}{secret}@{facts['HOST'] or '127.0.0.1'}"
        self.ours = f"postgresql://{server}:{facts['PORT'] or 5432}/{facts['NAME']}"
        self.name = f"{facts['NAME']}_old_bot"
        # As SQLAlchemy writes it.
        self.url = f"postgresql+asyncpg://{server}:{facts['PORT'] or 5432}/{self.name}"
        self.drop()
        self.on_the_server("CREATE DATABASE {}")
        self.addCleanup(self.drop)
        self.there(self.tables)

    def on_the_server(self, statement: str) -> None:
        with psycopg.connect(self.ours, autocommit=True) as there:
            there.execute(sql.SQL(statement).format(sql.Identifier(self.name)))

    def drop(self) -> None:
        self.on_the_server("DROP DATABASE IF EXISTS {}")

    def store(self, statements: str) -> None:
        plain = self.url.replace("+asyncpg", "")
        with psycopg.connect(plain, autocommit=True) as there:
            there.execute(statements)
