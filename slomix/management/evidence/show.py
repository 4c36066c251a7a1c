"""The evidence on paper and for machines: ids, short keys, states, times; no names, no handles."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from botworker.book import Entry, Try
from promotions.models import Job
from slomix.lib import clock
from slomix.management.evidence.checks import Check
from slomix.management.evidence.facts import Facts


def lines(facts: Facts, checks: list[Check]) -> Iterator[str]:
    """Write it for a person."""
    yield from _campaign(facts)
    yield "\nJobs"
    yield from (_job(job) for job in facts.jobs)
    yield "\nDeliveries and their tries"
    for entry in facts.entries:
        yield _entry(entry)
        yield from (_try(one) for one in entry.tries)
    yield "\nChecks"
    for check in checks:
        yield f"  {'holds' if check.holds else 'DOES NOT HOLD':<14} {check.name}"
        yield from (f"{'':17}{fault}" for fault in check.faults)


def _campaign(facts: Facts) -> Iterator[str]:
    call = facts.campaign
    kind = "dry run" if call.dry_run else "call"
    yield f"Campaign {call.pk}: {kind} for {call.day} by person {call.promoter_id}, {facts.status}"
    yield f"  confirmed {_when(call.created_at)}, cancelled {_when(call.cancelled_at)}"
    left_out = len(facts.recipients) - len(facts.called)
    yield f"  {len(facts.called)} called, {left_out} left out"
    states = " + ".join(f"{number} {state}" for state, number in facts.states.most_common())
    yield f"  {facts.promised} promised = {states or 0}"


def _job(job: Job) -> str:
    done = f"done {_when(job.done_at)}: {job.outcome}" if job.done_at else "not done"
    return f"  {job.kind:<20} due {_when(job.run_at)}, {job.attempts} runs, {done}"


def _entry(entry: Entry) -> str:
    why = f" ({entry.reason})" if entry.reason else ""
    released = f", released by {entry.released_by}" if entry.released_by else ""
    return (
        f"  {entry.id:>6} {entry.event_key:<26} {entry.short} person {entry.person_id or '-'} "
        f"{entry.channel or '-'}: {entry.state}{why}{released}"
    )


def _try(one: Try) -> str:
    proof = f", message {one.message_id}" if one.message_id else ""
    error = f", {one.error}" if one.error else ""
    return (
        f"{'':9}try {one.n} {one.channel} {_when(one.started_at)} to {_when(one.ended_at)}: "
        f"{one.outcome}{proof}{error}"
    )


def _when(at: datetime | None) -> str:
    return f"{clock.local(at):%Y-%m-%d %H:%M:%S.%f}"[:-3] if at else "-"


def tree(facts: Facts, checks: list[Check]) -> dict[str, Any]:
    """Write it for a machine."""
    call = facts.campaign
    return {
        "campaign": {
            "id": call.pk,
            "campaign_date": call.day,
            "status": facts.status,
            "dry_run": call.dry_run,
            "promoter": call.promoter_id,
            "created_at": call.created_at,
            "cancelled_at": call.cancelled_at,
        },
        "promised": facts.promised,
        "states": dict(facts.states),
        "recipients": [
            {"key": one.key[:15], "person": one.person_id, "left_out": one.left_out}
            for one in facts.recipients
        ],
        "jobs": [_job_tree(job) for job in facts.jobs],
        "deliveries": [_entry_tree(entry) for entry in facts.entries],
        "checks": [
            {"name": one.name, "holds": one.holds, "faults": list(one.faults)} for one in checks
        ],
        "holds": all(one.holds for one in checks),
    }


def _job_tree(job: Job) -> dict[str, Any]:
    return {
        "id": job.pk,
        "job_type": job.kind,
        "run_at": job.run_at,
        "attempts": job.attempts,
        "done_at": job.done_at,
        "outcome": job.outcome,
    }


def _entry_tree(entry: Entry) -> dict[str, Any]:
    facts = {**vars(entry), "recipient": entry.short}
    for name in ("tries", "steps"):
        facts[name] = [dict(vars(one)) for one in getattr(entry, name)]
    return facts
