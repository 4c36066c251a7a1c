"""What must hold before a long-running part begins; the parts above us say what."""

import logging

from django.conf import settings
from django.db import DatabaseError
from django.utils.module_loading import import_string

log = logging.getLogger(__name__)

# The exit code of a bot, drain or worker that does not begin, beside 1 (something is missing in
# its configuration) and 2 (something there is invalid).
WRONG_SHAPE = 3


def obstacles() -> list[str]:
    """Say line by line what keeps a part from beginning; nothing when it may begin.

    A database that does not answer yet is waited for by whoever works in it; it is no reason to
    stay away.
    """
    try:
        return [line for name in settings.BEFORE_WORK for line in import_string(name)()]
    except DatabaseError as silent:
        log.warning("the database's shape could not be looked at: %s", type(silent).__name__)
        return []
