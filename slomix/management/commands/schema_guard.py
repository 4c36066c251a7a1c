"""manage.py schema_guard: what is really in the database, compared with what this version needs."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from slomix.operations import gaps, migrating, shape

DIFFERS = 1


class Command(BaseCommand):
    help = (
        "Compare the database's tables, columns, indexes, constraints and triggers with what this "
        "version needs, whatever migrations are written down as applied; or add what is missing. "
        "Nothing is dropped and no row is changed. Exit code 0: all is there; "
        f"{DIFFERS}: it is not, and the list says what."
    )
    # A database that is wrong must not keep us from saying so.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        verb = parser.add_mutually_exclusive_group(required=True)
        verb.add_argument("--check", action="store_true", help="look, and change nothing")
        verb.add_argument("--repair", action="store_true", help="add what is missing")
        parser.add_argument("--dry-run", action="store_true", help="with --repair: add nothing")
        parser.add_argument(
            "--fill",
            action="store_true",
            help="with --repair: also columns that decide what is said to whom get their defaults",
        )
        parser.add_argument("--json", action="store_true", help="for machines")

    def handle(self, *args: Any, **options: Any) -> None:
        found = shape.look()
        added: list[str] = []
        refused: dict[str, str] = {}
        if options["repair"] and not options["dry_run"]:
            refused = self._repair(found, options["fill"], added)
            found = shape.look()
        said = {
            "missing": [*found.critical, *found.slow],
            "added": added,
            "refused": refused,
            "ahead": found.ahead,
        }
        self._say(options, said)
        if said["missing"]:
            raise SystemExit(DIFFERS)

    def _repair(self, found: shape.Shape, fill: bool, added: list[str]) -> dict[str, str]:
        if found.unapplied:
            # What they would bring is no gap, and adding it would be in their way.
            return {
                f"migration {name} is not applied": f"run {shape.MIGRATE}"
                for name in found.unapplied
            }
        refused: dict[str, str] = {}

        def work() -> None:
            reasons = gaps.close_all(fill=fill, told=added.append)
            refused.update({str(gap): reason for gap, reason in reasons.items()})

        migrating.patiently(work, alias="default", say=self.stderr.write)
        if added:
            migrating.afterwards()
        return refused

    def _say(self, options: dict[str, Any], said: dict[str, Any]) -> None:
        if options["json"]:
            self.stdout.write(json.dumps(said, indent=2))
            return
        for line in said["added"]:
            self.stdout.write(line)
        for line in said["missing"]:
            reason = said["refused"].get(line)
            self.stderr.write(f"{line}: {reason}" if reason else line)
        if not said["missing"]:
            self.stdout.write("The database has everything that this version needs.")
