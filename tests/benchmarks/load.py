"""An evening under load: pages open everywhere, answers from three doors, a call in the middle.

Site, worker, bot and local Discord are processes of their own, whoever loads them is another one.
On PostgreSQL it is the whole of it, on SQLite a third.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from slomix.lib import clock
from tests.benchmarks import club, evening, site
from tests.benchmarks.club import Club
from tests.benchmarks.loading import judge, memory, parts, people
from tests.benchmarks.loading.plan import Plan, Size
from tests.benchmarks.site import Site
from tests.fresh import BASE

SIZES = {
    "toy": Size(pages=4, answers=2.0, seconds=12, called=8),
    "moderate": Size(pages=200, answers=5.0, seconds=60, called=500),
    "full": Size(pages=200, answers=5.0, seconds=300, called=500),
}
# Beyond its own end, before it is ended.
PATIENCE = 60


def measure(size: str) -> dict[str, Any]:
    """Play it and say whether it held."""
    return play(SIZES[size] if connection.vendor == "postgresql" else SIZES[size].third())


def play(wanted: Size, more: Sequence[str] = ()) -> dict[str, Any]:
    """Play an evening of this size, with `more` processes beside the usual ones."""
    crowd = people.gather(wanted)
    site.collect(os.environ | {"DEBUG": "false"})
    with club.running(crowd, crowd) as local:
        evening.remember(crowd, local)
        night = parts.night(clock.now(), wanted.seconds)
        told = os.environ | night.environment | parts.redis()
        with site.serving(told) as served, parts.running(local, told, more):
            plan = people.plan(crowd, wanted, night, site=served.url, discord=local.url)
            found = under_load(plan, served, local)
    return {"of": vars(wanted), "redis": bool(told["REDIS_URL"]), **found}


def under_load(plan: Plan, served: Site, local: Club) -> dict[str, Any]:
    """Let the others begin; meanwhile count everybody's memory, and then read the books."""
    var = Path(settings.VAR_DIR)
    (var / "plan.json").write_text(plan.to_json())
    argv = [sys.executable, "-m", "tests.benchmarks.loading.clients", str(var / "plan.json")]
    with memory.watching(os.getpid()) as watched:
        ran = subprocess.run(  # noqa: S603  our own module
            argv, cwd=BASE, stdout=subprocess.PIPE, check=True, timeout=plan.seconds + PATIENCE
        )
        judge.wait_until_settled(plan)
    return judge.report(plan, json.loads(ran.stdout), local.journal(), watched.found())
