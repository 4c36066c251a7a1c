"""What beat wakes us up for."""

from celery import shared_task

from botworker import hold, pulse
from promotions import followup, jobs
from slomix.lib import clock


@shared_task(name="promotions.tasks.run_due_jobs")
def run_due_jobs() -> None:
    pulse.beat("worker")
    for job_id in jobs.due(clock.now()):
        jobs.run(job_id, at=clock.now())
    if not hold.since():
        followup.summarize(at=clock.now())
