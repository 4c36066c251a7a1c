"""How updates reach the bot: it asks for them, or they are brought to its webhook."""

from __future__ import annotations

import asyncio
import json
import re
import time
from contextlib import suppress
from urllib.parse import urlsplit

import aiohttp

from botworker.standin.refused import Refused
from botworker.standin.world import Json

from .methods import Call, send_message
from .params import Params
from .refusals import HAS_WEBHOOK, OTHER_READER, refusal
from .service import Telegram

MOST = 100
LONGEST_WAIT = 50
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  the name of a header
# Seconds before the next try: soon at first, then ever later.
RETRIES = (0.2, 1.0, 3.0, 10.0, 30.0, 60.0)
PUSH_TIMEOUT = 10.0


async def get_updates(call: Call) -> list[Json]:
    """Give what happened since `offset`, waiting up to `timeout` seconds for something to."""
    telegram, params = call.telegram, call.params
    if telegram.memory.webhook.get("url"):
        raise refusal(409, HAS_WEBHOOK)
    _choose(telegram, params.read("allowed_updates"))
    _confirm(telegram, params.number("offset", 0) or 0)
    mine = _take_over(telegram)
    most = min(max(params.number("limit", MOST) or MOST, 1), MOST)
    wait = min(params.number("timeout", 0) or 0, LONGEST_WAIT)
    with suppress(TimeoutError):
        async with asyncio.timeout(wait):
            await _something(telegram, mine)
    if mine.is_set():
        raise refusal(409, OTHER_READER)
    telegram.reader = None
    return telegram.memory.updates[:most]


def _choose(telegram: Telegram, kinds: object) -> None:
    if isinstance(kinds, list) and kinds != telegram.memory.allowed:
        telegram.memory.write("allowed", kinds=kinds)


def _confirm(telegram: Telegram, offset: int) -> None:
    waiting = telegram.memory.updates
    if offset > 0 and any(one["update_id"] < offset for one in waiting):
        telegram.memory.write("confirm", before=offset)
    elif offset < 0 and waiting:
        telegram.memory.write("confirm", before=waiting[max(offset, -len(waiting))]["update_id"])


def _take_over(telegram: Telegram) -> asyncio.Event:
    """End the request that waits already: of two readers the later one is heard."""
    if telegram.reader:
        telegram.reader.set()
    telegram.reader = asyncio.Event()
    return telegram.reader


async def _something(telegram: Telegram, mine: asyncio.Event) -> None:
    while not telegram.memory.updates and not mine.is_set():
        telegram.news.clear()
        waits = [asyncio.create_task(one.wait()) for one in (telegram.news, mine)]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in waits:
                one.cancel()


# --- the webhook -------------------------------------------------------------------------------


def set_webhook(call: Call) -> bool:
    """Have updates brought to an address; plain http is taken on this machine only.

    The real server asks for https; Telegram's own local server takes http as well.
    """
    url, secret, memory = (
        call.params.text("url"),
        call.params.text("secret_token"),
        call.telegram.memory,
    )
    if not url:
        return delete_webhook(call)
    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in ("127.0.0.1", "localhost"):
        raise refusal(400, "bad webhook: An HTTPS URL must be provided for webhook")
    if secret and not SECRET.fullmatch(secret):
        raise refusal(400, "secret token contains unallowed characters")
    _choose(call.telegram, call.params.read("allowed_updates"))
    if call.params.truth("drop_pending_updates"):
        memory.write("confirm", before=memory.last_update + 1)
    memory.write("webhook", webhook={"url": url, "secret": secret})
    if call.telegram.reader:
        call.telegram.reader.set()
    push(call.telegram)
    return True


def delete_webhook(call: Call) -> bool:
    """Have updates kept for `getUpdates` again."""
    memory = call.telegram.memory
    if call.params.truth("drop_pending_updates"):
        memory.write("confirm", before=memory.last_update + 1)
    memory.write("webhook", webhook={})
    if call.telegram.pusher:
        call.telegram.pusher.cancel()
        call.telegram.pusher = None
    return True


def get_webhook_info(call: Call) -> Json:
    """Say where updates go and what went wrong last."""
    memory = call.telegram.memory
    told = {
        "url": memory.webhook.get("url", ""),
        "has_custom_certificate": False,
        "pending_update_count": len(memory.updates),
        "max_connections": 40,
    }
    shown = ("last_error_date", "last_error_message")
    told |= {name: memory.webhook[name] for name in shown if name in memory.webhook}
    return told | ({"allowed_updates": memory.allowed} if memory.allowed else {})


def push(telegram: Telegram) -> None:
    """Begin bringing updates to the webhook, if there is one."""
    if telegram.pusher:
        telegram.pusher.cancel()
    if telegram.memory.webhook.get("url"):
        telegram.pusher = asyncio.get_running_loop().create_task(_push_all(telegram))


async def _push_all(telegram: Telegram) -> None:
    tries = 0
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PUSH_TIMEOUT)) as session:
        while True:
            if not telegram.memory.updates:
                telegram.news.clear()
                await telegram.news.wait()
                continue
            update = telegram.memory.updates[0]
            if await _pushed(telegram, session, update):
                tries = 0
                telegram.memory.write("confirm", before=update["update_id"] + 1)
            else:
                await asyncio.sleep(RETRIES[min(tries, len(RETRIES) - 1)])
                tries += 1


def _called_back(telegram: Telegram, text: str) -> None:
    """Do what the answer to an update asks for; nobody hears whether that went well.

    https://core.telegram.org/bots/api#making-requests-when-getting-updates
    """
    try:
        asked = json.loads(text)
    except ValueError:
        return
    if isinstance(asked, dict) and asked.pop("method", "") == "sendMessage":
        with suppress(Refused):
            send_message(Call(telegram, Params(asked)))


async def _pushed(telegram: Telegram, session: aiohttp.ClientSession, update: Json) -> bool:
    webhook = telegram.memory.webhook
    headers = {SECRET_HEADER: webhook["secret"]} if webhook["secret"] else {}
    try:
        async with session.post(webhook["url"], json=update, headers=headers) as answer:
            if 200 <= answer.status < 300:
                _called_back(telegram, await answer.text())
                return True
            why = f"Wrong response from the webhook: {answer.status} {answer.reason}"
    except (aiohttp.ClientError, TimeoutError) as problem:
        why = "Read timeout expired" if isinstance(problem, TimeoutError) else "Connection refused"
    at = int(time.time())
    told = webhook | {"last_error_date": at, "last_error_message": why}
    telegram.memory.write("webhook", webhook=told)
    return False
