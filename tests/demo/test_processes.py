"""Parts are ended with everything they started, and nothing is left over."""

import json
import os
import signal
import sys
import time
from pathlib import Path

import pytest

from slomix.lib import clock
from slomix.management.demo import lock, parts, process, strays
from slomix.management.demo.parts import Part
from slomix.management.demo.supervisor import Watched
from slomix.management.rehearsal import evening
from slomix.management.rehearsal.system import NotUp, System

SLEEP = (sys.executable, "-c", "import time; print('here', flush=True); time.sleep(60)")
linux = pytest.mark.skipif(sys.platform != "linux", reason="Reads /proc, which only Linux has.")


def wait_for(what: object, *, seconds: float = 5.0) -> None:
    assert callable(what)
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.02)


@linux
def test_a_part_ends_with_what_it_started(tmp_path: Path) -> None:
    script = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])"
    part = process.start([sys.executable, "-c", script], tmp_path / "log", os.environ, append=False)
    children = Path(f"/proc/{part.pid}/task/{part.pid}/children")
    wait_for(lambda: children.read_text().strip())
    child = int(children.read_text().split()[0])

    process.end(part)

    part.wait(5)
    wait_for(lambda: not process.identity(child))


@linux
def test_a_part_ends_when_whoever_started_it_is_killed(tmp_path: Path) -> None:
    script = (
        "import os, sys, time; from pathlib import Path; from slomix.management.demo import process;"
        f"one = process.start({SLEEP!r}, Path({str(tmp_path / 'log')!r}), os.environ, append=False);"
        f"Path({str(tmp_path / 'pid')!r}).write_text(str(one.pid)); time.sleep(60)"
    )
    starter = process.start(
        [sys.executable, "-c", script], tmp_path / "x", os.environ, append=False
    )
    wait_for(lambda: (tmp_path / "pid").is_file() and (tmp_path / "pid").read_text())
    part = int((tmp_path / "pid").read_text())

    starter.send_signal(signal.SIGKILL)

    starter.wait(5)
    wait_for(lambda: not process.identity(part))


def test_whoever_reads_the_list_of_processes_reads_a_whole_one(tmp_path: Path) -> None:
    file = tmp_path / "pids.json"
    strays.remember(file, [os.getpid()])

    with file.open() as reading:
        strays.remember(file, [os.getppid()])

        assert list(json.loads(reading.read())) == [str(os.getpid())]
    assert list(json.loads(file.read_text())) == [str(os.getppid())]


@linux
def test_strays_are_found_and_ended(tmp_path: Path) -> None:
    file = tmp_path / "pids.json"
    stray = process.start(SLEEP, tmp_path / "log", os.environ, append=False)
    strays.remember(file, [stray.pid])

    found = strays.end_all(file)

    assert found == [stray.pid]
    assert stray.wait(5) == -signal.SIGTERM
    assert not file.exists()


def test_a_number_that_somebody_else_has_now_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "pids.json"
    file.write_text(json.dumps({str(os.getpid()): "another start"}))

    assert strays.end_all(file) == []


def test_a_part_that_dies_is_named_and_started_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    argv = (sys.executable, "-c", "raise SystemExit('the moon is wrong')")
    part = Watched(Part("bot", argv, lambda _up: False), tmp_path / "bot.log", os.environ)
    part.start()
    wait_for(lambda: part.process and part.process.poll() is not None)

    part.look(time.monotonic())
    part.look(part.again_at)

    said = capsys.readouterr().out
    assert "bot        died" in said
    assert "exit code 1" in said
    assert "restarted in 1 s" in said
    assert "the moon is wrong" in said
    assert said.count("starting") == 2
    assert part.process
    part.process.wait(5)


def test_a_part_that_goes_on_dying_is_left_longer_each_time(tmp_path: Path) -> None:
    part = Watched(
        Part("bot", (sys.executable, "-c", "1/0"), lambda _up: False), tmp_path / "x", os.environ
    )
    pauses = []
    for _death in range(3):
        part.start()
        assert part.process
        part.process.wait(5)
        now = time.monotonic()
        part.look(now)
        pauses.append(round(part.again_at - now))

    assert pauses == [1, 2, 4]


def test_only_one_demo_plays_in_a_folder(tmp_path: Path) -> None:
    lock.take(tmp_path / "demo.lock")

    with pytest.raises(lock.Running, match=rf"\(process {os.getpid()}\)\. Stop it with Ctrl-C"):
        lock.take(tmp_path / "demo.lock")


def test_an_address_where_nobody_answers_says_nothing() -> None:
    assert parts.ask("http://127.0.0.1:1/health") is None


def test_a_rehearsal_whose_system_does_not_come_up_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    night = evening.soon(clock.now())
    with System(tmp_path, night) as system:
        assert system._demo
        process.end(system._demo)
        system._demo.wait(10)

        with pytest.raises(NotUp, match="the demo ended"):
            system.wait_until_up(lambda _text: None)
