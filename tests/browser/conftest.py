import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from slomix.management.rehearsal.evening import soon
from slomix.management.rehearsal.system import System
from tests.browser.site import Site
from tests.browser.stage import chromium


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


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for a file's tests; each visitor has a profile of their own."""
    with chromium() as opened:
        yield opened
