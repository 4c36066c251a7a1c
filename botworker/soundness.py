"""Whether the ledger as a whole is one that Slomix can have written; for a database that was restored."""

from collections.abc import Iterable, Iterator

from django.db.models import Count, Q

from botworker import changes
from botworker.models import Attempt, Change, Delivery, State

MOST = 20  # faults that are named of each kind


def unproved(most: int = MOST) -> list[str]:
    """Name deliveries that are sent without one sent try, or not sent with one."""
    sent = Count("tries", filter=Q(tries__outcome=Attempt.Outcome.SENT))
    wrong = Q(state=State.SENT) & ~Q(proofs=1) | ~Q(state=State.SENT) & Q(proofs__gt=0)
    rows = Delivery.objects.annotate(proofs=sent).filter(wrong).order_by("pk")
    found = rows.values_list("pk", "state", "proofs")[:most]
    return [f"delivery {pk}: {state}, with {proofs} sent tries" for pk, state, proofs in found]


def unexplained(most: int = MOST) -> list[str]:
    """Name deliveries whose list of changes does not lead to where they stand."""
    found: list[str] = []
    states = Delivery.objects.order_by("pk").values_list("pk", "state")
    steps = _by_delivery(
        Change.objects.order_by("delivery_id", "n")
        .values_list("delivery_id", "n", "before", "after")
        .iterator(chunk_size=5000)
    )
    pk, own = next(steps, (0, []))
    for number, state in states.iterator(chunk_size=5000):
        while pk and pk < number:
            pk, own = next(steps, (0, []))
        mine = own if pk == number else []
        found += [f"delivery {number}: {fault}" for fault in changes.faults(mine, state)]
        if len(found) >= most:
            break
    return found[:most]


Steps = list[tuple[int, str, str]]


def _by_delivery(rows: Iterable[tuple[int, int, str, str]]) -> Iterator[tuple[int, Steps]]:
    last, steps = 0, Steps()
    for delivery, n, before, after in rows:
        if delivery != last and steps:
            yield last, steps
            steps = []
        last = delivery
        steps.append((n, before, after))
    if steps:
        yield last, steps
