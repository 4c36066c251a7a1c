"""How answers are written: the row, its history, what the ledger still says, the evening's version.

Every verb that changes answers ends here; nobody else writes an `Entry`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from accounts.models import User
from availability import prompt_words, readiness
from availability.actions import days
from availability.models import Change, Entry, Status
from availability.resolve import Said
from botworker import ahead, outbox, told
from slomix.lib import clock


@dataclass(frozen=True)
class Turn:
    """One person's answer for one day, as it is and as it is to be."""

    person_id: int
    day: date
    before: Said | None
    after: Said | None

    @property
    def same(self) -> bool:
        """There is nothing to write."""
        return self.before == self.after

    def change(self, at: datetime, door: str, by: User | None, undoes: Change | None) -> Change:
        """Return the line of the history, not stored yet."""
        before, after = self.before, self.after
        return Change(
            person_id=self.person_id,
            day=self.day,
            at=at,
            door=door,
            by=by,
            before=before.status if before else "",
            before_door=before.door if before else "",
            before_since=before.since if before else None,
            before_late=before.late_until if before else None,
            after=after.status if after else "",
            after_door=after.door if after else "",
            after_late=after.late_until if after else None,
            undoes=undoes,
        )


def write(
    person: User,
    turn: Turn,
    *,
    at: datetime,
    door: str,
    by: User | None = None,
    undoes: Change | None = None,
) -> None:
    """Write one change of one answer. The caller holds the person and the transaction."""
    if not turn.same:
        _store(turn, at)
        turn.change(at, door, by, undoes).save()
        days.touch(turn.day)
        readiness.remember(turn.day, at=at)
    tell_the_ledger(person, turn, at)


def _store(turn: Turn, at: datetime) -> None:
    mine = Entry.objects.on(turn.day).filter(person_id=turn.person_id)
    if turn.after is None:
        mine.delete()
    elif turn.before is None:
        Entry.objects.create(
            person_id=turn.person_id, day=turn.day, created_at=at, **_columns(turn.after)
        )
    else:
        mine.update(**_columns(turn.after))


def _columns(said: Said) -> dict[str, str | datetime | None]:
    return {
        "status": said.status,
        "door": said.door,
        "since": said.since,
        "late_until": said.late_until,
    }


def write_many(turns: Iterable[Turn], *, at: datetime) -> int:
    """Write what weeks and absences change; the number of queries does not grow with the days.

    The caller holds the people and the transaction. Returns how many answers changed.
    """
    real = [turn for turn in turns if not turn.same]
    if not real:
        return 0
    _store_many(real, at)
    Change.objects.bulk_create(turn.change(at, _cause(turn), None, None) for turn in real)
    touched = sorted({turn.day for turn in real})
    days.touch(*touched)
    readiness.remember(*touched, at=at)
    _tell_the_ledger_of_many(real, at)
    return len(real)


def _cause(turn: Turn) -> str:
    """What stands in the week or an absence did it: the one that came, or the one that went."""
    cause = turn.after or turn.before
    assert cause is not None  # an empty turn is the same
    return cause.door


def _store_many(turns: list[Turn], at: datetime) -> None:
    new = [
        Entry(person_id=turn.person_id, day=turn.day, created_at=at, **_columns(turn.after))
        for turn in turns
        if turn.after and turn.before is None
    ]
    Entry.objects.bulk_create(new, batch_size=500)
    kept = {(turn.person_id, turn.day): turn.after for turn in turns if turn.before}
    rows = Entry.objects.filter(
        person__in={who for who, _day in kept}, day__in={day for _who, day in kept}
    )
    changed, gone = [], []
    for entry in rows if kept else ():
        said = kept.get((entry.person_id, entry.day), ...)
        if said is None:
            gone.append(entry.pk)
        elif isinstance(said, Said):
            for name, value in _columns(said).items():
                setattr(entry, name, value)
            changed.append(entry)
    Entry.objects.bulk_update(changed, ["status", "door", "since", "late_until"], batch_size=500)
    Entry.objects.filter(pk__in=gone).delete()


def _tell_the_ledger_of_many(turns: list[Turn], at: datetime) -> None:
    """Few evenings have messages ahead: today's, and those that something is planned for."""
    about = ahead.evenings({turn.person_id for turn in turns}, min(turn.day for turn in turns))
    told = [turn for turn in turns if (turn.person_id, turn.day) in about]
    people = User.objects.in_bulk({turn.person_id for turn in told}) if told else {}
    for turn in told:
        tell_the_ledger(people[turn.person_id], turn, at)


def tell_the_ledger(person: User, turn: Turn, at: datetime) -> None:
    """A no, or no answer any more, withdraws what is planned; a yes brings it back in time.

    Whoever named a time is asked nothing before it.
    """
    if turn.after is None and turn.before is None:
        return
    _ask_no_more(person, turn.day, at)
    if turn.after is None or turn.after.status == Status.NOT_PLAYING:
        outbox.withdraw(person, turn.day, reason=outbox.SAID_NO, at=at)
    else:
        outbox.restore(person, turn.day, reason=outbox.SAID_NO, at=at)
        if turn.after.late_until:
            outbox.postpone(person, turn.day, turn.after.late_until, at=at)


def _ask_no_more(person: User, day: date, at: datetime) -> None:
    """Whoever answers is not asked any more whether they play."""
    if day != clock.today(at) or not hasattr(person, "discord"):
        return
    who = outbox.recipient_of(person.discord.discord_id)
    keys = list(prompt_words.answered_keys(day))
    if told.is_waiting(keys, who):
        outbox.cancel(keys, [who], reason="answered", at=at)
