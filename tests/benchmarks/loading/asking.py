"""One request each, over a socket of its own: as light as it can be."""

import asyncio
import json
import re
from typing import Any
from urllib.parse import urlsplit

from tests.benchmarks.loading.plan import Plan

SEEN = re.compile(rb"seen=([^\"&]+)")
TOKEN = "a" * 32
PATIENCE = 15.0
FORM = "application/x-www-form-urlencoded"


class Refused(Exception):
    """It was answered, and not as it should be."""


class Door:
    """Asks the site and the local Discord."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.ours, self.theirs = urlsplit(plan.site).netloc, urlsplit(plan.discord).netloc
        self.post: tuple[str, dict[str, str]] | None = None

    async def look(self, cookie: str, seen: bytes) -> tuple[bool, bytes]:
        """Look at Tonight again: whether it changed, and its new word."""
        path = "/?seen=" + seen.decode() if seen else "/"
        status, body = await ask(self.ours, "GET", path, {"Cookie": cookie, "HX-Request": "true"})
        if status == 204 and seen:
            return False, seen
        found = SEEN.search(body)
        if status != 200 or not found:
            raise Refused(str(status))
        return True, found[1]

    async def web(self, cookie: str, _person: int, status: str) -> None:
        """Answer on the page; htmx then takes the page that it is sent on to."""
        said = f"status={status}&csrfmiddlewaretoken={TOKEN}"
        path = f"/evenings/{self.plan.day}/"
        code, _body = await ask(self.ours, "POST", path, headers(cookie), said, FORM)
        if code != 302:
            raise Refused(str(code))

    async def api(self, cookie: str, _person: int, status: str) -> None:
        """Answer through the JSON API."""
        said = json.dumps({"date": self.plan.day, "status": status})
        more = headers(cookie) | {"X-Requested-With": "XMLHttpRequest"}
        code, body = await ask(self.ours, "POST", "/api/availability", more, said)
        if code != 200 or json.loads(body)["status"] != status:
            raise Refused(f"{code} {body[:120]!r}")

    async def discord_press(self, person: int, status: str) -> dict[str, Any]:
        """Press a button of the evening's post."""
        if self.post is None:
            self.post = await self._find_post()
        message, buttons = self.post
        said = {"person": person, "message": message, "custom_id": buttons[status]}
        code, body = await ask(self.theirs, "POST", "/standin/press", {}, json.dumps(said))
        if code != 200:
            raise Refused(f"{code} {body[:120]!r}")
        told: dict[str, Any] = json.loads(body)
        return told

    async def discord(self, _cookie: str, person: int, status: str) -> None:
        """Answer with a button in Discord; the bot must answer within its three seconds."""
        told = await self.discord_press(person, status)
        if not told["answered"]:
            raise Refused(f"the bot did not answer: {told.get('reason')}")

    async def call(self, cookie: str) -> None:
        """Call everybody who could come."""
        said = f"include_available=on&include_maybe=on&csrfmiddlewaretoken={TOKEN}"
        code, _body = await ask(self.ours, "POST", "/promote/", headers(cookie), said, FORM)
        if code not in (200, 302):
            raise Refused(str(code))

    async def _find_post(self) -> tuple[str, dict[str, str]]:
        path = f"/standin/channels/{self.plan.channel}/messages"
        _code, body = await ask(self.theirs, "GET", path, {})
        for message in json.loads(body):
            rows = message.get("components", [])
            ids = [one.get("custom_id", "") for row in rows for one in row["components"]]
            words = {status: f":{status.lower()}:" for status in ("LOOKING", "AVAILABLE", "MAYBE")}
            found = {
                status: next((one for one in ids if word in one), "")
                for status, word in words.items()
            }
            if all(found.values()):
                return message["id"], found
        raise Refused("the evening's post is not there")


def headers(cookie: str) -> dict[str, str]:
    """Return what a page of ours sends with a form."""
    return {
        "Cookie": f"{cookie}; csrftoken={TOKEN}",
        "X-CSRFToken": TOKEN,
        "HX-Request": "true",
    }


async def ask(
    where: str,
    method: str,
    path: str,
    more: dict[str, str],
    body: str = "",
    kind: str = "application/json",
) -> tuple[int, bytes]:
    """Ask once; returns the status and the body. Raises OSError and TimeoutError."""
    host, _colon, port = where.partition(":")
    head = {"Host": where, "Connection": "close", **more}
    if body:
        head |= {"Content-Type": kind, "Content-Length": str(len(body.encode()))}
    lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
    async with asyncio.timeout(PATIENCE):
        reader, writer = await asyncio.open_connection(host, int(port))
        try:
            writer.write(f"{method} {path} HTTP/1.1\r\n{lines}\r\n{body}".encode())
            answer = await reader.read()
        finally:
            writer.close()
    top, _gap, rest = answer.partition(b"\r\n\r\n")
    if not top:
        raise ConnectionError("closed without an answer")
    return int(top[9:12]), rest
