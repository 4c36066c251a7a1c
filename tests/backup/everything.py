"""A row in every table, with values that are easily lost on the way into a file and back."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from slomix.lib.backup import rows, tables
from slomix.lib.backup.rows import Column
from slomix.lib.backup.tables import Model

INSTANT = datetime(2026, 10, 25, 0, 30, 0, 123_457, tzinfo=UTC)
# Values by the kind of column; texts are cut to the column's length.
VALUES: dict[str, Any] = {
    "DateTimeField": INSTANT,
    "DateField": date(2028, 2, 29),
    "TimeField": time(23, 59, 59, 999_999),
    "DurationField": timedelta(days=-1, microseconds=1),
    "DecimalField": Decimal("0.10"),
    "UUIDField": UUID(int=7),
    "BinaryField": b"\x00\xff\n",
    "BooleanField": True,
    "FloatField": 0.1 + 0.2,
    "JSONField": {"z": [1, None, {"č": "\u2028\ud83d\ude00"}], "a": 1.5, "n": 2**53 + 1, "": "\\"},
    "TextField": 'Živjo,\r\n\t"ti" \\N \u202e\U0001f468\u200d\U0001f469 \x7f\'; DROP --',
    "EmailField": "a@example.si",
}


def value_of(field: Column, number: int) -> Any:
    kind = rows.kind_of(field)
    if field.choices:
        return next(iter(field.flatchoices))[0]
    if kind in rows.INTEGERS:
        return number
    if kind == "CharField":
        return f"č{number}"[: field.max_length]
    return VALUES[kind]


def fill() -> None:
    """Write one row into every table that has none, with as few empty columns as its checks allow."""
    for number, model in enumerate(tables.in_order(apps), start=1):
        if model._base_manager.exists():
            continue
        tries = ((number, False), (number, True), (1, False), (1, True))
        for value, empty in tries:
            try:
                with transaction.atomic():
                    _insert(model, value, empty=empty)
                break
            except IntegrityError:
                continue
        else:
            raise AssertionError(f"{model._meta.label_lower} was given nothing that fits")


def _insert(model: Model, number: int, *, empty: bool) -> None:
    fields = rows.columns(model)
    values = [None if empty and field.null else _prepared(field, number) for field in fields]
    names = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    into = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {into} ({names}) VALUES ({places})", values)  # noqa: S608


def _prepared(field: Column, number: int) -> Any:
    if isinstance(field, models.ForeignKey):
        target = field.related_model
        assert isinstance(target, type)
        there = target._base_manager.order_by("pk")
        # A wish is about two people, the one with the smaller number first.
        there = there.reverse() if field.name == "second" else there
        return there.values_list(field.target_field.attname, flat=True).first()
    return field.get_db_prep_save(value_of(field, number), connection)
