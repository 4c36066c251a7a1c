"""Discord's way of saying no: a status, a code and a sentence."""

from collections.abc import Iterable
from typing import NamedTuple

from .world import Json

REFUSALS = {
    10003: (404, "Unknown Channel"),
    10004: (404, "Unknown Guild"),
    10007: (404, "Unknown Member"),
    10008: (404, "Unknown Message"),
    # Of servers, threads, voice and events.
    10009: (404, "Unknown permission overwrite"),
    10011: (404, "Unknown Role"),
    10065: (404, "Unknown Voice State"),
    10070: (404, "Unknown Guild Scheduled Event"),
    30005: (400, "Maximum number of guild roles reached (250)"),
    30013: (400, "Maximum number of guild channels reached (500)"),
    30038: (400, "Maximum number of guild scheduled events reached (100)"),
    40032: (400, "Target user is not connected to voice."),
    50024: (400, "Cannot execute action on this channel type"),
    50028: (400, "Invalid role"),
    50055: (400, "Invalid Guild"),
    50083: (400, "Thread is archived"),
    160002: (403, "You cannot reply to this message without permission to read message history"),
    160004: (400, "A thread has already been created for this message"),
    160005: (403, "Thread is locked"),
    160006: (400, "Maximum number of active threads reached"),
    180000: (400, "Cannot update a finished event"),
    10013: (404, "Unknown User"),
    10014: (400, "Unknown Emoji"),
    10015: (404, "Unknown Webhook"),
    10062: (404, "Unknown interaction"),
    10063: (404, "Unknown application command"),
    10066: (404, "Unknown application command permissions"),
    30003: (400, "Maximum number of pins reached for the channel (250)"),
    30010: (400, "Maximum number of reactions reached (20)"),
    30032: (400, "Maximum number of application commands reached (100)"),
    40003: (400, "You are opening direct messages too fast"),
    40005: (413, "Request entity too large"),
    40060: (400, "Interaction has already been acknowledged."),
    50001: (403, "Missing Access"),
    50003: (403, "Cannot execute action on a DM channel"),
    50005: (403, "Cannot edit a message authored by another user"),
    50006: (400, "Cannot send an empty message"),
    50007: (403, "Cannot send messages to this user"),
    50008: (400, "Cannot send messages in a non-text channel"),
    50013: (403, "Missing Permissions"),
    50016: (
        400,
        "Provided too few or too many messages to delete. "
        "Must provide at least 2 and fewer than 100 messages to delete",
    ),
    50021: (403, "Cannot execute action on a system message"),
    50027: (401, "Invalid Webhook Token"),
    50034: (400, "A message provided was too old to bulk delete"),
    50035: (400, "Invalid Form Body"),
    50109: (400, "The request body contains invalid JSON."),
    50278: (403, "Cannot send messages to this user due to having no mutual guilds"),
}


class ApiError(Exception):
    """An answer other than 2xx, as Discord words it."""

    def __init__(self, status: int, body: Json, headers: dict[str, str] | None = None) -> None:
        super().__init__(body)
        self.status = status
        self.body = body
        self.headers = headers or {}


class Problem(NamedTuple):
    """What is wrong with one field of a request body; `path` is dotted."""

    path: str
    code: str
    message: str


def refusal(code: int) -> ApiError:
    """Build the refusal for one of Discord's codes."""
    status, message = REFUSALS[code]
    return ApiError(status, {"message": message, "code": code})


def plain(status: int, message: str) -> ApiError:
    """Build a refusal without a code of its own."""
    return ApiError(status, {"message": f"{status}: {message}", "code": 0})


def invalid_form(problems: Iterable[Problem]) -> ApiError:
    """Build refusal 50035, which names each wrong field."""
    errors: Json = {}
    for problem in problems:
        place = errors
        for step in problem.path.split(".") if problem.path else ():
            place = place.setdefault(step, {})
        place.setdefault("_errors", []).append({"code": problem.code, "message": problem.message})
    return ApiError(400, {"message": "Invalid Form Body", "code": 50035, "errors": errors})
