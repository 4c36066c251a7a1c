"""What a request did to the rows: which were made, which went, and which columns changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import ForeignKey, Model

from accounts.models import User

OURS = {"accounts", "availability", "botworker", "promotions", "rooms", "raids", "auth", "mfa"}
# Counted and written down for refused requests, too.
ALWAYS = {"accounts.Throttle"}
Row = Mapping[str, Any]


def models() -> list[type[Model]]:
    """Return every model of ours, in one order."""
    found = [one for one in apps.get_models() if one._meta.app_label in OURS]
    return sorted(
        (one for one in found if one._meta.label not in ALWAYS), key=lambda one: one._meta.label
    )


def snapshot() -> dict[str, dict[Any, Row]]:
    """Return every row of every table of ours, by label and key."""
    found: dict[str, dict[Any, Row]] = {}
    with connection.cursor() as cursor:
        for model in models():
            cursor.execute(
                f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)}"  # noqa: S608  ours
            )
            names = [column[0] for column in cursor.description]
            key = names.index(model._meta.pk.column)
            found[model._meta.label] = {
                row[key]: dict(zip(names, row, strict=True)) for row in cursor.fetchall()
            }
    return found


@dataclass(frozen=True)
class Change:
    """One row that is not as it was: `cells` are the columns that changed, or all of a new row."""

    label: str
    key: str
    cells: Row
    # The row as it was or as it is now, whole.
    row: Row

    @property
    def owners(self) -> set[int]:
        """The people whose row this is."""
        fields = apps.get_model(self.label)._meta.get_fields()
        mine = {
            one.column
            for one in fields
            if isinstance(one, ForeignKey)
            and one.related_model is User
            and one.name in ("user", "person", "recipient")
        }
        if self.label == "accounts.User":
            mine.add("id")
        return {self.row[name] for name in mine if self.row.get(name)}


def changes(before: dict[str, dict[Any, Row]], after: dict[str, dict[Any, Row]]) -> list[Change]:
    """Return what is not as it was, in one order; new rows are numbered, whatever their keys are."""
    found = []
    for label, rows in after.items():
        known = before[label]
        for number, key in enumerate(sorted(rows.keys() - known.keys(), key=str)):
            cells = {name: value for name, value in rows[key].items() if value != key}
            found.append(Change(label, f"new {number}", cells, rows[key]))
        gone = sorted(known.keys() - rows.keys(), key=str)
        found += [Change(label, f"{key} gone", {}, known[key]) for key in gone]
        for key in sorted(known.keys() & rows.keys(), key=str):
            cells = {n: v for n, v in rows[key].items() if v != known[key][n]}
            if cells:
                found.append(Change(label, str(key), cells, rows[key]))
    return found


def cells(found: list[Change]) -> dict[tuple[str, str, str], str]:
    """Return the changes as one mapping from label, row and column to what stands there."""
    return {
        (one.label, one.key, column): repr(value)
        for one in found
        for column, value in (one.cells or {"": "gone"}).items()
    }
