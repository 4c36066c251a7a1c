"""What beat wakes us up for: the day that comes into sight is filled from people's weeks."""

import logging

from celery import shared_task

from availability import actions
from slomix.lib import clock

log = logging.getLogger(__name__)


@shared_task(name="availability.tasks.fill_ahead")
def fill_ahead() -> None:
    changed = actions.fill_ahead(clock.now())
    if changed:
        log.info("filled from weeks and absences: %s answers", changed)
