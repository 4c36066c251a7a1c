"""`manage.py chaos` in a process of its own, as an operator starts it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings

from tests.fresh import BASE

WITHIN = 540.0


def chaos(folder: Path, *words: str) -> list[dict[str, Any]]:
    """Run it in a folder and return the report of each run."""
    ended = subprocess.run(  # noqa: S603  our own command
        [sys.executable, "manage.py", "chaos", "--json", *words],
        cwd=BASE,
        env={**os.environ, "DATABASE_URL": str(settings.DATABASE_URL), "TMPDIR": str(folder)},
        capture_output=True,
        text=True,
        timeout=WITHIN,
        check=False,
    )
    assert ended.stdout, ended.stderr
    found: list[dict[str, Any]] = json.loads(ended.stdout)["runs"]
    return found
