"""What the role that serves people may do with each table: a rule, and its exceptions."""

from django.apps import apps
from django.db import models

READ = frozenset({"SELECT"})
ADD = READ | {"INSERT"}
WORK = ADD | {"UPDATE", "DELETE"}

# What is true of a table that is not named here: its rows are read and written. What the product
# never does to a table nobody can do who got hold of its connection.
LESS: dict[str, frozenset[str]] = {
    # What was said is never unsaid.
    "botworker.Delivery": ADD | {"UPDATE"},
    "botworker.Attempt": ADD | {"UPDATE"},
    "botworker.Change": ADD,
    # Who did what: gone after a year, and emptied of its detail for whoever is forgotten.
    "accounts.AuditEntry": ADD | {"DELETE", "UPDATE (detail)"},
    "admin.LogEntry": ADD | {"UPDATE (object_repr)", "UPDATE (change_message)"},
    # Written by migrations alone.
    "auth.Permission": READ,
    "contenttypes.ContentType": READ,
}
MIGRATIONS = "django_migrations"


def of_tables() -> dict[str, frozenset[str]]:
    """Return the rights on each table of ours; a new model is covered without a word."""
    ours = {model._meta.db_table: _of(model) for model in models_with_tables()}
    return {**ours, MIGRATIONS: READ}


def models_with_tables() -> list[type[models.Model]]:
    """Return every model that has a table of its own, with the tables between two."""
    every = apps.get_models(include_auto_created=True)
    return [model for model in every if model._meta.managed and not model._meta.proxy]


def _of(model: type[models.Model]) -> frozenset[str]:
    return LESS.get(model._meta.label, WORK)
