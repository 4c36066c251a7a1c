"""A database that does not answer is told without it, once, and so is its end."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from botworker import alarms
from slomix.operations import watch, watcher
from slomix.operations.watcher import Watcher
from tests.cast import TONIGHT
from tests.watching.listener import Listener, listening


@pytest.fixture
def listener(settings: Settings, tmp_path: Path) -> Iterator[Listener]:
    with listening() as heard:
        settings.ALERT_WEBHOOK_URL = f"{heard.url}/hook"
        settings.ALERT_MAIL_TO, settings.ALERT_PING_URL = [], ""
        settings.VAR_DIR = tmp_path
        yield heard


@pytest.fixture
def dark(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watcher, "_database_answers", lambda: False)


@pytest.mark.usefixtures("dark")
def test_two_processes_tell_it_once_and_not_at_once(listener: Listener) -> None:
    first, second = Watcher(), Watcher()
    for seconds in (0, 5, 15):
        first.turn(TONIGHT + timedelta(seconds=seconds))
        second.turn(TONIGHT + timedelta(seconds=seconds))
    assert listener.told == []

    for seconds in (20, 25):
        first.turn(TONIGHT + timedelta(seconds=seconds))
        second.turn(TONIGHT + timedelta(seconds=seconds))

    (told,) = listener.told
    assert (told["code"], told["state"]) == ("database.down", "raised")
    assert "Start the database" in told["content"]


@pytest.mark.django_db
def test_its_end_is_told_once(listener: Listener, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = Watcher(), Watcher()
    monkeypatch.setattr(watcher, "_database_answers", lambda: False)
    for seconds in (0, 20):
        first.turn(TONIGHT + timedelta(seconds=seconds))
        second.turn(TONIGHT + timedelta(seconds=seconds))
    monkeypatch.setattr(watcher, "_database_answers", lambda: True)
    monkeypatch.setattr(alarms, "my_turn", lambda *_part, **_at: False)

    for seconds in (180, 185):
        first.turn(TONIGHT + timedelta(seconds=seconds))
        second.turn(TONIGHT + timedelta(seconds=seconds))

    assert [one["state"] for one in listener.told] == ["raised", "over"]
    assert "It lasted 3 min." in listener.told[1]["content"]


def test_a_fault_in_one_look_ends_no_watcher(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    watching = Watcher()
    looks: list[int] = []

    def turn(_at: object) -> None:
        looks.append(1)
        if len(looks) == 2:
            watching.stopping.set()
        raise ZeroDivisionError

    monkeypatch.setattr(watching, "turn", turn)
    monkeypatch.setattr(watch, "EVERY", timedelta(milliseconds=1))

    watching.run()

    assert len(looks) == 2
    assert "a look at how we are failed" in caplog.text
