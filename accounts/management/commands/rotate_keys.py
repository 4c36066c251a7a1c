"""manage.py rotate_keys: seal every address with the first key of CONTACT_DATA_ENCRYPTION_KEY."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts import rotation, vault
from slomix.lib import clock


class Command(BaseCommand):
    help = (
        "Seal every address with the first key of CONTACT_DATA_ENCRYPTION_KEY. Put the new key first "
        "and keep the older ones behind it until this says that all is done; it may be stopped "
        "and started again at any time, while everything runs."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--batch", type=int, default=rotation.BATCH, help="rows at a time")

    def handle(self, *args: Any, **options: Any) -> None:
        progress = rotation.Progress(0, 0, 0)
        try:
            for progress in rotation.rotate(batch=max(1, options["batch"])):
                self.stdout.write(f"{progress.done} of {progress.of}")
                self.stdout.flush()
        except vault.Locked as locked:
            raise CommandError(str(locked)) from locked
        if progress.locked:
            raise CommandError(
                f"{progress.locked} of {progress.done} addresses are opened by none of the keys. "
                "Put the key that sealed them back at the end of the list and run this again."
            )
        rotation.finished(progress, at=clock.now())
        self.stdout.write("All is sealed with the newest key; the older ones may go.")
