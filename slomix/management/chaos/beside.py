"""What goes wrong beside the drains: the database's connections, the broker, the other parts."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from slomix.management.chaos.plan import Plan


@contextmanager
def start(plan: Plan, env: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Begin what the plan wants beside the drains; gives the environment that they get."""
    yield dict(env)
