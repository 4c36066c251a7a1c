"""manage.py configuration: docs/configuration.md from what the settings read."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from slomix.management import configuration


class Command(BaseCommand):
    help = (
        "Write docs/configuration.md from .env.example and slomix/settings. Exit code: 0 written, or "
        "with --check up to date; 1 it is not, or a variable is not explained."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="fail where it is stale")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            text = configuration.made()
        except KeyError as missing:
            raise CommandError(str(missing.args[0])) from missing
        file = configuration.DOCUMENT
        if options["check"]:
            if not file.exists() or file.read_text() != text:
                raise CommandError(f"{file.name} is stale; run `manage.py configuration`.")
            self.stdout.write(f"{file.name} is up to date.")
            return
        file.write_text(text)
        self.stdout.write(f"Written to {file}.")
