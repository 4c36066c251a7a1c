"""The eight invariants, judged by what the provider took. Pure: everything is passed in."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from botworker import changes
from slomix.management.chaos.journal import Asked
from slomix.management.chaos.ledger import OPEN, Row, Try

MOST_SHOWN = 5
UNCLEAR, VOICE = "unclear", "voice"
# What people do who are in voice from some moment on.
THERE = ("in voice", "comes to voice")
# A request that began before somebody's no may still be on its way this long, at scale 1.
UNDER_WAY = 10.0
# Two clocks and a commit are never read at the same instant.
JITTER = timedelta(seconds=0.25)


@dataclass(frozen=True)
class Who:
    """What the run knows of a person: what they did, when it was committed, where they are."""

    recipient: str
    event_key: str
    channel_id: int
    mind: str = ""
    at: float = 0.0
    quiet_until: datetime | None = None
    # When whoever says that they come may be asked.
    comes_at: datetime | None = None
    discord_id: int = 0
    # A fault of a channel that tells nothing afterwards was meant for their message.
    faulted: bool = False


@dataclass(frozen=True)
class Facts:
    """Everything that is judged."""

    rows: list[Row]
    asked: list[Asked]
    people: list[Who]
    scale: float
    # Deliveries whose window saw a drain up for 30 s (at scale 1) without a break.
    reachable: frozenset[str]
    tracebacks: list[str]
    requests: int
    unknown: list[Any]
    secrets_seen: int
    least_sent: float


@dataclass(frozen=True)
class Invariant:
    """One sentence that must hold, how often it was tried, and what broke it."""

    name: str
    says: str
    trials: int
    broken: list[str]

    @property
    def holds(self) -> bool:
        """Nothing broke it."""
        return not self.broken

    @property
    def bound(self) -> float | None:
        """With 95 % confidence it fails less often than this: 3 in n."""
        return 3 / self.trials if self.trials and self.holds else None

    def to_json(self) -> dict[str, Any]:
        """Write it, with the first few that broke it."""
        told = asdict(self) | {"holds": self.holds, "bound": self.bound}
        return told | {"broken": self.broken[:MOST_SHOWN], "number_broken": len(self.broken)}


class Judge:
    """Compares promises, ledger and journal."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.rows = {(row.event_key, row.recipient): row for row in facts.rows}
        self.by_marker = {row.marker: row for row in facts.rows}
        self.requests: dict[str, list[Asked]] = defaultdict(list)
        self.messages: dict[str, dict[int, Asked]] = defaultdict(dict)
        self.by_person = {who.discord_id: who for who in facts.people if who.discord_id}
        for one in facts.asked:
            for marker in self._meant(one):
                self.requests[marker].append(one)
                if one.message_id is not None:
                    self.messages[marker].setdefault(one.message_id, one)

    def _meant(self, one: Asked) -> Iterable[str]:
        """Return for which deliveries a request was: by its markers, on Signal by the person."""
        who = self.by_person.get(one.person or 0)
        row = self.rows.get((who.event_key, who.recipient)) if who else None
        if one.service == "signal":
            return {row.marker} if row else set()
        return one.markers & self.by_marker.keys()

    def all(self) -> list[Invariant]:
        """Judge everything, in order."""
        return [
            self._of("I1", "nobody is lost without a reason", self._lost),
            self._of("I2", "nobody hears it twice", self._doubled),
            self._of("I3", "nothing is early or late", self._untimely),
            self._of("I4", "ledger and provider agree", self._differing),
            self._of("I5", "every promise is settled", self._unsettled),
            self._of("I6", "nobody is told against their word", self._unwanted),
            self._of("I7", "every change and every try is written down", self._unnumbered),
            self._of(UNCLEAR, "what is unclear is counted and never said again", self._repeated),
            *self._ready(),
            self._clean(),
            self._share(),
        ]

    def _ready(self) -> list[Invariant]:
        """Judge the ready check where it was played."""
        if not any(who.mind in THERE for who in self.facts.people):
            return []
        return [self._of(VOICE, "nobody in voice is asked", self._found)]

    def _of(self, name: str, says: str, broken: Callable[[Who, Row], Iterable[str]]) -> Invariant:
        found: list[str] = []
        trials = 0
        for who in self.facts.people:
            row = self.rows.get((who.event_key, who.recipient))
            if name == "I6" and not who.mind:
                continue
            if name == UNCLEAR and not (row and _unclear(row)):
                continue
            if name == VOICE and not (who.mind in THERE and who.at):
                continue
            trials += 1
            if row is None:
                found.append(f"{who.recipient[-8:]} has no row for {who.event_key}")
                continue
            label = f"{row.event_key} to {row.recipient[-8:]} ({row.state})"
            found += [f"{label}: {what}" for what in broken(who, row)]
        return Invariant(name, says, trials, found)

    # --- the eight ---------------------------------------------------------------------------------

    def _lost(self, who: Who, row: Row) -> Iterable[str]:
        if not self.messages[row.marker] and (row.state == "sent" or not row.reason):
            yield "no message and no reason"

    def _doubled(self, who: Who, row: Row) -> Iterable[str]:
        number = len(self.messages[row.marker])
        if number > 1:
            yield f"{number} messages"

    def _untimely(self, who: Who, row: Row) -> Iterable[str]:
        for one in self.messages[row.marker].values():
            at = one.accepted_at
            if at and at > row.expires_at:
                yield f"{(at - row.expires_at).total_seconds():.2f} s late"
            if at and at < row.due_at:
                yield f"{(row.due_at - at).total_seconds():.2f} s early"

    def _differing(self, who: Who, row: Row) -> Iterable[str]:
        messages = self.messages[row.marker]
        named = [one for one in row.tries if one.outcome == "sent"]
        if len(named) != (row.state == "sent"):
            yield f"{len(named)} tries say sent"
        for one in named:
            # 10008 for a repeated nonce names no message: it was delivered and deleted.
            if one.message_id and one.message_id not in messages:
                yield f"names message {one.message_id}, which is not theirs"
        if messages and row.state not in ("sent", "unconfirmed"):
            yield "a message that the ledger does not call sent"
        if any(_in_another_chat(one, who) for one in messages.values()):
            yield "a message in somebody else's channel"

    def _unsettled(self, who: Who, row: Row) -> Iterable[str]:
        if row.state in OPEN:
            yield f"not settled after {row.attempts} tries"

    def _unwanted(self, who: Who, row: Row) -> Iterable[str]:
        for one in self.requests[row.marker]:
            if who.quiet_until and one.at < who.quiet_until:
                yield "a request in quiet hours"
            if _silenced(who) and one.at > self._latest(who):
                yield f"a request {(one.at - _instant(who.at)).total_seconds():.2f} s after a no"
        for tried in row.tries:
            if _silenced(who) and tried.started_at > _instant(who.at):
                yield "a try began after a no"
            if who.comes_at and _instant(who.at) < tried.started_at < who.comes_at:
                yield "a try began before they come"

    def _found(self, who: Who, row: Row) -> Iterable[str]:
        """Yield what was asked of somebody of whom the ledger knew that they are in voice."""
        yield from (
            f"a request {(one.at - _instant(who.at)).total_seconds():.2f} s after they were seen"
            for one in self.requests[row.marker]
            if one.at > self._latest(who)
        )
        if any(tried.started_at > _instant(who.at) for tried in row.tries):
            yield "a try began for somebody in voice"

    def _latest(self, who: Who) -> datetime:
        return _instant(who.at) + timedelta(seconds=UNDER_WAY / self.facts.scale) + JITTER

    def _unnumbered(self, who: Who, row: Row) -> Iterable[str]:
        yield from changes.faults(row.changes, row.state)
        numbers = [one.n for one in row.tries]
        if numbers != list(range(1, len(numbers) + 1)):
            yield f"tries numbered {numbers}"
        # A wait that the provider named counts as none of our tries.
        if len(numbers) < row.attempts:
            yield f"{row.attempts} tries counted, {len(numbers)} written down"
        if sum(one.outcome in ("pending", "unknown", "sent") for one in row.tries) > 1:
            yield "more than one open try"
        if self.messages[row.marker] and not row.tries:
            yield "a message without a try"

    def _repeated(self, who: Who, row: Row) -> Iterable[str]:
        unclear = _unclear(row)
        if unclear and (row.state != "unconfirmed" or unclear[-1] is not row.tries[-1]):
            yield f"no clear answer on {unclear[0].channel}, and then {row.state}"

    def _clean(self) -> Invariant:
        broken = [*self.facts.tracebacks, *(f"unknown: {one}" for one in self.facts.unknown)]
        broken += ["a secret in a log"] * self.facts.secrets_seen
        return Invariant(
            "I8", "no traceback, no unknown request, no secret", self.facts.requests, broken
        )

    # --- no success by expiring everything -----------------------------------------------------------

    def _share(self) -> Invariant:
        wanted = [row for row in self._willing() if row.marker in self.facts.reachable]
        unsent = Counter(f"{row.state} ({row.reason})" for row in wanted if row.state != "sent")
        share = 1 - unsent.total() / len(wanted) if wanted else 1.0
        few = share < self.facts.least_sent
        says = f"{share:.2%} of what could be sent was sent"
        broken = [f"{number} {what}" for what, number in unsent.most_common()] if few else []
        if not wanted and self.facts.least_sent:
            broken = ["nothing could be sent"]
        return Invariant("share", says, len(wanted), broken)

    def _willing(self) -> Iterable[Row]:
        for who in self.facts.people:
            row = self.rows.get((who.event_key, who.recipient))
            refused = row and row.tries and row.tries[-1].outcome == "rejected"
            # Without deaths and faults there is nothing to be uncertain about.
            uncertain = row and is_uncertain(row) and self.facts.least_sent < 1
            if not row or refused or who.faulted or uncertain:
                continue
            if who.mind in ("", "quiet at first"):
                yield row


