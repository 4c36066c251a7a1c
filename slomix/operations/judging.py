"""What is wrong, by the facts. Pure: no queries, no clock; the words are `saying`'s."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum

from botworker.presence import VOICE_FRESH
from botworker.timing import WRONG
from slomix.operations.facts import OPEN, Facts, Run

# Discord resets the token at 1,000 a day; a quiet day has a handful.
MANY_IDENTIFIES = 200
WAITS_TOO_LONG = timedelta(seconds=30)
BACKUP_TOO_OLD = timedelta(hours=26)
# Whoever hears Telegram or Signal says so every minute at least.
HEARS_WITHIN = timedelta(seconds=90)
# Whose run must finish; the word to the missing is no promise to anybody.
CALLS = ("reminder", "start")
RED, NOTICE = "readiness.red", "readiness.notice"
BACKUP, DRILL = "backup", "restore drill"


class Level(IntEnum):
    """How bad it is: something to know, a red page, or a red page and somebody is told."""

    NOTE = 1
    RED = 2
    TELL = 3


@dataclass(frozen=True)
class Cause:
    """One thing that is wrong: its code, which one it is about, and what its words are made of."""

    code: str
    level: Level
    subject: str = ""
    values: dict[str, object] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What tells it from every other one."""
        return f"{self.code} {self.subject}".strip()


@dataclass(frozen=True)
class Limits:
    """What the settings say: how long a part may be silent, and what must be there at all."""

    silent_after: timedelta
    run_within: timedelta
    has_bot: bool
    production: bool
    # The channels beside Discord that are set up.
    channels: tuple[str, ...] = ()


def judge(facts: Facts, limits: Limits) -> list[Cause]:
    """Say what is wrong, the worst first."""
    found = [
        *_parts(facts, limits),
        *_ears(facts, limits),
        *_hold(facts),
        *_runs(facts),
        *_queue(facts),
        *_discord(facts),
        *_backup(facts, limits),
        *_trial(facts, limits),
        *_clock(facts),
        *_notes(facts),
    ]
    return sorted(found, key=lambda cause: -cause.level)


def endings(facts: Facts) -> dict[str, Run]:
    """Return the runs that are over, by the key that their alert has."""
    done = (run for run in facts.runs if run.slot.kind in CALLS and run.finished(facts.at))
    return {f"run.{run.key}": run for run in done}


def readiness(codes: Iterable[str], notices: Iterable[str] = ()) -> list[Cause]:
    """Say that this site cannot do its work, or is not as it should be: a cause for each code."""
    red = [Cause(RED, Level.TELL, code, {"code": code}) for code in codes]
    return red + [Cause(NOTICE, Level.NOTE, code, {"code": code}) for code in notices]


def _parts(facts: Facts, limits: Limits) -> Iterator[Cause]:
    for part in ("bot", "worker", "web"):
        silence = facts.silent(part)
        if part == "bot" and silence is None and not limits.has_bot:
            continue
        if silence is None:
            # Before its first start nobody is told, unless somebody counts on it tonight.
            counted_on = bool(facts.calls) and part != "web"
            level = Level.TELL if counted_on else Level.NOTE if part == "web" else Level.RED
            yield Cause(f"{part}.silent", level, values={"since": None})
        elif silence > limits.silent_after:
            since = facts.signs[part].at
            yield Cause(f"{part}.silent", Level.TELL, values={"since": since})
        elif part == "bot" and facts.signs[part].detail != "connected":
            yield Cause("bot.cut_off", Level.RED)


def _ears(facts: Facts, limits: Limits) -> Iterator[Cause]:
    """While the bot itself is silent, or never was, these say nothing of their own."""
    silence = facts.silent("bot")
    if silence is None or silence > limits.silent_after:
        return
    if facts.leader is None or facts.leader.released:
        yield Cause("bot.no_leader", Level.RED)
    for channel in limits.channels:
        unheard = facts.silent(f"hears {channel}")
        if unheard is None or unheard > HEARS_WITHIN:
            yield Cause("channel.silent", Level.RED, channel, {"channel": channel.title()})
    look = facts.looks.get("voice")
    if facts.calls and look and facts.at - look[0] > VOICE_FRESH:
        yield Cause("voice.old", Level.RED, values={"since": look[0]})


