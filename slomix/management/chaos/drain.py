"""python -m slomix.management.chaos.drain: a nest of drains and bots that die as they are told.

Everything is loaded once; each life is a fork that runs what `manage.py deliver` or `runbot` runs.
Orders come as JSON lines on stdin, what happened goes out as JSON lines on stdout.
"""

import asyncio
import ctypes
import functools
import json
import os
import select
import signal
import sys
import traceback
from collections.abc import Callable
from typing import Any

import django

LOOK_EVERY = 0.02
PR_SET_PDEATHSIG = 1


class Nest:
    """The processes that live now, by name."""

    def __init__(self, scale: float) -> None:
        self.scale = scale
        self.living: dict[int, str] = {}
        self.out = os.dup(1)

    def run(self) -> None:
        """Obey until stdin ends; whoever still lives then dies."""
        rest = b""
        try:
            while True:
                ready, _, _ = select.select([0], [], [], LOOK_EVERY)
                self._mourn()
                if ready:
                    read = os.read(0, 65536)
                    if not read:
                        return
                    *lines, rest = (rest + read).split(b"\n")
                    for line in lines:
                        self._obey(json.loads(line))
        finally:
            for pid in self.living:
                os.kill(pid, signal.SIGKILL)

    def _obey(self, order: dict[str, Any]) -> None:
        if order["do"] == "start":
            self._start(order)
        else:
            for pid, name in self.living.items():
                if name == order["name"]:
                    os.kill(pid, order["number"])

    def _start(self, order: dict[str, Any]) -> None:
        pid = os.fork()
        if pid == 0:
            self._live(order)
        self.living[pid] = order["name"]
        self.say(event="started", name=order["name"], pid=pid)

    def _mourn(self) -> None:
        while self.living:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                return
            name = self.living.pop(pid)
            self.say(event="ended", name=name, code=os.waitstatus_to_exitcode(status))

    def say(self, **what: Any) -> None:
        """Tell the supervisor."""
        os.write(self.out, json.dumps(what).encode() + b"\n")

    def _live(self, order: dict[str, Any]) -> None:
        """Be a drain or a bot until the end; never returns."""
        from botworker import client

        code = 1
        try:
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
            log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            for number in (1, 2):
                os.dup2(log, number)
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            asyncio.run(wrapped(order, self.out)())
            code = 0
        except client.Unusable as refused:
            print(refused, file=sys.stderr)  # noqa: T201  what runbot says
            code = refused.code
        except BaseException:  # noqa: BLE001
            # Nothing may run after this: the rest of the stack is the nest's.
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(code)


def wrapped(order: dict[str, Any], tell: int) -> Callable[[], Any]:
    """Wrap this process as ordered, and return what it then runs."""
    from botworker.management.commands import deliver, runbot
    from slomix.management.chaos import gateways, switches, traps

    if order["part"] == "command":
        return functools.partial(command, order)

    for name in order.get("off", ()):
        switches.OFF[name]()
    if order.get("clock"):
        switches.wrong_clock(order["clock"])
    if order.get("boundary"):
        trap = traps.Trap(order["boundary"], order["nth"], order["action"], tell, order["name"])
        traps.lay(trap)
    if order["part"] == "bot":
        gateways.shorten(float(os.environ["CHAOS_SCALE"]))
    return runbot.run if order["part"] == "bot" else deliver.run


async def command(order: dict[str, Any]) -> None:
    """Run a command of manage.py, with the keys of people's addresses turned if that is ordered."""
    from django.conf import settings
    from django.core.management import call_command

    if order.get("keys_turned"):
        settings.CONTACT_KEYS = settings.CONTACT_KEYS[::-1]
    await asyncio.to_thread(call_command, *order["words"])


def main() -> None:
    """Load everything, divide the times, and wait for orders."""
    django.setup()
    from slomix.management.chaos import scaled, switches, traps  # noqa: F401  loaded before forks

    scale = float(os.environ["CHAOS_SCALE"])
    divided = scaled.divide(scale)
    nest = Nest(scale)
    nest.say(event="ready", divided=divided)
    nest.run()


if __name__ == "__main__":
    main()
