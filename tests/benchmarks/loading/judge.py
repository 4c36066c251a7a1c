"""What was promised, what Discord took, how quick the pages were: and whether all of it held."""

import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from botworker.models import HELD, WAITING, Attempt, Delivery, State
from tests.benchmarks.loading import memory
from tests.benchmarks.loading.plan import Plan

MOST_MS = 300.0
SETTLED_WITHIN = 40.0
JUDGED_FROM = 120
DISCORD_BEGAN = datetime(2015, 1, 1, tzinfo=UTC)
REMINDER, START = "PROMOTE:T-15:", "PROMOTE:T0:"
TARGET = (
    f"p95 of pages under {MOST_MS:g} ms, no error, everybody called hears it once and in time, "
    "memory flat"
)


def wait_until_settled(plan: Plan) -> None:
    """Give what is due its time to be written down."""
    ends = datetime.fromtimestamp(plan.begins + plan.seconds, UTC)
    due = Delivery.objects.filter(due_at__lt=ends, state__in=(*WAITING, *HELD, State.UNKNOWN))
    patience = time.monotonic() + SETTLED_WITHIN
    while due.exists() and time.monotonic() < patience:
        time.sleep(0.5)


def report(
    plan: Plan,
    seen: Mapping[str, Any],
    journal: Sequence[Mapping[str, Any]],
    processes: list[dict[str, Any]],
) -> dict[str, Any]:
    """Put it together."""
    took = seen["took"]
    pages = speed([*took["same"], *took["changed"]])
    told = said(plan, journal)
    answers = sum(len(took[door]) for door in ("web", "api", "discord"))
    wanted = int(plan.answers * plan.seconds)
    flat = all(one["flat"] for one in processes if one["process"] != memory.GROWS)
    holds = {
        "pages_in_time": pages["p95_ms"] <= MOST_MS,
        "no_error": not seen["wrong"],
        "all_answers": answers >= wanted - 1,
        "everybody_called_heard": told["reminded"] == told["called"] and not told["unheard"],
        "nobody_twice_nobody_late": not (told["doubled"] or told["late"] or told["early"]),
        # What is kept for speed is gathered in the first minutes.
        "memory_flat": flat or plan.seconds < JUDGED_FROM,
    }
    return {
        "pages": pages | {"unchanged": len(took["same"]), "changed": len(took["changed"])},
        "changed_pages": speed(took["changed"]),
        "answers": {door: speed(took[door]) for door in ("web", "api", "discord")},
        "promote_s": seen["promote_s"],
        "wrong": seen["wrong"],
        "messages": told,
        "memory_mib": sorted(processes, key=lambda one: str(one["process"])),
        "client_cpu_s": seen["client_cpu_s"],
        "late_start_s": seen["late_start_s"],
        "target": TARGET,
        "held": holds,
        "holds": all(holds.values()),
    }


def speed(took: Iterable[float]) -> dict[str, Any]:
    """Return how many, and how long they took."""
    ordered = sorted(took)
    if not ordered:
        return {"count": 0, "median_ms": 0.0, "p95_ms": 0.0, "p99_ms": 0.0, "worst_ms": 0.0}
    places = {"median_ms": 0.5, "p95_ms": 0.95, "p99_ms": 0.99, "worst_ms": 1.0}
    last = len(ordered) - 1
    found = {name: round(ordered[int(last * part)] * 1000, 1) for name, part in places.items()}
    return {"count": len(ordered), **found}


def said(plan: Plan, journal: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Compare the ledger with what the local Discord really took."""
    ends = datetime.fromtimestamp(plan.begins + plan.seconds, UTC)
    calm = ends - timedelta(seconds=SETTLED_WITHIN)
    rows = {row.pk: row for row in Delivery.objects.filter(due_at__lt=ends)}
    of_nonce = dict(Attempt.objects.filter(delivery__in=rows).values_list("nonce", "delivery_id"))
    taken: dict[int, set[int]] = defaultdict(set)
    for record in journal:
        asked = record.get("request_json") or {}
        row = of_nonce.get(str(asked.get("nonce", ""))) if isinstance(asked, dict) else None
        made = record.get("effect_json") or record.get("response_json") or {}
        if row and record["status"] == 200 and isinstance(made, dict) and made.get("id"):
            taken[row].add(int(made["id"]))
    reminders = {pk: row for pk, row in rows.items() if row.event_key.startswith(REMINDER)}
    # Due so late that it is still going out when the load ends says nothing.
    start = [
        pk for pk, row in rows.items() if row.event_key.startswith(START) and row.due_at < calm
    ]
    prompt = [
        (made_at(min(taken[pk])) - row.due_at).total_seconds()
        for pk, row in reminders.items()
        if taken[pk]
    ]
    states = Counter(f"{row.kind} {row.state}" for row in rows.values())
    return {
        "called": len(reminders),
        "reminded": sum(bool(taken[pk]) for pk in reminders),
        "started": sum(bool(taken[pk]) for pk in start),
        "unheard": sum(not taken[pk] for pk in start),
        "accepted": sum(map(len, taken.values())),
        "doubled": sum(len(ids) > 1 for ids in taken.values()),
        "late": sum(made_at(one) > rows[pk].expires_at for pk, ids in taken.items() for one in ids),
        "early": sum(made_at(one) < rows[pk].due_at for pk, ids in taken.items() for one in ids),
        "too_many_requests": sum(record["status"] == 429 for record in journal),
        "first_reminder_after_s": round(min(prompt, default=0.0), 2),
        "last_reminder_after_s": round(max(prompt, default=0.0), 2),
        "ledger": dict(sorted(states.items())),
    }


def made_at(snowflake: int) -> datetime:
    """Return when a message came to be, by the local Discord's clock."""
    return DISCORD_BEGAN + timedelta(milliseconds=snowflake >> 22)
