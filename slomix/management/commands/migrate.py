"""manage.py migrate: Django's own, which leaves a call alone that is about to be made."""

from functools import partial
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import migrate
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor

from slomix.lib import clock
from slomix.operations import calm, migrating

# EX_TEMPFAIL of sysexits.h: nothing is wrong, come back later.
LATER = 75


class Command(migrate.Command):
    help = (
        f"{migrate.Command.help} Within 15 minutes before a call is due, and while it is said, "
        f"nothing is changed unless --even-now is given: exit code {LATER}."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--even-now", action="store_true", help="migrate although a call is due"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        alias = options["database"]
        work = partial(self._migrate, *args, **options)
        migrating.patiently(work, alias=alias, say=self.stderr.write)
        if alias == DEFAULT_DB_ALIAS and not _only_asks(options):
            migrating.afterwards()

    def _migrate(self, *args: Any, **options: Any) -> None:
        if not (options["even_now"] or _only_asks(options)) and _waits(options):
            met = calm.disturbed(clock.now(), database=options["database"])
            if met:
                text = f"Nothing was migrated: {met}. Wait, or say --even-now."
                raise CommandError(text, returncode=LATER)
        super().handle(*args, **options)


def _only_asks(options: dict[str, Any]) -> bool:
    return bool(options["plan"] or options["check_unapplied"])


def _waits(options: dict[str, Any]) -> bool:
    """Say whether this would change anything at all."""
    if options["app_label"]:
        return True
    executor = MigrationExecutor(connections[options["database"]])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
