"""Verbs about one person that need several apps."""

from datetime import datetime

from accounts import actions
from accounts.models import User


def answer_the_question(*, person: User, remind: bool, at: datetime, door: str = "web") -> None:
    """Record whether somebody wants to be reminded at the call and at the start.

    The bot sees a yes and opens the direct-message channel ahead of the evening, so that the hour
    itself needs no call for it.
    """
    actions.answer_the_question(person=person, remind=remind, at=at, door=door)
