"""Fails every test in which the stand-in was asked or answered what its provider does not know."""

import os
import sys
from collections.abc import Generator
from pathlib import Path

import pytest

from . import descriptions
from .collector import Collector, judge_file

MARK = "strange(reason): asks the stand-in for something that its provider does not have"
KEY = pytest.StashKey[Collector]()
# Where tests may leave the folders of systems that ran as processes of their own.
JOURNAL = "journal*.jsonl"
MOST_TOLD = 20
SEEN: set[Path] = set()


def pytest_configure(config: pytest.Config) -> None:
    """Listen, if the descriptions are there."""
    config.addinivalue_line("markers", MARK)
    if descriptions.folder():
        config.stash[KEY] = Collector()
        config.stash[KEY].listen()


def pytest_report_header(config: pytest.Config) -> str:
    """Say whether the stand-in is checked."""
    place = descriptions.folder()
    return f"contracts: {place}" if place else f"contracts: not checked. {descriptions.WHY}"


def pytest_collection_finish(session: pytest.Session) -> None:
    """In CI do not go on as if everything had been checked."""
    absent = not descriptions.folder() and not descriptions.given_up()
    if os.environ.get("CI") and absent and session.items:
        pytest.exit(f"{descriptions.WHY} In CI say SLOMIX_CONTRACTS=absent to do without.", 1)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Judge what was heard in a test as a part of it."""
    faults: list[str] = []
    try:
        return (yield)
    finally:
        # Also after a test that failed: the next one must not be blamed for it.
        if KEY in item.config.stash:
            faults = item.config.stash[KEY].faults()
        if sys.exc_info()[0] is None:
            _fail_for(item, faults)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, object, object]:
    """Judge what stand-ins in processes of their own left in the test's folder."""
    folder = getattr(item, "funcargs", {}).get("tmp_path")
    result = yield
    if KEY in item.config.stash and isinstance(folder, Path):
        _fail_for(item, _left_behind(folder))
    return result


@pytest.fixture(scope="session", autouse=True)
def _what_systems_left_behind(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Generator[None, None, None]:
    """Judge at the end the journals of systems that served more than one test."""
    yield
    faults = _left_behind(tmp_path_factory.getbasetemp()) if KEY in request.config.stash else []
    if faults:
        pytest.fail(_told(faults), pytrace=False)


def _left_behind(folder: Path) -> list[str]:
    files = [one for one in folder.rglob(JOURNAL) if one not in SEEN]
    SEEN.update(files)
    return list(dict.fromkeys(fault for file in files for fault in judge_file(file)))


def _fail_for(item: pytest.Item, faults: list[str]) -> None:
    if faults and not item.get_closest_marker("strange"):
        pytest.fail(_told(faults), pytrace=False)


def _told(faults: list[str]) -> str:
    rest = len(faults) - MOST_TOLD
    told = [*faults[:MOST_TOLD], *([f"and {rest} more"] if rest > 0 else [])]
    return "\n  ".join(["Not as its provider describes it:", *told])
