"""Whether the database has the shape that this version works in."""

from dataclasses import dataclass
from functools import cache

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from slomix.operations import catalog, wanted

MIGRATE = "python manage.py migrate"
REPAIR = "python manage.py schema_guard --repair"
SHOWN = 20  # lines; a database without tables would fill the screen


@dataclass(frozen=True)
class Shape:
    """What is not as this version needs it. `ahead` are migrations of a version after ours."""

    unapplied: list[str]
    ahead: list[str]
    gaps: list[wanted.Want]

    @property
    def critical(self) -> list[str]:
        """Say what keeps work from being right, one line each; nothing when it is right."""
        if self.unapplied:
            # What they would bring is no gap.
            return [f"migration {name} is not applied" for name in self.unapplied]
        return [str(gap) for gap in self.gaps if gap.critical]

    @property
    def slow(self) -> list[str]:
        """Say what is only slower for want of an index."""
        if self.unapplied:
            return []
        return [str(gap) for gap in self.gaps if not gap.critical]

    @property
    def remedy(self) -> str:
        """Name the command that helps."""
        return MIGRATE if self.unapplied else REPAIR


def look() -> Shape:
    """Compare the database with the models and the migrations; seven questions."""
    there = catalog.read()
    ours = _ours()
    applied = set(MigrationRecorder(connection).applied_migrations())
    apps = {app for app, _name in ours}
    return Shape(
        unapplied=sorted(".".join(one) for one in ours - applied),
        ahead=sorted(".".join(one) for one in applied - ours if one[0] in apps),
        gaps=[want for want in wanted.everything() if not want.is_there(there)],
    )


@cache
def _ours() -> frozenset[tuple[str, str]]:
    # What lies on the disk does not change while we run.
    return frozenset(MigrationLoader(None).graph.nodes)


def refusal() -> list[str]:
    """Say why a bot or worker must not begin, line by line; nothing when it may.

    Raises DatabaseError where the database does not answer.
    """
    found = look()
    if not found.critical:
        return []
    lines = found.critical[:SHOWN]
    more = len(found.critical) - len(lines)
    lines += [f"and {more} more"] * bool(more)
    return ["The database has not the shape that this version works in:", *lines, found.remedy]
