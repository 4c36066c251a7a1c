"""/telegram/bot<token>/<method>: one request to the Bot API."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from aiohttp import web

from botworker.standin.errors import ApiError
from botworker.standin.parts import PARTS
from botworker.standin.rest.answers import read_body
from botworker.standin.rest.call import note_unknown
from botworker.standin.services import Asked, serve
from botworker.standin.world import Json

from . import methods, updates
from .params import Params
from .refusals import refusal, trouble

TEXT = {"business_connection_id", "message_thread_id", "parse_mode", "entities"}
TEXT |= {"link_preview_options"}
SEND = TEXT | {
    "chat_id", "text", "disable_notification", "protect_content", "reply_parameters",
    "reply_markup", "allow_paid_broadcast", "message_effect_id", "direct_messages_topic_id",
    "suggested_post_parameters",
}  # fmt: skip
EDIT = {"business_connection_id", "chat_id", "message_id", "inline_message_id", "reply_markup"}
READ = {"offset", "limit", "timeout", "allowed_updates"}
HOOK = {"url", "certificate", "ip_address", "max_connections", "allowed_updates", "secret_token"}
Method = Callable[[methods.Call], Any]
# Every method, and the parameters that it has.
METHODS: dict[str, tuple[Method, set[str]]] = {
    "getMe": (methods.get_me, set()),
    "getUpdates": (updates.get_updates, READ),
    "setWebhook": (updates.set_webhook, HOOK | {"drop_pending_updates"}),
    "deleteWebhook": (updates.delete_webhook, {"drop_pending_updates"}),
    "getWebhookInfo": (updates.get_webhook_info, set()),
    "sendMessage": (methods.send_message, SEND),
    "editMessageText": (methods.edit_message_text, EDIT | TEXT - {"message_thread_id"} | {"text"}),
    "editMessageReplyMarkup": (methods.edit_message_reply_markup, EDIT),
    "deleteMessage": (methods.delete_message, {"chat_id", "message_id"}),
    "answerCallbackQuery": (
        methods.answer_callback_query,
        {"callback_query_id", "text", "show_alert", "url", "cache_time"},
    ),
    "sendChatAction": (
        methods.send_chat_action,
        {"business_connection_id", "chat_id", "message_thread_id", "action"},
    ),
    "setMyCommands": (methods.set_my_commands, {"commands", "scope", "language_code"}),
    "getMyCommands": (methods.get_my_commands, {"scope", "language_code"}),
}
BY_LOWER = {name.lower(): name for name in METHODS}


async def handle(request: web.Request) -> web.Response:
    """Answer one call in Telegram's envelope; the token is hidden in everything that is kept."""
    telegram = request.app[PARTS].elsewhere.telegram
    # Methods are found whatever their letters' case.
    method = BY_LOWER.get(request.match_info["method"].lower(), request.match_info["method"])
    body, readable = await _parameters(request)
    asked = Asked("telegram", request.method, f"/telegram/{method}", body=body)
    asked.person = _person(telegram.handles.with_chat, body)

    async def act() -> Json:
        if request.match_info["token"] != telegram.token:
            raise refusal(401)
        if not readable:
            raise refusal(400, "can't parse JSON object")
        if method not in METHODS:
            note_unknown(request.app[PARTS], {"route": f"telegram {method}"})
            raise refusal(404)
        verb, known = METHODS[method]
        params = Params(body)
        for name in params.unknown(known):
            note_unknown(request.app[PARTS], {"field": name, "method": method, "path": "telegram"})
        result = verb(methods.Call(telegram, params))
        return {"ok": True, "result": await result if inspect.isawaitable(result) else result}

    return await serve(request, asked, act, trouble)


async def _parameters(request: web.Request) -> tuple[Json, bool]:
    """Give the parameters from wherever they are, and whether they could be read."""
    try:
        body = await read_body(request)
    except ApiError:
        return {}, False
    return dict(request.query) | (body if isinstance(body, dict) else {}), True


def _person(with_chat: Callable[[int], int | None], body: Json) -> int | None:
    chat = str(body.get("chat_id", ""))
    return with_chat(int(chat)) if chat.isdecimal() else None


def add_to(app: web.Application) -> None:
    """Mount the Bot API; the base of its addresses is `<stand-in>/telegram`."""
    app.router.add_route("*", "/telegram/bot{token}/{method}", handle)
