"""Telegram's way of saying no, in its own words (tdlib/telegram-bot-api, `Client.cpp`)."""

from __future__ import annotations

from botworker.standin.faults import Fault
from botworker.standin.refused import Refused
from botworker.standin.world import Json

STARTS = {400: "Bad Request: ", 403: "Forbidden: ", 409: "Conflict: "}
WHOLE = {401: "Unauthorized", 404: "Not Found", 500: "Internal Server Error", 502: "Bad Gateway"}

BLOCKED = "bot was blocked by the user"
DEACTIVATED = "user is deactivated"
NO_CHAT = "chat not found"
SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
OLD_QUERY = "query is too old and response timeout expired or query ID is invalid"
OTHER_READER = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)
GONE = {
    "closed_dms": (403, BLOCKED),
    "left_guild": (403, DEACTIVATED),
    "refuse": (400, NO_CHAT),
    "gone": (400, "message to edit not found"),
}
HAS_WEBHOOK = (
    "can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


def refusal(code: int, why: str = "", parameters: Json | None = None) -> Refused:
    """Build a refusal: its code is also the HTTP status."""
    description = STARTS[code] + why if code in STARTS else WHOLE.get(code, why)
    told: Json = {"ok": False, "error_code": code, "description": description}
    return Refused(code, told | ({"parameters": parameters} if parameters else {}))


def too_many(seconds: int) -> Refused:
    """Build a 429, which says after how many seconds to come back."""
    refused = refusal(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})
    return refused


def trouble(fault: Fault) -> Refused:
    """Build the answer of a fault; whoever closed DMs or left has blocked the bot or is gone."""
    if fault.fault in ("429", "ban"):
        return too_many(max(1, round(fault.retry_after)))
    if fault.fault == "401":
        return refusal(401)
    if why := GONE.get(fault.fault):
        return refusal(*why)
    return refusal(fault.status if fault.status in WHOLE else 500)
