"""manage.py rehearse: the live verification, played on a system of its own."""

import json
import re
import shutil
import signal
import sys
import tempfile
from argparse import ArgumentParser, ArgumentTypeError
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from slomix.lib import clock
from slomix.management.rehearsal import evening
from slomix.management.rehearsal.checklist import Checklist, Step
from slomix.management.rehearsal.system import System
from slomix.management.rehearsal.visitor import Visitor

STEPS = 10


class Command(BaseCommand):
    help = (
        "Play the ten steps of the live verification on a system started for it: sign in, preview, "
        "confirm, wait for both messages, and show the evidence. Exits 0 when every row holds."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--rows", type=rows, default=rows("1-10"), help="1-7, or 3, or 1-7,10")
        parser.add_argument("--json", action="store_true", help="the evidence as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        var = Path(tempfile.mkdtemp(prefix="slomix-rehearsal-"))
        night = evening.soon(clock.now())
        self._tell(f"The evening: {night.wall(night.reminder_at)} and {night.wall(night.start_at)}")
        self._tell(f"Zone {night.zone.key}, folder {var}")
        with System(var, night) as system, Visitor() as visitor:
            played = Checklist(system, visitor, self._tell).play(options["rows"])
        steps = [step for step in played if step.number in options["rows"]]
        self._show(steps, as_json=options["json"])
        if all(step.holds for step in steps):
            shutil.rmtree(var, ignore_errors=True)
            return
        self._tell(f"Logs: {var}/logs")
        sys.exit(1)

    def _tell(self, text: str) -> None:
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()

    def _show(self, steps: list[Step], *, as_json: bool) -> None:
        if as_json:
            told = [{**asdict(step), "title": step.title} for step in steps]
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))
            return
        for step in steps:
            verdict = "holds" if step.holds else "DOES NOT HOLD"
            self.stdout.write(f"\n{step.number:>2}. {step.title:<24} {verdict}")
            self.stdout.write(f"    done      {step.done}")
            self.stdout.write(f"    evidence  {step.evidence}")
        holding = sum(step.holds for step in steps)
        self.stdout.write(f"\n{holding} of {len(steps)} rows hold.")


def rows(text: str) -> frozenset[int]:
    """Read 1-7, or 3, or 1,5-7 as row numbers."""
    found: set[int] = set()
    for part in text.split(","):
        ends = re.fullmatch(r"(\d{1,2})(?:-(\d{1,2}))?", part.strip())
        if not ends:
            raise ArgumentTypeError(f"{text!r} names no rows; write 1-7, or 3, or 1,5-7")
        found |= set(range(int(ends[1]), int(ends[2] or ends[1]) + 1))
    if not found or min(found) < 1 or max(found) > STEPS:
        raise ArgumentTypeError(f"there are rows 1 to {STEPS}, not {text!r}")
    return frozenset(found)
