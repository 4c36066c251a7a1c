"""manage.py chaos: kill, stop and mislead real processes, and see the ledger keep its promise."""

import json
import signal
import subprocess
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from slomix.management.chaos import nights, scenes, table
from slomix.management.chaos.arena import Arena, NoArena
from slomix.management.chaos.plan import Plan
from slomix.management.demo import process


class Command(BaseCommand):
    help = (
        "Send to a local Discord while processes are killed and everything else goes wrong, then "
        "judge by what it received. Everything is made for the run and removed after it. Exits 0 "
        "when every invariant holds (F16: when each control broke one)."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--deliveries", type=int, default=300, help="how many (300)")
        parser.add_argument("--seed", type=int, default=1, help="of everything that is random (1)")
        parser.add_argument(
            "--scenario", default="", help="F1 to F16 or READY; without: F1 and F9 together"
        )
        parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
        parser.add_argument(
            "--scale",
            type=float,
            default=10.0,
            help="divides lease, windows, waits, time-outs and deadlines alike (10; 1 to 20)",
        )
        parser.add_argument("--json", action="store_true", help="the report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        wish = self._wish(options)
        try:
            plans = scenes.named(options["scenario"].upper(), wish)
            self._tell(f"seed {wish.seed}, scale {wish.scale:g}, {wish.database}")
            reports = [self._run(plan) for plan in plans]
        except (NoArena, scenes.NotBuilt) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(
            json.dumps({"runs": reports}, indent=1) if options["json"] else table.of(reports)
        )
        sys.exit(0 if all(one["right"] for one in reports) else 1)

    def _wish(self, options: dict[str, Any]) -> scenes.Wish:
        if not 1 <= options["scale"] <= 20:
            raise CommandError(
                "--scale is between 1 and 20: discord.py's own pauses are not divided."
            )
        if not 10 <= options["deliveries"] <= 50_000:
            raise CommandError("--deliveries is between 10 and 50000.")
        return scenes.Wish(
            options["deliveries"], options["seed"], options["scale"], options["database"]
        )

    def _run(self, plan: Plan) -> dict[str, Any]:
        if plan.nights:
            return nights.report_of(plan)
        with Arena(plan, settings.MAKER_URL) as arena:
            (arena.folder / "plan.json").write_text(plan.to_json())
            arena.keep = True
            argv = [sys.executable, "-m", "slomix.management.chaos.run", str(arena.folder)]
            if self._wait(argv, arena.env):
                raise CommandError(f"The run itself failed; see {arena.folder}")
            report: dict[str, Any] = json.loads((arena.folder / "report.json").read_text())
            arena.keep = not report["right"]
            if arena.keep:
                self._tell(f"logs, rows and journal: {arena.folder}")
        return report

    def _wait(self, argv: list[str], env: dict[str, str]) -> int:
        running = subprocess.Popen(argv, env=env, process_group=0)  # noqa: S603  our own module
        try:
            return running.wait()
        finally:
            process.end(running, signal.SIGKILL)
            running.wait()

    def _tell(self, text: str) -> None:
        self.stderr.write(text)
        self.stderr.flush()
