"""manage.py sbom: what Slomix is made of, as CycloneDX."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from slomix.lib import clock
from slomix.management.security import bom


class Command(BaseCommand):
    help = (
        "List every package that runs here, its version, licence and what it needs, as CycloneDX 1.6. "
        "Exits 1 when one that is pinned is not installed in that version."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--output", help="a file; else it is printed")

    def handle(self, *args: Any, **options: Any) -> None:
        lock = Path(settings.BASE_DIR) / "requirements.txt"
        try:
            tree = bom.of(bom.pinned(lock.read_text()), at=clock.now())
        except bom.NotInstalled as fault:
            raise CommandError(str(fault)) from fault
        text = json.dumps(tree, indent=1)
        if options["output"]:
            file = Path(options["output"])
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text + "\n")
            self.stdout.write(f"{len(tree['components'])} components in {file}")
        else:
            self.stdout.write(text)
