"""The contract check itself: it sees what is wrong, and each known error of the description is one."""

from typing import Any

import pytest

from . import descriptions, errata, events
from .discord_api import DiscordApi, discord_api
from .schemas import Schemas

MESSAGES = "/api/v10/channels/701/messages"
USER = {
    "id": "901",
    "username": "Slomix",
    "avatar": None,
    "discriminator": "0",
    "public_flags": 0,
    "flags": 0,
    "global_name": None,
    "primary_guild": None,
}
MESSAGE: dict[str, Any] = {
    "id": "1",
    "type": 0,
    "channel_id": "701",
    "author": USER,
    "content": "hi",
    "timestamp": "2026-11-21T20:45:00.000000+00:00",
    "edited_timestamp": None,
    "tts": False,
    "mention_everyone": False,
    "mentions": [],
    "mention_roles": [],
    "attachments": [],
    "embeds": [],
    "components": [],
    "pinned": False,
    "flags": 0,
}


@pytest.fixture(autouse=True)
def _descriptions() -> None:
    descriptions.needed()


def judged(**record: Any) -> list[str]:
    usual = {
        "method": "POST",
        "path": MESSAGES,
        "query": "",
        "request_json": {"content": "hi"},
        "status": 200,
        "response_json": MESSAGE,
    }
    return discord_api().judge(usual | record)


def test_an_ordinary_message_is_as_described() -> None:
    assert judged() == []


def test_an_unknown_route_is_seen() -> None:
    assert judged(path="/api/v10/raids") == ["POST /raids: Discord has no such route"]


def test_an_unknown_field_is_seen_deep_inside_a_request() -> None:
    button = {"type": 2, "style": 1, "label": "In", "custom_id": "in", "colour": "amber"}
    row = {"type": 1, "components": [button]}

    [fault] = judged(request_json={"components": [row]})

    assert "components.0.components.0" in fault and "'colour' was unexpected" in fault


def test_what_was_refused_may_have_been_wrong() -> None:
    refusal = {"message": "Invalid Form Body", "code": 50035}

    assert judged(request_json={"content": 7}, status=400, response_json=refusal) == []


def test_an_unknown_part_of_the_query_is_seen() -> None:
    [fault] = judged(query="loudly=1")

    assert "?loudly" in fault


def test_a_missing_field_of_an_answer_is_seen() -> None:
    lacking = {name: value for name, value in MESSAGE.items() if name != "flags"}

    [fault] = judged(response_json=lacking)

    assert '"flags" is a required property' in fault


def test_a_body_where_discord_sends_none_is_seen() -> None:
    [fault] = judged(method="PUT", path=f"{MESSAGES}/1/reactions/%F0%9F%91%8D/@me", request_json={})

    assert "answered 200, where Discord answers 204" in fault


def test_what_a_fault_has_spoiled_is_judged_by_what_it_would_have_been() -> None:
    assert judged(status=0, response_json=None, effect_json=MESSAGE) == []
    assert judged(status=0, response_json=None, effect_json={}) != []


def test_an_event_is_judged_by_the_object_in_it() -> None:
    told = events.judge(discord_api().schemas, "INTERACTION_CREATE", {"message": {"id": "1"}})

    assert 'INTERACTION_CREATE.message: the whole: "author" is a required property' in told


@pytest.mark.parametrize("erratum", errata.ERRATA, ids=lambda one: one.pointer.rpartition("/")[0])
def test_a_known_error_is_still_one(erratum: errata.Erratum) -> None:
    def all_but_this(document: Any, *, asked: bool) -> Any:
        return errata.correct(document, asked=asked, but=erratum)

    raw = Schemas(descriptions.read("discord/openapi.json"), all_but_this)

    assert erratum.reason
    assert raw.problems(erratum.schema, erratum.example, closed=erratum.asked)
    assert not discord_api().schemas.problems(erratum.schema, erratum.example, closed=erratum.asked)


@pytest.mark.parametrize("route", errata.NOT_DESCRIBED)
def test_a_route_that_is_not_described_is_still_missing(route: str) -> None:
    api: DiscordApi = discord_api()
    method, _, path = route.partition(" ")

    assert api.route(method, path) is None
