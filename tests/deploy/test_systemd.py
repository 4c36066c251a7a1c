"""A part tells systemd that it is up and that its loop turns, and nobody where there is no systemd."""

import asyncio
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from slomix.lib import systemd


@pytest.fixture
def listening(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    """systemd's side of the line."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.bind(str(tmp_path / "notify"))
        line.setblocking(False)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        yield line


def heard(line: socket.socket) -> list[str]:
    found = []
    while True:
        try:
            found.append(line.recv(100).decode())
        except BlockingIOError:
            return found


def test_it_says_that_it_is_up_that_it_lives_and_that_it_leaves(listening: socket.socket) -> None:
    async def live() -> None:
        stopping = asyncio.Event()
        watched = asyncio.create_task(systemd.watched(stopping, every=0.01))
        first = [await asyncio.to_thread(listening.recv, 100) for _line in range(3)]
        stopping.set()
        await watched
        assert first == [b"READY=1", b"WATCHDOG=1", b"WATCHDOG=1"]

    listening.settimeout(60)
    asyncio.run(live())

    listening.setblocking(False)
    assert heard(listening)[-1] == "STOPPING=1"


def test_the_first_word_is_that_it_is_up(listening: socket.socket) -> None:
    async def leave_at_once() -> None:
        stopping = asyncio.Event()
        stopping.set()
        await systemd.watched(stopping)

    asyncio.run(leave_at_once())

    assert heard(listening) == ["READY=1", "STOPPING=1"]


def test_without_systemd_it_tells_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)

    assert not systemd.tell("READY=1")


def test_a_systemd_that_does_not_listen_stops_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "nobody"))

    assert not systemd.tell("READY=1")
