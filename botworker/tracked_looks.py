"""What is to be done for one kept message that a keeper has claimed. No network."""

from collections.abc import Callable
from datetime import datetime
from typing import cast

from botworker import outbox, pacing, tracked, tracked_moves
from botworker import tracked_rows as rows
from botworker.models import DEAD, WAITING, Delivery, State, Tracked
from botworker.tracked import Drawn, DrawnEvent, DrawnThread
from botworker.tracked_moves import RoleKind
from botworker.tracked_rows import Verb, Work

ON_THEIR_WAY = (*WAITING, State.LEASED, State.SENDING, State.UNKNOWN)


def look(row: Tracked, *, at: datetime) -> Work | None:
    """Draw a claimed row anew and say what is to be done; None when it is settled by that."""
    if row.form in OTHER_FORMS:
        return OTHER_FORMS[Tracked.Form(row.form)](row, at)
    there = _said if row.form == Tracked.Form.FOLLOWED else _arrived
    if row.message_id is None and not there(row, at):
        return None
    drawn = tracked.kind_of(row.kind).draw(row.key, at)
    if not isinstance(drawn, Drawn):
        raise TypeError(f"{row.key}: what was posted must be drawn")
    shows = tracked.digest(drawn)
    if shows != row.shown_hash:
        return Work(row, Verb.EDIT, drawn, shows)
    if row.form == Tracked.Form.MESSAGE and _is_time_to_check(row, at):
        return Work(row, Verb.CHECK, drawn, shows)
    rows.settle(row, shows=shows, at=at)
    return None


def begin(row: Tracked, *, at: datetime) -> tuple[Work | None, bool]:
    """Look, and say whether its request may start now: what is to be done takes its token at once."""
    work = look(row, at=at)
    return work, work is not None and bool(pacing.take(rows.CHANNEL, 1, at=at))


def _is_time_to_check(row: Tracked, at: datetime) -> bool:
    unseen = row.seen_at is None or at - row.seen_at >= rows.LOOK_EVERY
    return unseen and not rows.over(row, at)


def _look_at_event(row: Tracked, at: datetime) -> Work | None:
    if rows.over(row, at) and row.message_id:
        return Work(row, Verb.END_EVENT, shows=row.shown_hash)
    drawn = tracked.kind_of(row.kind).draw(row.key, at)
    # Discord plans nothing in the past.
    if isinstance(drawn, DrawnEvent) and (row.message_id or at < drawn.start_at):
        shows = tracked.event_digest(drawn)
        if shows != row.shown_hash and not rows.over(row, at):
            return Work(row, Verb.EVENT, drawn, shows)
    rows.settle(row, shows=row.shown_hash, at=at)
    return None


def _look_at_thread(row: Tracked, at: datetime) -> Work | None:
    """Begin it, move people, or look whether it is still there; what is over is left as it is."""
    drawn = tracked.kind_of(row.kind).draw(row.key, at)
    if isinstance(drawn, DrawnThread) and not rows.over(row, at):
        moves = bool(drawn.add or drawn.remove)
        if row.message_id is None or moves or _is_time_to_check(row, at):
            return Work(row, Verb.THREAD, drawn)
    rows.settle(row, shows="", at=at)
    return None


def _look_at_role(row: Tracked, at: datetime) -> Work | None:
    """Make it once somebody is to have it, give and take it; what is over is deleted."""
    began = row.message_id is not None or row.posted_at is not None
    if rows.over(row, at) and not began:
        rows.close(row, at=at)
        return None
    drawn = cast(RoleKind, tracked.kind_of(row.kind)).draw(row.key, at)
    if rows.over(row, at):
        return Work(row, Verb.ROLE, drawn)
    if drawn and (began or drawn.members):
        shows = tracked_moves.role_digest(drawn)
        if row.message_id is None or shows != row.shown_hash or _is_time_to_check(row, at):
            return Work(row, Verb.ROLE, drawn, shows)
    rows.settle(row, shows=row.shown_hash, at=at)
    return None


def _look_at_removed(row: Tracked, at: datetime) -> Work | None:
    """Delete it as soon as it is known where it stands; what was never said is gone already."""
    if row.message_id is None:
        event = tracked_moves.event_of(row)
        posted = outbox.posted(event)
        if posted is None:
            recipient = outbox.channel_recipient(row.channel_id)
            line = outbox.lines([event], [recipient]).get((event, recipient))
            if rows.given_up(row, at) or line is None or line.state not in ON_THEIR_WAY:
                rows.close(row, at=at)
            else:
                rows.mine(row).update(look_at=at + rows.ASK_EVERY, **rows.FREE)
            return None
        rows.mine(row).update(channel_id=posted.channel_id, message_id=posted.message_id)
        row.refresh_from_db()
    return Work(row, Verb.DELETE)


def _said(row: Tracked, at: datetime) -> bool:
    """Learn whether what is followed was said, in Discord; False while it was not.

    What was said on another channel, or to nobody, is followed no more.
    """
    said = Delivery.objects.get(event_key=row.key)
    if said.state == State.SENT and said.channel == rows.CHANNEL:
        return _stands(row, at)
    if rows.over(row, at) or said.state not in ON_THEIR_WAY:
        rows.close(row, said.reason or said.state, at=at)
    else:
        rows.mine(row).update(look_at=at + rows.ASK_EVERY, **rows.FREE)
    return False


def _arrived(row: Tracked, at: datetime) -> bool:
    """Learn from the ledger where the message stands; False while it stands nowhere."""
    recipient = outbox.channel_recipient(row.channel_id)
    line = outbox.lines([row.event_key], [recipient]).get((row.event_key, recipient))
    if line is None:
        raise LookupError(f"{row.event_key} was never promised")
    if line.state == State.SENT:
        return _stands(row, at)
    if line.state in ON_THEIR_WAY and not rows.given_up(row, at):
        # Also when its time is over: it may come to stand there, with buttons that lead nowhere.
        rows.mine(row).update(look_at=at + rows.ASK_EVERY, **rows.FREE)
    elif rows.over(row, at):
        rows.close(row, line.reason or line.state, at=at)
    elif line.state in DEAD:
        why = line.reason or line.state
        rows.tell(row, why)
        rows.post_anew(row, why, wait=rows.wait_for(row.failures, definite=True), at=at)
    else:
        # Perhaps it stands there: a second one would be worse than an old one.
        rows.failed(row, line.reason, definite=True, at=at)
    return False


def _stands(row: Tracked, at: datetime) -> bool:
    posted = outbox.posted(row.event_key)
    if posted is None:  # Discord knows the nonce and says that its message was deleted since
        rows.gone(row, at=at)
        return False
    said = Delivery.objects.get(marker=posted.marker)
    rows.mine(row).update(
        channel_id=posted.channel_id,
        message_id=posted.message_id,
        marker=posted.marker,
        shown_hash=tracked.digest(Drawn(said.body, said.extras)),
        posted_at=at,
        seen_at=at,
    )
    row.refresh_from_db()
    return True


OTHER_FORMS: dict[Tracked.Form, Callable[[Tracked, datetime], Work | None]] = {
    Tracked.Form.EVENT: _look_at_event,
    Tracked.Form.THREAD: _look_at_thread,
    Tracked.Form.ROLE: _look_at_role,
    Tracked.Form.REMOVED: _look_at_removed,
}
