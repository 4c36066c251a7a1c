"""What beat wakes us up for."""

from celery import shared_task

from botworker import hold, workers
from planning.raids import actions
from slomix.lib import clock


@shared_task(name="planning.raids.tasks.catch_up")
def catch_up() -> None:
    actions.catch_up(clock.now())


@shared_task(name="planning.raids.tasks.look")
def look() -> None:
    if hold.since():
        return
    with workers.noted("quiet raids"):
        actions.look(clock.now())
