"""What an operator's own hand may do to a database, and how it is told afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.conf import settings
from django.db import connection
from django.test import Client

from slomix.operations import readiness
from slomix.operations.owner import as_owner

# In this order: the address that a load balancer asks, 30 seconds later at most.
LOCMEM = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
NOBODY = "redis://127.0.0.1:1/0"


def by_hand(*statements: str) -> None:
    """Run SQL as whoever owns the tables."""
    with as_owner(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@contextmanager
def somebody_else() -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """Be the server's own administrator, who is neither of our roles."""
    database = connection.settings_dict
    with psycopg.connect(
        host=database["HOST"] or None,
        port=database["PORT"] or None,
        user="postgres",
        dbname=database["NAME"],
        autocommit=True,
    ) as line:
        yield line


def told() -> tuple[int, list[str], list[str]]:
    """Return what /readyz says once it has looked anew: status, codes, notices."""
    assert readiness.REMEMBERED <= 20, "drift is told within half a minute"
    readiness.in_shape.forget()
    answer = Client().get("/readyz")
    said = answer.json()
    return answer.status_code, said["codes"], said["notices"]


def two_roles() -> bool:
    """Say whether the suite runs as the role that serves people."""
    return bool(settings.MIGRATOR)
