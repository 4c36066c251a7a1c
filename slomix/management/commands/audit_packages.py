"""manage.py audit_packages: whether a fault is known of what is pinned."""

import json
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

PATIENCE = 300


class Command(BaseCommand):
    help = (
        "Ask pip-audit about every package of the locks. Exits 1 when a fault is known of one; "
        "what the service does not answer for is named as not run."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("locks", nargs="*", help="default: both requirements*.txt")
        parser.add_argument("--tool", default=str(Path(sys.executable).with_name("pip-audit")))

    def handle(self, *args: Any, **options: Any) -> None:
        base = Path(settings.BASE_DIR)
        locks = options["locks"] or [base / "requirements.txt", base / "requirements-dev.txt"]
        # Not in a list: all of them are asked about before the first fault ends it.
        if sum([self._one(options["tool"], Path(lock)) for lock in locks]):
            sys.exit(1)

    def _one(self, tool: str, lock: Path) -> int:
        asked = [tool, "-r", str(lock), "--no-deps", "--disable-pip", "--format", "json"]
        try:
            done = subprocess.run(  # noqa: S603  a tool of ours
                [*asked, "--progress-spinner", "off"],
                capture_output=True,
                text=True,
                timeout=PATIENCE,
                check=False,
            )
            found = json.loads(done.stdout)["dependencies"]
        except (OSError, subprocess.TimeoutExpired) as fault:
            self.stdout.write(f"not run: {lock.name}: {type(fault).__name__}: {fault}")
            return 0
        except (ValueError, KeyError):
            why = (done.stderr.strip().splitlines() or ["no answer"])[-1]
            self.stdout.write(f"not run: {lock.name}: {why[:200]}")
            return 0
        return self._judge(lock, found)

    def _judge(self, lock: Path, found: list[dict[str, Any]]) -> int:
        skipped = [one for one in found if "skip_reason" in one]
        faulty = [one for one in found if one.get("vulns")]
        for one in faulty:
            names = ", ".join(fault["id"] for fault in one["vulns"])
            self.stdout.write(f"{lock.name}: {one['name']} {one['version']}: {names}")
        if skipped:
            text = f"not run: {lock.name}: the service does not know {len(skipped)} of {len(found)}"
            self.stdout.write(text)
        asked = len(found) - len(skipped)
        self.stdout.write(f"{lock.name}: {asked} packages asked about, {len(faulty)} faulty")
        return len(faulty)
