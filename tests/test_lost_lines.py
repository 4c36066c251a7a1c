import pytest
from django.db import OperationalError, connection

from slomix.lib.postgresql.base import BELIEVED_FOR

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


class Lines:
    """Our connection, and how often it was asked whether it is there."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.seconds = 1000.0
        monkeypatch.setattr("slomix.lib.postgresql.base.time.monotonic", lambda: self.seconds)
        connection.close()
        connection.ensure_connection()

    def begin_a_request(self) -> None:
        """What Django does before each request."""
        connection.close_if_unusable_or_obsolete()

    def cut(self) -> None:
        """End our line from the server's side."""
        number = connection.connection.info.backend_pid
        other = connection.copy()
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [number])
        other.close()

    def ask(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return int(cursor.fetchone()[0])


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Lines:
    return Lines(monkeypatch)


def test_a_line_that_was_cut_long_ago_is_not_noticed_by_anybody(lines: Lines) -> None:
    lines.cut()
    lines.seconds += BELIEVED_FOR

    lines.begin_a_request()

    assert lines.ask() == 1


def test_a_line_that_was_cut_just_now_costs_one_request(lines: Lines) -> None:
    lines.cut()

    lines.begin_a_request()
    with pytest.raises(OperationalError):
        lines.ask()
    lines.begin_a_request()

    assert lines.ask() == 1
