"""The log as JSON lines in UTC, each with the ids of what it is about: `LOG_FORMAT=json`.

An id is bound where a piece of work begins and stands in every line that is written in it, also in
the threads it goes through; words and names of people are bound by nobody.
"""

import json
import logging
import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from structlog.contextvars import bound_contextvars, get_contextvars

from slomix.lib.redact import redacted


def about(**ids: int | str) -> AbstractContextManager[None]:
    """Let every line that is written within carry these ids: request_id, campaign_id, …"""
    return bound_contextvars(**ids)


class RequestId:
    """Gives each request an id of its own, for the log alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with about(request_id=secrets.token_hex(8)):
            return self.get_response(request)


class JsonLines(logging.Formatter):
    """One record as one line; a line break in somebody's name cannot begin another."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": redacted(record.getMessage()),
            **get_contextvars(),
        }
        if record.exc_info:
            # What is set was made free of secrets where the record was made.
            trace = record.exc_text or self.formatException(record.exc_info)
            line["exception"] = redacted(trace)
        return json.dumps(line, ensure_ascii=False, default=str)
