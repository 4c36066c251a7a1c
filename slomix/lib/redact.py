"""Keeps bot tokens, secret addresses and phone numbers out of every log, whoever writes it.

It works where log records are made, so it holds for handlers and formats that are not ours
(gunicorn's, Celery's). A chat id is only a number and cannot be told from others: nobody logs one.
"""

import logging
import re
from typing import Any

SECRETS = (
    # Telegram's token, in an address or alone; the bot's number may be told.
    (re.compile(r"(\d{5,20}):[A-Za-z0-9_-]{30,}"), r"\1:…"),
    (re.compile(r"(/hooks/telegram/)[\w-]+"), r"\1…"),
    # Links that act for whoever holds them: one answer, no more messages.
    (re.compile(r"(/(?:s|stop)/)[\w:.%-]{16,}"), r"\1…"),
    # A calendar's address: whoever holds it reads it, and programs ask for it all day.
    (re.compile(r"(/evenings/calendar/)[\w-]{16,}"), r"\1…"),
    # A phone number in full; its country may be told.
    (re.compile(r"(?<![\w+])(\+[1-9]\d)\d{5,12}(?!\d)"), r"\1…"),
)


def redacted(text: str) -> str:
    """Return a text with every secret of these kinds hidden."""
    for pattern, instead in SECRETS:
        text = pattern.sub(instead, text)
    return text


def install() -> None:
    """Hide secrets in every log record that is made from now on."""
    made = logging.getLogRecordFactory()
    if getattr(made, "redacts", False):
        return

    def make(*args: Any, **kwargs: Any) -> logging.LogRecord:
        record = made(*args, **kwargs)
        try:
            said = record.getMessage()
        except (TypeError, ValueError, KeyError):
            return record  # wrong arguments: the handler says so
        safe = redacted(said)
        if safe != said:
            record.msg, record.args = safe, ()
        if record.exc_info and record.exc_info[0]:
            # Formatters take this text where it is set.
            trace = logging.Formatter().formatException(record.exc_info)
            safe = redacted(trace)
            record.exc_text = safe if safe != trace else None
        return record

    make.redacts = True  # type: ignore[attr-defined]  # so that it is installed once
    logging.setLogRecordFactory(make)
