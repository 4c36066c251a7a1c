"""The whole demo as a stranger starts it: it answers, it heals, it ends, it goes on."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from slomix.management.demo import process
from slomix.management.demo.parts import ask
from tests.fresh import BASE, KEPT

pytestmark = pytest.mark.slow


def told(var: Path, **env: str) -> dict[str, str]:
    own = {name: os.environ[name] for name in KEPT if name in os.environ}
    return own | {
        "SLOMIX_VAR": str(var),
        "SLOMIX_ENV_FILE": os.devnull,
        # Tests at the same time begin at different doors.
        "WEBSITE_PORT": str(7400 + 100 * int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:])),
        **env,
    }


def start(var: Path, *words: str, **env: str) -> "subprocess.Popen[bytes]":
    with (var / "said.txt").open("wb") as said:
        return subprocess.Popen(  # noqa: S603  our own command
            [sys.executable, "manage.py", "demo", *words],
            cwd=BASE,
            env=told(var, **env),
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            process_group=0,
        )


def said(var: Path) -> str:
    return (var / "said.txt").read_text()


def pids(var: Path) -> list[int]:
    return [int(pid) for pid in json.loads((var / "pids.json").read_text())]


def site(var: Path) -> str:
    return str(json.loads((var / "addresses.json").read_text())["site"])


def until(what: object, *, seconds: float = 60.0) -> float:
    assert callable(what)
    began = time.monotonic()
    while not what():
        assert time.monotonic() - began < seconds, "waited in vain"
        time.sleep(0.1)
    return time.monotonic() - began


def answers(var: Path) -> bool:
    return (var / "addresses.json").is_file() and ask(f"{site(var)}/health") is not None


@pytest.fixture
def demo(tmp_path: Path) -> Iterator["subprocess.Popen[bytes]"]:
    running = start(tmp_path)
    yield running
    running.send_signal(signal.SIGKILL) if running.poll() is None else None
    running.wait(10)


def test_a_check_says_that_every_part_answers(tmp_path: Path) -> None:
    checked = start(tmp_path, "--check")
    checked.wait(120)

    assert checked.returncode == 0, said(tmp_path)
    assert "every part answers" in said(tmp_path)
    for part in ("stand-in", "web", "worker", "bot"):
        assert f"{part:<10} ready" in said(tmp_path)
    assert "\x1b" not in said(tmp_path)


def test_a_check_of_a_part_that_cannot_start_fails(tmp_path: Path) -> None:
    (tmp_path / "slomix.sqlite3").mkdir()
    checked = start(tmp_path, "--check")
    checked.wait(120)

    assert checked.returncode == 1
    assert "database   died" in said(tmp_path)


def test_ctrl_c_ends_everything_within_seconds(
    demo: "subprocess.Popen[bytes]", tmp_path: Path
) -> None:
    until(lambda: answers(tmp_path))
    parts = pids(tmp_path)

    os.killpg(demo.pid, signal.SIGINT)

    assert until(lambda: demo.poll() is not None) < 10
    assert [pid for pid in parts if process.identity(pid)] == []
    assert demo.returncode == 0


def test_a_killed_demo_leaves_nothing_over(demo: "subprocess.Popen[bytes]", tmp_path: Path) -> None:
    until(lambda: answers(tmp_path) and len(pids(tmp_path)) == 4)
    parts = pids(tmp_path)

    demo.send_signal(signal.SIGKILL)

    until(lambda: not any(process.identity(pid) for pid in parts), seconds=20)


def test_a_killed_part_is_started_again(demo: "subprocess.Popen[bytes]", tmp_path: Path) -> None:
    until(lambda: answers(tmp_path))
    web = pids(tmp_path)[1]

    os.killpg(web, signal.SIGKILL)

    until(lambda: web not in pids(tmp_path) and answers(tmp_path), seconds=30)


def test_a_second_demo_in_the_same_folder_is_refused_in_words(
    demo: "subprocess.Popen[bytes]", tmp_path: Path
) -> None:
    until(lambda: answers(tmp_path))

    second = start(tmp_path)

    assert second.wait(30) == 1
    assert "A demo is running in" in said(tmp_path)
    assert answers(tmp_path)


def test_a_taken_port_is_passed_over(demo: "subprocess.Popen[bytes]", tmp_path: Path) -> None:
    until(lambda: answers(tmp_path))
    other = tmp_path / "other"
    other.mkdir()

    second = start(other)
    until(lambda: answers(other))

    assert site(other) != site(tmp_path)
    second.send_signal(signal.SIGTERM)
    assert second.wait(20) == 0
