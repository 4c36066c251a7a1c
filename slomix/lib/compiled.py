"""Queries that are asked with every request: their SQL is made once in a process.

Making the SQL of a person with everything about them takes three times as long as asking it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import QuerySet
from django.db.models.query import get_related_populators


@dataclass(frozen=True)
class _Plan:
    """SQL for one kind of database, and how its rows become what the query set would give."""

    sql: str
    values: int
    convert: Callable[[list[Any]], list[Any]]
    build: Callable[[Any], Any]


class Compiled:
    """A query set made with any values, asked again and again with others.

    `make` gives it, once and lazily; `all` takes values in the order in which they stand in the
    SQL, and as many. Values must not change the SQL's shape: no None, no lists.
    """

    def __init__(self, make: Callable[[], QuerySet[Any, Any]]) -> None:
        self.make = make
        self._plans: dict[str, _Plan] = {}

    def all(self, *values: Any) -> list[Any]:
        """Return what the query set would, with these values. Raises TypeError for too many."""
        plan = self._plans.get(connection.vendor)
        if plan is None:
            plan = self._plans[connection.vendor] = _plan(self.make())
        if len(values) != plan.values:
            raise TypeError(f"{plan.values} values are wanted, not {len(values)}")
        with connection.cursor() as cursor:
            cursor.execute(plan.sql, values)
            rows = cursor.fetchall()
        return [plan.build(row) for row in plan.convert(rows)]


def _plan(asked: QuerySet[Any, Any]) -> _Plan:
    compiler = asked.query.get_compiler(DEFAULT_DB_ALIAS)
    sql, params = compiler.as_sql()
    converters = compiler.get_converters([column for column, _sql, _alias in compiler.select])

    def convert(rows: list[Any]) -> list[Any]:
        return list(compiler.apply_converters(rows, converters)) if converters else rows

    build = tuple if asked.query.values_select else _model(compiler)
    return _Plan(sql, len(params), convert, build)


def _model(compiler: Any) -> Callable[[Any], Any]:
    """Return how a row becomes a model with whatever it was selected with, as Django's own does."""
    info, select = compiler.klass_info, compiler.select
    first, last = info["select_fields"][0], info["select_fields"][-1] + 1
    names = [column[0].target.attname for column in select[first:last]]
    related = get_related_populators(info, select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]  # the stubs are of Django 6

    def build(row: Any) -> Any:
        made = info["model"].from_db(DEFAULT_DB_ALIAS, names, row[first:last])
        for one in related:
            one.populate(row, made)
        return made

    return build
