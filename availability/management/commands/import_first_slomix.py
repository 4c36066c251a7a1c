from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.models import User
from availability.first_slomix import answers, people, reading
from availability.first_slomix.report import Report
from slomix.lib import clock


class Command(BaseCommand):
    help = (
        "Take over players, links, answers and preferences from the first Slomix's PostgreSQL "
        "database, which is only read. A second run changes nothing. Telegram and Signal addresses "
        "stay behind: they are linked anew, from the account itself."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("database_url", metavar="DATABASE_URL")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            tables, left = reading.read(options["database_url"])
        except reading.Unreadable as problem:
            raise CommandError(str(problem)) from problem
        report = _bring(tables)
        for table, rows in left.items():
            report.leave(table, rows, reading.LEFT[table])
        for line in report.lines():
            self.stdout.write(line)


@transaction.atomic
def _bring(tables: dict[str, reading.Rows]) -> Report:
    """All of it or nothing."""
    at, report = clock.now(), Report()
    tables = people.forgotten(tables, report)
    people.players(tables, report)
    new = people.accounts(tables, report, at)
    known = {
        person.discord.discord_id: person
        for person in User.objects.with_identity().filter(discord__isnull=False, is_active=True)
    }
    people.links(tables, known, report, at)
    people.names(tables, known, new, report, at)
    people.preferences(tables, known, new, report, at)
    people.roles(tables, report)
    answers.entries(tables["availability_entries"], known, report, at)
    return report
