"""The parts of production on one machine: the commands of deploy/systemd, and how each shows that it
is up."""

import sys

from slomix.lib import env
from slomix.management.demo.parts import MANAGE, Part, Ready
from slomix.management.serving import asking

GUNICORN = (sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "slomix.wsgi")
CELERY = (sys.executable, "-m", "celery", "-A", "slomix")
WORKER = (*CELERY, "worker", "--concurrency", "2", "--without-gossip", "--without-mingle")
# The schedule is code; beat needs no file to remember it.
BEAT = (*CELERY, "beat", "--scheduler", "celery.beat:Scheduler", "--pidfile", "")
PREPARE = (*MANAGE, "prepare")


def all_of() -> list[Part]:
    """Return the parts in the order in which they are started. Without a token there is no bot."""
    found = [
        Part("web", GUNICORN, lambda _up: asking.ask("/readyz")[0] == 200, asking.door()),
        Part("worker", (*WORKER, "-l", "INFO"), _seen("worker")),
        # The worker is alive when beat wakes it up.
        Part("beat", (*BEAT, "-l", "INFO"), _seen("worker")),
    ]
    if env.text("DISCORD_BOT_TOKEN"):
        found.append(Part("bot", (*MANAGE, "runbot"), _seen("bot")))
    return found


def _seen(part: str) -> Ready:
    def ready(up: float) -> bool:
        age = asking.age(part)
        # An older sign of life is from the run before.
        return age is not None and age <= up

    return ready
