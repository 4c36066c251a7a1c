"""Requests in words: who asked which service for what, and how it went."""

from __future__ import annotations

import re
from collections.abc import Mapping

from botworker.standin.parts import Parts
from botworker.standin.world import Json

DISCORD = "discord"
SERVICES = {
    DISCORD: "Discord",
    "telegram": "Telegram",
    "signal": "Signal",
    "game": "Game server",
}
CHANNEL = r"/channels/(?P<channel>\d+)"
# In this order; the first that fits says it.
WORDS: tuple[tuple[str, str], ...] = (
    (rf"POST {CHANNEL}/messages", "writes {to}"),
    (rf"PATCH {CHANNEL}/messages/\d+", "changes a message {to}"),
    (rf"DELETE {CHANNEL}/messages/\d+", "takes back a message {to}"),
    (rf"GET {CHANNEL}/messages/\d+", "looks at a message {to}"),
    (rf"GET {CHANNEL}/messages", "reads the messages {to}"),
    (rf"POST {CHANNEL}/typing", "begins to type {to}"),
    (rf"POST {CHANNEL}(/messages/\d+)?/threads", "opens a thread {to}"),
    (rf"\w+ {CHANNEL}/messages/\d+/reactions.*", "reacts to a message {to}"),
    (rf"\w+ {CHANNEL}/(messages/)?pins.*", "pins a message {to}"),
    (rf"\w+ {CHANNEL}/thread-members.*", "looks after who is in a thread"),
    (rf"GET {CHANNEL}", "asks about the channel {to}"),
    (rf"PATCH {CHANNEL}", "changes the channel {to}"),
    (r"POST /users/@me/channels", "opens a private conversation {whom}"),
    (r"GET /users/@me", "asks who it is"),
    (r"GET /users/\d+", "asks who somebody is"),
    (r"\w+ /(oauth2/)?applications/@me", "asks about itself"),
    (r"POST /oauth2/token", "finishes a sign-in"),
    (r"GET /gateway(/bot)?", "asks the way to the gateway"),
    (r"POST /interactions/.*", "answers a press or a command"),
    (r"POST /webhooks/.*", "adds a word after a press"),
    (r"\w+ /webhooks/.*", "changes what it answered"),
    (r"GET /applications/.*commands.*", "looks at its slash commands"),
    (r"\w+ /applications/.*commands.*", "tells its slash commands"),
    (r"GET /guilds/\d+/members.*", "asks who is on the server"),
    (r"PUT /guilds/\d+/members/\d+/roles/\d+", "gives a role"),
    (r"DELETE /guilds/\d+/members/\d+/roles/\d+", "takes a role away"),
    (r"PATCH /guilds/\d+/members/.*", "moves or changes a member"),
    (r"POST /guilds/\d+/scheduled-events", "plans an event"),
    (r"\w+ /guilds/\d+/scheduled-events.*", "looks after the events"),
    (r"\w+ /guilds/\d+/roles.*", "looks after the roles"),
    (r"\w+ /guilds/.*", "asks about the server"),
    (r"\w+ /telegram/getUpdates", "asks what is new"),
    (r"\w+ /telegram/sendMessage", "writes {to}"),
    (r"\w+ /telegram/edit\w+", "changes a message {to}"),
    (r"\w+ /telegram/answerCallbackQuery", "answers a press"),
    (r"\w+ /telegram/deleteMessage", "takes back a message"),
    (r"\w+ /telegram/(?P<method>\w+)", "calls {method}"),
    (r"\w+ /signal/v2/send", "writes {to}"),
    (r"\w+ /signal/v1/receive.*", "asks what is new"),
    (r"\w+ /signal.*", "asks about the account"),
    (r"\w+ /game.*", "asks who plays"),
)
LONGEST = 140
CODES: Mapping[int, str] = {
    0: "the line was cut",
    200: "done",
    201: "done",
    204: "done",
    400: "refused, something was wrong with it",
    401: "refused, wrong token",
    403: "refused",
    404: "not found",
    429: "too many requests",
}


def what(parts: Parts, record: Json) -> str:
    """Say what was asked."""
    path = str(record["path"]).removeprefix("/api").removeprefix("/v10")
    asked = f"{record['method']} {path}"
    for pattern, words in WORDS:
        if found := re.fullmatch(pattern, asked):
            told = {key: value for key, value in found.groupdict().items() if value}
            to = _where(parts, record, told.get("channel", ""))
            whom = to.replace("to ", "with ", 1)
            return words.format(**told, to=to, whom=whom).strip()
    return asked


def asker(parts: Parts, record: Json) -> str:
    """Say who asked: the site signs people in, all else is the bot's and the worker's."""
    path = str(record["path"])
    login = "/oauth2/token" in path or (path.endswith("/users/@me") and bool(record["person"]))
    return "The site" if login else parts.world.application.name


def _where(parts: Parts, record: Json, channel: str) -> str:
    person = parts.store.person_behind(int(channel or 0))
    if person or not channel:
        who = person or parts.store.people.get(int(record["person"] or 0))
        return f"to {who.name}" if who else ""
    told = parts.store.channels.all.get(int(channel))
    return f"in #{told['name']}" if told else "somewhere unknown"


def service(record: Json) -> str:
    """Name the service that was asked."""
    return str(record.get("service", DISCORD))


def failed(record: Json) -> bool:
    """Say whether the answer was a no, or none."""
    return not record["status"] or record["status"] >= 400


def outcome(record: Json) -> str:
    """Say how it went, with Discord's own code where there is one."""
    status = int(record["status"])
    words = CODES.get(status, "trouble on the other side" if status >= 500 else "answered")
    body = record["response_json"]
    code = body.get("code") if isinstance(body, dict) and failed(record) else None
    return f"{words} ({code})" if code else words


def said(record: Json) -> str:
    """Give the words that were to be said, shortened; empty when it was not about words."""
    body = record["request_json"]
    if not isinstance(body, dict):
        return ""
    data = body["data"] if isinstance(body.get("data"), dict) else body
    cards = data.get("embeds")
    card = cards[0] if isinstance(cards, list) and cards and isinstance(cards[0], dict) else {}
    found = [data.get(key) for key in ("content", "text", "message")]
    found += [card.get("title"), card.get("description")]
    words = next((one for one in found if one and isinstance(one, str)), "")
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
