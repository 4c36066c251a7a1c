"""What goes wrong beside the drains: the ways to the database, and the database itself."""

import random
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg

from slomix.management.chaos.gateways import Gateways
from slomix.management.chaos.parts import Parts
from slomix.management.chaos.plan import Plan
from slomix.management.chaos.proxy import HOST, Proxy

# Seconds at scale 1 between two faults, and how long a connection hangs.
EVERY = (20.0, 60.0)
HANGS = 30.0
TERMINATE = """
    SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name <> 'chaos' AND pid <> pg_backend_pid()
"""


@contextmanager
def start(plan: Plan, env: Mapping[str, str], done: Counter[str]) -> Iterator[dict[str, str]]:
    """Begin what the plan wants beside the drains; gives the environment that they get."""
    if plan.beside in ("parts", "broker"):
        with Parts(plan, env, done) as parts:
            yield parts.env
        return
    if plan.beside == "gateway":
        with Gateways(plan, env, done):
            yield dict(env)
        return
    if plan.beside != "database":
        yield dict(env)
        return
    url = urlsplit(env["DATABASE_URL"])
    proxy = Proxy(url.hostname or HOST, url.port or 5432)
    user = f"{url.username}:{url.password}" if url.password else url.username
    way = urlunsplit(url._replace(netloc=f"{user}@{HOST}:{proxy.port}"))
    stop = threading.Event()
    breaking = threading.Thread(
        target=_break, args=(plan, env["DATABASE_URL"], proxy, stop, done), daemon=True
    )
    breaking.start()
    try:
        yield {**env, "DATABASE_URL": way, "PGAPPNAME": "slomix"}
    finally:
        stop.set()
        breaking.join(10)


def _break(plan: Plan, url: str, proxy: Proxy, stop: threading.Event, done: Counter[str]) -> None:
    dice = random.Random(plan.seed)  # noqa: S311  repeatable, not secret
    while not stop.wait(plan.seconds(dice.uniform(*EVERY))):
        if dice.random() < 0.5:
            done["backends terminated"] += _terminate(url)
        else:
            done[proxy.misbehave(dice, plan.seconds(HANGS))] += 1


def _terminate(url: str) -> int:
    with psycopg.connect(url, autocommit=True, application_name="chaos") as server:
        found = server.execute(TERMINATE).fetchone()
    return int(found[0]) if found else 0
