"""How long pages take: counted in each web process, added up in rows by its watcher.

So every process shows the sum of all of them, on any number of machines, and nothing is counted
twice or lost when a process is replaced, but for the last seconds of one that was killed.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse

from botworker import measured

BUCKETS = measured.WITHIN
# Addresses that nobody named: what does not exist, and what is refused before it is looked up.
NOWHERE = "nowhere"
LONGEST = 64


@dataclass
class Took:
    """One kind of page since the last writing."""

    number: int = 0
    seconds: float = 0.0
    broken: int = 0
    within: dict[str, int] = field(default_factory=lambda: dict.fromkeys(BUCKETS, 0))


_lock = threading.Lock()
_taken: dict[str, Took] = {}


class PageTimes:
    """Notes how long each request took, by the name of its address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        note(_name(request), time.perf_counter() - began, response.status_code)
        return response


def _name(request: HttpRequest) -> str:
    found = request.resolver_match
    return (found.view_name or NOWHERE)[:LONGEST] if found else NOWHERE


def note(page: str, seconds: float, status: int) -> None:
    """Count one request."""
    with _lock:
        took = _taken.setdefault(page, Took())
        took.number += 1
        took.seconds += seconds
        took.broken += status >= 500
        for column, most in BUCKETS.items():
            took.within[column] += seconds <= most


def write() -> None:
    """Add what was counted here since the last time to the rows that all processes share."""
    global _taken
    with _lock:
        taken, _taken = _taken, {}
    try:
        measured.add_pages(
            {
                page: {
                    "number": took.number,
                    "seconds": took.seconds,
                    "broken": took.broken,
                    **took.within,
                }
                for page, took in taken.items()
            }
        )
    except Exception:
        _keep(taken)
        raise


def _keep(taken: dict[str, Took]) -> None:
    """Take back what could not be written; it is added the next time."""
    with _lock:
        for page, took in taken.items():
            now = _taken.setdefault(page, Took())
            now.number += took.number
            now.seconds += took.seconds
            now.broken += took.broken
            for column, number in took.within.items():
                now.within[column] += number
