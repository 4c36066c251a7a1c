"""Filling a database from a backup, and proving that it holds what the backup holds."""

import hashlib
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from django.apps import apps
from django.apps.registry import Apps
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import DataError, IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from slomix.lib.backup import BackupError, rows, tables
from slomix.lib.backup.manifest import Manifest, Table
from slomix.lib.backup.reading import Archive
from slomix.lib.backup.tables import Model
from slomix.lib.progress import Progress

AT_ONCE = 1000


def prepare(manifest: Manifest) -> Apps:
    """Bring the schema to where it was at the backup; what other schema there is goes, with its rows.

    Raises BackupError when this version of the product is older than the backup.
    """
    registry = tables.registry_of(manifest.migrations)
    if tables.applied() != manifest.migrations:
        drop()
        MigrationExecutor(connection).migrate(tables.leaves(manifest.migrations))
    return registry


def drop() -> None:
    """Drop every table of ours; those of others stay."""
    there = connection.introspection.table_names()
    ours = {*connection.introspection.django_table_names(), "django_migrations"}
    with connection.schema_editor(atomic=False) as editor:
        for name in ours & set(there):
            editor.execute(editor.sql_delete_table % {"table": editor.quote_name(name)})


def load(archive: Archive, registry: Apps, *, quiet: bool = True) -> None:
    """Fill every table in the caller's transaction; what stood there goes.

    Raises BackupError for a value or a reference that the database refuses.
    """
    models = {model._meta.label_lower: model for model in tables.in_order(registry)}
    _empty([*models.values(), *_left_out(registry)])
    with Progress(archive.manifest.rows, "rows", quiet=quiet) as progress:
        for table in archive.manifest.tables:
            _fill(archive, table, models[table.model], progress)
    _sequences(list(models.values()))
    try:
        connection.check_constraints()
    except IntegrityError as fault:
        raise BackupError(f"a reference leads nowhere: {fault}") from fault
    ContentType.objects.clear_cache()


def _left_out(registry: Apps) -> list[Model]:
    return [registry.get_model(name) for name in sorted(tables.NOT_TAKEN)]


def _empty(models: list[Model]) -> None:
    with connection.cursor() as cursor:
        for model in reversed(models):
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608


def _fill(archive: Archive, table: Table, model: Model, progress: Progress) -> None:
    fields = rows.columns(model)
    if [field.attname for field in fields] != table.columns:
        raise BackupError(f"{table.model} has other columns here than in the backup")
    # A trigger may have written into it while another table was filled.
    _empty([model])
    names = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    into = connection.ops.quote_name(model._meta.db_table)
    statement = f"INSERT INTO {into} ({names}) VALUES ({places})"  # noqa: S608  our own names
    decode = rows.decoder(model)
    found: Iterator[list[Any]] = map(decode, archive.lines(table))
    try:
        with connection.cursor() as cursor:
            while some := list(islice(found, AT_ONCE)):
                cursor.executemany(statement, some)
                progress.step(len(some), table.model)
    except (IntegrityError, DataError, ValueError, TypeError) as fault:
        raise BackupError(f"{table.model} cannot be filled: {fault}") from fault


def _sequences(models: list[Model]) -> None:
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def compare(manifest: Manifest, registry: Apps) -> list[str]:
    """Name the tables that do not hold, row for row and letter for letter, what the backup holds."""
    models = {model._meta.label_lower: model for model in tables.in_order(registry)}
    return [table.model for table in manifest.tables if not _same(table, models[table.model])]


def _same(table: Table, model: Model) -> bool:
    digest, number = hashlib.sha256(), 0
    for line in rows.lines(model):
        digest.update(line)
        number += 1
    return (number, digest.hexdigest()) == (table.rows, table.sha256)


def fill(archive: Archive, *, quiet: bool = True, then: Callable[[], object] | None = None) -> None:
    """Prepare, load and compare; raises BackupError, and then nothing was loaded.

    `then` is done in the same transaction where today's models fit what was loaded.
    """
    registry = prepare(archive.manifest)
    with transaction.atomic():
        load(archive, registry, quiet=quiet)
        if differ := compare(archive.manifest, registry):
            raise BackupError(f"not as in the backup after loading: {', '.join(differ)}")
        if then and registry is apps:
            then()
