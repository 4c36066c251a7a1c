"""Starts the parts, says how they are, starts again what dies, and ends them all."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from slomix.management.demo import parts, process, strays, terminal
from slomix.management.demo.parts import Part

LOOK_EVERY = 0.2
ASK_EVERY = 0.25
STABLE = 30.0  # a part that ran this long may die again at once
LONGEST_PAUSE = 30.0
PATIENCE = 8.0  # between "please end" and the end


class Watched:
    """One part and the process it is at the moment."""

    def __init__(self, part: Part, log: Path, env: Mapping[str, str]) -> None:
        self.part, self.log, self.env = part, log, env
        self.process: subprocess.Popen[bytes] | None = None
        self.deaths = 0
        self.ready = False
        self.started = self.again_at = self.asked = 0.0

    def start(self) -> None:
        """Start it, or start it again after it died."""
        terminal.status(self.part.name, "starting")
        self.started, self.ready = time.monotonic(), False
        self.process = process.start(self.part.argv, self.log, self.env, append=self.deaths > 0)

    def look(self, now: float) -> None:
        """Notice that it answers or died; start it again when the pause is over."""
        if self.process is None:
            if now >= self.again_at:
                self.start()
        elif (code := self.process.poll()) is not None:
            self._mourn(code, now)
        elif not self.ready and now - self.asked >= ASK_EVERY:
            self._ask(now)

    def _ask(self, now: float) -> None:
        self.ready = self.part.ready(now - self.started)
        self.asked = time.monotonic()
        if self.ready:
            took = f"{self.asked - self.started:.1f} s"
            terminal.status(self.part.name, "ready", f"{took:<7} {self.part.address}")

    def _mourn(self, code: int, now: float) -> None:
        process.end(self.process, signal.SIGKILL) if self.process else None
        self.deaths = 1 if now - self.started > STABLE else self.deaths + 1
        pause = min(LONGEST_PAUSE, 2.0 ** (self.deaths - 1))
        self.process, self.ready, self.again_at = None, False, now + pause
        why = f"signal {-code}" if code < 0 else f"exit code {code}"
        detail = f"({why}), restarted in {pause:.0f} s; {self.log}: {process.last_words(self.log)}"
        terminal.status(self.part.name, "died", detail)


class Supervisor:
    """The whole demo, until it is told to stop."""

    def __init__(
        self,
        env: Mapping[str, str],
        *,
        skip_health: bool,
        shown: Sequence[Part] | None = None,
        prepare: Sequence[str] = parts.PREPARE,
    ) -> None:
        self.env, self.skip_health, self.prepare = env, skip_health, prepare
        self.var = Path(env["SLOMIX_VAR"])
        shown = parts.all_of(env) if shown is None else shown
        self.watched = [Watched(part, self._log(part.name), env) for part in shown]
        self.stops = 0
        self.welcomed = False

    def _log(self, name: str) -> Path:
        log = self.var / "logs" / f"{name}.log"
        process.rotate(log)
        return log

    def on_signal(self, *_args: object) -> None:
        """Stop; asked a second time, stop at once."""
        self.stops += 1

    @property
    def all_ready(self) -> bool:
        """Every part answers."""
        return all(one.ready for one in self.watched)

    def begin(self) -> bool:
        """Start everything; False when the database could not be prepared."""
        self._tell_addresses()
        for pid in strays.end_all(self.var / "pids.json"):
            terminal.say(f"  ended process {pid}, left over from a demo that was killed")
        for one in self.watched:
            if not one.part.needs_rows:
                one.start()
        self._remember()
        return self._prepare()

    def _tell_addresses(self) -> None:
        found = {"site": self.env["FRONTEND_ORIGIN"], "discord": self.env["DISCORD_BASE_URL"]}
        (self.var / "addresses.json").write_text(json.dumps(found))

    def _prepare(self) -> bool:
        log = self._log("prepare")
        terminal.status("database", "starting")
        began = time.monotonic()
        preparing = process.start(self.prepare, log, self.env, append=False)
        while preparing.poll() is None and not self.stops:
            time.sleep(0.02)
        if self.stops:
            process.end(preparing)
        elif preparing.returncode:
            words = process.last_words(log)
            terminal.status("database", "died", f"exit code {preparing.returncode}; {log}: {words}")
        else:
            terminal.status("database", "ready", f"{time.monotonic() - began:.1f} s")
        return preparing.returncode == 0

    def step(self) -> None:
        """Look at every part once."""
        before = self._pids()
        for one in self.watched:
            one.look(time.monotonic())
        if self._pids() != before:
            self._remember()
        web = next(one for one in self.watched if one.part.name == "web")
        if not self.welcomed and (web.ready or self.skip_health):
            self.welcomed = True
            terminal.welcome(self.env)

    def _pids(self) -> list[int]:
        return [one.process.pid for one in self.watched if one.process]

    def _remember(self) -> None:
        strays.remember(self.var / "pids.json", self._pids())

    def end(self) -> None:
        """End every part: the local Discord last, because the bot says goodbye to it."""
        first = [one for one in self.watched if one.part.needs_rows]
        rest = [one for one in self.watched if not one.part.needs_rows]
        for group in (first, rest):
            self._end_group(group)
        (self.var / "pids.json").unlink(missing_ok=True)

    def _end_group(self, group: list[Watched]) -> None:
        running = [one.process for one in group if one.process]
        for one in running:
            process.end(one)
        until = time.monotonic() + PATIENCE
        while any(one.poll() is None for one in running):
            if time.monotonic() > until or self.stops > 1:
                break
            time.sleep(0.02)
        for one in running:
            process.end(one, signal.SIGKILL)
            one.wait()


def run(
    env: Mapping[str, str],
    shown: Sequence[Part] | None = None,
    prepare: Sequence[str] = parts.PREPARE,
) -> int:
    """Run the demo, or other parts on a database of theirs, until Ctrl-C or SIGTERM."""
    supervisor = _made(env, shown, prepare)
    # How to play is for those who came to the demo.
    supervisor.welcomed = shown is not None
    try:
        if not supervisor.begin() and not supervisor.stops:
            return 1
        while not supervisor.stops:
            supervisor.step()
            time.sleep(LOOK_EVERY)
    finally:
        terminal.say("  ending everything …")
        supervisor.end()
    return 0


def check(env: Mapping[str, str], *, within: float = 60.0) -> int:
    """Start everything, wait until every part answers, say how it went, and end it."""
    supervisor = _made(env)
    until = time.monotonic() + within
    try:
        fine = supervisor.begin()
        while fine and not supervisor.all_ready and not supervisor.stops:
            supervisor.step()
            if time.monotonic() > until:
                break
            time.sleep(0.1)
        return _result(supervisor)
    finally:
        supervisor.end()


def _result(supervisor: Supervisor) -> int:
    terminal.say()
    for one in supervisor.watched:
        words = "" if one.ready else f"no answer; {one.log}: {process.last_words(one.log)}"
        terminal.status(one.part.name, "ready" if one.ready else "died", words)
    terminal.say("  every part answers" if supervisor.all_ready else "  not every part answers")
    return 0 if supervisor.all_ready else 1


def _made(
    env: Mapping[str, str],
    shown: Sequence[Part] | None = None,
    prepare: Sequence[str] = parts.PREPARE,
) -> Supervisor:
    skip = bool(env.get("SKIP_HEALTHCHECK"))
    supervisor = Supervisor(env, skip_health=skip, shown=shown, prepare=prepare)
    os.chdir(Path(__file__).resolve().parents[3])
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, supervisor.on_signal)
    return supervisor
