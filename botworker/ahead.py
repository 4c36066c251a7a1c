"""Whose messages are ahead, so that a change of many evenings looks at few of them."""

from collections.abc import Iterable
from datetime import date

from botworker.models import Delivery


def evenings(person_ids: Iterable[int], first: date) -> set[tuple[int, date]]:
    """Return the people and evenings from the first day on that the ledger has any row about."""
    rows = Delivery.objects.filter(person__in=set(person_ids), evening__gte=first)
    return {
        (who, day) for who, day in rows.values_list("person", "evening").distinct() if who and day
    }
