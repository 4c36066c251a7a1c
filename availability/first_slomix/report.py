"""What an import did, and what it left out and why. It names people by their Discord ids only."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Report:
    """Counts, and a line for everything that was not taken over."""

    counts: Counter[str] = field(default_factory=Counter)
    skipped: list[str] = field(default_factory=list)
    behind: list[str] = field(default_factory=list)

    def count(self, what: str, number: int = 1) -> None:
        """Add to one of the counts."""
        self.counts[what] += number

    def skip(self, what: str, why: str) -> None:
        """Write down what is not taken over."""
        self.skipped.append(f"{what}: {why}")

    def leave(self, table: str, rows: int, why: str) -> None:
        """Write down a table that stays behind as a whole."""
        if rows:
            self.behind.append(f"{rows:7} rows of {table} stay behind: {why}")

    def lines(self) -> list[str]:
        """Return the report as people read it."""
        counted = [f"{number:7} {what}" for what, number in sorted(self.counts.items())]
        skipped = [f"{len(self.skipped):7} left out", *(f"  {one}" for one in self.skipped)]
        return [*counted, *self.behind, *skipped]
