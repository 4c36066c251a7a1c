"""Telegram: the Bot API, and what its answers mean. https://core.telegram.org/bots/api

It has no idempotency key and no history that a bot can read, so whatever is not a clear answer is
never tried again: the delivery ends as unconfirmed.
"""

import logging
from collections.abc import Mapping
from typing import Any

import httpx
from django.conf import settings

from accounts.models import Handle
from botworker.channels import ChannelError, Refusal, Said, Verdict, http
from botworker.claims import MARKER, Job
from botworker.hearing import Answer

log = logging.getLogger(__name__)

# What Telegram says when nothing will arrive there until the person does something. The exact
# sentences; any other 403 or 400 switches nothing off.
FOR_GOOD = {
    "bot was blocked by the user": ("the bot is blocked on Telegram", Handle.Off.BLOCKED),
    "user is deactivated": ("the Telegram account is gone", Handle.Off.GONE),
    "chat not found": ("the Telegram account is gone", Handle.Off.GONE),
    "bot was kicked": ("the bot is blocked on Telegram", Handle.Off.BLOCKED),
    "group chat was deleted": ("the Telegram account is gone", Handle.Off.GONE),
}
TOKEN_REFUSED = (401, 404)  # 404 is what a token of the wrong shape gets
BLOCKED_FOR = 10.0
# The message says already what it is to say.
NOT_MODIFIED = "message is not modified"
# https://core.telegram.org/bots/api#inlinekeyboardbutton, #answercallbackquery, #sendmessage
LONGEST_ALERT, LONGEST, MOST_BESIDE = 200, 4096, 3
Rows = list[list[dict[str, Any]]]


class Api:
    """Calls the Bot API's methods for our bot; its token is in every address, so none is logged."""

    def __init__(self) -> None:
        self.http = http.client(settings.TELEGRAM_BASE_URL)

    async def call(self, method: str, *, within: float = http.TOTAL, **params: Any) -> Any:
        """Call one method and return its result. Raises ChannelError with what a refusal means."""
        path = f"/bot{settings.TELEGRAM_BOT_TOKEN}/{method}"
        timeout = httpx.Timeout(within, connect=http.CONNECT)
        try:
            answer = await self.http.post(path, json=params, timeout=timeout)
        except httpx.HTTPError as fault:
            # Not "from fault": its request carries the token in its address.
            raise ChannelError(http.broken("Telegram", fault)) from None
        told = http.read(answer)
        if answer.status_code == 200 and told.get("ok") is True:
            return told.get("result")
        raise ChannelError(refusal(answer.status_code, told))

    async def close(self) -> None:
        """Close what is open."""
        await self.http.aclose()


def refusal(status: int, told: dict[str, Any]) -> Refusal:
    """Return what an answer other than success means for a delivery."""
    description = str(told.get("description", ""))
    if status == 429:
        named = told.get("parameters")
        wait = named.get("retry_after") if isinstance(named, dict) else None
        seconds = float(wait) if isinstance(wait, int | float) else 1.0
        return Refusal("too many requests", Verdict.TRANSIENT, seconds + 0.25, status)
    if status in TOKEN_REFUSED:
        reason = "Telegram does not accept the bot's token"
        return Refusal(reason, Verdict.BLOCKED, BLOCKED_FOR, status)
    if status in (400, 403):
        for sentence, (reason, off) in FOR_GOOD.items():
            if sentence in description:
                return Refusal(reason, Verdict.PERMANENT, None, status, off=off)
        if NOT_MODIFIED in description:
            return Refusal(NOT_MODIFIED, Verdict.PERMANENT, None, status)
        log.error("Telegram refused a message (%d)", status)
        return Refusal(f"Telegram refused it ({status})", Verdict.PERMANENT, None, status)
    return Refusal("Telegram gave no clear answer", Verdict.UNKNOWN, None, status)


class TelegramChannel:
    """Says deliveries to linked Telegram accounts."""

    name = "telegram"
    reads_back = False

    def __init__(self, api: Api) -> None:
        self.api = api

    async def send(self, job: Job) -> Said:
        """Say it in the person's chat with the bot; raises ChannelError."""
        chat = await http.address(job)
        result = await self.api.call("sendMessage", **message(chat, await http.words(job), job))
        number = result.get("message_id") if isinstance(result, dict) else None
        if not isinstance(number, int):
            raise ChannelError(Refusal("the answer made no sense", Verdict.UNKNOWN, None, 200))
        # The chat's id is the person's address, so it is not kept with the evidence.
        return Said(0, number)

    async def find(self, job: Job) -> Said | None:
        """Refuse: bots cannot read a chat."""
        raise ChannelError(Refusal("Telegram cannot be read back", Verdict.UNKNOWN))


def message(chat: str, words: str, job: Job) -> dict[str, Any]:
    """Return the parameters of sendMessage for a delivery in these words."""
    return said(chat, words, keyboard(job.extras.get("rows", []), job.marker))


def said(chat: str, text: str, buttons: Rows | None = None) -> dict[str, Any]:
    """Return the parameters of sendMessage: plain text, whatever is in it, and no preview."""
    keys = {"reply_markup": {"inline_keyboard": buttons}} if buttons else {}
    return {
        "chat_id": int(chat),
        "text": text[:LONGEST],
        "link_preview_options": {"is_disabled": True},
        **keys,
    }


def keyboard(rows: Rows, marker: str = "") -> Rows:
    """Return a message's buttons as Telegram has them; what opens a page stands in the text.

    Telegram has no disabled buttons, so the chosen one is ticked.
    """
    made: Rows = []
    for row in rows:
        found = [_button(one, marker) for one in row if one.get("id")]
        # Four beside each other are cut on a phone.
        wide = 2 if len(found) > MOST_BESIDE else MOST_BESIDE
        made += [found[at : at + wide] for at in range(0, len(found), wide)]
    return made


def _button(button: Mapping[str, Any], marker: str) -> dict[str, Any]:
    label = f"✓ {button['label']}" if button.get("disabled") else str(button["label"])
    return {"text": label, "callback_data": button["id"].replace(MARKER, marker)}


def calls(answer: Answer) -> list[tuple[str, dict[str, Any]]]:
    """Return the methods that say an answer, with their parameters, in their order.

    A press is answered last, so that whoever waits for it sees the message as it is then.
    """
    words = http.spoken(answer.text, {"rows": answer.rows})
    whole = said(answer.address, words, keyboard(answer.rows))
    if not answer.query_id:
        return [("sendMessage", whole)]
    ends: dict[str, Any] = {"callback_query_id": answer.query_id}
    if answer.refused:
        alert = http.spoken(answer.text, {})[:LONGEST_ALERT]
        return [("answerCallbackQuery", ends | {"text": alert, "show_alert": True})]
    edit = {"message_id": answer.message_id, **whole}
    return [("editMessageText", edit), ("answerCallbackQuery", ends)]


async def do(api: Api, method: str, params: dict[str, Any]) -> None:
    """Call one method of an answer. A message that cannot be edited any more is followed by a new
    one, so that the person reads what holds."""
    try:
        await api.call(method, **params)
    except ChannelError as refused:
        reason = refused.refusal.reason
        if reason == NOT_MODIFIED:
            return
        log.warning("an answer on telegram was not taken: %s", reason)
        if method == "editMessageText" and refused.refusal.verdict is Verdict.PERMANENT:
            fresh = {name: one for name, one in params.items() if name != "message_id"}
            await do(api, "sendMessage", fresh)
