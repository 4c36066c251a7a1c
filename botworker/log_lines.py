"""From a log record to a line that may leave the machine: where it is from, and nobody's data."""

import logging
import re
from collections import deque
from contextvars import ContextVar
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from django.conf import settings
from django.db import Error

from slomix.lib.redact import redacted

SQL = "django.db.backends"
MOST_LINES = 1000
LONGEST_LINE = 600
# What Discord takes in one message, with the block around it.
LONGEST_BLOCK = 1900
# A bot's token, wherever it comes from: three parts joined by dots.
TOKEN = re.compile(r"[\w-]{12,30}\.[\w-]{4,8}\.[\w-]{20,}")
PASSWORD = re.compile(r"(\b[a-z][a-z0-9+]*://[^\s:/@]*:)[^\s@/]+(@)")
# What a statement was filled in with: texts, bytes, numbers.
VALUES = re.compile(r"(?:\b[xXeE])?'(?:[^']|'')*'|(?<![\w\"$])-?\d+(?:\.\d+)?(?![\w\"])")
KEPT_SECRET = ("DISCORD_BOT_TOKEN", "SECRET_KEY", "LEDGER_KEY", "DISCORD_CLIENT_SECRET")

# Set while lines are being sent: what that writes into the log is not sent as well.
sending: ContextVar[bool] = ContextVar("sending", default=False)


def line(record: logging.LogRecord) -> str:
    """Return a record as one line: time, level, domain, logger, module, function, line, words.

    A statement is shown without what it was filled in with; of a fault of the database there is
    only the name, because its text repeats values.
    """
    is_sql = record.name.startswith(SQL)
    said = _statement(record) if is_sql else _message(record)
    where = f"{record.name} {record.module}.{record.funcName}:{record.lineno}"
    at = logging.Formatter("%(asctime)s", "%H:%M:%S").format(_bare(record))
    domain = "sql" if is_sql else "run"
    return f"{at} {record.levelname} {domain} {where} {safe(said)}"[:LONGEST_LINE]


def _bare(record: logging.LogRecord) -> logging.LogRecord:
    return logging.makeLogRecord({"created": record.created, "msecs": record.msecs})


def _statement(record: logging.LogRecord) -> str:
    sql = VALUES.sub("?", str(getattr(record, "sql", None) or ""))
    took = getattr(record, "duration", None)
    return f"{took:.3f} s {sql}" if isinstance(took, float) else sql or "a statement"


def _message(record: logging.LogRecord) -> str:
    try:
        said = record.getMessage()
    except (TypeError, ValueError, KeyError):
        said = str(record.msg)
    fault = record.exc_info[1] if record.exc_info else None
    if fault is None:
        return said
    words = "" if isinstance(fault, Error) else f": {fault}"
    return f"{said} [{type(fault).__name__}{words}]"


def safe(text: str) -> str:
    """Return a text on one line, without secrets, that cannot end the block it stands in."""
    for name in KEPT_SECRET:
        secret: Any = getattr(settings, name, "")
        if secret:
            text = text.replace(str(secret), "…")
    text = PASSWORD.sub(r"\1…\2", TOKEN.sub("…", redacted(text)))
    return " ".join(text.split()).replace("`", "'")


@dataclass
class Buffer:
    """Lines that wait; of too many the oldest go, and how many went is said."""

    lines: deque[str] = field(default_factory=lambda: deque(maxlen=MOST_LINES))
    dropped: int = 0
    _lock: Lock = field(default_factory=Lock, repr=False)

    def add(self, line: str) -> None:
        """Keep one more line. From any thread."""
        with self._lock:
            self.dropped += len(self.lines) == MOST_LINES
            self.lines.append(line)

    def put_back(self, block: str) -> None:
        """Keep what was taken and not sent, before the rest; the oldest go where it is too much."""
        with self._lock:
            room = MOST_LINES - len(self.lines)
            back = block.split("\n")
            self.dropped += max(0, len(back) - room)
            self.lines.extendleft(reversed(back[max(0, len(back) - room) :]))

    def block(self) -> str:
        """Take as many lines as one message holds; empty when none wait."""
        taken: list[str] = []
        with self._lock:
            if self.dropped:
                taken.append(f"… {self.dropped} lines were left out here")
                self.dropped = 0
            length = sum(map(len, taken))
            while self.lines and length + len(self.lines[0]) + 1 <= LONGEST_BLOCK:
                length += len(self.lines[0]) + 1
                taken.append(self.lines.popleft())
        return "\n".join(taken)


class Forwarding(logging.Handler):
    """Puts what is important enough into a buffer; says nothing itself and never fails."""

    def __init__(self, buffer: Buffer, level: int) -> None:
        super().__init__(level)
        self.buffer = buffer

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the record's line, unless it was written while lines are being sent."""
        if sending.get():
            return
        try:
            self.buffer.add(line(record))
        except Exception:  # noqa: BLE001  logging's own way for a record that cannot be shown
            self.handleError(record)


_installed: list[Forwarding] = []


def begin() -> Buffer:
    """Keep lines from now on, whether a bot is there to send them or not yet; again changes nothing."""
    if not _installed:
        handler = Forwarding(Buffer(), logging.getLevelNamesMapping()[settings.DISCORD_LOG_LEVEL])
        logging.getLogger().addHandler(handler)
        _installed.append(handler)
    return _installed[0].buffer


def end() -> None:
    """Keep no more lines, and forget those that wait."""
    while _installed:
        logging.getLogger().removeHandler(_installed.pop())
