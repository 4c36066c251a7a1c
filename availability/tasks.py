"""What beat wakes us up for: weeks fill the day that comes into sight, and prompts become due."""

import logging

from celery import shared_task

from availability import actions, prompts
from botworker import hold
from slomix.lib import clock

log = logging.getLogger(__name__)


@shared_task(name="availability.tasks.fill_ahead")
def fill_ahead() -> None:
    changed = actions.fill_ahead(clock.now())
    if changed:
        log.info("filled from weeks and absences: %s answers", changed)


@shared_task(name="availability.tasks.prompt")
def prompt() -> None:
    if hold.since():
        return
    promised = prompts.run(clock.now())
    if promised:
        log.info("promised without a call: %s messages", promised)
