"""Databases of their own for commands in processes of their own, as an operator runs them."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.fresh import BASE, KEPT, LONG

KEY = "7KXfhDPyIXYcFWOaVjKnKFT_3m0r-hXKpEx4IJ8ZrAo="
OTHER_KEY = "0dQ7rLZ4nq1e0L5GQ0yvYtGvJkq7S7t1m1oD1S0pV3U="


@dataclass
class Place:
    """A folder with an installation's variables in it."""

    folder: Path
    url: str = ""

    def manage(self, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
        """Run a command there."""
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        told = {
            "SLOMIX_ENV_FILE": os.devnull,
            "SLOMIX_VAR": str(self.folder),
            "DATABASE_URL": self.url or f"sqlite:///{self.folder}/slomix.sqlite3",
            "SECRET_KEY": LONG,
            "LEDGER_KEY": LONG[::-1],
            "CONTACT_DATA_ENCRYPTION_KEY": KEY,
        }
        return subprocess.run(  # noqa: S603  our own command
            [sys.executable, "manage.py", *words],
            cwd=BASE,
            env={**kept, **told, **env},
            capture_output=True,
            text=True,
            timeout=280,
            check=False,
        )

    def python(self, code: str, **env: str) -> str:
        """Do something there with Django at hand, and return what it prints."""
        ran = self.manage("shell", "-v", "0", "-c", code, **env)
        assert ran.returncode == 0, ran.stderr
        return ran.stdout.strip()
