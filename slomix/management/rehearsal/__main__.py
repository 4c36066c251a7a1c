"""python -m slomix.management.rehearsal: site, worker and bot for a Discord that is elsewhere.

With `prepare` it makes their database; both read everything from the environment.
"""

import os
import sys
from pathlib import Path

from slomix.management.demo import parts, supervisor

PREPARE = (sys.executable, "-m", "slomix.management.rehearsal", "prepare")


def _prepare() -> int:
    import django

    django.setup()
    from slomix.lib import clock
    from slomix.management.rehearsal.prepare import NotOurs, prepare

    try:
        prepare(Path(os.environ["SLOMIX_VAR"]), clock.now())
    except NotOurs as refused:
        sys.stderr.write(f"{refused}\n")
        return 1
    return 0


if __name__ == "__main__":
    if "prepare" in sys.argv:
        sys.exit(_prepare())
    sys.exit(supervisor.run(os.environ, parts.elsewhere(os.environ), PREPARE))
