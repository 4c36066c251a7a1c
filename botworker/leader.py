"""The row that says who keeps the gateway, and the fence that ends whoever kept it before."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from botworker.models import GatewayLeader, Identify

NAME = "discord"
# A sign of life older than this proves that its leader closed its gateway: a living one does so
# within 5 s of its last (election.BEAT_EVERY, locks.ANSWER_WITHIN).
GRACE = timedelta(seconds=10)


class Deposed(Exception):
    """Somebody else keeps the gateway now."""


@dataclass(frozen=True)
class Term:
    """One reign; its number is the fence."""

    epoch: int
    # The one before did not say goodbye and was alive a moment ago: it may still be connected.
    hurried: bool = False


@transaction.atomic
def begin(owner: str) -> Term:
    """Begin a term for whoever holds the lock; from now on the one before changes nothing."""
    row, _new = GatewayLeader.objects.select_for_update().get_or_create(
        name=NAME, defaults={"at": Now()}
    )
    living = _rows().filter(released=False, at__gt=Now() - GRACE).exclude(owner=owner)
    term = Term(row.epoch + 1, hurried=living.exists())
    _rows().update(epoch=term.epoch, owner=owner, at=Now(), released=False)
    return term


def beat(term: Term) -> bool:
    """Show a sign of life; False when the term is over."""
    return bool(_rows().filter(epoch=term.epoch, released=False).update(at=Now()))


@transaction.atomic
def end(term: Term, *, well: bool) -> None:
    """Say goodbye, after the gateway was closed; `well` when it was asked for and no crash."""
    _rows().filter(epoch=term.epoch).update(released=True)
    if well:
        Identify.objects.filter(epoch=term.epoch).update(ended_well=True)


def _rows() -> QuerySet[GatewayLeader]:
    return GatewayLeader.objects.filter(name=NAME)
