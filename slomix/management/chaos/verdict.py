"""From a finished run to its report: collect the facts, have them judged, write it down."""

import re
import time
from typing import TYPE_CHECKING, Any

from slomix.management.chaos import blackout, gateways, ledger, voice
from slomix.management.chaos.crowd import COMING
from slomix.management.chaos.invariants import Facts, Invariant, Who, totals, uncertain
from slomix.management.chaos.journal import Read

if TYPE_CHECKING:
    from slomix.management.chaos.play import Run

# A drain that is up this long without a break can send, in seconds at scale 1.
UP_FOR = 30.0
SECRETS = ("DISCORD_BOT_TOKEN", "DISCORD_CLIENT_SECRET", "SECRET_KEY")
# The line that names the error is the first one that is not indented.
LAST_LINE = re.compile(r"^\S.*$", re.MULTILINE)


def gather(run: "Run", read: Read) -> Facts:
    """Read the ledger and the logs."""
    rows = ledger.rows()
    text = _logs(run)
    return Facts(
        rows=rows,
        asked=read.asked,
        people=[_who(run, one) for one in run.crowd],
        scale=run.plan.scale,
        reachable=_reachable(run, rows),
        tracebacks=[*_tracebacks(text, run.plan.tolerates), *run.keeper.faults],
        requests=read.requests,
        unknown=run.door.unknown(),
        secrets_seen=sum(run.env[name] in text for name in SECRETS if run.env.get(name)),
        least_sent=run.plan.least_sent,
    )


def _who(run: "Run", one: Any) -> Who:
    return Who(
        recipient=one.recipient,
        event_key=run.waves[one.wave].key,
        channel_id=run.dms[one.discord_id],
        discord_id=one.discord_id,
        faulted=one.discord_id in run.faulted,
        mind=one.mind,
        at=one.at,
        quiet_until=one.quiet_until,
        comes_at=one.comes_at if one.mind == COMING and one.at else None,
    )


def _reachable(run: "Run", rows: list[ledger.Row]) -> frozenset[str]:
    needed = run.plan.seconds(UP_FOR)
    good = {
        wave.key
        for wave in run.waves
        if run.keeper.up_for(
            wave.event.due_at.timestamp(), min(time.time(), wave.event.deadline_at.timestamp())
        )
        >= needed
        or not ledger.still_open(wave.key)
    }
    return frozenset(row.marker for row in rows if row.event_key in good)


def _logs(run: "Run") -> str:
    return "\n".join(file.read_text(errors="replace") for file in run.folder.glob("*.log"))


def _tracebacks(text: str, tolerated: tuple[str, ...]) -> list[str]:
    """Return the last line of each traceback, but for those that the plan itself causes."""
    found = []
    for part in text.split("Traceback (most recent call last)")[1:]:
        last = LAST_LINE.search(part.partition("\n")[2])
        line = last.group(0)[:200] if last else part[:200]
        if not any(word in line for word in tolerated):
            found.append(line)
    return found


def report(run: "Run", facts: Facts, read: Read, judged: list[Invariant]) -> dict[str, Any]:
    """Write down what happened."""
    keeper, plan = run.keeper, run.plan
    missed = _missed(run)
    return {
        "name": plan.name,
        "seed": plan.seed,
        "scale": plan.scale,
        "database": plan.database,
        "deliveries": plan.deliveries,
        "seconds": round(time.monotonic() - run.began, 1),
        "states": totals(facts.rows),
        "tries": sum(len(row.tries) for row in facts.rows),
        "requests": read.requests,
        "answers": {str(code): number for code, number in sorted(read.statuses.items())},
        "kills": {"all": keeper.kills.total(), **dict(sorted(keeper.kills.items()))},
        "zombies": dict(keeper.zombies),
        "beside": dict(run.beside) | uncertain(facts),
        "identifies": _identifies(run),
        "invariants": [one.to_json() for one in judged],
        "missed": missed,
        "holds": all(one.holds for one in judged) and not missed,
        "must_break": plan.must_break,
        "right": _right(plan.must_break, judged, missed),
    }


def _identifies(run: "Run") -> int:
    """Return how often a bot said who it is at the gateway."""
    return int(run.door.ask("GET", "/standin/health")["identifies"])


def _right(must_break: bool, judged: list[Invariant], missed: list[str]) -> bool:
    if must_break:
        return not all(one.holds for one in judged)
    return all(one.holds for one in judged) and not missed


def _missed(run: "Run") -> list[str]:
    """Return what the plan asked for and never happened: it would prove nothing."""
    plan, keeper = run.plan, run.keeper
    missed = [one for one in plan.boundaries if plan.kills_each and not keeper.kills[one]]
    if plan.blackout:
        missed += blackout.wrong(run)
    missed += gateways.wrong(run) + voice.wrong(run.plan, run.beside) + run.rollout.wrong()
    if plan.elsewhere and run.unhit > len(plan.faults):
        missed.append(f"{run.unhit} faults hit nobody")
    if run.beside["page answered 500"]:
        missed.append(f"{run.beside['page answered 500']} pages answered 500")
    return missed + [f"zombie {one}" for one in plan.zombies if not keeper.zombies[one]]
