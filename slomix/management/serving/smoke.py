"""python -m slomix.management.serving.smoke: is the site, or a part, well? Exits 0 or 1.

For health checks of containers and after an upgrade. `--part bot` asks whether the bot (or the
worker) was alive in the last minute, `--wait 60` asks again until it is well, `--at web:7000` asks
elsewhere than at home.
"""

import argparse
import os
import sys
import time
from pathlib import Path

from slomix.lib import env
from slomix.management.serving import asking

AGAIN = 0.5


def well(part: str, at: str, within: float) -> str:
    """Return nothing when all is well, or what is not."""
    if part:
        age = asking.age(part, at)
        if age is None:
            return f"no sign of life of the {part} is known"
        return "" if age <= within else f"the {part} was last alive {age:.0f} s ago"
    status, found = asking.ask("/readyz", at)
    if status == 200:
        return ""
    if not status:
        return f"nobody answers at {at or asking.door()}"
    return f"/readyz answers {status}: {', '.join(found.get('codes', [])) or 'no reason'}"


def main() -> int:
    """Look once, or until the time is over."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--part", choices=("bot", "worker"), default="")
    asked.add_argument("--at", default="", help="host:port instead of WEBSITE_HOST, WEBSITE_PORT")
    asked.add_argument("--within", type=float, default=60.0, help="oldest sign of life (60 s)")
    asked.add_argument("--wait", type=float, default=0.0, help="ask again for so long (0 s)")
    wish = asked.parse_args()
    env.load(Path(env.text("SLOMIX_ENV_FILE", ".env")))
    until = time.monotonic() + wish.wait
    while wrong := well(wish.part, wish.at, wish.within):
        if time.monotonic() >= until:
            sys.stderr.write(wrong + os.linesep)
            return 1
        time.sleep(AGAIN)
    return 0


if __name__ == "__main__":
    sys.exit(main())
