"""The site's own watcher: a thread in every web process, of which one looks in each turn."""

import logging
import threading
from datetime import datetime, timedelta

from django.db import DatabaseError, connection, connections
from django.utils import translation

from botworker import alarms
from slomix.lib import clock
from slomix.operations import blackout, page_times, readiness, saying, sending, watch
from slomix.operations.patience import NoAnswer, ask_in_time
from slomix.operations.readiness import Readiness
from slomix.operations.sending import News

log = logging.getLogger(__name__)

PART = "web"
# Migrations and grants are looked at in every third turn of a process: a red site is told in time.
READY_EVERY = timedelta(seconds=15)
FORGET_EVERY = timedelta(hours=1)
BLACKOUT_AFTER = timedelta(seconds=20)


class Watcher:
    """Looks every five seconds until it is told to stop; no fault ends it."""

    def __init__(self, told_by: str = PART) -> None:
        self.told_by = told_by
        self.stopping = threading.Event()
        self._dark_since: datetime | None = None
        self._ready = Readiness([], [])
        self._ready_at = self._forgot_at = clock.now() - FORGET_EVERY

    def run(self) -> None:
        """Look until told to stop."""
        while not self.stopping.wait(watch.EVERY.total_seconds()):
            try:
                self.turn(clock.now())
            except Exception:
                log.exception("a look at how we are failed; the next one is in five seconds")
            finally:
                # Its own, and of no use to anybody else; a dead one must not stay.
                connections.close_all()

    def turn(self, at: datetime) -> None:
        """Look once, where the database answers and no other process of the site looks now."""
        if not _database_answers():
            self._in_the_dark(at)
            return
        self._back_in_the_light(at)
        page_times.write()
        if alarms.my_turn(PART, watch.EVERY - timedelta(seconds=0.5), at=at):
            watch.look(at, ready=self._codes(at))
            watch.tell_all(self.told_by)
            self._forget(at)

    def _codes(self, at: datetime) -> Readiness:
        if at - self._ready_at >= READY_EVERY:
            self._ready, self._ready_at = readiness.look(), at
        return self._ready

    def _forget(self, at: datetime) -> None:
        if at - self._forgot_at >= FORGET_EVERY:
            self._forgot_at = at
            alarms.forget(at=at)

    def _in_the_dark(self, at: datetime) -> None:
        self._dark_since = self._dark_since or at
        long = at - self._dark_since >= BLACKOUT_AFTER
        if long and sending.reachable() and blackout.begin(self._dark_since):
            sending.tell(self._news("raised", self._dark_since, at))

    def _back_in_the_light(self, at: datetime) -> None:
        self._dark_since = None
        if since := blackout.end():
            sending.tell(self._news("over", since, at))

    def _news(self, state: str, since: datetime, at: datetime) -> News:
        code = saying.CODES[blackout.CODE]
        with translation.override("en"):
            over = state == "over"
            return News(
                state=state,
                code=blackout.CODE,
                key=blackout.CODE,
                title=str(code.title),
                words=f"It lasted {max(1, round((at - since).total_seconds() / 60))} min."
                if over
                else str(code.words),
                todo="" if over else str(code.todo),
                since=since,
                at=at,
                told_by=self.told_by,
            )


def _database_answers() -> bool:
    try:
        ask_in_time(_ask, "watch")
    except (NoAnswer, DatabaseError):
        return False
    return True


def _ask() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def start() -> Watcher:
    """Begin to watch beside the requests of this process; it ends with the process."""
    watcher = Watcher()
    threading.Thread(target=watcher.run, name="watch", daemon=True).start()
    return watcher
