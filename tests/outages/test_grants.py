"""The first Slomix went down because its site's role had no rights on a new table."""

import json
from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import ProgrammingError, connection, connections
from django.test import Client
from pytest_django import Settings

from accounts.models import AuditEntry
from botworker.models import Change, Delivery
from slomix.operations import gaps, grants, readiness
from slomix.operations.owner import as_owner
from tests import make
from tests.ledger.ledger import promise
from tests.outages.breaking import LOCMEM, by_hand, somebody_else, told, two_roles

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _mended(transactional_db: None, settings: Settings) -> Iterator[None]:
    """Run as the role that serves people, and leave every right as it should be."""
    if not two_roles():
        pytest.skip(
            "MIGRATOR_DATABASE_URL is not set; docs/database.md says how to make two roles."
        )
    settings.CACHES = LOCMEM
    yield
    assert grants.apply().faults == []


def command(*words: str) -> tuple[int, str]:
    """Run `manage.py grants`; return its exit code and all that it said."""
    out = StringIO()
    try:
        call_command("grants", *words, stdout=out, stderr=out)
    except SystemExit as ended:
        return int(str(ended.code)), out.getvalue()
    return 0, out.getvalue()


def test_after_migrating_every_right_is_there_and_no_more() -> None:
    role = connection.settings_dict["USER"]

    assert command("--check") == (0, f"{role} may do what it should, and nothing more.\n")
    assert told() == (200, [], [])


def test_a_table_that_another_role_made_is_told_and_named() -> None:
    """Somebody ran the migration as the server's administrator, and the site could not read it."""
    with somebody_else() as admin:
        admin.execute("CREATE TABLE stray (id bigint)")
        try:
            code, words = command("--check")

            assert told()[:2] == (503, ["grants.missing"])
            assert code == 1
            assert "on table stray (of postgres, which no model of ours has)" in words
            # It is not ours to grant: what is not mended is said again.
            assert "table stray" in command("--apply")[1]
        finally:
            admin.execute("DROP TABLE stray")
    assert told() == (200, [], [])


def test_a_table_of_ours_in_other_hands_is_told_until_it_is_given_back() -> None:
    owner = grants.look(grants.web_role()).things[-1].owner
    with somebody_else() as admin:
        admin.execute("ALTER TABLE raids_votes OWNER TO postgres")
        admin.execute(f"REVOKE ALL ON raids_votes FROM {grants.web_role()}")
        try:
            assert told()[:2] == (503, ["grants.missing"])
            assert "on table raids_votes (of postgres)" in command("--apply")[1]
        finally:
            admin.execute(f"ALTER TABLE raids_votes OWNER TO {owner}")

    assert command("--apply")[0] == 0
    assert told() == (200, [], [])


def test_a_right_that_was_taken_away_comes_back() -> None:
    role = grants.web_role()
    by_hand(f"REVOKE INSERT ON availability_entries FROM {role}")

    assert told()[:2] == (503, ["grants.missing"])
    assert "missing: INSERT on table availability_entries" in command("--check")[1]
    code, words = command("--apply", "--dry-run")
    assert (code, "GRANT INSERT ON TABLE" in words) == (0, True)
    assert told()[:2] == (503, ["grants.missing"])

    assert command("--apply")[0] == 0
    assert told() == (200, [], [])
    assert make.entry(make.person("bor")).pk


def test_drift_is_told_while_the_last_look_is_remembered_no_longer() -> None:
    """A good look is believed for some seconds, and a bad one no longer than that."""
    assert told() == (200, [], [])
    by_hand(f"REVOKE SELECT ON players FROM {grants.web_role()}")  # noqa: S608  our own words

    assert Client().get("/readyz").status_code == 200
    readiness.in_shape.forget()
    assert Client().get("/readyz").status_code == 503


def test_too_much_is_noticed_and_taken_back() -> None:
    role = grants.web_role()
    by_hand(
        f"GRANT DELETE ON notifications_ledger TO {role}",
        f"GRANT UPDATE ON account_link_audit_log TO {role}",
        f"GRANT CREATE ON SCHEMA public TO {role}",
    )

    assert told() == (200, [], ["grants.wide"])
    said = json.loads(command("--check", "--json")[1])
    assert len([line for line in said["faults"] if line.startswith("too much")]) == 3

    assert command("--apply")[0] == 0
    assert told() == (200, [], [])
    # What it may do to a single column it may do again.
    AuditEntry.write("exported", at=make.TONIGHT, actor=None)
    assert AuditEntry.objects.update(detail={}) == 1


def test_a_table_that_is_made_later_is_covered() -> None:
    """Also before anybody runs --apply."""
    by_hand("CREATE TABLE tomorrow (id bigserial PRIMARY KEY, word text)")
    try:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO tomorrow (word) VALUES ('hello')")
        assert told() == (200, [], [])
    finally:
        by_hand("DROP TABLE tomorrow")


TAKING_BACK = (
    "DELETE FROM notifications_ledger",
    "UPDATE notifications_changes SET reason = ''",
    "DELETE FROM notifications_changes",
    "UPDATE account_link_audit_log SET actor_id = NULL",
    "DELETE FROM availability_promotion_send_logs",
    "TRUNCATE availability_entries",
    "DELETE FROM django_migrations",
    "CREATE TABLE mine (id bigint)",
    "DROP TABLE players",
    "ALTER TABLE players ADD COLUMN x int",
)


def test_whoever_got_hold_of_the_sites_connection_takes_nothing_back() -> None:
    promise(make.person("bor"))

    for statement in TAKING_BACK:
        refused = pytest.raises(ProgrammingError, match=r"permission denied|must be owner")
        with refused, connection.cursor() as cursor:
            cursor.execute(statement)

    assert (Delivery.objects.count(), Change.objects.count()) == (1, 1)


def test_serving_people_as_the_owner_is_noticed() -> None:
    """It works, and it is the wrong role."""
    with as_owner():
        report = grants.look_at_ourselves()
        found = readiness.in_shape._find()

    assert (report.alone, report.wrong_role) == (True, True)
    assert (found.faults, found.notices) == ([], ["grants.owner"])


def test_a_role_without_any_rights_is_red_and_not_broken() -> None:
    """DATABASE_URL names somebody who may sign in and nothing else."""
    with somebody_else() as admin:
        admin.execute("DROP ROLE IF EXISTS slomix_stranger")
        admin.execute("CREATE ROLE slomix_stranger LOGIN")
    ours = connections.settings["default"]["USER"]
    connections.settings["default"]["USER"] = "slomix_stranger"
    try:
        assert told()[:2] == (503, ["grants.missing"])
    finally:
        connections.settings["default"]["USER"] = ours
        connection.close()
        with somebody_else() as admin:
            admin.execute("DROP ROLE slomix_stranger")


def test_only_the_owner_mends_the_shape() -> None:
    by_hand("DROP INDEX entry_by_evening")

    refused = gaps.close_all()  # as whoever serves people
    with as_owner():
        left = gaps.close_all()

    assert set(refused.values()) == {
        "only the owner of the table may: give this command MIGRATOR_DATABASE_URL"
    }
    assert left == {}


def test_a_role_that_is_not_there_is_told_as_such() -> None:
    report = grants.look("slomix_nobody")

    assert report.faults == ["missing: there is no role slomix_nobody"]
    assert grants.statements(report) == []
