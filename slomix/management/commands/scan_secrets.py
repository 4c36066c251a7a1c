"""manage.py scan_secrets: what looks like a secret in anything that was ever committed."""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from slomix.management.security import secrets


class Command(BaseCommand):
    help = (
        "Look through every file of every commit for keys, tokens and passwords. "
        "Exits 0 when there is none, 1 when there is, 2 when there is no history to look at."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repository", default=str(settings.BASE_DIR), help="another folder")
        parser.add_argument("--json", action="store_true", help="the same for machines")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            scan = secrets.history(Path(options["repository"]))
        except secrets.NoHistory as fault:
            self.stderr.write(str(fault))
            sys.exit(2)
        except OSError as fault:
            raise CommandError(f"git cannot be started: {fault}") from fault
        if options["json"]:
            tree = {"texts": scan.texts, "found": [asdict(one) for one in scan.found]}
            self.stdout.write(json.dumps(tree, indent=1))
        else:
            for one in scan.found:
                self.stdout.write(
                    f"{one.kind} in {one.path}:{one.line} ({one.blob[:12]}): {one.shown}"
                )
            self.stdout.write(f"{scan.texts} texts of the whole history, {len(scan.found)} secrets")
        if scan.found:
            sys.exit(1)
