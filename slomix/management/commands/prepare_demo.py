"""manage.py prepare_demo: the demo's database, ready to be played with."""

import shutil
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from slomix.lib import clock
from slomix.management.demo.seed import seed


class Command(BaseCommand):
    help = "Bring the demo's database up to date and the demo community in; `demo` runs it."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("This is production (BOT_ENVIRONMENT); nobody is invented here.")
        # What was waiting there was a wake-up for a worker that is gone.
        shutil.rmtree(settings.CELERY_BROKER_FOLDER, ignore_errors=True)
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable")
        written = seed(clock.now())
        self.stdout.write(f"The demo community is in; {written} new answers.")
