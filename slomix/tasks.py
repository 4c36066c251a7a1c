"""What beat wakes us up for that needs several apps."""

import logging

from celery import shared_task

from slomix import person
from slomix.lib import clock
from slomix.operations import backups

log = logging.getLogger(__name__)


@shared_task(name="slomix.tasks.retain")
def retain() -> None:
    forgotten = {name: n for name, n in person.retain(clock.now()).items() if n}
    if forgotten:
        log.info("forgotten: %s", forgotten)


@shared_task(name="slomix.tasks.keep_backups")
def keep_backups() -> None:
    """Begin what is due beside us: a job that is due in two seconds does not wait for it."""
    for name in backups.due(clock.now()):
        backups.begin(name)
