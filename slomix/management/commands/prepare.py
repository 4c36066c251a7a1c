"""manage.py prepare: what has to be done once before the parts of production are started."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from slomix.lib import clock
from slomix.management.upgrading import looks
from slomix.management.upgrading.steps import Steps


class Command(BaseCommand):
    help = (
        "Check the settings, migrate as the migrator, grant the web role its rights, look for what "
        "the database lacks, and collect the static files. May be run again at any time; within 15 "
        "minutes before a call it migrates only when neither bot nor worker is alive."
    )
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        steps = Steps(self.stdout.write)
        steps.command("check", "check", "--deploy", "--fail-level", "ERROR")
        alone = looks.nobody_runs(clock.now())
        steps.command("migrate", "migrate", "--noinput", *(["--even-now"] if alone else []))
        steps.command("grants", "grants", "--apply")
        steps.command("schema", "schema_guard", "--check")
        if settings.DEBUG:
            steps.leave_out("static", "DEBUG is on: files are served from where they lie")
        else:
            steps.command("static", "collectstatic", "--noinput")
        if not steps.fine:
            raise CommandError("Not prepared; see the step that failed.")
