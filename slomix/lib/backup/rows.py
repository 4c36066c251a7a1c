"""Rows as lines of JSON and back, without losing anything."""

import base64
import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection, models

from slomix.lib.backup import BackupError
from slomix.lib.backup.tables import Model

if TYPE_CHECKING:
    # Generic for the checker alone.
    Column = models.Field[Any, Any]
else:
    Column = models.Field
Turn = Callable[[Any], Any]
# What JSON says as it is.
PLAIN = frozenset(
    {
        *("AutoField", "BigAutoField", "SmallAutoField", "BooleanField", "FloatField", "JSONField"),
        *("BigIntegerField", "IntegerField", "SmallIntegerField", "PositiveBigIntegerField"),
        *("PositiveIntegerField", "PositiveSmallIntegerField", "CharField", "TextField"),
        *("SlugField", "EmailField", "URLField", "FileField", "FilePathField"),
        *("GenericIPAddressField", "IPAddressField"),
    }
)
INTEGERS = frozenset(name for name in PLAIN if "Integer" in name or "Auto" in name)
CHUNK = 2000


def _instant(value: datetime) -> str:
    return value.astimezone(UTC).isoformat() if value.tzinfo else value.isoformat()


def _span(value: timedelta) -> list[int]:
    return [value.days, value.seconds, value.microseconds]


TURNS: dict[str, tuple[Turn, Turn]] = {
    "DateTimeField": (_instant, datetime.fromisoformat),
    "DateField": (date.isoformat, date.fromisoformat),
    "TimeField": (time.isoformat, time.fromisoformat),
    "DurationField": (_span, lambda parts: timedelta(*parts)),
    "DecimalField": (str, Decimal),
    "UUIDField": (str, UUID),
    "BinaryField": (
        lambda value: base64.b64encode(bytes(value)).decode(),
        lambda text: base64.b64decode(text, validate=True),
    ),
}


def columns(model: Model) -> list[Column]:
    """Return a table's columns."""
    return list(model._meta.local_concrete_fields)


def kind_of(field: Column) -> str:
    """Return what kind of value a column holds; for a foreign key, its target's."""
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    kind = field.get_internal_type()
    if kind not in PLAIN and kind not in TURNS:
        raise BackupError(f"{field} is a {kind}, which backups do not know")
    return kind


def lines(model: Model) -> Iterator[bytes]:
    """Return a table's rows as lines, by primary key, the same on every database."""
    fields = columns(model)
    turns = [
        (place, TURNS[kind][0])
        for place, kind in enumerate(kind_of(field) for field in fields)
        if kind in TURNS
    ]
    rows = model._base_manager.order_by("pk")
    found = _encoded(
        rows.values_list(*(field.attname for field in fields)).iterator(chunk_size=CHUNK), turns
    )
    assert model._meta.pk is not None
    if kind_of(model._meta.pk) in INTEGERS:
        return found
    # Databases do not agree on the order of texts. Tables with such a key are small.
    return iter(sorted(found))


def _encoded(rows: Iterator[Any], turns: list[tuple[int, Turn]]) -> Iterator[bytes]:
    encode = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode
    for row in rows:
        values = list(row)
        for place, turn in turns:
            if values[place] is not None:
                values[place] = turn(values[place])
        yield encode(values).encode() + b"\n"


def decoder(model: Model) -> Callable[[bytes], list[Any]]:
    """Return what makes of a line the values for an INSERT into this database."""
    fields = columns(model)
    turns = [(place, turn) for place, field in enumerate(fields) if (turn := _prepare(field))]

    def decode(line: bytes) -> list[Any]:
        values: list[Any] = json.loads(line)
        for place, turn in turns:
            values[place] = turn(values[place])
        return values

    return decode


def _prepare(field: Column) -> Turn | None:
    kind = kind_of(field)
    if kind == "JSONField":
        # An empty value of a column that is never empty is JSON's own null.
        return lambda value: (
            None
            if value is None and field.null
            else connection.ops.adapt_json_value(value, getattr(field, "encoder", None))
        )
    if kind not in TURNS:
        return None
    read = TURNS[kind][1]
    return lambda value: None if value is None else field.get_db_prep_save(read(value), connection)
