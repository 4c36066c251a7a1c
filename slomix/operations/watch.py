"""Watching: what is wrong is written down, and somebody is told once when it begins and when it ends.

The worker watches and so does the site, because each may be what is silent. Both find the same, and
the database lets one of them tell (`botworker.alarms`).
"""

import logging
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.utils import translation

from availability import queries
from botworker import alarms
from botworker.alarms import Found, Task
from slomix.lib import clock
from slomix.operations import facts, judging, saying, sending
from slomix.operations.facts import Facts
from slomix.operations.judging import Cause, Level, Limits
from slomix.operations.readiness import Readiness
from slomix.operations.sending import News

__all__ = ["EVERY", "Level", "causes", "limits", "line", "look", "tell_all", "tell_beside"]

log = logging.getLogger(__name__)

EVERY = timedelta(seconds=5)
# A run that was over longer ago is no news to the service outside.
FRESH = timedelta(hours=1)
_telling = threading.Lock()


def limits() -> Limits:
    """Return what the settings say about when something is wrong."""
    return Limits(
        silent_after=settings.ALERT_SILENT_AFTER,
        run_within=settings.ALERT_RUN_WITHIN,
        # The site itself needs no token of the bot's.
        has_bot=bool(settings.DISCORD_BOT_TOKEN or settings.DISCORD_GUILD_ID),
        production=settings.PRODUCTION,
        channels=tuple(name for name, on in _channels().items() if on),
    )


def _channels() -> dict[str, bool]:
    return {"telegram": settings.TELEGRAM_ENABLED, "signal": settings.SIGNAL_ENABLED}


def look(at: datetime, *, ready: Readiness | None = None) -> Facts:
    """Look at everything once, and write down what is wrong and what is over.

    `ready` has the site's own codes; None for a watcher that does not know them, and then those
    are left as they are.
    """
    seen = facts.collect(at)
    known = judging.readiness(ready.faults, ready.notices) if ready else []
    causes = judging.judge(seen, limits()) + known
    # Whoever is told, and whoever reads the rows, reads English.
    with translation.override("en"):
        alarms.note([_found(cause) for cause in causes], at=at)
        alarms.close(
            at=at,
            judged=lambda code: ready is not None or not code.startswith("readiness."),
            silent={code for code, one in saying.CODES.items() if not one.passes},
            endings={key: saying.ending(run) for key, run in judging.endings(seen).items()},
        )
    if settings.ALERT_PING_URL:
        alarms.finish(_went_well(seen), at=at)
    return seen


def causes(at: datetime) -> list[Cause]:
    """Say what is wrong now, without writing anything down."""
    return judging.judge(facts.collect(at), limits())


def line(cause: Cause) -> str:
    """Return a cause as one line."""
    with translation.override("en"):
        return f"{cause.code}: {saying.title(cause)}. {saying.words(cause)}"


def _found(cause: Cause) -> Found:
    words = f"{saying.title(cause)}\n{saying.words(cause)}"
    return Found(cause.key, cause.code, words, urgent=cause.level is Level.TELL)


def _went_well(seen: Facts) -> Iterator[str]:
    """Name the runs that went out whole; an evening without a call is one, if all could have."""
    for run in seen.runs:
        whole = run.finished(seen.at) and not run.states["expired"]
        if run.slot.kind in judging.CALLS and whole and seen.at - run.slot.due_at < FRESH:
            yield run.key
    start_at = queries.times(seen.today).start_at
    at_rest = timedelta() <= seen.at - start_at - settings.ALERT_RUN_WITHIN < FRESH
    if at_rest and not seen.calls and not seen.hold_since and _all_alive(seen):
        yield f"nothing to say {seen.today}"


def _all_alive(seen: Facts) -> bool:
    silences = [seen.silent(part) for part in ("bot", "worker")]
    return all(one is not None and one <= settings.ALERT_SILENT_AFTER for one in silences)


def tell_all(told_by: str) -> None:
    """Tell what nobody was told yet, one after the other; returns when nothing is left.

    Call it outside of any transaction. Of two in one process, the second returns at once.
    """
    if not _telling.acquire(blocking=False):
        return
    try:
        while sending.reachable() and (task := alarms.claim(at=clock.now())):
            if sending.tell(_news(task, told_by)):
                alarms.told(task, at=clock.now())
        while settings.ALERT_PING_URL and (run := alarms.claim_ping(at=clock.now())):
            if sending.ping():
                alarms.pinged(run, at=clock.now())
    finally:
        _telling.release()


def tell_beside(told_by: str) -> threading.Thread:
    """The same in a thread, for a process that must not wait for a slow webhook."""

    def run() -> None:
        try:
            tell_all(told_by)
        except Exception:
            log.exception("the operators were not told; tried again at the next look")
        finally:
            connection.close()

    beside = threading.Thread(target=run, name="tell", daemon=True)
    beside.start()
    return beside


def _news(task: Task, told_by: str) -> News:
    title, _line, words = task.words.partition("\n")
    if task.over_at:
        minutes = max(1, round((task.over_at - task.since).total_seconds() / 60))
        words = words or f"It lasted {minutes} min."
    code = saying.CODES.get(task.code)
    with translation.override("en"):
        todo = str(code.todo) if code and not task.over_at else ""
    return News(
        state="over" if task.over_at else "raised",
        code=task.code,
        key=task.key,
        title=title,
        words=words,
        todo=todo,
        since=task.since,
        at=clock.now(),
        told_by=told_by,
    )
