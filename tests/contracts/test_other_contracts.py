"""The checks of Telegram and Signal see what is wrong; their descriptions' known errors are errors."""

from typing import Any

import pytest

from . import descriptions, signal_api
from .schemas import Schemas
from .telegram_api import telegram_api

CHAT = {"id": 7_000_000_001, "type": "private"}
MESSAGE = {"message_id": 1, "date": 1_790_000_000, "chat": CHAT, "text": "hi"}


@pytest.fixture(autouse=True)
def _descriptions() -> None:
    descriptions.needed()


def on_telegram(method: str = "sendMessage", **record: Any) -> list[str]:
    usual = {
        "path": f"/telegram/{method}",
        "request_json": {"chat_id": 7_000_000_001, "text": "hi"},
        "status": 200,
        "response_json": {"ok": True, "result": MESSAGE},
    }
    return telegram_api().judge(usual | record)


def on_signal(method: str, path: str, **record: Any) -> list[str]:
    usual = {"method": method, "path": f"/signal{path}", "query": "", "request_json": {}}
    return signal_api.signal_api().judge(usual | {"status": 200, "response_json": None} | record)


def test_an_ordinary_message_is_as_described() -> None:
    assert on_telegram() == []


def test_a_form_says_the_same_in_text() -> None:
    keyboard = '{"inline_keyboard": [[{"text": "In", "callback_data": "in"}]]}'
    form = {"chat_id": "7000000001", "text": "7", "protect_content": "true"}

    assert on_telegram(request_json=form | {"reply_markup": keyboard}) == []


def test_an_unknown_method_is_seen() -> None:
    assert on_telegram("sendRaid") == ["sendRaid: Telegram has no such method"]


def test_an_unknown_field_is_seen_deep_inside_a_call() -> None:
    keyboard = {"inline_keyboard": [[{"text": "In", "callback_data": "in", "colour": "amber"}]]}

    [fault] = on_telegram(request_json={"chat_id": 1, "text": "x", "reply_markup": keyboard})

    assert "'colour' was unexpected" in fault


def test_a_missing_and_an_unknown_field_of_an_answer_are_seen() -> None:
    wrong = {name: value for name, value in MESSAGE.items() if name != "chat"} | {"mood": "good"}

    told = " ".join(on_telegram(response_json={"ok": True, "result": wrong}))

    assert '"chat" is a required property' in told
    assert "'mood' was unexpected" in told


def test_a_refusal_says_its_status_in_the_envelope() -> None:
    refusal = {"ok": False, "error_code": 403, "description": "Forbidden"}

    assert on_telegram(status=403, response_json=refusal) == []
    assert on_telegram(status=400, response_json=refusal) != []


def test_signals_routes_bodies_and_answers_are_checked() -> None:
    body = {"number": "+1", "recipients": ["+2"], "message": "hi", "colour": "amber"}
    sent = {"status": 201, "response_json": {"timestamp": "1"}}

    assert on_signal("GET", "/v1/raids") == ["GET /v1/raids: Signal has no such route"]
    assert "'colour' was unexpected" in on_signal("POST", "/v2/send", request_json=body, **sent)[0]
    assert on_signal("GET", "/v1/about", response_json={"build": 2}) != []
    assert "?loudly" in on_signal("GET", "/v1/health", query="loudly=1", status=204)[0]


@pytest.mark.parametrize("erratum", signal_api.ERRATA, ids=lambda one: one[0].rpartition("/")[0])
def test_a_known_error_of_signals_description_is_still_one(erratum: tuple[str, Any, str]) -> None:
    raw: Any = Schemas(descriptions.read("signal/swagger.json")).document
    pointer, right, reason = erratum
    for step in pointer.strip("/").split("/"):
        raw = raw.get(step.replace("~1", "/"), {})

    assert raw != right
    assert reason
