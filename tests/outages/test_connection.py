"""The server ends our connections, in between or in the middle."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import psycopg
import pytest
from django.core.wsgi import get_wsgi_application
from django.db import connection
from pytest_django import Settings

from slomix.operations.owner import as_owner
from tests.outages.breaking import LOCMEM

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _quiet(transactional_db: None, settings: Settings) -> Iterator[None]:
    settings.CACHES = LOCMEM
    yield
    connection.close()


def asked(path: str) -> int:
    """Ask as a web server does: what stands around a request in production stands around it."""
    said: list[str] = []
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "wsgi.input": BytesIO(),
        "wsgi.url_scheme": "http",
    }
    answer = get_wsgi_application()(environ, lambda status, _headers: said.append(status))  # type: ignore[arg-type]
    for _piece in answer:
        pass
    answer.close()
    return int(said[0].split()[0])


def end_every_session() -> int:
    """Do what a restart of the server does; return how many sessions there were."""
    there = connection.settings_dict
    with psycopg.connect(
        host=there["HOST"],
        port=there["PORT"] or None,
        user=there["USER"],
        dbname=there["NAME"],
        autocommit=True,
    ) as line:
        found = line.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND usename = current_user"
            " AND pid <> pg_backend_pid()"
        ).fetchone()
    assert found
    return int(found[0])


def test_a_connection_that_was_ended_between_two_requests_is_noticed_by_nobody() -> None:
    assert asked("/") == 200
    assert end_every_session() >= 1
    connection.answered_at = 0.0  # type: ignore[attr-defined]  # more than a second ago

    assert asked("/") == 200


def test_one_that_is_ended_in_the_middle_costs_that_request_and_no_other() -> None:
    assert asked("/") == 200
    connection.ensure_connection()
    assert end_every_session() >= 1
    # It answered a moment ago, so it is believed: as if the request were under way already.
    connection.answered_at = float("inf")  # type: ignore[attr-defined]

    assert asked("/") == 500
    assert asked("/") == 200
    assert asked("/readyz") == 200


def test_the_owners_commands_take_a_line_of_their_own() -> None:
    connection.ensure_connection()
    ours = connection.connection

    with as_owner(lock_timeout="2s"), connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("2s",)
        assert connection.connection is not ours

    assert connection.connection is ours
