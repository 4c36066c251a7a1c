"""Whether we live, whether we can work, and who else is alive: for machines, without a sign-in."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.access import public
from botworker import pulse
from slomix.lib import clock
from slomix.operations import readiness
from slomix.operations.patience import NoAnswer, ask_in_time

PARTS = ("bot", "worker")


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

    `notices` are not as they should be, but in nobody's way; `parts` tells how many seconds ago
    the bot and the worker were alive. Neither decides anything.
    """
    found = readiness.look()
    answer = {
        "status": "error" if found.faults else "ok",
        "codes": found.faults,
        "notices": found.notices,
        "parts": _ages(found.faults),
    }
    return JsonResponse(answer, status=503 if found.faults else 200)


def _select() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _ages(codes: list[str]) -> dict[str, float]:
    if any(code.startswith(("database.", "migrations.", "schema.", "grants.")) for code in codes):
        return {}
    try:
        return ask_in_time(_look)
    except (NoAnswer, DatabaseError):
        return {}


def _look() -> dict[str, float]:
    now = clock.now()
    seen = {part: pulse.last(part) for part in PARTS}
    return {part: round((now - at).total_seconds(), 1) for part, at in seen.items() if at}
