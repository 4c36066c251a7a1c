"""The way from the event loop into Django and back."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from asgiref.sync import sync_to_async
from django.db import connections, reset_queries

P = ParamSpec("P")
T = TypeVar("T")


async def call(function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Run one plain function of ours in Django's thread and return what it returns.

    One hop per piece of work: the function opens and ends its own transaction and does no network.
    Connections that the database has dropped are thrown away before and after, because outside a
    request nobody else does it and every later call would fail on a dead one.
    """

    def run() -> T:
        reset_queries()
        _drop_dead_connections()
        try:
            return function(*args, **kwargs)
        finally:
            _drop_dead_connections()

    return await sync_to_async(run, thread_sensitive=True)()


def _drop_dead_connections() -> None:
    for connection in connections.all(initialized_only=True):
        # Whoever holds a transaction around us (a test does) still needs the connection.
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
