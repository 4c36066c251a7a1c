"""What machines are told about us."""

import socket
import threading
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from pytest_django import DjangoDbBlocker, Settings

from botworker import pulse
from botworker.models import PartPulse
from slomix.lib import clock
from slomix.operations import patience
from slomix.operations.owner import as_owner


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for an answer for as long as a busy machine takes."""
    monkeypatch.setattr(patience, "PATIENCE", 30.0)


LOCMEM = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


@pytest.fixture
def silent_database(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A server that accepts every connection and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        original = dict(connections.settings["default"])
        connections.settings["default"].update(
            ENGINE="slomix.lib.postgresql",
            HOST="127.0.0.1",
            PORT=port,
            USER="nobody",
            NAME="nothing",
            OPTIONS={"connect_timeout": 3},
        )
        with django_db_blocker.unblock():
            yield
        connections.settings["default"].clear()
        connections.settings["default"].update(original)


@pytest.mark.django_db
def test_a_healthy_site_says_so(client: Client) -> None:
    answer = client.get("/health")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "database": "ok"})
    assert "no-store" in answer["Cache-Control"]


def test_a_silent_database_is_told_within_two_seconds(
    client: Client, silent_database: None
) -> None:
    began = time.monotonic()

    answer = client.get("/health")

    assert time.monotonic() - began < 2
    assert answer.status_code == 503
    assert answer.json() == {"status": "error", "database": "unavailable"}


def test_only_a_few_threads_wait_for_a_silent_database() -> None:
    silence = threading.Event()
    refused = []

    def ask() -> None:
        try:
            patience.ask_in_time(silence.wait)
        except patience.NoAnswer:
            refused.append(time.monotonic())

    callers = [threading.Thread(target=ask) for _ in range(20)]
    for caller in callers:
        caller.start()
    at_work = [one for one in threading.enumerate() if one.name == "health"]
    silence.set()
    for caller in callers:
        caller.join()

    assert len(at_work) <= patience.MOST_PROBES
    assert len(refused) >= 20 - patience.MOST_PROBES


def test_living_needs_no_database(client: Client) -> None:
    answer = client.get("/livez")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.usefixtures("patient")
@pytest.mark.django_db
def test_a_ready_site_has_nothing_to_complain_about(client: Client, settings: Settings) -> None:
    settings.CACHES = LOCMEM

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["codes"]) == (200, [])


@pytest.mark.usefixtures("patient")
@pytest.mark.django_db(transaction=True)
def test_a_ready_site_tells_who_else_is_alive(client: Client, settings: Settings) -> None:
    settings.CACHES = LOCMEM
    PartPulse.objects.create(part="bot", at=clock.now() - timedelta(seconds=5))
    pulse.beat("worker")

    parts = client.get("/readyz").json()["parts"]

    assert 5 <= parts["bot"] < 8
    assert 0 <= parts["worker"] < 3


@pytest.mark.usefixtures("patient")
@pytest.mark.django_db(transaction=True)
def test_a_missing_migration_is_named(client: Client, settings: Settings) -> None:
    settings.CACHES = LOCMEM
    first = ("promotions", "0001_first")
    with as_owner():
        MigrationRecorder(connection).record_unapplied(*first)

    answer = client.get("/readyz")

    with as_owner():
        MigrationRecorder(connection).record_applied(*first)
    assert (answer.status_code, answer.json()["codes"]) == (503, ["migrations.unapplied"])


@pytest.mark.usefixtures("patient")
@pytest.mark.django_db
def test_a_broken_cache_is_named(client: Client, settings: Settings) -> None:
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        }
    }

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["codes"]) == (503, ["cache.unavailable"])


def test_a_silent_database_is_not_ready(
    client: Client, silent_database: None, settings: Settings
) -> None:
    settings.CACHES = LOCMEM

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["codes"]) == (503, ["database.silent"])
