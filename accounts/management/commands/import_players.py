import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts import importing


class Command(BaseCommand):
    help = (
        "Import players from FILE.csv or FILE.json with the columns guid, name, aliases, rating, "
        "discord_id. Aliases have ; between them (a list in JSON). A bad row imports nothing. "
        "Exit code: 0 done, 1 the file cannot be read or holds a bad row."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would come, and change nothing"
        )
        parser.add_argument("--json", action="store_true", help="the result as one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        try:
            outcome = importing.save(
                importing.read(file.name, file.read_text(encoding="utf-8-sig")),
                dry_run=options["dry_run"],
            )
        except (OSError, UnicodeDecodeError) as unread:
            raise CommandError(f"{file} cannot be read: {unread}") from unread
        except importing.ImportRefused as refusal:
            raise CommandError(f"Nothing was imported.\n{refusal}") from refusal
        if options["json"]:
            self.stdout.write(json.dumps(asdict(outcome) | {"dry_run": options["dry_run"]}))
            return
        self.stdout.write(
            f"{outcome.added} added, {outcome.changed} changed, {outcome.same} already so."
        )
        if options["dry_run"]:
            self.stdout.write("Nothing was changed: this was a dry run.")
