"""The evening: a thousand people, Discord's limits and latency, one `manage.py deliver`.

Beside it, in the same run, the plain way: open the direct message, send, write it down, and then the
next one.
"""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Max

from accounts.models import DiscordAccount, User
from botworker.models import Delivery, State
from botworker.outbox import Event
from slomix.management.demo import process
from tests.benchmarks import club, crowd, plain
from tests.benchmarks.club import Club

PEOPLE = {"toy": 20, "moderate": 1000, "full": 1000}
SAMPLE = {"toy": 3, "moderate": 40, "full": 100}
# So long before its time the drain is started; it is up well before.
AHEAD = timedelta(seconds=8)
SECONDS_FOR_A_THOUSAND = 25.0
PATIENCE = timedelta(seconds=40)
# An answer that was there is written down in the same second or the next.
SETTLED_WITHIN = 2.0


def measure(size: str) -> dict[str, Any]:
    """Say one thing to everybody, in both ways."""
    known, strangers = crowd.people(PEOPLE[size]), crowd.people(SAMPLE[size])
    with club.running([*known, *strangers], known) as local:
        plainly = asyncio.run(plain.seconds_for_each(local, strangers))
        time.sleep(1.5)  # the limits of the last second are over
        before = len(local.journal())
        remember(known, local)
        said = crowd.event("everybody", datetime.now(UTC) + AHEAD)
        crowd.promise(known, said)
        with draining(local):
            wait_until_settled(said, len(known))
        journal = local.journal()[before:]
    found = judge(journal, said, len(known)) | settled(said)
    return report(found, plainly, len(strangers))


def remember(people: Sequence[User], local: Club) -> None:
    """Store everybody's direct-message channel, as after the first evening."""
    accounts = list(DiscordAccount.objects.filter(user__in=[one.pk for one in people]))
    for account in accounts:
        account.dm_channel_id = local.dms[account.discord_id]
    DiscordAccount.objects.bulk_update(accounts, ["dm_channel_id"])


@contextmanager
def draining(local: Club) -> Iterator[None]:
    """Run `manage.py deliver`, and end it as a supervisor would."""
    argv = [sys.executable, "manage.py", "deliver"]
    log = Path(settings.VAR_DIR) / "deliver.log"
    drain = process.start(argv, log, os.environ | local.env(), append=False)
    try:
        yield
    finally:
        process.end(drain)
        try:
            drain.wait(15)
        except subprocess.TimeoutExpired:
            process.end(drain, 9)


def wait_until_settled(said: Event, people: int) -> None:
    """Wait until every row is settled; what is not by then is reported as it is."""
    sent = Delivery.objects.filter(event_key=said.key, state=State.SENT)
    end = time.monotonic() + (AHEAD + PATIENCE).total_seconds()
    while sent.count() < people and time.monotonic() < end:
        time.sleep(0.5)


def judge(journal: list[dict[str, Any]], said: Event, people: int) -> dict[str, Any]:
    """Ask the local Discord's journal what it really took, and when."""
    taken = [one for one in journal if one["method"] == "POST" and one["status"] == 200]
    asked = [(instant(one["asked"]) - said.due_at).total_seconds() for one in taken]
    answered = [(instant(one["at"]) - said.due_at).total_seconds() for one in taken]
    worth = (said.expires_at - said.due_at).total_seconds()
    return {
        "people": people,
        "accepted": len({one["path"] for one in taken}),
        "doubled": len(taken) - len({one["path"] for one in taken}),
        "too_many_requests": sum(one["status"] == 429 for one in journal),
        "late": sum(one > worth for one in answered),
        "first_asked_after_s": round(min(asked, default=0.0), 2),
        "all_accepted_after_s": round(max(answered, default=0.0), 2),
        "most_in_one_second": most_in_a_second(asked),
    }


def settled(said: Event) -> dict[str, Any]:
    """Ask the ledger what it knows of it, and since when."""
    sent = Delivery.objects.filter(event_key=said.key, state=State.SENT)
    last = sent.aggregate(last=Max("settled_at"))["last"] or said.due_at
    after = (last - said.due_at).total_seconds()
    return {"settled_as_sent": sent.count(), "all_settled_after_s": round(after, 2)}


def instant(text: str) -> datetime:
    """Read a time of the journal."""
    return datetime.fromisoformat(text)


def most_in_a_second(asked: list[float]) -> int:
    """Return how many requests arrived in the fullest second, wherever it began."""
    return max((sum(begin <= one < begin + 1 for one in asked) for begin in asked), default=0)


def report(found: dict[str, Any], plainly: float, sample: int) -> dict[str, Any]:
    """Say whether it holds, and how many times longer the plain way takes."""
    people, seconds = found["people"], found["all_accepted_after_s"]
    within = SECONDS_FOR_A_THOUSAND * people / 1000
    whole = found["accepted"] == found["settled_as_sent"] == people
    prompt = found["first_asked_after_s"] >= 0 and (
        found["all_settled_after_s"] <= seconds + SETTLED_WITHIN
    )
    wrong = found["doubled"] + found["too_many_requests"] + found["late"]
    return {
        **found,
        "plain_way": {
            "sample": sample,
            "s_for_each": round(plainly, 3),
            "extrapolated_to_all_s": round(plainly * people, 1),
            "times_longer": round(plainly * people / seconds, 1) if seconds else None,
        },
        "target": f"all accepted within {within:g} s, no 429, none late, each settled at once",
        "holds": whole and prompt and not wrong and seconds <= within,
    }
