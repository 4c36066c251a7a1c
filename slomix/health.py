"""Whether we live, whether we can work, and who else is alive: for machines, without a sign-in."""

import threading
from collections.abc import Callable
from typing import TypeVar

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import rotation
from accounts.access import public
from botworker import pulse
from slomix.lib import clock

PATIENCE = 1.5  # seconds; a database that says nothing for so long is as good as gone
MOST_PROBES = 4  # waiting at the same time; whoever comes next is told at once
PARTS = ("bot", "worker")

T = TypeVar("T")
_probes = threading.BoundedSemaphore(MOST_PROBES)


class NoAnswer(Exception):
    """The database did not answer in time."""


@public
@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Say whether the database answers: 200, or 503 within two seconds."""
    try:
        ask_in_time(_select)
    except (NoAnswer, DatabaseError):
        return JsonResponse({"status": "error", "database": "unavailable"}, status=503)
    return JsonResponse({"status": "ok", "database": "ok"})


@public
@never_cache
@require_safe
def livez(request: HttpRequest) -> HttpResponse:
    """Say that this process answers; touches nothing else."""
    return JsonResponse({"status": "ok"})


@public
@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Say whether this process can do its work, with a code for each thing that is in the way.

    `parts` tells how many seconds ago the bot and the worker were alive; it decides nothing.
    """
    try:
        codes, parts = ask_in_time(_look)
    except NoAnswer:
        codes, parts = ["database.silent"], {}
    answer = {"status": "error" if codes else "ok", "codes": codes, "parts": parts}
    return JsonResponse(answer, status=503 if codes else 200)


def ask_in_time(question: Callable[[], T]) -> T:
    """Ask in a thread that may hang, on a connection of its own, and wait for so long only.

    A database that accepts and then says nothing holds whoever waits for it; a few threads are
    all that it may hold. Raises NoAnswer, or what the question raised.
    """
    if not _probes.acquire(blocking=False):
        raise NoAnswer
    answers: list[T] = []
    faults: list[Exception] = []

    def ask() -> None:
        try:
            answers.append(question())
        except Exception as fault:  # noqa: BLE001  raised again where somebody waits for it
            faults.append(fault)
        finally:
            connection.close()
            _probes.release()

    probe = threading.Thread(target=ask, name="health", daemon=True)
    probe.start()
    probe.join(PATIENCE)
    if faults:
        raise faults[0]
    if not answers:
        raise NoAnswer
    return answers[0]


def _select() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _look() -> tuple[list[str], dict[str, float]]:
    try:
        return _looked()
    except DatabaseError:
        # It may also go in the middle of our questions.
        return ["database.unavailable"], {}


def _looked() -> tuple[list[str], dict[str, float]]:
    _select()
    if _unapplied():
        return ["migrations.unapplied"], {}
    codes = [] if _cache_works() else ["cache.unavailable"]
    return codes + rotation.faults(), _ages()


def _unapplied() -> bool:
    plan = MigrationExecutor(connection)
    return bool(plan.migration_plan(plan.loader.graph.leaf_nodes()))


def _cache_works() -> bool:
    try:
        cache.set("readyz", "here", 30)
        return bool(cache.get("readyz"))
    except Exception:  # noqa: BLE001  a cache of any make fails in its own way
        return False


def _ages() -> dict[str, float]:
    now = clock.now()
    seen = {part: pulse.last(part) for part in PARTS}
    return {part: round((now - at).total_seconds(), 1) for part, at in seen.items() if at}
