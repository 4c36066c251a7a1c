"""manage.py rotate_keys: seal every address with the first key of CONTACT_DATA_ENCRYPTION_KEY."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts import rotation, vault
from slomix.lib import clock
from slomix.lib.progress import Progress


class Command(BaseCommand):
    help = (
        "Seal every address with the first key of CONTACT_DATA_ENCRYPTION_KEY. Put the new key first "
        "and keep the older ones behind it until this says that all is done; it may be stopped "
        "and started again at any time, while everything runs. Exit code: 0 all is sealed with the "
        "newest key, 1 some address is opened by none of the keys or there is no key."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--batch", type=int, default=rotation.BATCH, help="rows at a time")
        parser.add_argument(
            "--dry-run", action="store_true", help="count what would be sealed anew, change nothing"
        )
        parser.add_argument("--json", action="store_true", help="the result as one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        at_once, dry_run = max(1, options["batch"]), options["dry_run"]
        found = rotation.Progress(0, 0, 0)
        try:
            with Progress(None, "addresses", self.stderr) as shown:
                for found in rotation.rotate(batch=at_once, dry_run=dry_run):
                    shown.total = found.of
                    shown.reach(found.done)
        except vault.Locked as locked:
            raise CommandError(str(locked)) from locked
        if found.locked:
            raise CommandError(
                f"{found.locked} of {found.done} addresses are opened by none of the keys. "
                "Put the key that sealed them back at the end of the list and run this again."
            )
        if not dry_run:
            rotation.finished(found, at=clock.now())
        self.stdout.write(self._said(found, dry_run=dry_run, as_json=options["json"]))

    def _said(self, found: rotation.Progress, *, dry_run: bool, as_json: bool) -> str:
        if as_json:
            return json.dumps({"addresses": found.of, "sealed": found.renewed, "dry_run": dry_run})
        if dry_run:
            return f"{found.renewed} of {found.of} would be sealed anew; nothing was changed."
        return f"{found.renewed} of {found.of} sealed anew.\nAll is sealed with the newest key; the older ones may go."
