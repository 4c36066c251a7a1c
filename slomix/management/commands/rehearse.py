"""manage.py rehearse: the live verification, played on a system of its own."""

import json
import re
import shutil
import signal
import sys
import tempfile
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import httpx
from django.core.management.base import BaseCommand, CommandError

from slomix.lib import clock
from slomix.management.rehearsal import cast, evening, invitation
from slomix.management.rehearsal.cast import Cast
from slomix.management.rehearsal.checklist import Checklist, Step
from slomix.management.rehearsal.evening import Evening
from slomix.management.rehearsal.live import People
from slomix.management.rehearsal.live_system import Discord, LiveSystem
from slomix.management.rehearsal.rest import Rest
from slomix.management.rehearsal.stage import Club, Stage
from slomix.management.rehearsal.system import System
from slomix.management.rehearsal.visitor import Visitor

STEPS = 10
SURE = ("y", "yes")


class Command(BaseCommand):
    help = (
        "Play the ten steps of the live verification on a system started for it: sign in, preview, "
        "confirm, wait for both messages, and show the evidence. Exits 0 when every row holds."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--rows", type=rows, default=rows("1-10"), help="1-7, or 3, or 1-7,10")
        parser.add_argument("--json", action="store_true", help="the evidence as JSON")
        parser.add_argument("--zone", type=zone, help="play there, whatever the hour is")
        live = parser.add_argument_group(
            "with real people", "at the Discord that DISCORD_BASE_URL names; asks before it sends"
        )
        live.add_argument("--live", action="store_true", help="no local Discord is started")
        live.add_argument("--promoter", type=snowflake, help="Discord id of who calls the others")
        live.add_argument("--people", type=snowflakes, help="Discord ids of who is told: ID,ID,…")
        live.add_argument("--channel", type=snowflake, default=0, help="post the summary there")
        live.add_argument("--yes", action="store_true", help="do not ask before anything is sent")

    def handle(self, *args: Any, **options: Any) -> None:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        try:
            on = self._live if options["live"] else self._demo
            with on(options) as (var, stage), stage.system, Visitor() as visitor:
                played = Checklist(stage, visitor, self._tell).play(options["rows"])
        except (cast.NotReady, evening.Midnight) as problem:
            raise CommandError(str(problem)) from problem
        steps = [step for step in played if step.number in options["rows"]]
        self._show(steps, as_json=options["json"])
        if all(step.holds for step in steps):
            shutil.rmtree(var, ignore_errors=True)
            return
        self._tell(f"Logs: {var}/logs")
        sys.exit(1)

    @contextmanager
    def _demo(self, options: dict[str, Any]) -> Iterator[tuple[Path, Stage]]:
        named = [name for name in ("promoter", "people", "channel", "yes") if options[name]]
        if named:
            raise CommandError(f"--{named[0]} goes with --live.")
        var, night = self._when(options)
        yield var, Club(System(var, night))

    @contextmanager
    def _live(self, options: dict[str, Any]) -> Iterator[tuple[Path, Stage]]:
        """Find everybody, ask the operator, and only then make anything."""
        to = invitation.discord(options["channel"])
        invitation.check(options["promoter"], options["people"])
        with closing(Rest(to.base_url, to.token)) as rest:
            found = self._find(rest, to, options)
            self._ask(found, to, options)
            var, night = self._when(options)
            yield var, People(LiveSystem(var, night, to, found), found, rest, to.channel_id)

    def _find(self, rest: Rest, to: Discord, options: dict[str, Any]) -> Cast:
        try:
            return cast.find(rest, to.guild_id, options["promoter"], options["people"])
        except httpx.HTTPError as problem:
            raise CommandError(f"{to.base_url} does not answer: {problem}") from problem

    def _ask(self, found: Cast, to: Discord, options: dict[str, Any]) -> None:
        night = evening.soon(clock.now(), options["zone"])
        for line in invitation.words(found, to, night, max(options["rows"])):
            self._tell(line)
        if options["yes"]:
            return
        self.stderr.write("Go on? [y/N] ", ending="")
        self.stderr.flush()
        if sys.stdin.readline().strip().lower() not in SURE:
            raise CommandError("Nothing was started, nothing was said.")

    def _when(self, options: dict[str, Any]) -> tuple[Path, Evening]:
        night = evening.soon(clock.now(), options["zone"])
        var = Path(tempfile.mkdtemp(prefix="slomix-rehearsal-"))
        self._tell(f"The evening: {night.wall(night.reminder_at)} and {night.wall(night.start_at)}")
        self._tell(f"Zone {night.zone.key}, folder {var}")
        return var, night

    def _tell(self, text: str) -> None:
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()

    def _show(self, steps: list[Step], *, as_json: bool) -> None:
        if as_json:
            told = [{**asdict(step), "title": step.title} for step in steps]
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))
            return
        for step in steps:
            verdict = "holds" if step.holds else "DOES NOT HOLD"
            self.stdout.write(f"\n{step.number:>2}. {step.title:<24} {verdict}")
            self.stdout.write(f"    done      {step.done}")
            self.stdout.write(f"    evidence  {step.evidence}")
        holding = sum(step.holds for step in steps)
        self.stdout.write(f"\n{holding} of {len(steps)} rows hold.")


def rows(text: str) -> frozenset[int]:
    """Read 1-7, or 3, or 1,5-7 as row numbers."""
    found: set[int] = set()
    for part in text.split(","):
        ends = re.fullmatch(r"(\d{1,2})(?:-(\d{1,2}))?", part.strip())
        if not ends:
            raise ArgumentTypeError(f"{text!r} names no rows; write 1-7, or 3, or 1,5-7")
        found |= set(range(int(ends[1]), int(ends[2] or ends[1]) + 1))
    if not found or min(found) < 1 or max(found) > STEPS:
        raise ArgumentTypeError(f"there are rows 1 to {STEPS}, not {text!r}")
    return frozenset(found)


def zone(text: str) -> ZoneInfo:
    """Read the name of a time zone."""
    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ArgumentTypeError(f"{text!r} is no zone; write Europe/Ljubljana") from None


def snowflake(text: str) -> int:
    """Read a Discord id."""
    if not re.fullmatch(r"[0-9]{1,20}", text) or not 0 < int(text) < 2**63:
        raise ArgumentTypeError(f"{text!r} is no Discord id; copy it from Discord (developer mode)")
    return int(text)


def snowflakes(text: str) -> tuple[int, ...]:
    """Read Discord ids: 1,2,3; each once."""
    return tuple(dict.fromkeys(snowflake(part.strip()) for part in text.split(",")))
