"""F15: version after version is brought to work in the middle of a campaign, and back again.

Each rollout does what `manage.py upgrade` does to a running system: it changes the ledger's table,
migrates, rotates the keys, and restarts web, worker, bot and drains one after the other; the next one
takes the change back. Meanwhile pages are asked for without a pause.
"""

import http.client
import os
import random
import signal
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from django.db import connection, transaction

from slomix.management.chaos.keeper import Keeper
from slomix.management.chaos.parts import redis_server
from slomix.management.chaos.plan import Plan
from slomix.management.community import APPLICATION_ID
from slomix.management.demo import process
from slomix.management.demo.config import HOST, free_port
from slomix.management.demo.parts import MANAGE, WORKER

GUNICORN = (*MANAGE[:1], "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "slomix.wsgi")
# Seconds at scale 1 between two rollouts.
EVERY = (5.0, 20.0)
# In true seconds: processes start as fast as the machine lets them.
WITHIN = 90.0
ASK_EVERY = 0.05
PATHS = ("/", "/livez", "/accounts/sign-in/")
# The stated budget: one request of a thousand. A kept connection may be closed between two requests;
# then the same is asked once more, as any proxy does, and nothing has failed.
LOST_OF_ALL = 0.001
FAILED, ANSWERED, AGAIN, ROLLED = "requests failed", "requests answered", "asked again", "rollouts"


class Rollout:
    """Rolls out from a thread of its own; what happened is counted in `done`."""

    def __init__(self, plan: Plan, env: Mapping[str, str], done: Counter[str]) -> None:
        self.plan, self.done = plan, done
        self.steps, self.why = 0, ""
        self.faults: list[str] = []
        if not plan.rollouts:
            return
        self.folder = Path(env["SLOMIX_VAR"])
        self.port = free_port(24000 + os.getpid() % 20000)
        self.env = dict(env) | {"FRONTEND_ORIGIN": f"http://{HOST}:{self.port}"}
        self.env |= {"WEBSITE_HOST": HOST, "WEBSITE_PORT": str(self.port)}
        # As in production; the embedded broker's reader can meet half a file.
        self.redis_port = free_port(self.port + 100)
        self.env |= {"REDIS_URL": f"redis://{HOST}:{self.redis_port}/0"}
        self.env |= {"WEB_CONCURRENCY": "1", "DISCORD_CLIENT_ID": str(APPLICATION_ID)}
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self._over = threading.Event()
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> "Rollout":
        if self.plan.rollouts:
            self._start("redis", redis_server(self.redis_port, self.folder))
            self._start("web", GUNICORN)
            self._start("worker", WORKER)
            self._until(lambda: self._asked("/livez"), "web did not start")
        return self

    def __exit__(self, *_args: object) -> None:
        if not self.plan.rollouts:
            return
        self._over.set()
        for thread in self._threads:
            thread.join(WITHIN)
        for one in self.running.values():
            process.end(one, signal.SIGKILL)
            one.wait()

    def begin(self, keeper: Keeper) -> None:
        """Begin to roll out and to ask."""
        if self.plan.rollouts:
            work = (lambda: self._roll_out(keeper), self._ask, self._ask_and_keep)
            self._threads = [threading.Thread(target=one, daemon=True) for one in work]
            for thread in self._threads:
                thread.start()

    @property
    def share(self) -> float:
        """How much of what the plan asked for has happened."""
        total = self.plan.rollouts * self.plan.rollout_steps
        return self.steps / total if total and not self.faults else 1.0

    def wrong(self) -> list[str]:
        """Return what must not have happened, or did not."""
        found = list(self.faults)
        if self.done[ROLLED] < self.plan.rollouts:
            found.append(f"{self.done[ROLLED]} of {self.plan.rollouts} rollouts")
        most = int(LOST_OF_ALL * (self.done[FAILED] + self.done[ANSWERED]))
        if self.done[FAILED] > most:
            found.append(f"{self.done[FAILED]} requests failed, {most} may")
        return found

    # --- one rollout -------------------------------------------------------------------------------

    def _roll_out(self, keeper: Keeper) -> None:
        dice = random.Random(self.plan.seed)  # noqa: S311  repeatable, not secret
        try:
            for number in range(self.plan.rollouts):
                if self._over.wait(self.plan.seconds(dice.uniform(*EVERY))):
                    return
                self._one(number, keeper)
                self.done[ROLLED] += 1
        except Exception as fault:  # noqa: BLE001  told in the verdict: nobody waits for this thread
            self.faults.append(f"rollout {self.done[ROLLED] + 1}: {type(fault).__name__}: {fault}")
        finally:
            connection.close()

    def _one(self, number: int, keeper: Keeper) -> None:
        forth = number % 2 == 0
        steps: list[Callable[[], None]] = [
            partial(self._change, forth),
            partial(self._command, keeper, "migrate", "--noinput", "--even-now"),
            partial(self._command, keeper, "rotate_keys", keys_turned=forth),
            self._renew_web,
            self._renew_worker,
            *(partial(self._renew, keeper, name) for name in keeper.lives),
        ]
        for step in steps:
            step()
            self.steps += 1

    def _change(self, forth: bool) -> None:
        """Add what the next version brings, or take it away, while the ledger is in use."""
        if connection.vendor == "postgresql":
            verb = "ADD COLUMN next_version integer" if forth else "DROP COLUMN next_version"
            statement = f"ALTER TABLE notifications_ledger {verb}"
        else:
            # SQLite would write the whole table anew.
            verb = "CREATE TABLE" if forth else "DROP TABLE"
            statement = f"{verb} next_version" + (" (id integer)" if forth else "")
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
        self.done["tables changed"] += 1

    def _command(self, keeper: Keeper, *words: str, keys_turned: bool = False) -> None:
        """Run a command of manage.py as a process of its own, forked where all is loaded already."""
        name = f"{words[0]}{self.done[words[0]]}"
        keeper.commands[name] = None
        keeper.nest.start(name, "command", words=words, keys_turned=keys_turned)
        self._until(lambda: keeper.commands[name] is not None, f"{words[0]} did not end")
        if keeper.commands[name]:
            raise RuntimeError(f"{words[0]} ended with {keeper.commands[name]}")
        self.done[words[0]] += 1

    def _renew_web(self) -> None:
        old = self._workers()
        self.running["web"].send_signal(signal.SIGHUP)
        self._until(lambda: self._workers() and not old & self._workers(), "web kept its workers")
        self.done["web renewed"] += 1

    def _workers(self) -> set[str]:
        pid = self.running["web"].pid
        return set(Path(f"/proc/{pid}/task/{pid}/children").read_text().split())

    def _renew_worker(self) -> None:
        worker = self.running["worker"]
        self._until(lambda: process.hears_sigterm(worker.pid), "the worker did not begin")
        worker.terminate()
        code = worker.wait(WITHIN)
        if code:
            raise RuntimeError(f"the worker ended with {code}")
        self._start("worker", WORKER)
        self.done["worker renewed"] += 1

    def _renew(self, keeper: Keeper, name: str) -> None:
        keeper.retire(name)
        self._until(lambda: not keeper.lives[name].retiring, f"{name} did not end")
        self.done[f"{keeper.lives[name].part} renewed"] += 1

    def _until(self, true: Callable[[], object], otherwise: str) -> None:
        end = time.monotonic() + WITHIN
        while not true():
            if time.monotonic() > end or self._over.is_set():
                raise RuntimeError(otherwise)
            time.sleep(0.05)

    def _start(self, name: str, argv: tuple[str, ...]) -> None:
        log = self.folder / f"{name}.log"
        self.running[name] = process.start(argv, log, self.env, append=True)

    # --- people who look at pages meanwhile ----------------------------------------------------------

    def _ask(self) -> None:
        """Ask again and again, each time on a connection of its own."""
        number = 0
        while not self._over.wait(ASK_EVERY):
            number += 1
            self._count(self._asked(PATHS[number % len(PATHS)]))

    def _ask_and_keep(self) -> None:
        """Ask on one connection for as long as it is kept, as a proxy does."""
        line = http.client.HTTPConnection(HOST, self.port, timeout=30)
        number = 0
        while not self._over.wait(ASK_EVERY):
            number += 1
            path = PATHS[number % len(PATHS)]
            good = self._asked(path, line)
            if not good:
                line.close()
                self.done[AGAIN] += 1
                good = self._asked(path, line)
            self._count(good)
        line.close()

    def _asked(self, path: str, line: http.client.HTTPConnection | None = None) -> bool:
        door = line or http.client.HTTPConnection(HOST, self.port, timeout=30)
        try:
            door.request("GET", path)
            answer = door.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException) as broken:
            self.why = type(broken).__name__
            return False
        finally:
            if line is None:
                door.close()
        self.why = f"answered {answer.status}"
        return answer.status == 200

    def _count(self, good: bool) -> None:
        self.done[ANSWERED if good else FAILED] += 1
        if not good:
            self.done[f"failed because {self.why}"] += 1
