"""A kind of kept message for tests: it says what `says` was last told, in one line with a button."""

from collections.abc import Iterable
from datetime import datetime

from botworker import outbox, tracked
from botworker.models import Attempt, Delivery, State, Tracked
from botworker.tracked import Drawn

KINDS = {"board": "tests.kept"}
_told: dict[str, tuple[int, str]] = {}


def forget() -> None:
    """Know of no message, as at the beginning of a test."""
    _told.clear()


def says(key: str, words: str) -> None:
    """Change what a message should say."""
    _told[key] = (_told.get(key, (0, ""))[0] + 1, words)


def versions(keys: Iterable[str]) -> dict[str, int]:
    return {key: _told[key][0] for key in keys if key in _told}


def draw(key: str, at: datetime) -> Drawn:
    if key not in _told:
        raise LookupError(key)
    return Drawn(_told[key][1], {"rows": [[{"id": "board:{marker}", "label": "Go"}]]})


def board(
    key: str, channel_id: int, at: datetime, words: str = "first", until: datetime | None = None
) -> Tracked:
    """Keep a message, not posted yet."""
    says(key, words)
    tracked.keep(key, kind="board", channel_id=channel_id, due_at=at, until=until, at=at)
    return Tracked.objects.get(key=key)


def post(row: Tracked, message_id: int, at: datetime) -> None:
    """Let a drain have posted it."""
    delivery = Delivery.objects.get(event_key=row.event_key)
    Delivery.objects.filter(pk=delivery.pk).update(
        state=State.SENT, settled_at=at, lease_until=None
    )
    Attempt.objects.create(
        delivery=delivery,
        n=1,
        channel="discord",
        nonce=f"n{message_id}",
        fence=0,
        started_at=at,
        ended_at=at,
        outcome=Attempt.Outcome.SENT,
        provider_channel_id=row.channel_id,
        provider_message_id=message_id,
    )
    assert outbox.posted(row.event_key)
