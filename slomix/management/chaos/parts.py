"""F2 and F5: web, worker and broker beside the drains, killed at random and started again."""

import http.client
import os
import random
import shutil
import signal
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import redis

from slomix.management.chaos.plan import Plan
from slomix.management.demo import process
from slomix.management.demo.config import HOST, free_port
from slomix.management.demo.parts import MANAGE, WORKER

# Seconds at scale 1 between two deaths of a part.
EVERY = (60.0, 180.0)
ASK_EVERY = 0.1
GUNICORN = (*MANAGE[:1], "-m", "gunicorn", "slomix.wsgi", "--preload", "--no-control-socket")


def redis_server(port: int, folder: Path) -> tuple[str, ...]:
    """Return the command of a Redis of the run's own, which keeps nothing on the disk."""
    server = shutil.which("redis-server") or "redis-server"
    where = ("--port", str(port), "--bind", HOST, "--dir", str(folder))
    return (server, *where, "--save", "", "--appendonly", "no")


class Parts:
    """The other parts of the system; what happens to them is counted in `done`."""

    def __init__(self, plan: Plan, env: Mapping[str, str], done: Counter[str]) -> None:
        self.plan, self.done = plan, done
        self.folder = Path(env["SLOMIX_VAR"])
        self.web_port = free_port(22000 + os.getpid() % 20000)
        self.redis_port = free_port(self.web_port + 100)
        self.env = dict(env) | {"FRONTEND_ORIGIN": f"http://{HOST}:{self.web_port}"}
        self.argv = {"web": self._web(), "worker": WORKER}
        if plan.beside == "broker":
            self.env["REDIS_URL"] = f"redis://{HOST}:{self.redis_port}/0"
            self.argv["redis"] = redis_server(self.redis_port, self.folder)
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=one) for one in (self._harm, self._ask)]

    def __enter__(self) -> "Parts":
        for name in reversed(self.argv):
            self._start(name)
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_args: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(10)
        for one in self.running.values():
            process.end(one, signal.SIGKILL)
            one.wait()

    def _web(self) -> tuple[str, ...]:
        door = ("--bind", f"{HOST}:{self.web_port}", "--worker-tmp-dir", str(self.folder))
        return (*GUNICORN, *door, "--worker-class", "gthread", "--threads", "4")

    def _start(self, name: str) -> None:
        log = self.folder / f"{name}.log"
        self.running[name] = process.start(self.argv[name], log, self.env, append=True)

    def _harm(self) -> None:
        dice = random.Random(self.plan.seed)  # noqa: S311  repeatable, not secret
        names = ["redis"] if self.plan.beside == "broker" else ["web", "worker"]
        while not self._stop.wait(self.plan.seconds(dice.uniform(*EVERY))):
            name = dice.choice(names)
            if name == "redis" and dice.random() < 0.5:
                self._flush()
            else:
                self._kill(name)

    def _kill(self, name: str) -> None:
        process.end(self.running[name], signal.SIGKILL)
        self.running[name].wait()
        self.done[f"{name} killed"] += 1
        time.sleep(self.plan.seconds(5))
        self._start(name)

    def _flush(self) -> None:
        try:
            redis.Redis(HOST, self.redis_port, socket_timeout=2).flushall()
            self.done["redis flushed"] += 1
        except redis.RedisError:
            self.done["redis was not there to be flushed"] += 1

    def _ask(self) -> None:
        """Look at a page again and again: it answers, refuses clearly, or nobody is there."""
        while not self._stop.wait(ASK_EVERY):
            door = http.client.HTTPConnection(HOST, self.web_port, timeout=10)
            try:
                door.request("GET", "/")
                self.done[f"page answered {door.getresponse().status}"] += 1
            except (OSError, http.client.HTTPException):
                self.done["page not there"] += 1
            finally:
                door.close()
