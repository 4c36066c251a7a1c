"""What of the log may leave the machine, and how much of it waits."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test import override_settings

from botworker import log_lines
from botworker.log_lines import Buffer, Forwarding
from tests import fresh, make
from tests.bot.journey import TOKEN
from tests.cast import SlomixTestCase

CHANNEL = 1_098_116_459_156_865


def test_it_is_off_unless_a_channel_is_named() -> None:
    usual = fresh.settings()
    assert (usual.LOG_CHANNEL_ID, usual.LOG_GUILD_ID) == (0, 0)

    found = fresh.settings(LOG_CHANNEL_ID=str(CHANNEL), LOG_GUILD_ID=str(CHANNEL + 1))
    assert (found.LOG_CHANNEL_ID, found.LOG_GUILD_ID) == (CHANNEL, CHANNEL + 1)


def test_the_least_important_that_is_shown_can_be_chosen() -> None:
    assert fresh.settings().DISCORD_LOG_LEVEL == "WARNING"
    assert fresh.settings(DISCORD_LOG_LEVEL="INFO").DISCORD_LOG_LEVEL == "INFO"


@pytest.fixture
def buffer() -> Iterator[Buffer]:
    """A log that is kept, from INFO on."""
    handler = Forwarding(Buffer(), logging.INFO)
    logger = logging.getLogger("tests.operating")
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    yield handler.buffer
    logger.removeHandler(handler)


log = logging.getLogger("tests.operating")


def test_a_line_says_where_it_is_from(buffer: Buffer) -> None:
    log.info("the answer is %d", 42)
    log.debug("not important enough")

    said = buffer.block()
    assert " INFO run tests.operating test_log_lines.test_a_line_says_where_it_is_from:" in said
    assert said.endswith("the answer is 42")
    assert buffer.block() == ""


def test_it_says_no_secret_and_cannot_leave_its_block(buffer: Buffer) -> None:
    with override_settings(SECRET_KEY="very secret indeed", DISCORD_BOT_TOKEN=TOKEN):
        log.warning(
            "%s and %s and very secret indeed", TOKEN, "MTA5ODExNjQ1OTE1Njg2NQ.Gabcde." + "x" * 38
        )
        log.warning("postgresql://slomix:hunter2@db/slomix refused")
        log.warning("```\n@everyone\n```")

    said = buffer.block()
    for secret in (TOKEN, "xxxxx", "very secret", "hunter2", "```"):
        assert secret not in said
    assert len(said.splitlines()) == 3


def test_of_a_fault_of_the_database_there_is_only_the_name(buffer: Buffer) -> None:
    """R14: the log in Discord held people's data."""
    try:
        raise IntegrityError("DETAIL: Key (name)=(Bazooka Bor) already exists.")
    except IntegrityError:
        log.exception("it was not written down")
    try:
        raise ValueError("seven is not eight")
    except ValueError:
        log.exception("it was not counted")

    said = buffer.block()
    assert "Bazooka" not in said
    assert "[IntegrityError]" in said
    assert "[ValueError: seven is not eight]" in said


def test_of_too_many_lines_the_oldest_go_and_it_is_said(buffer: Buffer) -> None:
    """R14: the queue had no end."""
    for number in range(log_lines.MOST_LINES + 7):
        log.warning("line %d", number)

    blocks = list(iter(buffer.block, ""))
    assert blocks[0].startswith("… 7 lines were left out here")
    assert "line 7" in blocks[0]
    assert f"line {log_lines.MOST_LINES + 6}" in blocks[-1]
    assert max(map(len, blocks)) <= log_lines.LONGEST_BLOCK


def test_what_was_not_sent_waits_before_the_rest(buffer: Buffer) -> None:
    for number in range(3):
        log.warning("line %d", number)
    block = buffer.block()
    log.warning("line 3")

    buffer.put_back(block)

    assert [one[-1] for one in buffer.block().splitlines()] == ["0", "1", "2", "3"]


def test_a_very_long_line_is_cut(buffer: Buffer) -> None:
    log.warning("x" * 5000)

    assert len(buffer.block()) == log_lines.LONGEST_LINE


def test_a_line_that_cannot_be_formatted_is_shown_as_it_is() -> None:
    facts = {"name": "a", "msg": "%d of %d", "args": ("one",), "levelname": "WARNING"}

    assert "%d of %d" in log_lines.line(logging.makeLogRecord(facts))


class StatementTests(SlomixTestCase):
    def test_statements_are_shown_without_what_they_were_filled_in_with(self) -> None:
        """R14: every parameter of every statement was written into a channel."""
        handler, logger = Forwarding(Buffer(), logging.DEBUG), logging.getLogger(log_lines.SQL)
        before = logger.level
        logger.addHandler(handler)
        logger.setLevel(logging.DEBUG)
        connection.force_debug_cursor = True
        try:
            make.person("Drago O'Hara", linked=False)
        finally:
            connection.force_debug_cursor = False
            logger.removeHandler(handler)
            logger.setLevel(before)

        said = "\n".join(iter(handler.buffer.block, ""))
        self.assertIn(" DEBUG sql django.db.backends", said)
        self.assertIn('INSERT INTO "discord_accounts"', said)
        for value in ("Drago", "O'Hara", "discord1", "200000000", "2026-"):
            self.assertNotIn(value, said)

    def test_texts_numbers_and_bytes_are_values(self) -> None:
        def shown(sql: str) -> str:
            facts: dict[str, Any] = {"sql": sql, "duration": 0.0015, "name": log_lines.SQL}
            return log_lines.line(logging.makeLogRecord(facts)).partition(" s ")[2]

        self.assertEqual(
            shown("SELECT 1 FROM \"t2\" WHERE a = 'it''s -- me'"), 'SELECT ? FROM "t2" WHERE a = ?'
        )
        self.assertEqual(shown("VALUES (-3.5, x'0aff', E'a', NULL)"), "VALUES (?, ?, ?, NULL)")
