"""Working in the database as the role that owns it, for the commands that change its shape."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections


@contextmanager
def as_owner(alias: str = DEFAULT_DB_ALIAS, **options: str) -> Iterator[None]:
    """Let this thread's connection be the migrator's until the end of the block.

    `options` are settings of PostgreSQL for that connection, for example lock_timeout="2s"; they
    are not for SQLite. Where MIGRATOR_DATABASE_URL is not set one role does everything, and only
    the options are new.
    """
    ours = connections[alias]
    if ours.vendor != "postgresql" or not (settings.MIGRATOR or options):
        yield
        return
    owners = type(ours)(_settings(ours.settings_dict, options), alias)
    connections[alias] = owners
    try:
        yield
    finally:
        connections[alias] = ours
        owners.close()


def _settings(ours: dict[str, Any], options: dict[str, str]) -> dict[str, Any]:
    before = ours["OPTIONS"].get("options", "")
    words = " ".join([before, *(f"-c {name}={value}" for name, value in options.items())]).strip()
    asked = {**ours["OPTIONS"], "options": words}
    return {**ours, **settings.MIGRATOR, "OPTIONS": asked}
