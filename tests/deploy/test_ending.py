"""SIGTERM lets every part finish and end with 0; nothing is killed, nobody's work is cut off."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from slomix.management.demo import process
from slomix.management.demo.config import free_port
from slomix.management.serving import parts, supervisor
from tests import fresh

pytestmark = pytest.mark.slow
UP = {
    "web": (parts.GUNICORN, "Booting worker"),
    "worker": ((*parts.WORKER, "-l", "INFO"), "ready."),
    "beat": ((*parts.BEAT, "-l", "INFO"), "maxinterval"),
}


@pytest.fixture(scope="module")
def env(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A place with a database; a worker does not begin to work in one that was not migrated."""
    told = {
        "SLOMIX_VAR": str(tmp_path_factory.mktemp("var")),
        "SLOMIX_ENV_FILE": os.devnull,
        "WEBSITE_PORT": str(free_port(28000 + os.getpid() % 9000)),
        "PYTHONPATH": str(fresh.BASE),
        "PYTHONUNBUFFERED": "1",
    }
    kept = {name: os.environ[name] for name in fresh.KEPT if name in os.environ}
    found = {**kept, **told}
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=fresh.BASE,
        env=found,
        check=True,
        timeout=300,
    )
    return found


def up(
    argv: tuple[str, ...], words: str, log: Path, env: dict[str, str]
) -> subprocess.Popen[bytes]:
    os.chdir(fresh.BASE)
    running = process.start(argv, log, env, append=False)
    until = time.monotonic() + 240
    while words not in log.read_text(errors="replace") or not process.hears_sigterm(running.pid):
        assert running.poll() is None, process.last_words(log)
        assert time.monotonic() < until, log.read_text(errors="replace")
        time.sleep(0.1)
    return running


@pytest.mark.parametrize("part", UP)
def test_it_ends_with_zero_when_told_to(part: str, env: dict[str, str], tmp_path: Path) -> None:
    argv, words = UP[part]
    running = up(argv, words, tmp_path / f"{part}.log", env)

    supervisor.finish([running], within=60)

    assert running.returncode == 0


def test_what_does_not_end_is_killed_after_its_time(tmp_path: Path) -> None:
    deaf = "import signal, time; signal.signal(15, lambda *_: 0); print('up')\nwhile True: time.sleep(9)"
    argv = (sys.executable, "-u", "-c", deaf)
    running = up(argv, "up", tmp_path / "deaf.log", dict(os.environ))

    supervisor.finish([running], within=0.2)

    assert running.returncode == -9
