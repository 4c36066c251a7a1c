"""Is tonight safe? The operators' page, from rows alone. Pure but for `of`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import DiscordAccount
from availability.words import long_day
from botworker import alarms, measured
from botworker.alarms import Open
from promotions.words import KINDS
from slomix.lib import clock
from slomix.operations import alive, facts, judging, saying, watch
from slomix.operations.alive import Beside, Part
from slomix.operations.facts import Facts, Run
from slomix.operations.judging import Cause, Level


@dataclass(frozen=True)
class Hand:
    """One thing that needs somebody: what, the first thing to do, and whether it was seen."""

    key: str
    code: str
    title: str
    words: str
    todo: str
    command: str
    bad: bool
    seen: str = ""
    told: str = ""
    call: int | None = None


@dataclass(frozen=True)
class Station:
    """One job of tonight's calls, with its counts."""

    title: str
    at: datetime
    state: str  # "done", "running", "failed" or "" for what is ahead
    words: str


@dataclass(frozen=True)
class Figure:
    """One number under the verdict."""

    words: str
    number: str
    bad: bool = False


def of(at: datetime) -> dict[str, Any]:
    """Return everything the page shows, in a fixed number of queries."""
    seen = facts.collect(at)
    rows = alarms.open_ones()
    not_ready = _subjects(rows, judging.RED)
    ready = judging.readiness(not_ready, _subjects(rows, judging.NOTICE))
    causes = judging.judge(seen, watch.limits()) + ready
    causes.sort(key=lambda cause: -cause.level)
    parts = alive.parts(seen, watch.limits(), _beside(not_ready))
    red = [cause for cause in causes if cause.level > Level.NOTE]
    hands = [_hand(cause, {row.key: row for row in rows}, seen) for cause in causes]
    tonight = [run for run in seen.runs if run.slot.day == seen.today]
    return {
        "day": long_day(seen.today),
        "now": _precise(at),
        "worst": saying.title(red[0]) if red else "",
        "lead": _bad_lead(red[0], seen, tonight) if red else _good_lead(seen, tonight),
        "figures": _figures(seen, tonight, parts),
        "steps": [hand for hand in hands if hand.bad],
        "notes": [hand for hand in hands if not hand.bad],
        "left": _time_left(seen, tonight),
        "parts": parts,
        "stations": [_station(run, at) for run in tonight],
        "calls": [
            {"pk": call.pk, "at": clock.wall(call.created_at.replace(second=0, microsecond=0))}
            for call in seen.calls
        ],
        "last": _last_evening(seen),
    }


def _subjects(rows: list[Open], code: str) -> tuple[str, ...]:
    """Return what the watchers found and the page does not look for itself."""
    return tuple(row.key.removeprefix(f"{code} ") for row in rows if row.code == code)


def _beside(not_ready: tuple[str, ...]) -> Beside:
    return Beside(
        game=bool(settings.GAME_SERVER),
        known=DiscordAccount.objects.filter(user__is_active=True).count(),
        page_ms=measured.page_ms(),
        not_ready=not_ready,
    )


def _precise(at: datetime) -> str:
    return f"{clock.wall(at.replace(microsecond=0))} {clock.local(at):%Z}"


def _bad_lead(worst: Cause, seen: Facts, tonight: list[Run]) -> str:
    ahead = [run for run in tonight if run.open and run.slot.due_at > seen.at]
    if not ahead:
        return saying.words(worst)
    waits = ngettext(
        "%(n)d message waits for %(at)s.", "%(n)d messages wait for %(at)s.", ahead[0].open
    )
    facts_ = {"n": ahead[0].open, "at": clock.wall(ahead[0].slot.due_at)}
    return f"{saying.words(worst)} {waits % facts_}"


def _good_lead(seen: Facts, tonight: list[Run]) -> str:
    alive_ = _("Everything that sends is alive.")
    if not seen.calls:
        nobody = _("Nobody has called tonight yet.")
        return f"{alive_} {nobody}"
    calls = (run for run in tonight if run.slot.kind in judging.CALLS)
    called = max((run.total - _skipped(run) for run in calls), default=0)
    people = ngettext("%(n)d person is called.", "%(n)d people are called.", called)
    lead = f"{alive_} {people % {'n': called}}"
    if seen.unreached:
        missed = ngettext("%(n)d cannot be reached.", "%(n)d cannot be reached.", seen.unreached)
        lead = f"{lead} {missed % {'n': seen.unreached}}"
    return lead


