"""manage.py demo: everything on one machine, with a community to play with."""

import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from slomix.management.demo import config, lock


class Command(BaseCommand):
    help = (
        "Run everything on this machine: the local Discord, the site, the worker and the bot, with "
        "a demo community. --check waits until every part answers, says so, and exits 0 or 1."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="start, look, stop")

    def handle(self, *args: Any, **options: Any) -> None:
        var = Path(settings.VAR_DIR)
        (var / "logs").mkdir(parents=True, exist_ok=True)
        try:
            lock.take(var / "demo.lock")
            env = self._environment(var)
        except (lock.Running, config.NoPort) as problem:
            raise CommandError(str(problem)) from problem
        config.write_world(var, env)
        self.stdout.flush()
        supervisor = [sys.executable, "-m", "slomix.management.demo"]
        supervisor += ["--check"] if options["check"] else []
        # The parts are watched by a small process; this one has loaded all of Django.
        os.execve(sys.executable, supervisor, env)  # noqa: S606

    def _environment(self, var: Path) -> dict[str, str]:
        site = config.free_port(settings.WEBSITE_PORT)
        standin = config.free_port(settings.WEBSITE_PORT + 1, frozenset({site}))
        wished = os.environ | {"PYTHONPATH": _path(str(settings.BASE_DIR))}
        return config.environment(wished, var, web_port=site, standin_port=standin)


def _path(base: str) -> str:
    return os.pathsep.join(filter(None, [base, os.environ.get("PYTHONPATH", "")]))
