"""What must hold in a database that was restored, asked with today's code and keys."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from django.db import IntegrityError, connection

from accounts import rotation
from botworker import ledger_key, soundness
from slomix.operations import shape


@dataclass(frozen=True)
class Check:
    """One thing that must hold, and what speaks against it."""

    name: str
    faults: list[str]

    def to_json(self) -> dict[str, Any]:
        """Return it for machines."""
        return {**asdict(self), "holds": not self.faults}


def every() -> list[Check]:
    """Make every check."""
    return [Check(name, look()) for name, look in CHECKS.items()]


def _shape() -> list[str]:
    found = shape.look()
    return found.critical + found.slow


def _references() -> list[str]:
    try:
        connection.check_constraints()
    except IntegrityError as fault:
        return [str(fault)]
    return []


CHECKS: dict[str, Callable[[], list[str]]] = {
    "every table, column, index and trigger is there": _shape,
    "every reference leads somewhere": _references,
    "one sent try for each sent delivery, and none for another": soundness.unproved,
    "every change of state is written down, and allowed": soundness.unexplained,
    "addresses open with CONTACT_DATA_ENCRYPTION_KEY": rotation.faults,
    "LEDGER_KEY is the one that the ledger's names are made with": ledger_key.faults,
}
