"""Who would hear of a call made now, who would not, and why: the promise before it is given."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils.translation import gettext as _

from accounts import reach
from accounts.models import User
from availability import queries
from availability.board import Counts, Day, Times
from availability.models import Status
from availability.quorum import Quorum
from availability.words import Rows
from botworker.plain import plain
from promotions import places, recipients, schedule, words
from promotions.recipients import Choice
from promotions.schedule import Slot
from slomix.lib import clock


@dataclass(frozen=True)
class Wish:
    """Whom a call is for, beside those who are looking."""

    include_available: bool
    include_maybe: bool


@dataclass(frozen=True)
class Line:
    """One person in the preview."""

    person: User
    choice: Choice
    slots: tuple[Slot, ...]

    @property
    def status(self) -> str:
        """Their answer for the evening."""
        return self.choice.status

    @property
    def status_label(self) -> str:
        """The same in words."""
        return str(Status(self.choice.status).label)

    @property
    def channel(self) -> str:
        """Where they would hear it first."""
        return self.choice.reach.channels[0] if self.choice.reach.channels else ""

    @property
    def times(self) -> list[str]:
        """When they would hear something: 20:45, 21:00."""
        return [clock.wall(slot.due_at) for slot in self.slots if slot.kind in self.choice.said]

    @property
    def words(self) -> str:
        """Why they hear nothing, or not everything; empty otherwise.

        What is too late for everybody is said once, and not of each who hears the rest.
        """
        reasons = dict.fromkeys(reason for _kind, reason in self.choice.silent)
        if self.choice.called:
            reasons.pop(recipients.TOO_LATE, None)
        return ", ".join(self._why(reason) for reason in reasons)

    @property
    def reason(self) -> str:
        """The first reason in words without the person's own times, to be counted."""
        return words.why(self.choice.left_out)

    def _why(self, reason: str) -> str:
        quiet = self.choice.reach.quiet
        if reason == recipients.QUIET and quiet:
            return _("Quiet hours %(start)s to %(end)s") % {
                "start": clock.spoken(quiet.start),
                "end": clock.spoken(quiet.end),
            }
        return words.why(reason)


@dataclass(frozen=True)
class Preview:
    """What a call would do; what is shown here is what is sent."""

    day: date
    times: Times
    slots: tuple[Slot, ...]
    include_available: bool
    include_maybe: bool
    counts: Counts
    will_hear: list[Line]
    left_out: list[Line]
    # What they read first, the buttons below it, and when.
    sample: str
    sample_rows: Rows
    sample_at: datetime
    at: datetime
    # What of the evening cannot be said in time any more.
    over: tuple[Slot, ...] = ()

    @property
    def channels(self) -> dict[str, int]:
        """How many would hear on each channel."""
        used = [line.channel for line in self.will_hear]
        return {channel: used.count(channel) for channel in sorted(set(used))}

    @property
    def asked(self) -> int:
        """How many of those looking have asked to be reminded."""
        everybody = [*self.will_hear, *self.left_out]
        looking = [line for line in everybody if line.status == Status.LOOKING]
        return sum(line.choice.reach.allows_promotions for line in looking)

    @property
    def at_once(self) -> tuple[Slot, ...]:
        """What is past its time and still worth saying: it goes out at the press."""
        return tuple(slot for slot in self.slots if slot.due_at <= self.at)

    @property
    def too_late(self) -> bool:
        """Nothing of this evening can be said any more."""
        return not self.slots


def build(*, promoter: User, include_available: bool, include_maybe: bool, at: datetime) -> Preview:
    """Look at everybody who answered for today, in five queries whatever their number."""
    day = clock.today(at)
    times = queries.times(day)
    slots = schedule.slots(day, reminder_at=times.reminder_at, start_at=times.start_at)
    everybody = queries.named_days(day, day)[day]
    wish = Wish(include_available, include_maybe)
    lines = lines_of(everybody, slots, wish=wish, promoter_id=promoter.pk, at=at)
    quorum = Quorum(everybody.counts.looking, settings.READY_THRESHOLD)
    ahead = tuple(slot for slot in slots if slot.in_time(at))
    first, where = ahead[0] if ahead else slots[0], places.known()
    return Preview(
        day=day,
        times=times,
        slots=ahead,
        include_available=include_available,
        include_maybe=include_maybe,
        counts=everybody.counts,
        will_hear=[line for line in lines if line.choice.called],
        left_out=[line for line in lines if not line.choice.called],
        sample=words.body(first.kind, times, quorum, where),
        sample_rows=words.rows(first.kind, day, where),
        sample_at=max(first.due_at, at),
        at=at,
        over=tuple(slot for slot in slots if not slot.in_time(at)),
    )


def sample(person: User, kind: str, *, at: datetime) -> str:
    """Return what a call of tonight would say to somebody, and that it is only a sample."""
    day = clock.today(at)
    times = queries.times(day)
    quorum = Quorum(queries.named_days(day, day)[day].counts.looking, settings.READY_THRESHOLD)
    if kind == schedule.FOLLOW_UP:
        said = words.missing(plain(person.name), times.start_at)
    else:
        said = words.body(kind, times, quorum, places.known())
    title = _("*A sample, only for you:* %(kind)s") % {"kind": words.KINDS[kind]}
    return f"{title}\n\n{said}"


def lines_of(
    day: Day, slots: tuple[Slot, ...], *, wish: Wish, promoter_id: int, at: datetime
) -> list[Line]:
    """Judge everybody whose answer a call is for."""
    wanted = [
        entry
        for entry in day.named(*Status.values)
        if recipients.wanted(
            entry.status,
            include_available=wish.include_available,
            include_maybe=wish.include_maybe,
        )
    ]
    people = reach.of_many(entry.person_id for entry in wanted)
    return [
        Line(
            entry.person,
            recipients.choose(
                entry.status, people[entry.person_id], slots, at=at, promoter_id=promoter_id
            ),
            slots,
        )
        for entry in wanted
    ]
