"""Two roles: one owns the tables, the other serves people."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from slomix.operations import rights
from slomix.operations.owner import as_owner
from tests import fresh
from tests.fresh import PRODUCTION

OWNER = "postgresql://owner:hush@db:5433/slomix"


def test_the_owner_is_another_user_of_the_same_database() -> None:
    found = fresh.settings(**PRODUCTION, MIGRATOR_DATABASE_URL=OWNER)

    assert found.DATABASES["default"]["USER"] == "slomix"
    assert found.MIGRATOR == {"USER": "owner", "PASSWORD": "hush", "HOST": "db", "PORT": 5433}


def test_without_an_owner_one_role_does_everything() -> None:
    assert fresh.settings(**PRODUCTION).MIGRATOR == {}


@pytest.mark.parametrize("url", [OWNER.replace("/slomix", "/another"), "sqlite:///slomix"])
def test_an_owner_of_something_else_is_refused_without_showing_a_password(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="MIGRATOR_DATABASE_URL is") as refusal:
        fresh.settings(**PRODUCTION, MIGRATOR_DATABASE_URL=url)

    assert "hush" not in str(refusal.value)


@pytest.mark.django_db
def test_on_one_machine_the_owner_is_whoever_is_there() -> None:
    """SQLite has no roles, so nothing is connected anew."""
    if connection.vendor == "postgresql":
        pytest.skip("about SQLite")
    before = connection.connection

    with as_owner(lock_timeout="2s"):
        assert connection.connection is before


def test_every_exception_names_a_model_of_ours() -> None:
    labels = {model._meta.label for model in rights.models_with_tables()}

    assert set(rights.LESS) <= labels


def test_a_model_is_covered_without_a_word() -> None:
    covered = rights.of_tables()

    assert all(model._meta.db_table in covered for model in rights.models_with_tables())
    assert covered["availability_entries"] == rights.WORK
    assert "DELETE" not in covered["notifications_ledger"]
    assert covered["notifications_changes"] == {"SELECT", "INSERT"}
