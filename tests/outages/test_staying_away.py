"""Bot, drain and worker do not begin on a database that lacks something."""

from collections.abc import Iterator

import pytest
from celery import bootsteps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from pytest_django import Settings

from slomix.celery import LooksFirst, app
from slomix.lib import starting
from slomix.operations import shape
from slomix.operations.owner import as_owner
from tests.fresh import LONG

LAST, TOMORROW = ("raids", "0004_brought"), ("raids", "9999_of_tomorrow")
TOKEN = "MTA5ODExNzcxNjAwMTA2Mjkx.Gaaaaa." + LONG[:38]


@pytest.fixture
def unfinished(transactional_db: None, settings: Settings) -> Iterator[str]:
    """A database that somebody forgot to migrate."""
    settings.DISCORD_BOT_TOKEN, settings.DISCORD_GUILD_ID = TOKEN, 109811771600106291
    with as_owner():
        MigrationRecorder(connection).record_unapplied(*LAST)
    yield "migration raids.0004_brought is not applied"
    with as_owner():
        MigrationRecorder(connection).record_applied(*LAST)


@pytest.mark.parametrize("part", ["runbot", "deliver"])
def test_bot_and_drain_name_what_is_missing(
    part: str, unfinished: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        call_command(part)

    assert ended.value.code == starting.WRONG_SHAPE
    said = capsys.readouterr().err
    assert unfinished in said
    assert shape.MIGRATE in said
    assert TOKEN not in said


def test_so_does_a_worker(unfinished: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert LooksFirst in app.steps["worker"]

    with pytest.raises(SystemExit) as ended:
        LooksFirst(worker=None)

    assert ended.value.code == starting.WRONG_SHAPE
    assert unfinished in capsys.readouterr().err


@pytest.mark.django_db
def test_a_worker_begins_on_a_whole_database() -> None:
    assert isinstance(LooksFirst(worker=None), bootsteps.Step)


@pytest.mark.django_db(transaction=True)
def test_a_newer_database_is_worked_in() -> None:
    """While versions are changed one after the other, the old one still runs on the new shape."""
    with as_owner():
        MigrationRecorder(connection).record_applied(*TOMORROW)
    try:
        assert starting.obstacles() == []
        assert shape.look().ahead == ["raids.9999_of_tomorrow"]
    finally:
        with as_owner():
            MigrationRecorder(connection).record_unapplied(*TOMORROW)
