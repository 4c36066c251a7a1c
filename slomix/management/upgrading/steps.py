"""Commands done one after the other: each timed, the first failure ends it, all of it is told."""

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from io import StringIO
from typing import Any

from django.core.management import CommandError, call_command
from django.db import DatabaseError

DONE, FAILED, WOULD, LEFT_OUT = "done", "failed", "would be done", "left out"
LONGEST = 400


@dataclass(frozen=True)
class Step:
    """What became of one step."""

    name: str
    state: str
    says: str = ""
    seconds: float = 0.0

    @property
    def line(self) -> str:
        """The step as one line for people."""
        took = f"{self.seconds:5.1f} s" if self.state in (DONE, FAILED) else "       "
        return f"  {self.name:<12} {self.state:<13} {took}  {self.says}".rstrip()

    def to_json(self) -> dict[str, Any]:
        """The step for a program."""
        return asdict(self)


class Failed(Exception):
    """A step did not succeed; the text says why."""


class Steps:
    """Does steps until one fails; what follows it is left out."""

    def __init__(self, tell: Callable[[str], object], *, dry: bool = False) -> None:
        self.tell, self.dry = tell, dry
        self.found: list[Step] = []

    @property
    def fine(self) -> bool:
        """Nothing has failed so far."""
        return not any(one.state == FAILED for one in self.found)

    def look(self, name: str, work: Callable[[], str]) -> None:
        """Do what changes nothing, also in a dry run; a step raises Failed, or says what it found."""
        if self.fine:
            self._add(_timed(name, work))
        else:
            self.leave_out(name, "an earlier step failed")

    def do(self, name: str, work: Callable[[], str], would: str = "") -> None:
        """Do what changes something."""
        if self.fine and self.dry:
            self._add(Step(name, WOULD, would))
        else:
            self.look(name, work)

    def leave_out(self, name: str, why: str) -> None:
        """Say that a step is not done."""
        self._add(Step(name, LEFT_OUT, why))

    def command(self, name: str, *words: str) -> None:
        """Do a command of manage.py; what it says last is what the step says."""
        self.do(name, lambda: said_by(*words), f"manage.py {' '.join(words)}")

    def _add(self, step: Step) -> None:
        self.found.append(step)
        self.tell(step.line)


def said_by(*words: str) -> str:
    """Run a command in this process and return the last line it says. Raises Failed."""
    out = StringIO()
    try:
        call_command(*words, stdout=out)
    except (CommandError, DatabaseError, OSError) as fault:
        raise Failed(f"{type(fault).__name__}: {fault}"[:LONGEST]) from fault
    except SystemExit as ended:
        if ended.code:
            raise Failed(_last(out) or f"exit code {ended.code}") from ended
    return _last(out)


def _last(out: StringIO) -> str:
    lines = [line.strip() for line in out.getvalue().splitlines() if line.strip()]
    return lines[-1][:LONGEST] if lines else ""


def _timed(name: str, work: Callable[[], str]) -> Step:
    began = time.monotonic()
    try:
        state, says = DONE, work()
    except Failed as fault:
        state, says = FAILED, str(fault)
    return Step(name, state, says, round(time.monotonic() - began, 2))
