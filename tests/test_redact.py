"""What no log may hold."""

import io
import logging
import secrets
from collections.abc import Iterator

import pytest

from availability.actions.feeds import TOKEN_BYTES
from slomix.lib.redact import redacted
from tests.channels.keys import BOT_TOKEN, PHONE

SECRET = BOT_TOKEN.partition(":")[2]
HOOK = "/hooks/telegram/0123456789abcdef0123456789abcdef/"


@pytest.fixture
def log() -> Iterator[tuple[logging.Logger, io.StringIO]]:
    """A log with a handler that is none of ours."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    logger = logging.getLogger("somebody.elses")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield logger, written
    logger.removeHandler(handler)


def test_a_token_is_hidden_wherever_it_stands(log: tuple[logging.Logger, io.StringIO]) -> None:
    logger, written = log

    logger.info("GET https://api.telegram.org/bot%s/getUpdates", BOT_TOKEN)
    logger.info("token: " + BOT_TOKEN)
    logger.info({"recipients": [PHONE]})
    logger.info('"POST %s HTTP/1.1" 403', HOOK)

    said = written.getvalue()
    assert SECRET not in said
    assert PHONE not in said
    assert HOOK[16:40] not in said
    assert "bot7000000000:…/getUpdates" in said
    assert "+44…" in said


def test_a_calendars_address_is_hidden_where_a_program_asks_for_it(
    log: tuple[logging.Logger, io.StringIO],
) -> None:
    logger, written = log
    token = secrets.token_urlsafe(TOKEN_BYTES)

    logger.info('"GET /evenings/calendar/%s.ics HTTP/1.1" 200', token)

    assert token not in written.getvalue()
    assert "/evenings/calendar/….ics" in written.getvalue()


def test_a_trace_hides_them_too(log: tuple[logging.Logger, io.StringIO]) -> None:
    logger, written = log
    try:
        raise ValueError(f"no answer from /bot{BOT_TOKEN}/sendMessage for {PHONE}")
    except ValueError:
        logger.exception("it failed")

    said = written.getvalue()
    assert "Traceback" in said
    assert SECRET not in said
    assert PHONE not in said


def test_a_record_that_cannot_be_written_is_still_the_handlers_affair(
    log: tuple[logging.Logger, io.StringIO], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging, "raiseExceptions", False)
    logger, _written = log

    logger.info("%d people", "many")  # the old way of logging; a wrong argument ends nothing


@pytest.mark.parametrize(
    "text",
    [
        "clock +00:00:02.123456 and -0100",
        "campaign 1098115200337412096 sent 20 of 24 at 20:45:00",
        "2026-11-20T20:45:00+01:00",
        "PROMOTE:T-15:2026-11-20 to person:0a1b2c3d4e5f",
        "this machine's clock is +1.5 s from the database's",
    ],
)
def test_what_is_no_secret_stays(text: str) -> None:
    assert redacted(text) == text
