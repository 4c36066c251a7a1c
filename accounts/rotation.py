"""Bringing what is sealed to the newest key, a few rows at a time, and knowing what cannot be read."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts import vault
from accounts.actions.handles import open_handle
from accounts.models import AuditEntry, Handle

BATCH = 100
LOCKED, RENEWED = "locked", "renewed"


@dataclass(frozen=True)
class Progress:
    """How far a rotation is: rows looked at, of how many, how many no key of ours opens, and how
    many were not as they should be."""

    done: int
    of: int
    locked: int
    renewed: int = 0


def rotate(*, batch: int = BATCH, dry_run: bool = False) -> Iterator[Progress]:
    """Seal every address with the newest key, and find it by the index key that holds now.

    Each batch is one transaction, and a row that is right already is left alone: whatever ends it
    in between, the next run goes on. Rows that no key opens are counted and left as they are; with
    `dry_run` all are.
    Raises vault.Locked when no key is set.
    """
    vault.sealing_key()
    of, done, locked, renewed, last = Handle.objects.count(), 0, 0, 0, 0
    while True:
        with transaction.atomic():
            rows = list(
                Handle.objects.select_for_update().filter(pk__gt=last).order_by("pk")[:batch]
            )
            became = Counter(_renew(row, dry_run=dry_run) for row in rows)
        locked, renewed = locked + became[LOCKED], renewed + became[RENEWED]
        if not rows:
            return
        done, last = done + len(rows), rows[-1].pk
        yield Progress(done, of, locked, renewed)


def _renew(row: Handle, *, dry_run: bool) -> str:
    try:
        address = vault.unseal(row.sealed)
    except vault.Locked:
        return LOCKED
    index = vault.index(row.channel, address)
    if (row.sealed_by, row.index) == (vault.sealing_key(), index):
        return "right"
    if not dry_run:
        row.sealed, row.sealed_by = vault.seal(address), vault.sealing_key()
        row.index = index
        row.save(update_fields=["sealed", "sealed_by", "index"])
    return RENEWED


def finished(progress: Progress, *, at: datetime) -> None:
    """Write down that the keys were rotated, and how many rows it was."""
    AuditEntry.write("keys_rotated", at=at, actor=None, door="command", rows=progress.done)


def faults() -> list[str]:
    """Say what is wrong with our keys, as codes for /readyz: one address of each key is opened."""
    known = vault.known_keys()
    if Handle.objects.exclude(sealed_by__in=known).exists():
        return ["contacts.locked"]
    samples = [Handle.objects.filter(sealed_by=key).first() for key in known]
    try:
        for sample in filter(None, samples):
            open_handle(sample)
    except vault.Locked:
        return ["contacts.locked"]
    return []
