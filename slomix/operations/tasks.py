"""What beat wakes the worker up for: to look at how everything is."""

from celery import shared_task

from slomix.lib import clock
from slomix.operations import trial, watch


@shared_task(name="slomix.operations.tasks.look")
def look() -> None:
    watch.look(clock.now())
    trial.begin(clock.now())
    # Its jobs must not wait for a webhook that is slow.
    watch.tell_beside("worker")
