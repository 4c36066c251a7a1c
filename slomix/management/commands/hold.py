"""manage.py hold: whether anything is sent, and letting it go on after a restore."""

import json
import sys
from argparse import ArgumentParser
from collections import Counter
from typing import Any

from asgiref.sync import async_to_sync
from django.core.management.base import BaseCommand, CommandError

from botworker import catching_up, client, hold, reading_back
from botworker.catching_up import Fate, Finding
from slomix.lib import clock
from slomix.lib.progress import Progress

WORD = "release"
WORDS = {
    Fate.FOUND: "stand in Discord: they count as sent",
    Fate.ABSENT: "are not there: said if in time, else expired",
    Fate.UNPROVABLE: "went where nobody can look, or may have: unconfirmed, never said again",
    Fate.UNREADABLE: "could not be looked for",
}


class Command(BaseCommand):
    help = (
        "Show whether sending is on hold, put it on hold, or let it go on. After a restore --release "
        "first looks in Discord's history for what was said since the backup, tells what it found "
        "and asks. Exit code 0: done, or what --status was asked; 1: refused, and nothing changed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        verb = parser.add_mutually_exclusive_group()
        verb.add_argument("--status", action="store_true", help="show it (the default)")
        verb.add_argument("--on", metavar="REASON", help="send nothing from now on")
        verb.add_argument("--release", action="store_true", help="let sending go on")
        parser.add_argument("--yes", action="store_true", help="release without being asked")
        parser.add_argument("--dry-run", action="store_true", help="look, and release nothing")
        parser.add_argument(
            "--give-up",
            action="store_true",
            help="release although something could not be looked for: that is never said again",
        )
        parser.add_argument("--json", action="store_true", help="for machines")

    def handle(self, *args: Any, **options: Any) -> None:
        self.json: bool = options["json"]
        if reason := options["on"]:
            held = hold.put_on(reason=reason, at=clock.now())
            self._say({"hold": self._facts(held)}, f"On hold {held}. Nothing is sent.")
        elif options["release"]:
            self._release(options)
        else:
            self._status()

    def _status(self) -> None:
        held = hold.row()
        left = catching_up.waiting(clock.now())
        said = f"On hold {held}. Nothing is sent." if held else "Sending is not on hold."
        text = f"{said} {left['due']} messages are due, {left['late']} are too late, {left['later']} later."
        self._say({"hold": self._facts(held), "waiting": dict(left)}, text)

    def _facts(self, held: Any) -> dict[str, Any] | None:
        if held is None:
            return None
        backup = held.backup_at and held.backup_at.isoformat()
        return {"since": held.since.isoformat(), "reason": held.reason, "backup_at": backup}

    def _release(self, options: dict[str, Any]) -> None:
        held = hold.row()
        if held is None:
            self._say({"hold": None}, "Sending is not on hold.")
            return
        found = self._look(catching_up.suspects(held))
        fates = Counter(one.fate for one in found)
        left = catching_up.waiting(clock.now())
        self._tell(held, fates, left)
        if fates[Fate.UNREADABLE] and not options["give_up"]:
            raise CommandError(
                f"{fates[Fate.UNREADABLE]} messages could not be looked for, so nothing was released: "
                "try again when Discord answers, or say --give-up (they are then never said again)."
            )
        if options["dry_run"]:
            self._say({"hold": self._facts(held), "found": _plain(fates)}, "Nothing was released.")
            return
        if not options["yes"]:
            self._ask()
        done = catching_up.settle(found, at=clock.now())
        lines = [f"{number} {what}" for what, number in sorted(done.items())]
        text = f"Released: {', '.join(lines) or 'nothing was in doubt'}. Sending goes on."
        self._say({"hold": None, "found": _plain(fates), "settled": dict(done)}, text)

    def _look(self, suspects: list[Any]) -> list[Finding]:
        with Progress(len(suspects), "messages looked for", quiet=self.json) as progress:
            try:
                return async_to_sync(reading_back.findings)(suspects, told=progress.step)
            except client.Unusable as wrong:
                raise CommandError(str(wrong)) from wrong

    def _tell(self, held: Any, fates: Counter[Fate], left: Counter[str]) -> None:
        if self.json:
            return
        self.stdout.write(f"On hold {held}.")
        if held.backup_at:
            self.stdout.write(
                f"{fates.total()} messages were due before then and look unsent since the backup "
                f"of {held.backup_at:%Y-%m-%d %H:%M:%S} UTC:"
            )
        for fate, number in fates.items():
            self.stdout.write(f"  {number:>6} {WORDS[fate]}")
        self.stdout.write(f"{left['due']} are due now and {left['late']} too late, before this.")

    def _ask(self) -> None:
        if not sys.stdin.isatty():
            raise CommandError("Nothing was released: there is nobody to ask, so say --yes.")
        if input(f"Write {WORD} to let sending go on: ").strip() != WORD:
            raise CommandError("Nothing was released.")

    def _say(self, facts: dict[str, Any], text: str) -> None:
        self.stdout.write(json.dumps(facts, indent=1) if self.json else text)


def _plain(fates: Counter[Fate]) -> dict[str, int]:
    return {str(fate): number for fate, number in fates.items()}
