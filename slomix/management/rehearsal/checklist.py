"""The ten steps of the live verification, played one after the other."""

import time
from collections.abc import Callable, Set
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from slomix.management.rehearsal import evidence
from slomix.management.rehearsal.evidence import Database
from slomix.management.rehearsal.judge import Promise, Verdict, judge
from slomix.management.rehearsal.kill import Kill
from slomix.management.rehearsal.rest import Refused
from slomix.management.rehearsal.stage import Present, Stage
from slomix.management.rehearsal.system import NotUp
from slomix.management.rehearsal.visitor import Lost, Visitor

PREVIEW = "GET /api/availability/promotions/preview?include_available=true&include_maybe=false"
JOB_KINDS = ["send_reminder_2045", "send_start_2100", "voice_check_2100"]
TITLES = {
    1: "Boot the stack",
    2: "Verify health",
    3: "Preview recipients",
    4: "Create the campaign",
    5: "Verify job fan-out",
    6: "Verify T-15 dispatch",
    7: "Verify T0 dispatch",
    8: "Verify voice follow-up",
    9: "Verify the server note",
    10: "Verify idempotency",
}
# A second message would arrive in this time, if there were one.
LISTEN = timedelta(seconds=3)
SUMMARY_WITHIN = 20.0
TELL_EVERY = 15.0
FAULTS = (Lost, NotUp, Refused, httpx.HTTPError, KeyError, ValueError, OSError)


@dataclass(frozen=True)
class Step:
    """One line of the evidence table."""

    number: int
    done: str
    evidence: str
    holds: bool

    @property
    def title(self) -> str:
        """What the owner's checklist calls it."""
        return TITLES[self.number]


