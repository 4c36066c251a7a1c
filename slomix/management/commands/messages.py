"""manage.py messages: the texts of code and templates into the catalogues."""

from argparse import ArgumentParser
from typing import Any

from babel.messages.catalog import Catalog
from django.core.management.base import BaseCommand, CommandError

from slomix.management import catalogue


class Command(BaseCommand):
    help = "Collect every text, bring locale/ up to date and compile it; --check only looks."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="fail where something is stale")

    def handle(self, *args: Any, **options: Any) -> None:
        found = catalogue.collect()
        if options["check"]:
            self._check(found)
            return
        for language in catalogue.languages():
            catalogue.update(language, found)
            self.stdout.write(f"{language}: {len(found)} texts")

    def _check(self, found: Catalog) -> None:
        stale = [
            line
            for language in catalogue.languages()
            for line in catalogue.complaints(language, found)
        ]
        if stale:
            raise CommandError("\n".join([*stale, "Run `make messages` and commit locale/."]))
        self.stdout.write(f"{len(found)} texts, every catalogue is up to date.")
