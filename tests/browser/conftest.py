import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings
from playwright.sync_api import Browser
from psycopg import sql

from slomix.management.rehearsal import system as boot
from slomix.management.rehearsal.evening import soon
from slomix.management.rehearsal.system import System
from tests.browser.site import Site
from tests.browser.stage import chromium

ON_POSTGRESQL = pytest.param("postgresql", marks=pytest.mark.postgresql)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--shots", default="", help="a folder for pictures of every page and state")


@pytest.fixture(scope="session")
def shots(request: pytest.FixtureRequest) -> Path | None:
    """Where the pictures go; None when none are wanted."""
    folder = request.config.getoption("--shots", default="")
    if not folder:
        return None
    Path(folder).mkdir(parents=True, exist_ok=True)
    return Path(folder)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site alone, on an evening that stands still; every scene can be arranged."""
    served = Site(tmp_path_factory.mktemp("site"))
    yield served
    served.end()


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """The whole demo, with an evening that begins in two and a half minutes."""
    var: Path = tmp_path_factory.mktemp("evening")
    with System(var, soon(datetime.now(UTC))) as running:
        running.wait_until_up(lambda _what: None)
        time.sleep(1)
        yield running


@pytest.fixture(params=["sqlite", ON_POSTGRESQL])
def club(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[System]:
    """The whole demo on a database of its own."""
    with _database(request.param) as url:
        monkeypatch.setenv("DEV_DATABASE_URL", url)
        # Beside other work the parts take their time.
        monkeypatch.setattr(boot, "BOOT_WITHIN", 240.0)
        with System(tmp_path_factory.mktemp("club"), soon(datetime.now(UTC))) as running:
            running.wait_until_up(lambda _what: None)
            yield running


@contextmanager
def _database(kind: str) -> Iterator[str]:
    if kind == "sqlite":
        yield ""
        return
    name = sql.Identifier(made := f"slomix_club_{secrets.token_hex(4)}")
    with psycopg.connect(settings.MAKER_URL, autocommit=True) as line:
        line.execute(sql.SQL("CREATE DATABASE {}").format(name))
        try:
            yield urlsplit(settings.MAKER_URL)._replace(path=f"/{made}").geturl()
        finally:
            line.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for a file's tests; each visitor has a profile of their own."""
    with chromium() as opened:
        yield opened
