"""Celery: only a wake-up. Every piece of work is a row with a due time, a lease and an expiry."""

import os
import sys
from typing import Any

from celery import Celery, bootsteps

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "slomix.settings")

from django.conf import settings

from slomix.lib import starting

JOBS_EVERY = 2.0  # seconds
RETAIN_EVERY = 3600.0
BACKUPS_EVERY = 300.0
FILL_EVERY = 600.0
PROMPT_EVERY = 5.0
RAIDS_EVERY = 300.0
QUIET_EVERY = 900.0
ROOMS_EVERY = 2.0
CAME_EVERY = 30.0
LOOK_EVERY = 5.0

app = Celery("slomix")
app.conf.update(
    broker_url=settings.CELERY_BROKER_URL,
    broker_connection_retry_on_startup=True,
    task_ignore_result=True,
    timezone="UTC",
    worker_enable_remote_control=False,
    worker_hijack_root_logger=False,
    worker_send_task_events=False,
    # The schedule is code; what was last run is in the rows.
    beat_scheduler="celery.beat:Scheduler",
    beat_schedule={
        "run due jobs": {
            "task": "promotions.tasks.run_due_jobs",
            "schedule": JOBS_EVERY,
            # A wake-up that waited longer than its period has been overtaken by the next one.
            "options": {"expires": JOBS_EVERY},
        },
        "forget what its time is over for": {
            "task": "slomix.tasks.retain",
            "schedule": RETAIN_EVERY,
            "options": {"expires": RETAIN_EVERY},
        },
        "back up, and try a restore, when it is time": {
            "task": "slomix.tasks.keep_backups",
            "schedule": BACKUPS_EVERY,
            "options": {"expires": BACKUPS_EVERY},
        },
        "fill the days that come into sight": {
            "task": "availability.tasks.fill_ahead",
            "schedule": FILL_EVERY,
            "options": {"expires": FILL_EVERY},
        },
        "ask and tell those who want it": {
            "task": "availability.tasks.prompt",
            "schedule": PROMPT_EVERY,
            "options": {"expires": PROMPT_EVERY},
        },
        "pick for captains who are too slow": {
            "task": "planning.rooms.tasks.run_drafts",
            "schedule": ROOMS_EVERY,
            "options": {"expires": ROOMS_EVERY},
        },
        "offer free places to the standby": {
            "task": "planning.rooms.tasks.fill_places",
            "schedule": ROOMS_EVERY,
            "options": {"expires": ROOMS_EVERY},
        },
        "note who came": {
            "task": "planning.rooms.tasks.note_who_came",
            "schedule": CAME_EVERY,
            "options": {"expires": CAME_EVERY},
        },
        "look how everything is": {
            "task": "slomix.operations.tasks.look",
            "schedule": LOOK_EVERY,
            "options": {"expires": LOOK_EVERY},
        },
        "remind whoever wants to hear of raids since": {
            "task": "planning.raids.tasks.catch_up",
            "schedule": RAIDS_EVERY,
            "options": {"expires": RAIDS_EVERY},
        },
        "ask about raids that went quiet": {
            "task": "planning.raids.tasks.look",
            "schedule": QUIET_EVERY,
            "options": {"expires": QUIET_EVERY},
        },
    },
)


class LooksFirst(bootsteps.Step):
    """No worker begins on a database that lacks something: it says what, and ends."""

    def __init__(self, worker: Any, **options: Any) -> None:
        super().__init__(worker, **options)
        lines = starting.obstacles()
        if lines:
            sys.stderr.write("\n".join([*lines, ""]))
            raise SystemExit(starting.WRONG_SHAPE)


app.steps["worker"].add(LooksFirst)


def _filesystem_options() -> dict[str, Any]:
    folder = settings.CELERY_BROKER_FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    return {
        "data_folder_in": str(folder),
        "data_folder_out": str(folder),
        "control_folder": str(folder / "control"),
        "polling_interval": 0.1,
    }


if settings.CELERY_BROKER_URL.startswith("filesystem"):
    app.conf.broker_transport_options = _filesystem_options()
app.autodiscover_tasks(
    [
        "availability",
        "planning.raids",
        "planning.rooms",
        "promotions",
        "slomix",
        "slomix.operations",
    ]
)
