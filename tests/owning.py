"""What a test asks of the database that the role which serves people may not: in the test's own
transaction, so that it sees what the test wrote and is rolled back with it."""

from django.conf import settings
from django.db import connection, models

NAME = "do_as_owner"


def install() -> None:
    """Make the function in a test database; asked by its owner, once."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE OR REPLACE FUNCTION {NAME}(words text) RETURNS void LANGUAGE plpgsql"
            " SECURITY DEFINER AS $$ BEGIN EXECUTE words; END $$"
        )


def empty(model: type[models.Model]) -> None:
    """Delete a table's rows, whoever may."""
    words = f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}"  # noqa: S608  ours
    with connection.cursor() as cursor:
        if settings.MIGRATOR:
            cursor.execute(f"SELECT {NAME}(%s)", [words])
        else:
            cursor.execute(words)
