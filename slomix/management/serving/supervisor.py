"""Keeps the parts of the production profile alive, restarts them one by one, and lets each finish."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from slomix.management.demo import process, strays, terminal
from slomix.management.demo import supervisor as demo
from slomix.management.demo.parts import Part
from slomix.management.demo.supervisor import Watched

# A part finishes what it has in hand within 12 s; then systemd would wait 8 s more.
PATIENCE = 20.0
ROLLED_WITHIN = 60.0


class Profile(demo.Supervisor):
    """The production profile until it is told to stop; SIGHUP restarts its parts one by one."""

    def __init__(self, env: Mapping[str, str], shown: Sequence[Part]) -> None:
        super().__init__(env, skip_health=True, shown=shown)
        self.welcomed = True
        self.rolling = False

    def on_hup(self, *_args: object) -> None:
        """Restart everything, one part after the other, with the code that is there now."""
        self.rolling = True

    def begin(self) -> bool:
        """End what an earlier profile left over; the database is prepared already."""
        for pid in strays.end_all(self.var / "pids.json"):
            terminal.say(f"  ended process {pid}, left over from a profile that was killed")
        return True

    def step(self) -> None:
        """Look at every part once, or restart them all when that was asked for."""
        super().step()
        if self.rolling:
            self.rolling = False
            self._roll()

    def _roll(self) -> None:
        terminal.say("  restarting every part, one by one …")
        for one in self.watched:
            if self.stops:
                return
            self._renew(one)
            self._wait_for(one)
        self._remember()
        terminal.say("  every part was restarted" if self.all_ready else "  not every part answers")

    def _renew(self, one: Watched) -> None:
        if one.part.name == "web" and one.process and one.process.poll() is None:
            # gunicorn starts new workers and lets the old ones finish: the door stays open.
            one.process.send_signal(signal.SIGHUP)
            one.ready, one.started = False, time.monotonic()
            return
        if one.process:
            finish([one.process], PATIENCE)
        one.deaths = 1  # the log goes on
        one.start()

    def _wait_for(self, one: Watched) -> None:
        until = time.monotonic() + ROLLED_WITHIN
        while not one.ready and not self.stops and time.monotonic() < until:
            one.look(time.monotonic())
            time.sleep(demo.LOOK_EVERY)

    def end(self) -> None:
        """Tell every part to finish and wait for it."""
        finish(
            [one.process for one in self.watched if one.process], PATIENCE, lambda: self.stops > 1
        )
        for one in self.watched:
            if one.process:
                terminal.status(one.part.name, "stopped", f"exit code {one.process.returncode}")
        (self.var / "pids.json").unlink(missing_ok=True)


def finish(
    running: Sequence[subprocess.Popen[bytes]],
    within: float,
    hurry: Callable[[], bool] = lambda: False,
) -> None:
    """Ask processes to finish, themselves and not what they started; what does not is killed whole."""
    for one in running:
        if one.poll() is None:
            one.terminate()
    until = time.monotonic() + within
    while any(one.poll() is None for one in running) and time.monotonic() < until:
        if hurry():
            break
        time.sleep(0.02)
    for one in running:
        process.end(one, signal.SIGKILL)
        one.wait()


def run(env: Mapping[str, str], shown: Sequence[Part], *, check_within: float = 0.0) -> int:
    """Run until Ctrl-C or SIGTERM; or only until every part answered, and say whether they did."""
    os.chdir(Path(__file__).resolve().parents[3])
    profile = Profile(env, shown)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, profile.on_signal)
    signal.signal(signal.SIGHUP, profile.on_hup)
    until = time.monotonic() + check_within
    told = False
    try:
        profile.begin()
        while not profile.stops:
            profile.step()
            if profile.all_ready and not told:
                told = True
                terminal.say("  every part answers")
            if check_within and (told or time.monotonic() > until):
                break
            time.sleep(demo.LOOK_EVERY)
    finally:
        terminal.say("  ending everything …")
        profile.end()
    return 0 if told or not check_within else 1
