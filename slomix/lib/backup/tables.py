"""Which tables a backup has, and in which order they are filled."""

from heapq import heapify, heappop, heappush

from django.apps import apps
from django.apps.registry import Apps
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader

from slomix.lib.backup import BackupError

Model = type[models.Model]
# Whoever is signed in signs in again: a session in a backup would be a key to somebody's account.
NOT_TAKEN = frozenset({"sessions.session"})


def in_order(registry: Apps) -> list[Model]:
    """Return every table's model, the ones that are referred to first, else by name."""
    found = {
        model._meta.label_lower: model
        for model in registry.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and not model._meta.swapped
    }
    waiting = {name: _needs(found[name]) & (found.keys() - {name}) for name in found}
    waiting = {name: needs for name, needs in waiting.items() if name not in NOT_TAKEN}
    ready = [name for name, needs in waiting.items() if not needs]
    heapify(ready)
    ordered: list[str] = []
    while waiting:
        # Two tables that refer to each other: the foreign keys are looked at when all are filled.
        name = heappop(ready) if ready else min(waiting)
        if waiting.pop(name, None) is None:
            continue
        ordered.append(name)
        for other, needs in waiting.items():
            if name in needs:
                needs.discard(name)
                if not needs:
                    heappush(ready, other)
    return [found[name] for name in ordered]


def _needs(model: Model) -> set[str]:
    related = (field.related_model for field in model._meta.local_fields)
    return {one._meta.label_lower for one in related if isinstance(one, type)}


def applied() -> dict[str, list[str]]:
    """Return the migrations that a database has, by app."""
    found: dict[str, list[str]] = {}
    for app, name in sorted(MigrationLoader(connection).applied_migrations):
        found.setdefault(app, []).append(name)
    return found


def registry_of(migrations: dict[str, list[str]]) -> Apps:
    """Return the models as they were with these migrations; today's where none is missing.

    Raises BackupError for migrations that this version of the product does not know.
    """
    loader = MigrationLoader(None)
    there = {(app, name) for app, names in migrations.items() for name in names}
    known = set(loader.graph.nodes)
    ours = {app for app, _name in known}
    # An app that we have no more leaves its migrations' names behind.
    if unknown := sorted(f"{app} {name}" for app, name in there - known if app in ours):
        raise BackupError(
            f"this version of the product does not know {', '.join(unknown[:5])}: "
            "use the version that the database or the backup is of, or a newer one"
        )
    if known <= there:
        return apps
    state = loader.project_state(nodes=leaves(migrations))
    return state.apps


def leaves(migrations: dict[str, list[str]]) -> list[tuple[str, str]]:
    """Return the newest of each app's migrations: what a database is migrated to."""
    graph = MigrationLoader(None).graph
    there = {(app, name) for app, names in migrations.items() for name in names}
    there &= set(graph.nodes)
    return sorted(
        one
        for one in there
        if not any(
            child.key in there and child.key[0] == one[0] for child in graph.node_map[one].children
        )
    )