def _figures(seen: Facts, tonight: list[Run], parts: list[Part]) -> list[Figure]:
    well = sum(part.tone != "bad" for part in parts)
    of_all = _("%(n)d of %(all)d") % {"n": well, "all": len(parts)}
    found = [Figure(_("parts alive"), of_all, bad=well < len(parts))]
    for run in tonight:
        if run.slot.kind in judging.CALLS and seen.at < run.slot.expires_at:
            words = _("waiting for %(at)s") % {"at": clock.wall(run.slot.due_at)}
            found.append(Figure(words, str(run.open), bad=bool(run.late)))
    late = sum(run.late for run in tonight)
    return [*found, Figure(_("overdue"), str(late), bad=bool(late))]


def _hand(cause: Cause, rows: dict[str, Open], seen: Facts) -> Hand:
    code, row = saying.CODES[cause.code], rows.get(cause.key)
    about_call = cause.code in ("people.unreached", "campaign.expired", "campaign.unconfirmed")
    return Hand(
        key=cause.key,
        code=cause.code,
        title=saying.title(cause),
        words=saying.words(cause),
        todo=str(code.todo),
        command=code.command,
        bad=cause.level > Level.NOTE,
        seen=clock.wall(row.seen_at.replace(second=0)) if row and row.seen_at else "",
        told=clock.wall(row.told_at.replace(second=0)) if row and row.told_at else "",
        call=seen.calls[0].pk if about_call and seen.calls else None,
    )


def _time_left(seen: Facts, tonight: list[Run]) -> str:
    """Say how long there is until the next run, or until what is late is dropped."""
    moments = [moment for run in tonight if run.open for moment in _moments(run)]
    ahead = [moment for moment in moments if moment > seen.at]
    if not ahead:
        return ""
    minutes = int((min(ahead) - seen.at).total_seconds() // 60)
    return ngettext("%(n)d min left", "%(n)d min left", minutes) % {"n": minutes}


def _moments(run: Run) -> tuple[datetime, datetime]:
    return run.slot.due_at, run.slot.expires_at


def _station(run: Run, at: datetime) -> Station:
    title = str(KINDS[run.slot.kind])
    if at < run.slot.due_at:
        until = clock.wall(run.slot.expires_at)
        people = ngettext("%(n)d person", "%(n)d people", run.open) % {"n": run.open}
        words = _("%(people)s, until %(until)s") % {"people": people, "until": until}
        return Station(title, run.slot.due_at, "", words)
    bad = run.late or run.states["expired"]
    state = "failed" if bad else "running" if run.open else "done"
    return Station(title, run.slot.due_at, state, _counts(run))


def _counts(run: Run) -> str:
    """Say what became of a run: how many were sent, then whatever else there is."""
    words = [_("%(n)d of %(all)d sent") % {"n": run.states["sent"], "all": run.total}]
    others = (
        (run.open, _("%(n)d waiting")),
        (run.states["expired"], _("%(n)d too late")),
        (run.states["failed"], _("%(n)d failed")),
        (run.states["unconfirmed"], _("%(n)d unconfirmed")),
        (_skipped(run), _("%(n)d skipped")),
    )
    return ", ".join([*words, *(text % {"n": n} for n, text in others if n)])


def _skipped(run: Run) -> int:
    return sum(run.states[state] for state in ("suppressed", "cancelled", "withdrawn"))


def _last_evening(seen: Facts) -> dict[str, Any] | None:
    runs = [run for run in seen.runs if run.slot.day < seen.today]
    if not runs:
        return None
    sent = sum(run.states["sent"] for run in runs)
    took = [
        (run.ended_at - run.slot.due_at).total_seconds()
        for run in runs
        if run.ended_at and run.slot.kind in judging.CALLS and run.states["sent"]
    ]
    return {
        "day": runs[0].slot.day,
        "promised": sum(run.total for run in runs),
        "sent": sent,
        "late": sum(run.states["expired"] for run in runs),
        "failed": sum(run.states["failed"] for run in runs),
        "unconfirmed": sum(run.states["unconfirmed"] for run in runs),
        "skipped": sum(_skipped(run) for run in runs),
        "slowest": max(took) if took else None,
    }
