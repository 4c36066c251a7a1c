"""Whether a message went to everybody it was promised to, once, in time, and to nobody else. Pure."""

from collections import Counter
from collections.abc import Callable, Set
from dataclasses import dataclass
from datetime import datetime

from slomix.management.rehearsal.evidence import Row, Sent, counted, name_of


@dataclass(frozen=True)
class Promise:
    """What the preview said of one kind of message."""

    event_key: str
    due_at: datetime
    called: Set[int]
    # Those of them whose direct messages are closed: a definite refusal is what they get.
    closed: Set[int]
    # What the people are called, and who it was that took the messages.
    name_of: Callable[[int], str] = name_of
    taken_by: str = "the local Discord took"


@dataclass(frozen=True)
class Verdict:
    """The evidence in words, and what speaks against it."""

    evidence: str
    problems: tuple[str, ...]


def judge(promise: Promise, rows: list[Row], messages: list[Sent]) -> Verdict:
    """Compare what was promised with our ledger and with what the local Discord took."""
    problems = [
        *_once_each(promise, messages),
        *_in_time(promise, rows, messages),
        *_settled(promise, rows),
    ]
    people = len({one.discord_id for one in messages})
    words = (
        f"{promise.event_key}: {counted(rows)}, {sum(row.tries for row in rows)} send logs; "
        f"{promise.taken_by} {len(messages)} messages for {people} people"
    )
    return Verdict(words + _lateness(promise, messages), tuple(problems))


def _once_each(promise: Promise, messages: list[Sent]) -> list[str]:
    got, name = Counter(one.discord_id for one in messages), promise.name_of
    due = promise.called - promise.closed
    missed = [f"{name(one)} got {got[one]} messages" for one in due if got[one] != 1]
    extra = [f"{name(one)} got a message not meant for them" for one in got if one not in due]
    return sorted([*missed, *extra])


def _in_time(promise: Promise, rows: list[Row], messages: list[Sent]) -> list[str]:
    name = promise.name_of
    ends = min((row.expires_at for row in rows), default=promise.due_at)
    early = [one for one in messages if one.at < promise.due_at]
    late = [one for one in messages if one.at >= ends]
    return [
        *(f"{name(one.discord_id)} was told before the time" for one in early),
        *(f"{name(one.discord_id)} was told when it was over" for one in late),
    ]


def _settled(promise: Promise, rows: list[Row]) -> list[str]:
    name = promise.name_of
    state = {row.discord_id: row.state for row in rows}
    wanted = {one: "failed" if one in promise.closed else "sent" for one in promise.called}
    return [
        f"the ledger says {state.get(one, 'nothing')} of {name(one)}"
        for one, word in wanted.items()
        if state.get(one) != word
    ] + [
        f"the ledger says sent of {name(one)}, who was not promised anything"
        for one, word in state.items()
        if word == "sent" and one not in wanted
    ]


def _lateness(promise: Promise, messages: list[Sent]) -> str:
    if not messages:
        return ""
    after = sorted((one.at - promise.due_at).total_seconds() for one in messages)
    return f", {after[0]:.2f} to {after[-1]:.2f} s after the time"
