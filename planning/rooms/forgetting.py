"""What of a room is forgotten when its time is over; the teams, the drafts and the names stay."""

from datetime import datetime

from planning.rooms.models import Came, InThread, Offer, Wish


def forget_wishes(before: datetime) -> int:
    """Forget who should play with whom, or apart; returns how many wishes.

    They were about one evening, and who did not want whom is nobody's business later.
    """
    return Wish.objects.filter(made_at__lt=before).delete()[0]


def forget_offers(before: datetime) -> int:
    """Forget who was asked into which place and let it pass; who played is in the teams."""
    return Offer.objects.filter(offered_at__lt=before).delete()[0]


def forget_threads(before: datetime) -> int:
    """Forget whom the bot let into a thread; nobody is taken out of it any more."""
    return InThread.objects.filter(since__lt=before).delete()[0]


def forget_came(before: datetime) -> int:
    """Forget who was in voice on an evening, as the history of answers is forgotten."""
    return Came.objects.filter(last_at__lt=before).delete()[0]
