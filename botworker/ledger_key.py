"""Whether LEDGER_KEY is the one that our people have their names in the ledger from."""

from django.db.models import F

from botworker.models import Delivery
from botworker.outbox import recipient_of


def faults() -> list[str]:
    """Say, as codes for /readyz, whether the newest row is named as we would name it.

    Under another key everybody is a stranger and hears tonight's reminder a second time. A row
    from before somebody linked another account is named after the old one and says nothing.
    """
    newest = (
        Delivery.objects.filter(
            recipient__startswith="person:", created_at__gte=F("person__discord__linked_at")
        )
        .order_by("-pk")
        .values_list("recipient", "person__discord__discord_id")
        .first()
    )
    if newest is None or newest[0] == recipient_of(newest[1]):
        return []
    return ["ledger.key"]
