import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.models import User
from availability.first_slomix import answers, people, reading
from availability.first_slomix.report import Report
from slomix.lib import clock
from slomix.lib.progress import Progress

STEPS = 7


class Command(BaseCommand):
    help = (
        "Take over players, links, answers and preferences from the first Slomix's PostgreSQL "
        "database, which is only read. A second run changes nothing. Telegram and Signal addresses "
        "stay behind: they are linked anew, from the account itself. Exit code: 0 done, whatever the report "
        "says was left out; 1 the database cannot be read: then nothing was changed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("database_url", metavar="DATABASE_URL")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would come, and change nothing"
        )
        parser.add_argument("--json", action="store_true", help="the report as one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            tables, left = reading.read(options["database_url"])
        except reading.Unreadable as problem:
            raise CommandError(str(problem)) from problem
        dry_run = options["dry_run"]
        with Progress(STEPS, "first Slomix", self.stderr) as progress:
            report = _bring(tables, progress, dry_run=dry_run)
        for table, rows in left.items():
            report.leave(table, rows, reading.LEFT[table])
        if options["json"]:
            self.stdout.write(json.dumps(_tree(report, dry_run=dry_run), ensure_ascii=False))
            return
        for line in report.lines():
            self.stdout.write(line)
        if dry_run:
            self.stdout.write("Nothing was changed: this was a dry run.")


def _tree(report: Report, *, dry_run: bool) -> dict[str, Any]:
    behind = [line.strip() for line in report.behind]
    counts = dict(sorted(report.counts.items()))
    return {"dry_run": dry_run, "counts": counts, "notes": behind, "left_out": report.skipped}


@transaction.atomic
def _bring(tables: dict[str, reading.Rows], progress: Progress, *, dry_run: bool) -> Report:
    """All of it or nothing; a dry run is taken back at the end."""
    at, report = clock.now(), Report()
    tables = people.forgotten(tables, report)
    progress.step(note="players")
    people.players(tables, report)
    progress.step(note="accounts")
    new = people.accounts(tables, report, at)
    known = {
        person.discord.discord_id: person
        for person in User.objects.with_identity().filter(discord__isnull=False, is_active=True)
    }
    progress.step(note="links")
    people.links(tables, known, report, at)
    progress.step(note="names")
    people.names(tables, known, new, report, at)
    progress.step(note="preferences")
    people.preferences(tables, known, new, report, at)
    progress.step(note="answers")
    people.roles(tables, report)
    answers.entries(tables["availability_entries"], known, report, at)
    progress.step(note="done")
    if dry_run:
        transaction.set_rollback(True)
    return report
