"""Migrations are written down as applied, and yet something is not there (W37)."""

import json
from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection
from pytest_django import Settings

from accounts.models import AuditEntry, User
from botworker.models import Change, Delivery
from slomix.lib import starting
from slomix.operations import gaps
from slomix.operations.owner import as_owner
from tests import make
from tests.ledger.ledger import promise
from tests.outages.breaking import LOCMEM, by_hand, told

pytestmark = pytest.mark.django_db(transaction=True)
UNIQUE = "one_living_delivery_per_event_and_recipient"


@pytest.fixture(autouse=True)
def _mended(transactional_db: None, settings: Settings) -> Iterator[None]:
    """Leave the database whole to the tests after us."""
    settings.CACHES = LOCMEM
    yield
    with as_owner():
        assert gaps.close_all(fill=True) == {}


def guard(*words: str) -> tuple[int, str]:
    """Run the command; return its exit code and all that it said."""
    out = StringIO()
    try:
        call_command("schema_guard", *words, stdout=out, stderr=out)
    except SystemExit as ended:
        return int(str(ended.code)), out.getvalue()
    return 0, out.getvalue()


def test_a_whole_database_lacks_nothing() -> None:
    assert guard("--check") == (0, "The database has everything that this version needs.\n")
    assert starting.obstacles() == []
    assert told() == (200, [], [])


def test_a_dropped_column_is_named_and_added() -> None:
    by_hand("ALTER TABLE discord_accounts DROP COLUMN avatar")

    assert told()[:2] == (503, ["schema.incomplete"])
    assert "column avatar of table discord_accounts is missing" in starting.obstacles()
    assert guard("--check")[0] == 1

    assert guard("--repair") == (
        0,
        "added: column avatar of table discord_accounts\n"
        "The database has everything that this version needs.\n",
    )
    assert make.person("bor").discord.avatar == ""
    assert told() == (200, [], [])


def test_a_dropped_table_comes_back_with_all_that_belongs_to_it() -> None:
    by_hand("DROP TABLE planning_wishes")
    bor, cene = make.person("bor"), make.person("cene")

    assert guard("--check") == (1, "table planning_wishes is missing\n")
    assert guard("--repair")[0] == 0

    # Whatever its model promises holds: a wish is about two.
    from planning.rooms.models import Room, Wish

    room = Room.objects.create(day=make.TONIGHT.date(), creator=bor)
    with pytest.raises(IntegrityError):
        Wish.objects.create(room=room, first=bor, second=bor, by=cene, made_at=make.TONIGHT)


def test_without_its_unique_index_the_ledger_is_not_worked_in() -> None:
    """Two drains would say one thing twice."""
    by_hand(f"DROP INDEX {UNIQUE}")

    assert told()[:2] == (503, ["schema.incomplete"])
    assert starting.obstacles()[1:] == [
        f"unique index {UNIQUE} of table notifications_ledger is missing",
        "python manage.py schema_guard --repair",
    ]

    assert guard("--repair")[0] == 0
    bor = make.person("bor")
    promise(bor)
    with pytest.raises(IntegrityError):
        Delivery.objects.create(**_again(Delivery.objects.get()))


def _again(row: Delivery) -> dict[str, object]:
    """The same thing to the same person, under a number and a nonce of its own."""
    facts = {one.attname: getattr(row, one.attname) for one in Delivery._meta.concrete_fields}
    return {**facts, "id": None, "nonce_seed": "another", "marker": "another"}


def test_a_lost_trigger_is_noticed_and_writes_again() -> None:
    on = " ON notifications_ledger" if connection.vendor == "postgresql" else ""
    by_hand(f"DROP TRIGGER delivery_begins{on}")

    assert (
        guard("--check")[1] == "trigger delivery_begins of table notifications_ledger is missing\n"
    )
    assert guard("--repair")[0] == 0

    promise(make.person("bor"))
    assert Change.objects.count() == 1


def test_rows_that_break_a_promise_keep_it_from_being_made_again() -> None:
    """Nothing is dropped and no row is changed: an operator decides which of two is right."""
    by_hand(f"DROP INDEX {UNIQUE}")
    promise(make.person("bor"))
    Delivery.objects.create(**_again(Delivery.objects.get()))

    code, words = guard("--repair")

    assert code == 1
    assert "rows that break it are there already" in words
    assert "group notifications_ledger by event_key, recipient" in words
    assert Delivery.objects.count() == 2
    by_hand("DELETE FROM notifications_changes", "DELETE FROM notifications_ledger")


def test_what_decides_who_hears_is_not_made_up() -> None:
    """With a default, a call that was cancelled would live again."""
    promise(make.person("bor"))
    by_hand("ALTER TABLE notifications_ledger DROP COLUMN released_by")

    code, words = guard("--repair")

    assert code == 1
    assert "restore a backup, or say --fill" in words
    assert guard("--repair", "--fill")[0] == 0
    assert Delivery.objects.get().released_by == ""


def test_what_no_value_is_right_for_is_refused() -> None:
    AuditEntry.write("exported", at=make.TONIGHT, actor=None)
    by_hand("ALTER TABLE account_link_audit_log DROP COLUMN action")

    code, words = guard("--repair")

    assert code == 1
    assert "no value is right for them: restore a backup" in words
    by_hand("DELETE FROM account_link_audit_log")


def test_a_dry_run_adds_nothing_and_machines_can_read_it() -> None:
    by_hand("ALTER TABLE discord_accounts DROP COLUMN avatar")

    code, words = guard("--repair", "--dry-run", "--json")

    said = json.loads(words)
    assert (code, said["added"]) == (1, [])
    assert said["missing"] == ["column avatar of table discord_accounts is missing"]
    assert guard("--check")[0] == 1


def test_a_missing_plain_index_is_slow_and_in_nobodys_way() -> None:
    by_hand("DROP INDEX entry_by_evening")

    assert told() == (200, [], ["schema.slow"])
    assert starting.obstacles() == []
    assert guard("--repair")[0] == 0


def test_people_are_served_by_a_database_that_was_mended() -> None:
    by_hand(
        "DROP TABLE planning_team_members",
        "ALTER TABLE players DROP COLUMN rating",
        f"DROP INDEX {UNIQUE}",
    )

    assert guard("--repair")[0] == 0
    assert guard("--repair") == (0, "The database has everything that this version needs.\n")
    assert told() == (200, [], [])
    assert User.objects.count() == 0
