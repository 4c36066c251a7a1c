"""python -m slomix.management.serving: what `make prod` runs. `--check` starts, looks and stops."""

import os
import subprocess
import sys
from pathlib import Path

from slomix.lib import env
from slomix.management import production
from slomix.management.demo import lock, terminal
from slomix.management.serving import parts, supervisor

BASE = Path(__file__).resolve().parents[3]
CHECK_WITHIN = 90.0
NO_BOT = "  bot        left out  DISCORD_BOT_TOKEN is not set: nobody is reminded"
HINT = "Stop it with Ctrl-C there; to restart its parts with new code: kill -HUP"


def main() -> int:
    """Name what is missing, prepare the database, and run every part until told to stop."""
    os.chdir(BASE)
    os.environ["BOT_ENVIRONMENT"] = "production"
    if production.told_missing():
        return 1
    var = Path(env.text("SLOMIX_VAR", str(BASE / "var"))).resolve()
    (var / "logs").mkdir(parents=True, exist_ok=True)
    try:
        lock.take(var / "production.lock", what="A production profile", hint=HINT)
    except lock.Running as running:
        sys.stderr.write(f"{running}{os.linesep}")
        return 1
    prepared = subprocess.run(parts.PREPARE, check=False).returncode  # noqa: S603  our own command
    if prepared:
        terminal.say("  nothing was started: the database is not prepared")
        return prepared
    shown = parts.all_of()
    if not any(one.name == "bot" for one in shown):
        terminal.say(NO_BOT)
    told = {**os.environ, "SLOMIX_VAR": str(var), "PYTHONUNBUFFERED": "1"}
    check = CHECK_WITHIN if "--check" in sys.argv else 0.0
    return supervisor.run(told, shown, check_within=check)


if __name__ == "__main__":
    sys.exit(main())
