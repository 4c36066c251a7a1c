"""Production starts with everything it needs, or says what is missing."""

import subprocess
import sys

from tests import fresh


def asked(**env: str) -> subprocess.CompletedProcess[str]:
    with fresh.environment(**env):
        return subprocess.run(
            [sys.executable, "-m", "slomix.management.production"],
            cwd=fresh.BASE,
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )


def test_it_names_everything_that_is_missing_at_once() -> None:
    answer = asked()

    assert answer.returncode == 1
    for name in ("DATABASE_URL", "REDIS_URL", "SECRET_KEY"):
        assert f"{name}=" in answer.stderr
    assert "make dev" in answer.stderr


def test_it_is_quiet_when_nothing_is() -> None:
    answer = asked(**fresh.PRODUCTION)

    assert (answer.returncode, answer.stderr) == (0, "")


def test_a_sound_production_has_no_warnings() -> None:
    answer = fresh.manage("check", "--deploy", "--fail-level", "WARNING", **fresh.PRODUCTION)

    assert answer.returncode == 0, answer.stderr


def test_nobody_is_invented_in_production() -> None:
    answer = fresh.manage("prepare_demo", **fresh.PRODUCTION)

    assert answer.returncode == 1
    assert "This is production" in answer.stderr
