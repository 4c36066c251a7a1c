from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts import importing


class Command(BaseCommand):
    help = (
        "Import players from FILE.csv or FILE.json with the columns guid, name, aliases, rating, "
        "discord_id. Aliases have ; between them (a list in JSON). A bad row imports nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        try:
            outcome = importing.save(
                importing.read(file.name, file.read_text(encoding="utf-8-sig"))
            )
        except (OSError, UnicodeDecodeError) as unread:
            raise CommandError(f"{file} cannot be read: {unread}") from unread
        except importing.ImportRefused as refusal:
            raise CommandError(f"Nothing was imported.\n{refusal}") from refusal
        self.stdout.write(
            f"{outcome.added} added, {outcome.changed} changed, {outcome.same} already so."
        )
