"""What tests need from outside: missing, it skips with the reason here and fails in CI."""

import os
import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connections
from django.utils import translation
from pytest_django import DjangoDbBlocker

from slomix.lib import keep
from slomix.operations import readiness
from slomix.operations.owner import as_owner
from tests import owning

pytest_plugins = ["tests.contracts.plugin"]

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def pytest_configure() -> None:
    """Make the folder that `collectstatic` would fill."""
    # Without `collectstatic` WhiteNoise warns of a missing folder, and a warning is a failure.
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None,
    django_db_blocker: DjangoDbBlocker,
    _owner: ExitStack,
) -> None:
    """Make the test database as its owner, where MIGRATOR_DATABASE_URL names one."""
    with django_db_blocker.unblock():
        _owner.enter_context(as_owner())


@pytest.fixture(scope="session")
def _owner() -> ExitStack:
    return ExitStack()


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, _owner: ExitStack
) -> Iterator[None]:
    """Give every test the connection of whoever serves people, and leave none at the end."""
    with django_db_blocker.unblock():
        if settings.MIGRATOR:
            owning.install()
        _owner.close()
    yield
    with django_db_blocker.unblock():
        connections.close_all()


@pytest.fixture(autouse=True)
def _nothing_is_kept() -> None:
    """Begin with nothing worked out: every test's database begins at the same versions."""
    keep.forget_everything()
    readiness.in_shape.forget()


@pytest.fixture(autouse=True)
def _nobody_has_spoken() -> None:
    """Begin in the community's language: a page leaves its reader's behind in the thread."""
    translation.activate(settings.LANGUAGE_CODE)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip or fail a test whose mark names something that is absent."""
    for mark, absent in NEEDS.items():
        reason = absent() if item.get_closest_marker(mark) else ""
        if reason and os.environ.get("CI"):
            pytest.fail(f"{reason} In CI nothing is skipped.", pytrace=False)
        if reason:
            pytest.skip(reason)


def _no_chromium() -> str:
    there = any(shutil.which(name) for name in CHROMIUM)
    return "" if there else "Chromium is not installed (Debian: apt install chromium)."


def _no_postgresql() -> str:
    if settings.DATABASES["default"]["ENGINE"] != "slomix.lib.postgresql":
        return "DATABASE_URL is not PostgreSQL's (postgresql://postgres@127.0.0.1:5432/postgres)."
    database = settings.DATABASES["default"]
    return _silent(database["HOST"] or "127.0.0.1", int(database["PORT"] or 5432), "PostgreSQL")


def _no_redis() -> str:
    if not settings.REDIS_URL:
        return "REDIS_URL is not set (redis://127.0.0.1:6379/15)."
    address = urlsplit(settings.REDIS_URL)
    return _silent(address.hostname or "127.0.0.1", address.port or 6379, "Redis")


def _silent(host: str, port: int, name: str) -> str:
    try:
        socket.create_connection((host, port), timeout=2).close()
    except OSError as problem:
        return f"{name} at {host}:{port} does not answer ({problem})."
    return ""


NEEDS: dict[str, Callable[[], str]] = {
    "browser": _no_chromium,
    "postgresql": _no_postgresql,
    "redis": _no_redis,
}
