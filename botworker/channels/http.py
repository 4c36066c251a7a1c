"""What the channels that we speak to over plain HTTP share: the client, and what a fault means."""

import re
from collections.abc import Callable, Mapping
from typing import Any

import httpx
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import language, links, vault
from accounts.actions import handles
from accounts.models import User
from accounts.reach import ASKED_FOR
from botworker import wire
from botworker.channels import ChannelError, Refusal, Verdict
from botworker.claims import Job
from botworker.plain import put_back, set_aside
from botworker.rules import CALLS, NEED_MORE, STANDBY
from slomix.lib.bridge import call

TOTAL, CONNECT = 10.0, 3.0
# No byte of the request was written: nothing can have arrived.
NEVER_WRITTEN = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
# Discord's bold, code and slanted words.
MARKUP = re.compile(r"\*\*|`|(?<![*\w])\*(?=[^\s*][^*\n]*\*)|(?<=[^\s*])\*(?![*\w])")


def client(base_url: str) -> httpx.AsyncClient:
    """Return a client that never follows a redirect and never waits longer than ten seconds."""
    return httpx.AsyncClient(
        base_url=base_url,
        timeout=httpx.Timeout(TOTAL, connect=CONNECT),
        event_hooks={"request": [_watch]},
    )


async def _watch(request: httpx.Request) -> None:
    """Let whoever watches this task's wire know when the request is written."""
    request.extensions["trace"] = _traced


async def _traced(event: str, _facts: Mapping[str, Any]) -> None:
    # https://www.python-httpx.org/advanced/extensions/#trace
    seen = wire.current.get()
    if seen and event.endswith("send_request_headers.started"):
        seen.written = True


def broken(name: str, fault: httpx.HTTPError) -> Refusal:
    """Return what a fault of the network means; its text may hold an address with a token in it."""
    if isinstance(fault, NEVER_WRITTEN):
        return Refusal(f"{name} cannot be reached", Verdict.TRANSIENT)
    return Refusal("no clear answer", Verdict.UNKNOWN)


def read(answer: httpx.Response) -> dict[str, Any]:
    """Return an answer's JSON object, or an empty one where it is none."""
    try:
        found = answer.json()
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


async def address(job: Job) -> str:
    """Return where a delivery goes, looked up as it is sent. Raises ChannelError.

    From here on the task's wire is watched: what takes too long before a request is no try.
    """
    wire.begin()
    try:
        found = await call(
            handles.address_of,
            job.person_id or 0,
            job.channel,
            even_if_off=job.kind == "reachability",
        )
    except vault.Locked as locked:
        text = "the address cannot be decrypted"
        raise ChannelError(Refusal(text, Verdict.PERMANENT)) from locked
    if found is None:
        raise ChannelError(Refusal("not linked there any more", Verdict.PERMANENT))
    return found


def nothing(_job: Job) -> list[str]:
    """Add no lines to a message."""
    return []


async def words(job: Job, more: Callable[[Job], list[str]] = nothing) -> str:
    """Return what a chat is told, and `more` below it; what can be switched off says how, always.

    The lines below are in the language that the person chose, as the message is.
    """
    return "\n".join((spoken(job.body, job.extras), *await call(_below, job, more)))


def _below(job: Job, more: Callable[[Job], list[str]]) -> list[str]:
    number = job.person_id or 0
    with translation.override(language.by_person([number])[number]):
        return [*more(job), *way_out(job.kind, job.person_id)]


def way_out(kind: str, person_id: int | None) -> list[str]:
    """Return the line that says how to end messages of a kind, if they can be ended."""
    if person_id is None or kind not in CALLS.union(ASKED_FOR, (NEED_MORE, STANDBY)):
        return []
    link = links.stop_link(User(pk=person_id))
    return [_("No more of these: write STOP, or open %(link)s") % {"link": link}]


def spoken(body: str, extras: Mapping[str, Any]) -> str:
    """Return a message as plain text: no markup, and links instead of the buttons that open one."""
    links = [
        f"{button['label']}: {button['url']}"
        for row in extras.get("rows", [])
        for button in row
        if button.get("url")
    ]
    return "\n".join([put_back(MARKUP.sub("", set_aside(body))), *links])
