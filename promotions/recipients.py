"""Who hears of a call, who does not, and why. Pure: no queries, no clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from accounts.reach import Reach
from availability.models import Status
from promotions.schedule import Slot

# Why somebody is not called; the words for them are in promotions.words.
CALLS_THEMSELVES = "calls"
NOT_LINKED = "not linked"
NOT_ASKED = "not asked"
NO_CHANNEL = "no channel"
QUIET = "quiet hours"
TOO_LATE = "too late"


@dataclass(frozen=True)
class Choice:
    """What becomes of one person in a call."""

    reach: Reach
    status: str
    # Kinds that are said, and kinds that are not with the reason of each.
    said: tuple[str, ...] = ()
    silent: tuple[tuple[str, str], ...] = ()

    @property
    def called(self) -> bool:
        """They hear at least one thing."""
        return bool(self.said)

    @property
    def left_out(self) -> str:
        """The reason for hearing nothing at all; empty for those who are called."""
        return "" if self.said else self.silent[0][1]


def wanted(status: str, *, include_available: bool, include_maybe: bool) -> bool:
    """Say whether a call is for people with this answer; LOOKING always is."""
    chosen = {
        Status.LOOKING: True,
        Status.AVAILABLE: include_available,
        Status.MAYBE: include_maybe,
        Status.NOT_PLAYING: False,
    }
    return chosen[Status(status)]


def choose(
    status: str, reach: Reach, slots: Iterable[Slot], *, at: datetime, promoter_id: int
) -> Choice:
    """Say what this person will hear, and why not the rest.

    Quiet hours are judged at each thing's own time, so somebody may hear the start only.
    """
    refusal = _never(reach, promoter_id)
    verdicts = [(slot.kind, refusal or at_its_time(slot, reach, at)) for slot in slots]
    return Choice(
        reach,
        status,
        said=tuple(kind for kind, reason in verdicts if not reason),
        silent=tuple((kind, reason) for kind, reason in verdicts if reason),
    )


def _never(reach: Reach, promoter_id: int) -> str:
    if reach.person_id == promoter_id:
        return CALLS_THEMSELVES
    if not reach.linked:
        return NOT_LINKED
    if not reach.allows_promotions:
        return NOT_ASKED
    return "" if reach.channels else NO_CHANNEL


def at_its_time(slot: Slot, reach: Reach, at: datetime) -> str:
    """Return why one thing cannot be said to somebody at its own time; empty when it can."""
    if not slot.in_time(at):
        return TOO_LATE
    # Quiet hours that end in time only delay it; the ledger waits for their end.
    ends = reach.quiet_until(max(slot.due_at, at))
    return QUIET if ends and not slot.in_time(ends) else ""
