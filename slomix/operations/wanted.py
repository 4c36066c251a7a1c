"""What the models need of the database."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import models

from slomix.operations.catalog import Catalog, Table
from slomix.operations.rights import models_with_tables

# What the database does by itself, by table (`botworker.changes`).
TRIGGERS = {"notifications_ledger": ("delivery_begins", "delivery_changes")}


class Kind(StrEnum):
    """Sorts of things that a table may lack, in the order in which they can be added."""

    TABLE = "table"
    COLUMN = "column"
    UNIQUE = "unique index"
    CHECK = "check"
    FOREIGN = "foreign key"
    INDEX = "index"
    TRIGGER = "trigger"


@dataclass(frozen=True, eq=False)
class Want:
    """One thing that a model needs. `name` is the database's, `columns` those it is about."""

    kind: Kind
    model: type[models.Model]
    name: str
    columns: tuple[str, ...] = ()
    # Found by its name alone, because its columns do not tell it from another.
    by_name: bool = False
    partial: bool = False
    source: Any = None  # the model's field, constraint or index

    @property
    def table(self) -> str:
        """Name the table."""
        return self.model._meta.db_table

    @property
    def critical(self) -> bool:
        """Say whether work without it would go wrong, and not only be slow."""
        return self.kind is not Kind.INDEX

    def __str__(self) -> str:
        if self.kind is Kind.TABLE:
            return f"table {self.table} is missing"
        about = f" ({', '.join(self.columns)})" if self.columns and not self.by_name else ""
        return f"{self.kind} {self.name}{about} of table {self.table} is missing"

    def is_there(self, catalog: Catalog) -> bool:
        """Say whether the database has it. What a table has comes and goes with the table."""
        if self.table not in catalog:
            return self.kind is not Kind.TABLE
        return self._in(catalog[self.table])

    def _in(self, table: Table) -> bool:
        match self.kind:
            case Kind.TABLE:
                return True
            case Kind.COLUMN:
                return self.name in table.columns
            case Kind.CHECK:
                return self.name in table.checks
            case Kind.FOREIGN:
                return self.columns[0] in table.foreign
            case Kind.TRIGGER:
                return self.name in table.triggers
            case _:
                return self._indexed(table)

    def _indexed(self, table: Table) -> bool:
        unique = self.kind is Kind.UNIQUE
        return any(
            (one.unique or not unique)
            and one.partial == self.partial
            and (one.name == self.name if self.by_name else one.columns == self.columns)
            for one in table.indexes
        )


def everything() -> list[Want]:
    """Return all that our models need; what can be added first comes first."""
    wants = [want for model in models_with_tables() for want in _of(model)]
    return sorted(wants, key=lambda want: list(Kind).index(want.kind))


def _of(model: type[models.Model]) -> Iterator[Want]:
    yield Want(Kind.TABLE, model, model._meta.db_table)
    for one in model._meta.local_concrete_fields:
        yield from _of_field(model, one)
    for names in model._meta.unique_together:
        yield Want(Kind.UNIQUE, model, " and ".join(names), _columns(model, names))
    for constraint in model._meta.constraints:
        yield _of_constraint(model, constraint)
    for index in model._meta.indexes:
        partial = index.condition is not None
        yield Want(Kind.INDEX, model, index.name, (), True, partial, index)
    for trigger in TRIGGERS.get(model._meta.db_table, ()):
        yield Want(Kind.TRIGGER, model, trigger)


def _of_field(model: type[models.Model], one: Any) -> Iterator[Want]:
    at = (one.column,)
    yield Want(Kind.COLUMN, model, one.column, source=one)
    if one.unique:
        yield Want(Kind.UNIQUE, model, one.name, at, source=one)
    elif one.db_index:
        yield Want(Kind.INDEX, model, one.name, at, source=one)
    if one.remote_field and one.db_constraint:
        yield Want(Kind.FOREIGN, model, one.name, at, source=one)


def _of_constraint(model: type[models.Model], one: models.BaseConstraint) -> Want:
    if not isinstance(one, models.UniqueConstraint):
        return Want(Kind.CHECK, model, one.name, by_name=True, source=one)
    columns = _columns(model, one.fields)
    partial = one.condition is not None
    by_name = partial or bool(one.expressions)
    return Want(Kind.UNIQUE, model, one.name, columns, by_name, partial, one)


def _columns(model: type[models.Model], names: Iterable[str]) -> tuple[str, ...]:
    columns = {one.name: str(one.column) for one in model._meta.local_concrete_fields}
    return tuple(columns[name] for name in names)
