"""What beat wakes us up for: the draft's clock, places that became free, and who came."""

import logging

from celery import shared_task

from planning.rooms.actions import after, drafting, standby
from slomix.lib import clock

log = logging.getLogger(__name__)


@shared_task(name="planning.rooms.tasks.run_drafts")
def run_drafts() -> None:
    moved = drafting.run_clock(clock.now())
    if moved:
        log.info("drafts that the clock moved: %s", moved)


@shared_task(name="planning.rooms.tasks.fill_places")
def fill_places() -> None:
    changed = standby.reconcile(clock.now())
    if changed:
        log.info("offers of places that changed: %s", changed)


@shared_task(name="planning.rooms.tasks.note_who_came")
def note_who_came() -> None:
    seen = after.record_presence(clock.now())
    if seen:
        log.info("came to the evening: %s more", seen)
