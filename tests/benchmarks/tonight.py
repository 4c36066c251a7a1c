"""Tonight: what the page and its looking again cost, in questions and in process time."""

import os
import re
import time
from datetime import UTC, datetime
from typing import Any

from slomix.lib import keep
from tests.benchmarks import crowd, door, site
from tests.benchmarks.site import Site

PEOPLE = {"toy": 5, "moderate": 60, "full": 60}
TIMES = {"toy": 3, "moderate": 40, "full": 200}
SECONDS = {"toy": 0.3, "moderate": 4.0, "full": 10.0}
DAYS, CONNECTIONS = 30, 4
MOST_QUERIES, MOST_MS, MOST_TIMES = 12, 15.0, 2.0


def measure(size: str) -> dict[str, Any]:
    """Look as a visitor and as a linked person, at a page that changed and at one that did not."""
    people = crowd.people(PEOPLE[size])
    site.evenings(people, DAYS)
    site.collect(os.environ)
    viewers = {"visitor": "", "linked": site.signed_in(people[0])}
    found: dict[str, Any] = {
        "people": len(people),
        **{name: page(cookie, TIMES[size]) for name, cookie in viewers.items()},
    }
    with site.serving() as served:
        for name, cookie in viewers.items():
            found[name] |= polls(served, cookie, SECONDS[size])
    seen = [found[name] for name in viewers]
    target = f"at most {MOST_QUERIES} queries and {MOST_MS:g} ms a page; looking again costs at "
    return {
        **found,
        "target": f"{target}most {MOST_TIMES:g} times an empty view behind the same middleware",
        "holds": all(
            one["queries"] <= MOST_QUERIES
            and one["process_ms"] <= MOST_MS
            and one["times_an_empty_view"] <= MOST_TIMES
            for one in seen
        ),
    }


def page(cookie: str, times: int) -> dict[str, Any]:
    """Ask for the page where nothing was kept in the process, and then again and again."""
    door.ask("/", cookie=cookie)  # templates are compiled once in a process
    keep.forget_everything()
    first = door.queries("/", cookie)
    return {
        "queries": first,
        "queries_again": door.queries("/", cookie),
        "process_ms": door.process_ms("/", times=times, cookie=cookie),
    }


def polls(served: Site, cookie: str, seconds: float) -> dict[str, Any]:
    """Compare looking again with a view that does nothing, by the site's own processor time."""
    wait_for_a_minute_with(seconds + 3)
    headers = {"Cookie": cookie} if cookie else {}
    shown = site.get(f"{served.url}/", headers)
    (seen,) = set(re.findall(r"seen=([^\"&]+)", shown))
    costs = {}
    for name, path, good in (("again", f"/?seen={seen}", "204"), ("empty", "/livez", "200")):
        asked = site.hammer(
            served, path, connections=CONNECTIONS, seconds=seconds / 2, cookie=cookie
        )
        if set(asked["statuses"]) != {good}:
            raise RuntimeError(f"{path} was answered with {asked['statuses']}")
        costs[name] = asked["a_core_second_of_the_site"]
    return {
        "again_a_core_second": costs["again"],
        "empty_a_core_second": costs["empty"],
        "times_an_empty_view": round(costs["empty"] / costs["again"], 2),
    }


def wait_for_a_minute_with(seconds: float) -> None:
    """Wait for the next minute where this one ends too soon: the page's word changes with it."""
    gone = datetime.now(UTC).second
    if gone + seconds > 59:
        time.sleep(61 - gone)
