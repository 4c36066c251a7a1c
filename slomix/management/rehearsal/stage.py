"""Where a rehearsal plays: who is called, what they heard, and who is where after the start."""

from collections.abc import Callable, Set
from typing import Protocol

from slomix.management import community
from slomix.management.community import MEMBERS, NOCOJ_ID
from slomix.management.rehearsal import evidence
from slomix.management.rehearsal.evidence import Row, Sent
from slomix.management.rehearsal.gathering import Gathering
from slomix.management.rehearsal.kill import Kill
from slomix.management.rehearsal.system import System
from slomix.management.rehearsal.visitor import Visitor


class Present(Protocol):
    """Who is in voice after the start, and what speaks against what the bot made of it."""

    @property
    def words(self) -> str:
        """Who is where."""

    def come(self) -> None:
        """Be there at the start."""

    def look(self) -> None:
        """Look who is in voice, just before and just after the check."""

    def absent(self, rows: list[Row]) -> frozenset[int]:
        """Return who is to be asked; `rows` is what the ledger says of the check."""

    def spared(self, rows: list[Row]) -> list[str]:
        """Say who was in voice and is not noted as being there."""

    def noted(self, asked: list[Sent], summaries: list[str]) -> tuple[str, list[str]]:
        """Return what those who were missing and the channel read, and what speaks against it."""


class Stage(Protocol):
    """The people of a rehearsal, and the one place that knows what they heard."""

    # How evidence calls where it looked, who took the messages, and where the summary is.
    source: str
    taken_by: str
    channel: str

    @property
    def system(self) -> System:
        """The processes that play."""

    def enter(self, visitor: Visitor) -> str:
        """Be the promoter at the site; returns how. Raises Lost."""

    def name_of(self, discord_id: int) -> str:
        """Return what the club calls somebody."""

    def called(self, names: Set[str]) -> frozenset[int]:
        """Return the Discord ids behind the names of a preview. Raises KeyError for a stranger."""

    def left_out(self, called: Set[int]) -> list[str]:
        """Say who should be among the called and is not."""

    def closed(self, rows: list[Row]) -> frozenset[int]:
        """Return whose direct messages are closed."""

    def excused(self, rows: list[Row]) -> frozenset[int]:
        """Return who said in the meantime, by themselves, that they want to hear no more."""

    def heard(self) -> list[Sent]:
        """Return every direct message of the bot's, once each."""

    def summaries(self) -> list[str]:
        """Return what the bot posted in the channel of the summary."""

    def gather(self, called: frozenset[int]) -> Present:
        """Return what happens after the start."""

    def kill(self, rows: Callable[[], list[Row]]) -> Kill:
        """Return the kill of row 10; `rows` is what the ledger says at any moment."""


class Club:
    """The demo's club at the local Discord, whose journal is the truth."""

    source, taken_by, channel = "the journal", "the local Discord took", "#nocoj"

    def __init__(self, system: System) -> None:
        self.system = system

    def enter(self, visitor: Visitor) -> str:
        """Sign in over the consent page. Raises Lost."""
        who = community.promoter()
        visitor.sign_in(who.discord_id)
        return f"as {who.name}, over the consent page"

    def name_of(self, discord_id: int) -> str:
        """Return what the club calls somebody."""
        return evidence.name_of(discord_id)

    def called(self, names: Set[str]) -> frozenset[int]:
        """Return the ids behind some names. Raises KeyError for a stranger."""
        ids = {member.player_name: member.discord_id for member in MEMBERS}
        return frozenset(ids[name] for name in names)

    def left_out(self, called: Set[int]) -> list[str]:
        """Say who is missing: nobody, because the club has quiet hours and wishes of its own."""
        return []

    def closed(self, rows: list[Row]) -> frozenset[int]:
        """Return whose direct messages are closed."""
        return frozenset(member.discord_id for member in MEMBERS if member.dms_closed)

    def excused(self, rows: list[Row]) -> frozenset[int]:
        """Return nobody: the club presses no buttons."""
        return frozenset()

    def heard(self) -> list[Sent]:
        """Return every direct message in the journal."""
        return evidence.direct_messages(self.system.journal())

    def summaries(self) -> list[str]:
        """Return what was posted in #nocoj."""
        return evidence.posts(self.system.journal(), NOCOJ_ID)

    def gather(self, called: frozenset[int]) -> Gathering:
        """Let the club come, or not."""
        return Gathering(self.system, called - self.closed([]))

    def kill(self, rows: Callable[[], list[Row]]) -> Kill:
        """Kill while half of the answers are slow."""
        return Kill(self.system, rows)