def _hold(facts: Facts) -> Iterator[Cause]:
    if facts.hold_since:
        yield Cause("hold.on", Level.TELL, values={"since": facts.hold_since})


def _runs(facts: Facts) -> Iterator[Cause]:
    for run in facts.runs:
        if run.late and run.slot.kind in CALLS:
            values = {"at": run.slot.due_at, "late": run.late, "all": run.total}
            yield Cause(f"run.{run.slot.kind}", Level.TELL, str(run.slot.day), values)
        for state in ("expired", "unconfirmed"):
            if number := run.states[state]:
                values = {"at": run.slot.due_at, "number": number, "all": run.total}
                yield Cause(f"campaign.{state}", Level.TELL, run.key, values)


def _queue(facts: Facts) -> Iterator[Cause]:
    oldest = facts.queue.oldest_at
    # On hold everything waits, and that is told already.
    if oldest and facts.at - oldest > WAITS_TOO_LONG and not facts.hold_since:
        values = {"since": oldest, "number": facts.queue.waiting}
        yield Cause("due.waiting", Level.TELL, values=values)
    if facts.queue.unknown:
        values = {"number": facts.queue.unknown}
        yield Cause("delivery.unknown", Level.NOTE, values=values)


def _discord(facts: Facts) -> Iterator[Cause]:
    if facts.identified > MANY_IDENTIFIES:
        yield Cause("identify.many", Level.TELL, values={"number": facts.identified})
    for one in facts.shut:
        values = {"channel": one.channel.title(), "until": one.until, "reason": one.reason}
        yield Cause("breaker.open", Level.RED, one.channel, values)


def _backup(facts: Facts, limits: Limits) -> Iterator[Cause]:
    made, drill = facts.workers.get(BACKUP), facts.workers.get(DRILL)
    if made is None:
        if limits.production:
            yield Cause("backup.none", Level.NOTE)
    elif made.last_good_at is None or facts.at - made.last_good_at > BACKUP_TOO_OLD:
        yield Cause("backup.old", Level.TELL, values={"since": made.last_good_at})
    if drill and drill.error:
        yield Cause("backup.drill", Level.TELL, values={"at": drill.last_run_at})


def _trial(facts: Facts, limits: Limits) -> Iterator[Cause]:
    one = facts.trial
    # On hold it waits with all the others.
    if one is None or facts.hold_since or one.state == "sent":
        return
    if one.state in OPEN and facts.at - one.due_at <= limits.run_within:
        return
    values: dict[str, object] = {"at": one.due_at, "state": one.state, "reason": one.reason or "-"}
    yield Cause("trial.missing", Level.TELL, str(facts.today), values)


def _clock(facts: Facts) -> Iterator[Cause]:
    if abs(facts.skew) > WRONG:
        seconds = round(facts.skew.total_seconds(), 1)
        yield Cause("clock.wrong", Level.TELL, values={"seconds": seconds})


def _notes(facts: Facts) -> Iterator[Cause]:
    if facts.unreached:
        day = str(facts.today)
        yield Cause("people.unreached", Level.NOTE, day, {"number": facts.unreached})
    for job in facts.late_jobs:
        values: dict[str, object] = {"at": job.run_at}
        yield Cause("job.late", Level.RED, str(job.pk), values)
    for line in facts.workers.values():
        if line.error and line.name not in (BACKUP, DRILL):
            yield Cause("part.failing", Level.NOTE, line.name, {"name": line.name})


def since(cause: Cause) -> datetime | None:
    """Return when it began, where its facts say so."""
    found = cause.values.get("since")
    return found if isinstance(found, datetime) else None
