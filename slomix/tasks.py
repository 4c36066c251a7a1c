"""What beat wakes us up for that needs several apps."""

import logging

from celery import shared_task

from slomix import person
from slomix.lib import clock

log = logging.getLogger(__name__)


@shared_task(name="slomix.tasks.retain")
def retain() -> None:
    forgotten = {name: n for name, n in person.retain(clock.now()).items() if n}
    if forgotten:
        log.info("forgotten: %s", forgotten)
