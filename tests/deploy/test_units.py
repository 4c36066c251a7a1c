"""The units of systemd, judged by systemd-analyze where it is and by their words everywhere."""

import configparser
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from slomix.management.serving import parts
from tests.fresh import BASE

UNITS = sorted((BASE / "deploy" / "systemd").glob("*.service"))
RUNNING = [one for one in UNITS if one.stem != "slomix-prepare"]
TARGET = BASE / "deploy" / "systemd" / "slomix.target"
# systemd's own measure, from 0 (closed) to 10; the plan allows 2.5.
MOST_EXPOSED = 1.5
needs_systemd = pytest.mark.skipif(
    not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed."
)


def name(file: Path) -> str:
    return file.stem


def lines(file: Path, key: str) -> list[str]:
    return re.findall(rf"(?m)^{key}=(.*)$", file.read_text())


@needs_systemd
def test_systemd_understands_every_line(tmp_path: Path) -> None:
    for file in (*UNITS, TARGET):
        # Where the guide installs it there is a Python; here there is this one.
        here = file.read_text().replace("/srv/slomix/.venv/bin/python", sys.executable)
        (tmp_path / file.name).write_text(here.replace("/srv/slomix", str(tmp_path)))
    told = subprocess.run(  # noqa: S603  systemd's own, on our files
        ["systemd-analyze", "verify", "--man=no", *map(str, sorted(tmp_path.iterdir()))],  # noqa: S607
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**os.environ, "SYSTEMD_UNIT_PATH": f"{tmp_path}:"},
    )

    assert (told.returncode, told.stderr) == (0, "")


@needs_systemd
def test_no_part_is_more_exposed_than_it_has_to_be() -> None:
    for file in UNITS:
        told = subprocess.run(  # noqa: S603
            [
                *("systemd-analyze", "security", "--offline=yes", "--no-pager"),
                *(f"--threshold={MOST_EXPOSED * 10:.0f}", str(file)),
            ],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

        assert told.returncode == 0, told.stdout.splitlines()[-1]


@pytest.mark.parametrize("file", RUNNING, ids=name)
def test_what_dies_is_started_again_for_ever(file: Path) -> None:
    assert lines(file, "Restart") == ["always"]
    assert lines(file, "StartLimitIntervalSec") == ["0"]


@pytest.mark.parametrize("file", RUNNING, ids=name)
def test_whoever_has_to_go_may_finish(file: Path) -> None:
    """Only the part itself hears SIGTERM: the worker's own children must not be ended in their work."""
    assert lines(file, "KillMode") == ["mixed"]
    assert lines(file, "TimeoutStopSec") == ["20"]


@pytest.mark.parametrize("file", UNITS, ids=name)
def test_nobody_is_root_and_memory_has_an_end(file: Path) -> None:
    assert lines(file, "User") == ["slomix"]
    assert lines(file, "NoNewPrivileges") == ["yes"]
    assert lines(file, "ProtectSystem") == ["strict"]
    assert re.fullmatch(r"\d+M", lines(file, "MemoryMax")[0])


@pytest.mark.parametrize("file", RUNNING, ids=name)
def test_no_part_that_serves_people_knows_the_owners_password(file: Path) -> None:
    assert lines(file, "EnvironmentFile") == ["/etc/slomix/slomix.env"]


def test_only_what_says_that_its_loop_turns_is_watched() -> None:
    watched = {name(file) for file in RUNNING if lines(file, "WatchdogSec")}

    assert watched == {"slomix-bot", "slomix-deliver@"}
    assert all(
        lines(BASE / f"deploy/systemd/{one}.service", "Type") == ["notify"] for one in watched
    )


@pytest.mark.parametrize("part", ["web", "worker", "beat", "bot"])
def test_systemd_and_make_prod_run_the_same_commands(
    part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISCORD_BOT_TOKEN", "somebody's")
    argv = {one.name: one.argv for one in parts.all_of()}[part]
    [unit] = lines(BASE / f"deploy/systemd/slomix-{part}.service", "ExecStart")

    ours = [word for word in argv[1:] if word]
    assert shlex.split(unit.replace("--pidfile=", "--pidfile"))[1:] == ours


def test_the_target_starts_every_part() -> None:
    told = configparser.ConfigParser()
    told.read(TARGET)

    wanted = set(told["Unit"]["Wants"].split())
    assert wanted == {file.name for file in UNITS} - {"slomix-deliver@.service"}
