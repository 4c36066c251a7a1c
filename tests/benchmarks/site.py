"""The site as in production: two gunicorn workers, four threads each; and who asks it."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction

from accounts.models import User
from availability.actions import days
from availability.models import Entry, Status
from slomix.lib import clock
from slomix.management.demo import config, process
from tests.fresh import BASE

WORKERS, THREADS = 2, 4


@dataclass(frozen=True)
class Site:
    """The running site."""

    port: int
    master: int

    @property
    def url(self) -> str:
        """Return its address."""
        return f"http://{config.HOST}:{self.port}"

    def processor_time(self) -> float:
        """Return how many seconds of a processor it has used, workers and all."""
        return sum(map(processor_time, [self.master, *children(self.master)]))


@contextmanager
def serving(told: Mapping[str, str] | None = None) -> Iterator[Site]:
    """Serve the database of this process as `make prod` does."""
    env = {**(told or os.environ), "DEBUG": "false"}
    if not (Path(settings.VAR_DIR) / "static" / "staticfiles.json").exists():
        collect(env)
    port, log = config.free_port(7850), Path(settings.VAR_DIR) / "site.log"
    argv = [sys.executable, "-m", "gunicorn", "slomix.wsgi", "--no-control-socket"]
    argv += ["--bind", f"{config.HOST}:{port}", "--workers", str(WORKERS)]
    argv += ["--worker-class", "gthread", "--threads", str(THREADS), "--access-logfile", "-"]
    served = process.start(argv, log, env, append=False)
    try:
        site = Site(port, served.pid)
        _wait_for(site, served, log)
        yield site
    finally:
        process.end(served)
        served.wait(40)


def collect(env: Mapping[str, str]) -> None:
    """Collect the files beside the pages under the names that a site without DEBUG gives them."""
    argv = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
    subprocess.run(argv, cwd=BASE, env=dict(env), check=True)  # noqa: S603  our own command


def _wait_for(site: Site, served: subprocess.Popen[bytes], log: Path) -> None:
    for _try in range(200):
        if served.poll() is not None:
            break
        try:
            httpx.get(f"{site.url}/livez", timeout=2).raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"the site did not start: {process.last_words(log)}")


def get(address: str, headers: Mapping[str, str]) -> str:
    """Return the text of one page."""
    return httpx.get(address, headers=dict(headers), timeout=10).raise_for_status().text


def processor_time(pid: int) -> float:
    """Return how many seconds of a processor a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def children(pid: int) -> list[int]:
    """Return the processes that a process started."""
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def hammer(site: Site, path: str, *, connections: int, seconds: float, cookie: str = "") -> Any:
    """Ask for one address over and over; returns what the client and the servers' clocks say."""
    before = site.processor_time()
    argv = [sys.executable, "-m", "tests.benchmarks.hammer", str(site.port), str(connections)]
    ran = subprocess.run(  # noqa: S603  our own module
        [*argv, str(seconds), path, cookie],
        cwd=BASE,
        stdout=subprocess.PIPE,
        check=True,
    )
    found = json.loads(ran.stdout)
    spent = site.processor_time() - before
    answers = found["answers"]
    return {
        "answers": answers,
        "a_second": round(answers / found["seconds"]),
        # Client, database and site share the machine's cores: this is the site's own.
        "a_core_second_of_the_site": round(answers / spent),
        "client_ms_each": round(found["client_cpu_s"] / answers * 1000, 3),
        "median_ms": round(found["median_s"] * 1000, 2),
        "p99_ms": round(found["p99_s"] * 1000, 2),
        "statuses": found["statuses"],
    }


def signed_in(who: User) -> str:
    """Return the cookie of somebody who has signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(who.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = who.get_session_auth_hash()
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


@transaction.atomic
def evenings(people: Sequence[User], number: int, *, first: date | None = None) -> None:
    """Let everybody answer so many evenings, from today on, each of the four in turn."""
    at = clock.now()
    begin = first or clock.today(at)
    nights = [begin + timedelta(days=n) for n in range(number)]
    Entry.objects.bulk_create(
        (
            Entry(person=who, day=day, status=said(n, day), since=at)
            for day in nights
            for n, who in enumerate(people)
        ),
        batch_size=5000,
    )
    days.touch(*nights)


def said(number: int, day: date) -> str:
    """Return what the person with this number answered in `evenings`."""
    return Status.values[(number + day.toordinal()) % 4]
