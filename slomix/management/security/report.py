"""What one check found."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from slomix.management.security.wire import NoLine, Site

HOLDS, FAILS, NOT_RUN = "holds", "fails", "not run"
MOST_SHOWN = 12


class NotRun(Exception):
    """A check cannot be done here; the text says why, and what it needs."""


@dataclass
class Seen:
    """Collects what a check looked at, and what was wrong with it."""

    looked: int = 0
    wrong: list[str] = field(default_factory=list)
    note: str = ""

    def expect(self, holds: object, otherwise: str) -> None:
        """Count one look; `otherwise` says what was seen where it does not hold."""
        self.looked += 1
        if not holds:
            self.wrong.append(otherwise)


@dataclass(frozen=True)
class Check:
    """One thing to be looked at: `ask` fills in a `Seen`, or raises NotRun."""

    name: str
    says: str
    ask: Callable[[Site, Seen], None]


@dataclass(frozen=True)
class Found:
    """How one check ended."""

    name: str
    says: str
    state: str
    looked: int
    wrong: tuple[str, ...]
    note: str

    def line(self) -> str:
        """Return it as a person reads it."""
        seen = self.note if self.state == NOT_RUN else f"{self.looked} looked at"
        more = f"; {self.note}" if self.note and self.state != NOT_RUN else ""
        shown = [f"\n    {one}" for one in self.wrong[:MOST_SHOWN]]
        if len(self.wrong) > MOST_SHOWN:
            shown.append(f"\n    and {len(self.wrong) - MOST_SHOWN} more")
        return f"{self.state:8} {self.name}: {self.says} ({seen}{more}){''.join(shown)}"


def run(site: Site, checks: Iterable[Check], tell: Callable[[Check], None]) -> list[Found]:
    """Do the checks one after another; each is announced to `tell` before it begins."""
    found = []
    for check in checks:
        tell(check)
        found.append(_one(site, check))
    return found


def _one(site: Site, check: Check) -> Found:
    seen = Seen()
    try:
        check.ask(site, seen)
    except NotRun as reason:
        return Found(check.name, check.says, NOT_RUN, 0, (), str(reason))
    except NoLine as fault:
        seen.wrong.append(f"no answer: {fault}")
    if not seen.looked and not seen.wrong:
        seen.wrong.append("nothing was looked at, so nothing is known")
    state = FAILS if seen.wrong else HOLDS
    return Found(check.name, check.says, state, seen.looked, tuple(seen.wrong), seen.note)