def _in_another_chat(one: Asked, who: Who) -> bool:
    if one.service != "discord":
        return one.person != who.discord_id
    return one.channel_id != who.channel_id


def _unclear(row: Row) -> list[Try]:
    """Return the tries of which nobody can ever know, on channels that show nothing afterwards."""
    return [one for one in row.tries if one.channel != "discord" and one.outcome == "unknown"]


def is_uncertain(row: Row) -> bool:
    """Say whether nobody can ever know: the last try was on a channel that shows nothing."""
    return row.state == "unconfirmed" and bool(row.tries) and row.tries[-1].channel != "discord"


def uncertain(facts: Facts) -> dict[str, int]:
    """Count what is unconfirmed on Telegram and Signal, apart from what is lost, by the truth."""
    judge = Judge(facts)
    there = [bool(judge.messages[row.marker]) for row in facts.rows if is_uncertain(row)]
    found = {"unconfirmed and arrived": sum(there), "unconfirmed and not": there.count(False)}
    return {what: number for what, number in found.items() if number}


def _silenced(who: Who) -> bool:
    return who.mind in ("opts out", "says no") and who.at > 0


def _instant(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def totals(rows: Iterable[Row]) -> Mapping[str, int]:
    """Count the rows by state."""
    return dict(Counter(row.state for row in rows).most_common())
