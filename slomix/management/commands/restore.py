"""manage.py restore: a backup back into a database, or proof that it could be."""

import json
import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from slomix.lib import clock
from slomix.lib.backup import BackupError
from slomix.management.restoring import into, scratch
from slomix.operations import backups

WORD = "replace"


class Unsound(Exception):
    """It was restored, and something does not hold."""

    def __init__(self, report: dict[str, Any]) -> None:
        wrong = [one["name"] for one in report["checks"] if not one["holds"]]
        super().__init__("; ".join(wrong))
        self.report = report


class Command(BaseCommand):
    help = (
        "Restore a backup into the configured, empty database and put sending on hold; or with "
        "--verify into a scratch database that is thrown away, where everything is looked at. Stop "
        "every part first. Exit code 0: done and every check holds; 1: refused, damaged, or one does not."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", help="the backup")
        parser.add_argument("--newest", action="store_true", help="the newest one of BACKUP_DIR")
        parser.add_argument("--verify", action="store_true", help="only prove that it can be done")
        parser.add_argument(
            "--scratch",
            default="",
            metavar="URL",
            help="with --verify: make the scratch database on this PostgreSQL server",
        )
        parser.add_argument("--replace", action="store_true", help="what is there is lost")
        parser.add_argument("--yes", action="store_true", help="with --replace: do not ask")
        parser.add_argument(
            "--erased", type=Path, metavar="FILE", help="what `people erasures` wrote since"
        )
        parser.add_argument("--json", action="store_true", help="for machines")
        parser.add_argument(
            "--scheduled",
            action="store_true",
            help="as the worker begins it: gently, if it is time",
        )
        parser.add_argument(
            "--in-scratch", action="store_true", help="this database is a scratch one"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = self._verify(options) if options["verify"] else self._restore(options)
        except (BackupError, OSError) as fault:
            raise CommandError(f"Not restored: {fault}.") from fault
        if report is None:
            return
        self.stdout.write(json.dumps(report, indent=1) if options["json"] else _words(report))
        if not options["verify"] and not options["json"]:
            self.stdout.write(
                "Sending is on hold: see `manage.py hold --release` before the evening."
            )
        if not report["holds"]:
            sys.exit(1)

    def _verify(self, options: dict[str, Any]) -> dict[str, Any] | None:
        if options["scheduled"]:
            os.nice(10)
            if backups.DRILL not in backups.due(clock.now()):
                return None
        try:
            return self._drill(options)
        except Unsound as unsound:
            return unsound.report

    def _drill(self, options: dict[str, Any]) -> dict[str, Any]:
        with backups.noted(backups.DRILL):
            report = scratch.verify(_file(options), options["scratch"])
            if not report["holds"]:
                raise Unsound(report)
        return report

    def _restore(self, options: dict[str, Any]) -> dict[str, Any]:
        file = _file(options)
        if not options["in_scratch"]:
            self._refuse_or_ask(options)
        report = into.restore(file, erased=options["erased"], quiet=options["json"])
        return report.to_json()

    def _refuse_or_ask(self, options: dict[str, Any]) -> None:
        if alive := into.running(clock.now()):
            raise BackupError(f"{', '.join(alive)} still run: stop every part first")
        if not (full := into.occupied()):
            return
        name = connection.settings_dict["NAME"]
        if not options["replace"]:
            raise BackupError(
                f"the database {name} is not empty ({', '.join(full)}); "
                "name an empty one, or say --replace, and what is there is lost"
            )
        if options["yes"]:
            return
        if not sys.stdin.isatty():
            raise BackupError("there is nobody to ask, so say --yes")
        asked = f"Everything in {name} will be lost. Write {WORD} to go on: "
        if input(asked).strip() != WORD:
            raise BackupError("nothing was changed")


def _file(options: dict[str, Any]) -> Path:
    if options["newest"]:
        return backups.newest()
    if options["file"] is None:
        raise CommandError("Name a backup, or say --newest.")
    file: Path = options["file"]
    return file.resolve()


def _words(report: dict[str, Any]) -> str:
    lines = [
        f"{report['file']}, taken {report['taken_at']} by version {report['version']} on "
        f"{report['database']}: {report['rows']} rows of {report['tables']} tables into {report['into']}."
    ]
    lines += [f"  {seconds:>8.2f} s  {step}" for step, seconds in report["seconds"].items()]
    lines += [report["erased"]] * bool(report["erased"])
    for check in report["checks"]:
        lines.append(f"  {'holds' if check['holds'] else 'DOES NOT HOLD':<14} {check['name']}")
        lines += [f"{'':17}{fault}" for fault in check["faults"]]
    return "\n".join(lines)
