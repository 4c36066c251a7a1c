"""manage.py upgrade: from the version that runs to the one that lies here."""

import json
import os
import signal
import subprocess
import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from slomix.lib import clock
from slomix.management.commands.migrate import LATER
from slomix.management.upgrading import looks
from slomix.management.upgrading.steps import Failed, Steps, said_by
from slomix.operations import calm, readiness

CHECK = ("check", "--deploy", "--fail-level", "ERROR")
RESTARTED_WITHIN = 300.0
NOBODY = "set SLOMIX_RESTART_COMMAND, or restart web, worker, beat, bot and drains yourself"


class Command(BaseCommand):
    help = (
        "Look whether all is well, make a backup, migrate, grant, look for what the database lacks, "
        "collect static files, restart every part and see that the site answers. Put the new code "
        "and its packages there first. Exit codes: 0 done, 1 a step failed (the ones after it were "
        f"left out), {LATER} refused because a call is due within 15 minutes."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="look, and say what would be done"
        )
        parser.add_argument("--json", action="store_true", help="the report as JSON")
        parser.add_argument("--force", action="store_true", help="even before a call, and unwell")
        parser.add_argument("--without-backup", action="store_true", help="you have made one")
        parser.add_argument("--smoke-within", type=float, default=120.0, help="seconds (120)")

    def handle(self, *args: Any, **options: Any) -> None:
        tell = self.stderr.write if options["json"] else self.stdout.write
        steps = Steps(tell, dry=options["dry_run"])
        later = "" if options["force"] else calm.disturbed(clock.now())
        if later:
            steps.leave_out("upgrade", f"{later}; wait, or say --force")
        else:
            self._upgrade(steps, options)
        code = LATER if later else int(not steps.fine)
        if options["json"]:
            found = [one.to_json() for one in steps.found]
            self.stdout.write(json.dumps({"code": code, "steps": found}, indent=1))
        else:
            tell("Refused." if later else "Done." if steps.fine else "Not done; see what failed.")
        sys.exit(code)

    def _upgrade(self, steps: Steps, options: dict[str, Any]) -> None:
        steps.look("versions", looks.versions)
        if options["force"]:
            steps.leave_out("readiness", "--force")
        else:
            steps.look("readiness", lambda: looks.ready(readiness.faults()))
        steps.look("check", lambda: said_by(*CHECK))
        if options["without_backup"]:
            steps.leave_out("backup", "--without-backup")
        else:
            steps.command("backup", "backup")
        # Asked above already: the backup may have taken us nearer to the call, not this far.
        steps.command(
            "migrate", "migrate", "--noinput", *(["--even-now"] if options["force"] else [])
        )
        steps.command("grants", "grants", "--apply")
        steps.command("schema", "schema_guard", "--check")
        steps.command("static", "collectstatic", "--noinput")
        self._restart(steps, options["smoke_within"])

    def _restart(self, steps: Steps, within: float) -> None:
        since = time.monotonic()
        pid = 0 if settings.RESTART_COMMAND else looks.profile_pid()
        if not (settings.RESTART_COMMAND or pid):
            steps.leave_out("restart", NOBODY)
            steps.leave_out("smoke", "nothing was restarted")
            return
        how = " ".join(settings.RESTART_COMMAND) or f"kill -HUP {pid}"
        steps.do("restart", lambda: restarted(pid), how)
        steps.do("smoke", lambda: looks.smoked(since, within), "GET /readyz")


def restarted(pid: int) -> str:
    """Restart every part: by the operator's own command, or by telling the local profile."""
    if pid:
        os.kill(pid, signal.SIGHUP)
        return f"told process {pid} to restart its parts one by one"
    try:
        done = subprocess.run(  # noqa: S603  the operator's own words, without a shell
            settings.RESTART_COMMAND,
            capture_output=True,
            text=True,
            timeout=RESTARTED_WITHIN,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise Failed(f"SLOMIX_RESTART_COMMAND: {fault}") from fault
    if done.returncode:
        words = (done.stderr or done.stdout).strip()[-300:]
        raise Failed(f"SLOMIX_RESTART_COMMAND ended with {done.returncode}: {words}")
    return " ".join(settings.RESTART_COMMAND)
