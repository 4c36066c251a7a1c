"""What must hold of a call's rows. Pure: facts in, faults in words out; nobody is named."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from botworker.book import Entry
from slomix.management.evidence.facts import Facts

SETTLED_WITHIN = timedelta(seconds=60)
# A state in which a person hears nothing, or perhaps nothing; it always says why.
UNHEARD = frozenset({"failed", "expired", "suppressed", "cancelled", "withdrawn", "unconfirmed"})


@dataclass(frozen=True)
class Check:
    """One thing that must hold, and what speaks against it."""

    name: str
    faults: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Nothing speaks against it."""
        return not self.faults


def all_of(facts: Facts) -> list[Check]:
    """Make every check."""
    return [Check(name, tuple(look(facts))) for name, look in CHECKS.items()]


def _sum(facts: Facts) -> Iterator[str]:
    written = sum(facts.states.values())
    if written != facts.promised:
        yield f"{facts.promised} were promised, {written} rows answer for them"


def _in_time(facts: Facts) -> Iterator[str]:
    for entry in facts.entries:
        for one in entry.tries:
            if one.started_at < entry.due_at:
                yield f"{_name(entry)}: try {one.n} began before its time"
            elif one.sent and (one.ended_at or one.started_at) >= entry.expires_at:
                yield f"{_name(entry)}: try {one.n} was sent when it was over"
            elif one.started_at >= entry.deadline_at:
                yield f"{_name(entry)}: try {one.n} began after its deadline"


def _one_proof(facts: Facts) -> Iterator[str]:
    for entry in facts.entries:
        proofs = [one for one in entry.tries if one.sent]
        if len(proofs) != entry.sent:
            yield f"{_name(entry)}: {entry.state}, with {len(proofs)} sent tries"
        elif entry.sent and proofs[0].message_id is None:
            yield f"{_name(entry)}: sent, but no message of the provider is named"


def _one_living(facts: Facts) -> Iterator[str]:
    living = Counter((one.event_key, one.short) for one in facts.entries if one.living)
    for (event_key, recipient), number in living.items():
        if number > 1:
            yield f"{event_key} to {recipient}: {number} living rows"


def _no_lease(facts: Facts) -> Iterator[str]:
    for entry in facts.entries:
        if entry.settled and entry.lease_until:
            yield f"{_name(entry)}: {entry.state}, and still leased"


def _all_settled(facts: Facts) -> Iterator[str]:
    for entry in facts.entries:
        if not entry.settled and facts.at > entry.deadline_at + SETTLED_WITHIN:
            yield f"{_name(entry)}: still {entry.state} a minute after its deadline"


def _numbered(facts: Facts) -> Iterator[str]:
    for entry in facts.entries:
        numbers = [one.n for one in entry.tries]
        if numbers != list(range(1, len(numbers) + 1)):
            yield f"{_name(entry)}: its tries are numbered {numbers}"


def _written_down(facts: Facts) -> Iterator[str]:
    for entry in facts.entries:
        yield from (f"{_name(entry)}: {fault}" for fault in entry.unexplained)


def _reasons(facts: Facts) -> Iterator[str]:
    said = {entry.recipient for entry in facts.entries}
    for one in facts.recipients:
        if one.left_out and one.key not in said:
            yield f"recipient {one.key[:15]} was left out ({one.left_out}) and has no row"
    for entry in facts.entries:
        if entry.state in UNHEARD and not entry.reason:
            yield f"{_name(entry)}: {entry.state}, and no reason"


def _name(entry: Entry) -> str:
    return f"delivery {entry.id}, {entry.event_key} to {entry.short}"


CHECKS: dict[str, Callable[[Facts], Iterator[str]]] = {
    "promised = sum of the states": _sum,
    "nothing before its time, nothing late": _in_time,
    "one sent try for each sent delivery, and none for another": _one_proof,
    "one living row for each event and recipient": _one_living,
    "what is settled holds no lease": _no_lease,
    "everything is settled a minute after its deadline": _all_settled,
    "tries are numbered without a gap": _numbered,
    "every change of state is written down, and allowed": _written_down,
    "whoever hears nothing has a reason": _reasons,
}