class Checklist:
    """Plays the steps in order; each needs those before it."""

    def __init__(self, stage: Stage, visitor: Visitor, tell: Callable[[str], None]) -> None:
        self.stage, self.system, self.visitor = stage, stage.system, visitor
        self.evening = stage.system.evening
        self.tell = tell
        self.told = 0.0
        self.database: Database | None = None
        self.seen: dict[str, Any] = {}
        self.campaign: dict[str, Any] = {}
        self.killing = self.gathers = False
        self.gathering: Present | None = None
        self.kill: Kill | None = None

    def play(self, rows: Set[int]) -> list[Step]:
        """Play the steps up to the last of `rows`; what a fault leaves undone does not hold.

        With row 10 among them, bot and worker are killed in the middle of row 7.
        """
        self.killing = 10 in rows
        acts = {1: self.boot, 2: self.health, 3: self.preview, 4: self.create, 5: self.jobs}
        acts |= {6: self.t15, 7: self.t0, 8: self.missing, 9: self.server_note, 10: self.once}
        self.gathers = max(rows) >= 8
        steps: dict[int, Step] = {}
        try:
            for number in (number for number in acts if number <= max(rows)):
                self.tell(f"{number}. {TITLES[number]}")
                steps[number] = acts[number]()
        except FAULTS as fault:
            words = f"{type(fault).__name__}: {fault}"
            steps[number] = Step(number, "tried", words, holds=False)
        finally:
            if self.database:
                self.database.close()
        return [steps.get(number) or _undone(number) for number in range(1, max(rows) + 1)]

    # --- the steps ---------------------------------------------------------------------------------

    def boot(self) -> Step:
        """Start everything and wait until every part answers."""
        took = self.system.wait_until_up(self.tell_now_and_then)
        self.visitor.open(self.system.site)
        self.database = Database(self.system.database_url)
        web = self._log_line("web", "Listening at")
        bot = self._log_line("bot", "logged in as")
        words = f"up in {took:.1f} s; web.log: {web or 'nothing'}; bot.log: {bot or 'nothing'}"
        return Step(1, self.system.command, words, holds=bool(web and bot))

    def _log_line(self, part: str, words: str) -> str:
        # A part may answer a moment before its log says so.
        until = time.monotonic() + LISTEN.total_seconds()
        while not (line := self.system.log_line(part, words)) and time.monotonic() < until:
            time.sleep(0.1)
        return line

    def health(self) -> Step:
        """Ask /health."""
        answer = self.visitor.health()
        fine = answer.status_code == 200 and answer.json() == {"status": "ok", "database": "ok"}
        words = f"{answer.status_code} {answer.text.strip()} at {_now():%Y-%m-%d %H:%M:%S} UTC"
        return Step(2, f"GET {self.system.site}/health", words, holds=fine)

    def preview(self) -> Step:
        """Sign in as the promoter and look who would be reminded."""
        entered = self.stage.enter(self.visitor)
        answer = self.visitor.preview()
        self.seen = answer.raise_for_status().json()
        lines, number = self.seen["recipients_preview"], self.seen["recipient_count"]
        left_out = ", ".join(f"{o['display_name']} ({o['reason']})" for o in self.seen["left_out"])
        times = {one for line in lines for one in line["times"]}
        words = f"{number} recipients, {self.seen['channels_summary']}; not called: {left_out}"
        fine = number == len(lines) > 0 and times == {self._due(6)[1], self._due(7)[1]}
        lacking = self.stage.left_out(self._called(self._due(7)[1]))
        words = "; ".join([words, *lacking])
        return Step(3, f"{entered}: {PREVIEW}", words, holds=fine and not lacking)

    def create(self) -> Step:
        """Confirm the call."""
        answer = self.visitor.promote()
        self.campaign = answer.raise_for_status().json()
        times = list(self.campaign["scheduled_times"].values())
        due = [datetime.fromisoformat(one) for one in times[:2]]
        words = f"campaign_id {self.campaign['campaign_id']}, {', '.join(times)}"
        fine = due == [self.evening.reminder_at, self.evening.start_at]
        did = "POST /api/availability/promotions/campaigns (dry_run=false)"
        return Step(4, did, words, holds=fine and not self.campaign["dry_run"])

    def jobs(self) -> Step:
        """Look at the campaign's jobs."""
        jobs = self._rows.jobs(self.campaign["campaign_id"])
        words = "; ".join(f"{job.kind} at {self.evening.wall(job.run_at)}" for job in jobs)
        due = [job.run_at for job in jobs]
        night = self.evening
        fine = [job.kind for job in jobs] == JOB_KINDS
        fine = fine and due == [night.reminder_at, night.start_at, night.check_at]
        return Step(5, f"SQL: {' '.join(evidence.JOBS.split())}", words, holds=fine)

    def t15(self) -> Step:
        """Wait for the reminder and count who got it."""
        return self._dispatch(6)

    def t0(self) -> Step:
        """Wait for the start and count who got it; for row 10 with a kill in the middle."""
        key, wall, due_at = self._due(7)
        if self.gathers:
            self.gathering = self.stage.gather(self._called(wall))
            self.gathering.come()
        if not self.killing:
            return self._dispatch(7)
        self.kill = self.stage.kill(lambda: self._rows.ledger(key))
        self._wait(due_at - LISTEN, "to the start")
        self.kill.prepare()
        self._wait(due_at, "the start")
        self.kill.strike()
        self.tell(f"   {self.kill.words}")
        return self._dispatch(7)

    def missing(self) -> Step:
        """Wait for the check and count who was asked, and who was not because they were there."""
        assert self.gathering is not None
        check_at = self._due(8)[2]
        self._wait(check_at - LISTEN, "to the check")
        self.gathering.look()
        self._wait(check_at, "the check")
        self.gathering.look()
        step = self._dispatch(8)
        spared = self.gathering.spared(self._rows.ledger(self._due(8)[0]))
        words = "; ".join([step.evidence, *spared])
        return Step(8, f"{self.gathering.words}; {step.done}", words, step.holds and not spared)

    def server_note(self) -> Step:
        """Read what whoever plays without voice was told, and the summary in the channel."""
        assert self.gathering is not None
        rows = self._rows.ledger(self._due(8)[0])
        until = time.monotonic() + SUMMARY_WITHIN
        channel = self.stage.channel
        while channel and not self.stage.summaries() and time.monotonic() < until:
            time.sleep(0.25)
        found = self.stage.summaries()
        asked = [one for one in self.stage.heard() if one.answers(rows)]
        note, problems = self.gathering.noted(asked, found)
        words = "; ".join([note, *problems])
        did = f"read {self.stage.source}" + (f", {len(found)} in {channel}" if channel else "")
        return Step(9, did, words, not problems)

    def once(self) -> Step:
        """See bot and worker back, let them look again, and count what everybody has heard."""
        assert self.kill is not None
        took = self.kill.wait_until_back()
        self._wait(_now() + LISTEN, "listening for a second message")
        verdicts = [self._verdict(number) for number in (6, 7, 8)]
        problems = [one for verdict in verdicts for one in verdict.problems] + self.kill.problems
        came = f"back {took:.1f} s after everything was settled"
        words = "; ".join([came, *(one.evidence for one in verdicts), *problems])
        return Step(10, self.kill.words, words, not problems)

    # --- waiting and counting -------------------------------------------------------------------------

    def _dispatch(self, number: int) -> Step:
        key, wall, due_at = self._due(number)
        self._wait(due_at, f"{TITLES[number][7:]} at {wall} {self.evening.zone.key}")
        self._wait_until_settled(key)
        self._wait(_now() + LISTEN, "listening for a second message")
        verdict = self._verdict(number)
        words = "; ".join([verdict.evidence, *verdict.problems])
        did = f"waited until {wall}, SQL and {self.stage.source}"
        return Step(number, did, words, not verdict.problems)

    def _verdict(self, number: int) -> Verdict:
        key, wall, due_at = self._due(number)
        rows = self._rows.ledger(key)
        stage, meant = self.stage, self._meant(number, wall, rows)
        closed = stage.closed(rows)
        promise = Promise(key, due_at, meant, closed, stage.name_of, stage.taken_by)
        return judge(promise, rows, [one for one in stage.heard() if one.answers(rows)])

    def _meant(self, number: int, wall: str, rows: list[evidence.Row]) -> frozenset[int]:
        excused = self.stage.excused(rows)
        if number != 8:
            return self._called(wall) - excused
        assert self.gathering is not None
        # Somebody's quiet hours may have begun since the start.
        quiet = {row.discord_id for row in rows if row.reason == "quiet hours"}
        closed = self._called(self._due(7)[1]) & self.stage.closed(rows)
        return (self.gathering.absent(rows) | closed) - quiet - excused

    def _due(self, number: int) -> tuple[str, str, datetime]:
        kind, at = {
            6: ("T-15", self.evening.reminder_at),
            7: ("T0", self.evening.start_at),
            8: ("FOLLOWUP", self.evening.check_at),
        }[number]
        wall = self.evening.wall(at)
        return f"PROMOTE:{kind}:{self.evening.day}", wall.removesuffix(":00"), at

    def _called(self, wall: str) -> frozenset[int]:
        lines = self.seen["recipients_preview"]
        return self.stage.called({one["display_name"] for one in lines if wall in one["times"]})

    def _wait_until_settled(self, key: str) -> None:
        while True:
            waiting = [row for row in self._rows.ledger(key) if row.state in evidence.OPEN]
            if not waiting or _now() > max(row.expires_at for row in waiting) + LISTEN:
                return
            self.tell_now_and_then(f"{len(waiting)} messages are not settled yet")
            time.sleep(0.25)

    def _wait(self, until: datetime, what: str) -> None:
        while (left := (until - _now()).total_seconds()) > 0:
            if left > LISTEN.total_seconds():
                self.tell_now_and_then(f"{what}: {left:.0f} s left")
            time.sleep(min(0.25, left))

    def tell_now_and_then(self, text: str) -> None:
        """Say what we wait for, but not all the time."""
        if time.monotonic() - self.told > TELL_EVERY:
            self.told = time.monotonic()
            self.tell(f"   {text}")

    @property
    def _rows(self) -> Database:
        assert self.database is not None
        return self.database


def _undone(number: int) -> Step:
    return Step(number, "-", "not reached", holds=False)


def _now() -> datetime:
    return datetime.now(UTC)
