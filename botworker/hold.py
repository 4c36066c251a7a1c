"""The hold: while it is on nothing goes out, and everything else works.

A database that was restored looks as if nothing had been said since its backup. So it starts on hold,
and `manage.py hold --release` first reads back what was said (`botworker.catching_up`).
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from botworker.models import Hold

if TYPE_CHECKING:
    from botworker.outbox import Message

PERHAPS_SAID = "perhaps said before the restore"


def since() -> datetime | None:
    """Return since when nothing is sent; None while everything is. One query."""
    return Hold.objects.filter(released_at=None).values_list("since", flat=True).first()


def row() -> Hold | None:
    """Return the hold that is on, with its reason and the backup it is for."""
    return Hold.objects.filter(released_at=None).first()


@transaction.atomic
def put_on(*, reason: str, at: datetime, backup_at: datetime | None = None) -> Hold:
    """Send nothing from now on. One that is on already keeps its beginning and its backup."""
    if held := row():
        return held
    facts = {"since": at, "reason": reason[:200], "backup_at": backup_at, "released_at": None}
    return Hold.objects.update_or_create(name=Hold.NAME, defaults=facts)[0]


@transaction.atomic
def after_restore(*, taken_at: datetime, at: datetime) -> Hold:
    """Send nothing in a database that was restored just now from a backup of `taken_at`.

    A backup that was itself taken on hold carries its own doubt on.
    """
    held = row()
    backup_at = min(taken_at, held.backup_at) if held and held.backup_at else taken_at
    why = f"restored from the backup of {taken_at:%Y-%m-%d %H:%M:%S} UTC"
    facts = {"since": at, "reason": why, "backup_at": backup_at, "released_at": None}
    return Hold.objects.update_or_create(name=Hold.NAME, defaults=facts)[0]


def release(*, at: datetime) -> bool:
    """Let everything go out again; False where nothing was on hold."""
    return bool(Hold.objects.filter(released_at=None).update(released_at=at))


def may_have_been_said(due_at: datetime) -> bool:
    """Say whether something due then fell between a backup and its restore, and may be said already."""
    return Hold.objects.filter(backup_at__lte=due_at, since__gt=due_at).exists()


def restored_since(moment: datetime) -> bool:
    """Say whether the database was restored after a moment: what was noted since may be lost."""
    return Hold.objects.filter(backup_at__isnull=False, since__gte=moment).exists()


def once(messages: Iterable["Message"], due_at: datetime, at: datetime) -> list["Message"]:
    """Silence what people may have heard between a backup and its restore. Only what comes late is
    looked up; a post in a channel may stand there twice, nobody is woken by it."""
    said = list(messages)
    if due_at >= at or not may_have_been_said(due_at):
        return said
    return [
        one
        if one.silent or one.recipient.startswith("channel:")
        else replace(one, silent=PERHAPS_SAID)
        for one in said
    ]
