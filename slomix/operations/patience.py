"""Asking something that may never answer, and waiting for so long only."""

import threading
from collections import defaultdict
from collections.abc import Callable
from typing import Generic, TypeVar

from django.db import connection

PATIENCE = 1.5  # seconds; a database that says nothing for so long is as good as gone
MOST_PROBES = 4  # of one kind waiting at the same time; whoever comes next is told at once

T = TypeVar("T")
_probes: dict[str, threading.BoundedSemaphore] = defaultdict(
    lambda: threading.BoundedSemaphore(MOST_PROBES)
)


class NoAnswer(Exception):
    """Nobody answered in time."""


class Probe(Generic[T]):
    """A question under way, in a thread that may hang, on a connection of its own."""

    def __init__(self, question: Callable[[], T], kind: str) -> None:
        self._question = question
        self._kind = kind
        self._answers: list[T] = []
        self._faults: list[Exception] = []
        self._thread = threading.Thread(target=self._ask, name="health", daemon=True)
        # Something that accepts and then says nothing holds whoever waits for it; a few threads
        # are all that it may hold.
        self._free = _probes[kind].acquire(blocking=False)
        if self._free:
            self._thread.start()

    def answer(self) -> T:
        """Return the answer; raises NoAnswer, or what the question raised."""
        if self._free:
            self._thread.join(PATIENCE)
        if self._faults:
            raise self._faults[0]
        if not self._answers:
            raise NoAnswer
        return self._answers[0]

    def _ask(self) -> None:
        try:
            self._answers.append(self._question())
        except Exception as fault:  # noqa: BLE001  raised again where somebody waits for it
            self._faults.append(fault)
        finally:
            connection.close()
            _probes[self._kind].release()


def ask_in_time(question: Callable[[], T], kind: str = "database") -> T:
    """Ask, and wait for so long only. Raises NoAnswer, or what the question raised."""
    return Probe(question, kind).answer()
