"""manage.py grants: who may do what in the database, compared with the rule and mended."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

from slomix.operations import grants

DRIFT = 1


class Command(BaseCommand):
    help = (
        "Compare what the role of DATABASE_URL may do with what it should, table by table, or make "
        "it so as the role of MIGRATOR_DATABASE_URL. Exit code 0: as it should be; "
        f"{DRIFT}: it is not, and the list says where."
    )
    # A database that is wrong must not keep us from saying so.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        verb = parser.add_mutually_exclusive_group(required=True)
        verb.add_argument("--check", action="store_true", help="look, and change nothing")
        verb.add_argument("--apply", action="store_true", help="grant what is missing, revoke more")
        parser.add_argument(
            "--dry-run", action="store_true", help="with --apply: only show the SQL"
        )
        parser.add_argument("--json", action="store_true", help="for machines")

    def handle(self, *args: Any, **options: Any) -> None:
        if connection.vendor != "postgresql":
            self._say(options, {"role": None, "faults": [], "statements": []})
            return
        changing = options["apply"] and not options["dry_run"]
        before = grants.look(grants.web_role())
        after = grants.apply() if changing else before
        said = {
            "role": after.role,
            "faults": after.faults,
            "statements": [] if options["check"] else grants.statements(before),
        }
        self._say(options, said)
        if after.faults and not options["dry_run"]:
            raise SystemExit(DRIFT)

    def _say(self, options: dict[str, Any], said: dict[str, Any]) -> None:
        if options["json"]:
            self.stdout.write(json.dumps(said, indent=2))
            return
        for line in said["statements"]:
            self.stdout.write(f"{line};")
        for fault in said["faults"]:
            self.stderr.write(fault)
        if said["role"] is None:
            self.stdout.write("SQLite has no roles: there is nothing to grant.")
        elif not said["faults"]:
            self.stdout.write(f"{said['role']} may do what it should, and nothing more.")
