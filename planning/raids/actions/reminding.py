"""Reminders for whoever wants to hear of raids since they voted."""

import logging
from datetime import datetime, timedelta

from django.db import transaction

from planning.raids import reminders
from planning.raids.models import Raid

log = logging.getLogger(__name__)

# A slot's date is its server's, which may be a day ahead or behind.
ANYWHERE = timedelta(days=1)
# Looked at often enough before the first reminder is due.
AHEAD = timedelta(hours=1)


def catch_up(at: datetime) -> int:
    """Compare the ledger with the slots of raids that may begin soon; returns how many were looked at.

    A transaction for each; one that fails is logged and leaves the others done. Done twice it
    changes nothing.
    """
    first = (at - ANYWHERE).date()
    last = (at + reminders.lead() + AHEAD + ANYWHERE).date()
    near = Raid.objects.open().filter(options__date__range=(first, last)).distinct()
    numbers = list(near.order_by("pk").values_list("pk", flat=True))
    for number in numbers:
        try:
            _settle(number, at)
        except Exception:
            log.exception("reminders of raid %s were not compared; the next look does", number)
    return len(numbers)


@transaction.atomic
def _settle(number: int, at: datetime) -> None:
    held = Raid.objects.select_for_update(of=("self",)).select_related("guild")
    raid = held.filter(pk=number).first()
    if raid is not None:
        reminders.settle(raid, at=at)
