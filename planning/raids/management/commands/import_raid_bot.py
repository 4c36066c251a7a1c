import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError, OperationalError

from planning.raids.old_bot import bringing, reading
from slomix.lib import clock
from slomix.lib.progress import Progress


class Command(BaseCommand):
    help = (
        "Take over the raid bot's servers, dungeons, templates, open raids with their votes, "
        "attendance and levels from its database (postgresql://… or sqlite:///…), which is only "
        "read. A second run brings what is new there and changes nothing else. Its posts stay as "
        "they are. Exit code: 0 done, whatever the report says was left out; 1 the database cannot "
        "be read or is our own, or it came to nothing: then nothing was changed; 2 wrong arguments."
    )

    showing: Progress | None = None

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("database_url", metavar="DATABASE_URL")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would come, and change nothing"
        )
        parser.add_argument("--json", action="store_true", help="the report as one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        dry_run = options["dry_run"]
        try:
            old = reading.read(options["database_url"])
        except reading.Unreadable as problem:
            raise CommandError(str(problem)) from problem
        try:
            report = bringing.bring(old, at=clock.now(), show=self._show, dry_run=dry_run)
        except (IntegrityError, OperationalError) as problem:
            # Somebody was written down meanwhile, or it waited too long for a row.
            raise CommandError(
                f"Something else was written at the same time ({type(problem).__name__}). "
                "Nothing was changed; run it again."
            ) from problem
        if options["json"]:
            said = {
                "dry_run": dry_run,
                "counts": dict(sorted(report.counts.items())),
                "notes": [line.strip() for line in report.behind],
                "left_out": report.skipped,
            }
            self.stdout.write(json.dumps(said, ensure_ascii=False, indent=2))
            return
        for line in report.lines():
            self.stdout.write(line)
        if dry_run:
            self.stdout.write("Nothing was changed: this was a dry run.")

    def _show(self, what: str, done: int, of: int) -> None:
        """Say how far it is; what is quickly done is heard of on a terminal alone."""
        if not self.showing or self.showing.what != what:
            self.showing = Progress(of, what, self.stderr)
        self.showing.reach(done)
        if done == of and self.showing.bar:
            self.showing.done()
