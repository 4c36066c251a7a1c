"""What a room's thread keeps about a person: handed out to them, and forgotten.

In Discord they stay in a thread until they leave it: without their account nobody can be taken out.
"""

from datetime import datetime
from typing import Any

from accounts.models import User
from planning.rooms.models import InThread


def threads_of(person: User) -> list[dict[str, Any]]:
    """Return the rooms into whose threads somebody was let."""
    mine = InThread.objects.filter(person=person).order_by("pk")
    return list(mine.values(*("room__day", "since")))


def forget_threads(person: User, at: datetime) -> None:
    """Forget whom the bot has let in."""
    InThread.objects.filter(person=person).delete()
