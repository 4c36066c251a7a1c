"""The log as JSON lines."""

import json
import logging
import sys
from typing import Any

from slomix.lib import redact
from slomix.lib.json_lines import JsonLines, about
from tests import fresh


def line(message: str, *values: object, fault: bool = False) -> dict[str, Any]:
    redact.install()
    trace = sys.exc_info() if fault else None
    made = logging.getLogRecordFactory()("slomix", logging.INFO, "", 1, message, values, trace)
    said = JsonLines().format(made)
    assert "\n" not in said
    found: dict[str, Any] = json.loads(said)
    return found


def test_the_log_can_be_lines_of_json() -> None:
    handlers = [
        fresh.settings(**env).LOGGING["handlers"]["stderr"] for env in ({}, {"LOG_FORMAT": "json"})
    ]

    assert [one["formatter"] for one in handlers] == ["line", "json"]


def test_a_line_says_when_in_utc_and_what_it_is_about() -> None:
    with about(campaign_id=3, delivery_id=7):
        found = line("said to %d", 2)

    assert found["at"].endswith("+00:00")
    assert (found["message"], found["level"]) == ("said to 2", "INFO")
    assert (found["campaign_id"], found["delivery_id"]) == (3, 7)
    assert "campaign_id" not in line("afterwards")


def test_a_name_with_a_line_break_begins_no_line() -> None:
    assert (
        line("hello %s", 'a\n{"level": "CRITICAL"}')["message"] == 'hello a\n{"level": "CRITICAL"}'
    )


def test_secrets_are_hidden_in_a_trace_too() -> None:
    try:
        raise ValueError("https://api.telegram.org/bot7000000123:" + "x" * 35)
    except ValueError:
        found = line("it broke", fault=True)

    assert "ValueError" in found["exception"]
    assert "xxxx" not in json.dumps(found)
