"""Bringing what is sealed to the newest key, a few rows at a time, and knowing what cannot be read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts import vault
from accounts.actions.handles import open_handle
from accounts.models import AuditEntry, Handle

BATCH = 100


@dataclass(frozen=True)
class Progress:
    """How far a rotation is: rows looked at, of how many, and how many no key of ours opens."""

    done: int
    of: int
    locked: int


def rotate(*, batch: int = BATCH) -> Iterator[Progress]:
    """Seal every address with the newest key, and find it by the index key that holds now.

    Each batch is one transaction, and a row that is right already is left alone: whatever ends it
    in between, the next run goes on. Rows that no key opens are counted and left as they are.
    Raises vault.Locked when no key is set.
    """
    vault.sealing_key()
    of, done, locked, last = Handle.objects.count(), 0, 0, 0
    while True:
        with transaction.atomic():
            rows = list(
                Handle.objects.select_for_update().filter(pk__gt=last).order_by("pk")[:batch]
            )
            locked += sum(not _renew(row) for row in rows)
        if not rows:
            return
        done, last = done + len(rows), rows[-1].pk
        yield Progress(done, of, locked)


def _renew(row: Handle) -> bool:
    try:
        address = vault.unseal(row.sealed)
    except vault.Locked:
        return False
    index = vault.index(row.channel, address)
    if (row.sealed_by, row.index) != (vault.sealing_key(), index):
        row.sealed, row.sealed_by = vault.seal(address), vault.sealing_key()
        row.index = index
        row.save(update_fields=["sealed", "sealed_by", "index"])
    return True


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
