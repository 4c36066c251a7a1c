"""A migration runs while the version before it still serves people: it may not pull the rug away.

First what both versions can live with, a release later what only the new one needs.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

OURS = {"accounts", "availability", "botworker", "promotions", "raids", "rooms"}
# An index that is not made CONCURRENTLY keeps everybody from writing until it is finished.
LARGE = {
    *("delivery", "attempt", "entry", "recipient"),
    # Both of that name: the ledger's and the answers'.
    "change",
}
HARMLESS = {"choices", "help_text", "verbose_name", "validators", "related_name", "default"}
HARMLESS |= {"blank", "db_default", "to", "max_length"}
GONE = (
    migrations.RemoveField,
    migrations.RenameField,
    migrations.DeleteModel,
    migrations.RenameModel,
    migrations.AlterModelTable,
)
MADE = (migrations.AddIndex, migrations.AddConstraint)
UNRELEASED = "nobody ran what came before it: it was written before the first release"
EXCEPTIONS = {
    "accounts.0002_dm_refusal": UNRELEASED,
    "accounts.0004_claims_and_wishes": UNRELEASED,
    "accounts.0006_what_stop_took": UNRELEASED,
    "accounts.0013_members_and_switches": UNRELEASED,
    "botworker.0004_plain_indexes": UNRELEASED,
    "botworker.0005_changes": UNRELEASED,
}


class Walk:
    """One migration after the other, with what the models were before each operation."""

    def __init__(self) -> None:
        self.state = ProjectState()
        self.new: set[tuple[str, str]] = set()

    def faults(self, migration: migrations.Migration) -> Iterator[str]:
        """Say what in it would disturb whoever runs on the shape before."""
        self.new = set()
        kinds = {
            isinstance(one, migrations.RunPython | migrations.RunSQL)
            for one in operations(migration)
        }
        if kinds == {True, False}:
            yield "moves rows and changes the shape in one transaction"
        for operation in operations(migration):
            yield from self._one(migration.app_label, operation)
            operation.state_forwards(migration.app_label, self.state)

    def _one(self, app: str, operation: Operation) -> Iterator[str]:
        model = str(getattr(operation, "model_name", "")).lower()
        if isinstance(operation, migrations.CreateModel):
            self.new.add((app, operation.name.lower()))
        elif (app, model) in self.new:
            return
        elif isinstance(operation, GONE):
            yield f"{type(operation).__name__} takes away what the version before works with"
        elif isinstance(operation, migrations.AddField):
            yield from _added(model, operation.name, operation.field)
        elif isinstance(operation, migrations.AlterField):
            before = self.state.models[app, model].fields[operation.name]
            yield from _altered(model, operation.name, before, operation.field)
        elif isinstance(operation, MADE) and model in LARGE:
            yield f"{type(operation).__name__} on {model} locks it until it is finished"


def operations(migration: migrations.Migration) -> list[Operation]:
    """Return its operations, those that are only about the database's side included."""
    found: list[Operation] = []
    for one in migration.operations:
        found += (
            one.database_operations
            if isinstance(one, migrations.SeparateDatabaseAndState)
            else [one]
        )
    return found


def _added(model: str, name: str, field: Any) -> Iterator[str]:
    if field.many_to_many or field.null or field.db_default is not models.NOT_PROVIDED:
        return
    yield f"{model}.{name} is NOT NULL without db_default: the version before cannot add a row"


def _altered(model: str, name: str, before: Any, after: Any) -> Iterator[str]:
    then, now = before.deconstruct(), after.deconstruct()
    changed = {key for key in {*then[3], *now[3]} if then[3].get(key) != now[3].get(key)}
    shorter = (after.max_length or 0) < (before.max_length or 0)
    if then[1] != now[1] or shorter or changed - HARMLESS - ({"null"} if after.null else set()):
        yield f"{model}.{name} is not what it was: {sorted(changed) or now[1]}"


@cache
def found() -> dict[str, list[str]]:
    """Return the faults of each of our migrations that has one."""
    graph = MigrationLoader(None).graph
    walk, plan = Walk(), []
    for leaf in graph.leaf_nodes():
        plan += [key for key in graph.forwards_plan(leaf) if key not in plan]
    faults = {".".join(key): list(walk.faults(graph.nodes[key])) for key in plan}
    return {name: said for name, said in faults.items() if said and name.partition(".")[0] in OURS}


def test_no_migration_disturbs_whoever_is_served() -> None:
    assert {name: said for name, said in found().items() if name not in EXCEPTIONS} == {}


def test_no_exception_is_kept_for_longer_than_it_is_needed() -> None:
    assert set(EXCEPTIONS) - set(found()) == set()


def a_migration(*parts: Operation) -> list[str]:
    """Return what is said of a migration of these parts after today's last one."""
    migration = migrations.Migration("tomorrow", "availability")
    vars(migration)["operations"] = list(parts)
    walk = Walk()
    walk.state = MigrationLoader(None).project_state()
    return list(walk.faults(migration))


def test_the_usual_accidents_are_seen() -> None:
    number = models.IntegerField(default=0)
    index = models.Index(fields=["since"], name="by_since")

    assert "NOT NULL" in a_migration(migrations.AddField("entry", "mood", number))[0]
    assert "RemoveField" in a_migration(migrations.RemoveField("entry", "door"))[0]
    assert "RenameField" in a_migration(migrations.RenameField("entry", "door", "way"))[0]
    assert "DeleteModel" in a_migration(migrations.DeleteModel("Feed"))[0]
    assert "locks it" in a_migration(migrations.AddIndex("entry", index))[0]
    assert "not what it was" in a_migration(migrations.AlterField("entry", "door", number))[0]
    mixed = (migrations.AddField("entry", "mood", models.IntegerField(null=True)), MOVE)
    assert "in one transaction" in a_migration(*mixed)[0]


MOVE = migrations.RunPython(migrations.RunPython.noop)


def test_what_both_versions_can_live_with_is_fine() -> None:
    own = migrations.CreateModel("Mood", [("id", models.BigAutoField(primary_key=True))])

    assert a_migration(migrations.AddField("entry", "mood", models.IntegerField(null=True))) == []
    assert (
        a_migration(migrations.AddField("entry", "mood", models.IntegerField(db_default=0))) == []
    )
    assert a_migration(own, migrations.AddField("mood", "n", models.IntegerField())) == []
    assert a_migration(MOVE) == []
