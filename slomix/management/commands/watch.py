"""manage.py watch: the site's watcher in a process of its own, for a site that is not gunicorn's."""

import signal
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from slomix.lib import clock
from slomix.operations import watch
from slomix.operations.watcher import Watcher


class Command(BaseCommand):
    help = (
        "Watch and tell operators what is wrong, as every web process of gunicorn does by itself. "
        "Any number may run. With --once it looks once, says what is wrong, tells, and exits 1 "
        "where somebody is to be told of something."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="look once and exit")

    def handle(self, *args: Any, **options: Any) -> None:
        watcher = Watcher("watch")
        if options["once"]:
            self._once(watcher)
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_which: watcher.stopping.set())
        watcher.run()

    def _once(self, watcher: Watcher) -> None:
        at = clock.now()
        watcher.turn(at)
        causes = watch.causes(at)
        for cause in causes:
            self.stdout.write(watch.line(cause))
        if any(cause.level is watch.Level.TELL for cause in causes):
            raise SystemExit(1)
        self.stdout.write("Nobody needs to be told of anything.")
