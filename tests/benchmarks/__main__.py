"""python -m tests.benchmarks [scenario …] [--full]: how fast the ledger is, as JSON.

Each scenario runs in a process and on a database of its own (a SQLite file, or one beside
DEV_DATABASE_URL), so nothing of yours is touched. Targets are reported and not enforced: how long
something takes is no reason to fail, unless --strict says so.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from typing import Any

from slomix.management.rehearsal.evening import zone_of
from tests.benchmarks import database
from tests.fresh import BASE, KEPT

SCENARIOS = (
    "evening",
    "ledger",
    "promptness",
    "resume",
    "history",
    "standin",
    "api",
    "tonight",
    "million",
    "live",
    "draft",
    "raids",
    "load",
    "grown",
    "backups",
)

# These ask the site in their own process. With DEBUG every query is kept; without it there is no
# local Discord.
WITHOUT_DEBUG = frozenset({"tonight", "million"})
REDIS = "DEV_REDIS_URL"


def main() -> int:
    """Run what was asked for and print it all; 1 when a scenario broke or, if strict, missed."""
    # What was begun is ended and what was made is removed, also when somebody ends us.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    told = arguments()
    found: dict[str, Any] = {}
    wanted = told.scenarios or SCENARIOS
    for number, name in enumerate(wanted, start=1):
        sys.stderr.write(f"{number} of {len(wanted)}: {name} …\n")
        found[name] = in_a_process_of_its_own(name, told.size)
    told_of = {"cores": os.cpu_count(), "database": database.vendor(), "size": told.size}
    json.dump({**told_of, "load": round(os.getloadavg()[0], 1), **found}, sys.stdout, indent=1)
    sys.stdout.write("\n")
    missed = told.strict and not all(one.get("holds") for one in found.values())
    return int(missed or any("error" in one for one in found.values()))


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument("scenarios", nargs="*", help=f"of {', '.join(SCENARIOS)}; all by default")
    size = parser.add_mutually_exclusive_group()
    told: dict[str, Any] = {"dest": "size", "action": "store_const"}
    size.add_argument("--full", const="full", default="moderate", help="the sizes promised", **told)
    size.add_argument("--toy", const="toy", help="only to see that it runs", **told)
    parser.add_argument("--strict", action="store_true", help="exit 1 when a target is missed")
    found = parser.parse_args()
    if strange := sorted(set(found.scenarios) - set(SCENARIOS)):
        parser.error(f"there is no {', '.join(strange)}; there are {', '.join(SCENARIOS)}")
    return found


def in_a_process_of_its_own(name: str, size: str) -> Any:
    """Run one scenario on a new database and return what it found."""
    kept = {one: os.environ[one] for one in (*KEPT, REDIS) if one in os.environ}
    if name in ("load", "grown"):
        kept |= night_zone()
    if name in WITHOUT_DEBUG:
        kept["DEBUG"] = "false"
    with database.fresh() as env:
        child = subprocess.run(  # noqa: S603  our own module
            [sys.executable, "-m", "tests.benchmarks.one", name, size],
            cwd=BASE,
            env=kept | env,
            stdout=subprocess.PIPE,
            check=False,
        )
    if child.returncode:
        return {"error": f"it ended with {child.returncode}; its last words are above"}
    return json.loads(child.stdout)


def night_zone() -> dict[str, str]:
    """Name a zone in which it is evening now."""
    return {"AVAILABILITY_PROMOTION_TIMEZONE": zone_of(datetime.now(UTC)).key}


if __name__ == "__main__":
    sys.exit(main())
