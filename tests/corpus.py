"""What nobody should send, for every door; and what tells whether something was changed by it."""

import hashlib
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import connection

from tests.cast import TONIGHT

TODAY = TONIGHT.date().isoformat()
TEXTS = (
    *("", " ", "\x00", "\r\n", "\x85", "\u2028", "\ud800", "e\u0301", "ﬃ", "İ", "раypal", "Ο"),
    *("ＬＯＯＫＩＮＧ", "\u202egnikool", "\u2066x\u2069", "\u200b", "\ufeff", "\u00ad", "\u3164"),
    *("👨‍👩‍👧‍👦", "\U0001f9d1" * 500, "z\u0335" * 200, "x" * 2001, "x" * 4001, "{{7*7}}", "${x}"),
    *("%s%n", "<script>", '"><img onerror>', "' OR 1=1--", "../../etc/passwd", "=HYPERLINK()"),
    *("constructor", "__proto__", "null", "NaN"),
)
NUMBERS: tuple[Any, ...] = (
    -1,
    0,
    2**31,
    2**53 + 1,
    2**63,
    2**64,
    1e308,
    True,
    None,
    [],
    {},
    [TODAY],
    1.5,
)
DATES = (
    *("2026-02-29", "2100-02-29", "2026-13-01", "0000-00-00", "0001-01-01", "9999-12-31"),
    *("2026-11-19", "2027-02-19", "24:00", "23:59:60", "2026-11-20T20:45+14:00", "20:45Z"),
    *("2026-W47-5", "٢٠٢٦-١١-٢٠", "20261120", "2026-11-20 ", "today"),
)
BODIES = (
    *(
        "",
        "{",
        "[]",
        '"x"',
        "1",
        "null",
        "NaN",
        "[" * 10_000,
        '{"a":' * 10_000,
        b"\xff\xfe",
        b"\xc0\xaf",
    ),
    *(b"\x1f\x8b\x08\x00", "--x\r\n", '{"date": 1e400, "status": "LOOKING"}'),
)
ZONES = (
    *("Europe/Ljubljana\0", "../../etc/passwd", "CET", "UTC+1", "Etc/GMT-14", "Mars/Olympus"),
    *("europe/ljubljana", "Europe/Ljubljana ", "localtime", "posixrules", "/etc/localtime", "GMT0"),
)
ADDRESSES = (
    *(
        "+386 40 123 456",
        "0038640123456",
        "+1234567890123456",
        "+٣٨٦٤٠١٢٣٤٥٦",
        "@name",
        "u:name.01",
    ),
    *("+386401234567", "-u", "0", "1e9", "+", "++386401234567"),
)
# As they are typed: not whole, too much, in other digits.
TYPED = (
    *("-1", "+1", "1_000", "０１", "٣", "1e400", "0x10", "1.0", "true", "[]", "{}", " 1", "1\n"),
    *(str(2**31), str(2**53 + 1), str(2**63 - 1), str(2**63), str(2**64), "9" * 400),
)
# Who tried how often is counted for refused requests too; that is what the counter is for.
COUNTED_ALWAYS = {"accounts.Throttle", "sessions.Session"}


def tables(*left_out: str) -> list[str]:
    """Return the tables of our apps."""
    ours = {"accounts", "availability", "promotions", "botworker", "sessions", "rooms"}
    skipped = COUNTED_ALWAYS | set(left_out)
    return sorted(
        model._meta.db_table
        for model in apps.get_models()
        if model._meta.app_label in ours and model._meta.label not in skipped
    )


def fingerprint(names: Iterable[str]) -> str:
    """Return what changes when a row of these tables does."""
    digest = hashlib.sha256()
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")  # noqa: S608  ours
            digest.update(repr((name, sorted(map(repr, cursor.fetchall())))).encode())
    return digest.hexdigest()
