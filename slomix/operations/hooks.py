"""What gunicorn asks of us: `--config python:slomix.operations.hooks`, or named in another config."""

from typing import Any


def post_worker_init(_worker: Any) -> None:
    """Begin to watch in each process, after the fork: a thread does not survive one."""
    # Gunicorn reads its config before there are any apps.
    from slomix.operations import watcher

    watcher.start()
