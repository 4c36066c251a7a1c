"""Backups: how long one of a grown community takes, and how long it is until it is back.

Two years of evenings: answers with their history, and a ledger of which every row was promised,
claimed and sent, so that its tries and changes are there, too.
"""

import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from accounts.models import User
from availability.models import Change, Entry, Status
from botworker import outbox
from botworker.claims import nonce_of
from botworker.models import Attempt, Delivery, State
from slomix.lib.backup import writing
from slomix.management.restoring import scratch
from tests import make
from tests.benchmarks import database

FIRST = date(2024, 11, 21)
# How many people, evenings, answers an evening, and deliveries an evening.
SIZES = {"toy": (20, 5, 10, 10), "moderate": (200, 180, 80, 70), "full": (500, 730, 150, 140)}
AT_MOST = 300.0  # seconds until a database is back and looked at


def measure(size: str) -> dict[str, Any]:
    """Fill, back up, and restore into a scratch database of each kind there is."""
    people, evenings, answers, deliveries = SIZES[size]
    fill(people, evenings, answers, deliveries)
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        made = writing.write(Path(folder), at=datetime.now(UTC))
        seconds = time.perf_counter() - began
        assert made.file
        back = {"sqlite": restored(made.file, "")}
        if server := database.url():
            back["postgresql"] = restored(made.file, server)
    return {
        "people": people,
        "evenings": evenings,
        "rows": made.manifest.rows,
        "ledger": Delivery.objects.count(),
        "megabytes": round(made.size / 1e6, 1),
        "backup_seconds": round(seconds, 1),
        "restore": back,
        "target": f"back and looked at within {AT_MOST:.0f} s",
        "holds": all(one["holds"] and one["seconds"] <= AT_MOST for one in back.values()),
    }


def restored(file: Path, server: str) -> dict[str, Any]:
    """Restore into a scratch database; the whole of it is measured, with the start of a process."""
    began = time.perf_counter()
    report = scratch.verify(file, server)
    seconds = round(time.perf_counter() - began, 1)
    return {"seconds": seconds, "steps": report["seconds"], "holds": report["holds"]}


def fill(people: int, evenings: int, answers: int, deliveries: int) -> None:
    """Write two years of a community down, evening by evening."""
    with transaction.atomic():
        everybody = [make.person() for _number in range(people)]
    for number in range(evenings):
        with transaction.atomic():
            day = FIRST + timedelta(days=number)
            answer(day, everybody, answers)
            say(day, everybody, deliveries)


def answer(day: date, everybody: list[User], answers: int) -> None:
    """Let some people answer for an evening, each with one line of history."""
    at = make.at("18:00", day)
    some = [everybody[(day.toordinal() * 7 + n) % len(everybody)] for n in range(answers)]
    told = {"day": day, "door": "web"}
    some = list(dict.fromkeys(some))
    Entry.objects.bulk_create(
        Entry(person=who, status=Status.LOOKING, since=at, created_at=at, **told) for who in some
    )
    Change.objects.bulk_create(
        Change(person=who, at=at, after=Status.LOOKING, after_door="web", **told) for who in some
    )


def say(day: date, everybody: list[User], deliveries: int) -> None:
    """Say something to some people, through every state on the way."""
    due_at, ends = make.at("20:45", day), make.at("20:57", day)
    some = [everybody[(day.toordinal() * 11 + n) % len(everybody)] for n in range(deliveries)]
    for which in range(-(-deliveries // len(everybody)) or 1):
        event = outbox.Event(f"PROMOTE:{which}:{day}", "reminder", due_at, ends, day)
        mine = list(dict.fromkeys(some[which * len(everybody) : (which + 1) * len(everybody)]))
        messages = [
            outbox.Message(
                outbox.recipient_of(who.discord.discord_id), "We play at 21:00 CET. " * 4, who.pk
            )
            for who in mine
        ]
        outbox.enqueue(messages, event, at=due_at, planned=True)
        settle(Delivery.objects.filter(event_key=event.key), due_at)


def settle(rows: Any, at: datetime) -> None:
    """Have some rows sent, with a try each, and every change written down by the trigger."""
    rows.update(state=State.SCHEDULED, released_by="job")
    rows.update(state=State.LEASED, fence=1, lease_until=at)
    rows.update(state=State.SENDING, attempts=1)
    Attempt.objects.bulk_create(
        Attempt(
            delivery=row,
            n=1,
            channel="discord",
            nonce=nonce_of(row.nonce_seed, "discord"),
            fence=1,
            started_at=at,
            ended_at=at + timedelta(seconds=0.2),
            outcome=Attempt.Outcome.SENT,
            http_status=200,
            provider_message_id=row.pk,
        )
        for row in rows
    )
    rows.update(state=State.SENT, lease_until=None, settled_at=at + timedelta(seconds=0.2))
