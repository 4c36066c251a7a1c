"""What a backup says about itself."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from slomix.lib.backup import BackupError

FORMAT = 1
PRODUCT = "slomix"


@dataclass(frozen=True)
class Table:
    """One table of a backup; `sha256` is over its lines."""

    model: str
    columns: list[str]
    rows: int
    sha256: str

    @property
    def member(self) -> str:
        """The name of its file in the zip."""
        return f"tables/{self.model}.jsonl"


@dataclass(frozen=True)
class Manifest:
    """When a backup was taken, of what, and what is in it, in the order in which it is filled."""

    taken_at: datetime
    version: str
    database: str
    migrations: dict[str, list[str]]
    not_taken: list[str]
    tables: list[Table]

    @property
    def rows(self) -> int:
        """All rows."""
        return sum(table.rows for table in self.tables)

    def to_json(self) -> bytes:
        """Write it."""
        facts = {"product": PRODUCT, "format": FORMAT, **asdict(self)}
        return json.dumps(facts, default=datetime.isoformat, indent=1).encode()


def read(text: bytes) -> Manifest:
    """Read a manifest; raises BackupError for what is none, or of a newer format."""
    try:
        facts: dict[str, Any] = json.loads(text)
        if facts.pop("product") != PRODUCT:
            raise BackupError("this is no backup of Slomix")
        if (form := facts.pop("format")) != FORMAT:
            raise BackupError(f"format {form} is not known here: use a newer version of Slomix")
        facts["taken_at"] = datetime.fromisoformat(facts["taken_at"])
        facts["tables"] = [Table(**one) for one in facts["tables"]]
        return Manifest(**facts)
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise BackupError(f"the manifest cannot be read: {fault}") from fault
