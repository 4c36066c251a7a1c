"""An answer by a link that works once."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from availability.actions.answers import answer
from availability.actions.days import AnswerRefused
from availability.models import Entry
from botworker import hearing


class LinkUsed(AnswerRefused):
    """The link has answered already; what it said holds."""


@transaction.atomic
def answer_once(
    *, person: User, day: date, status: str, key: str, at: datetime, door: str
) -> Entry:
    """Answer an evening by a link named `key`, the first time only.

    Of any number of uses at once one counts. Raises LinkUsed for the others, and whatever `answer`
    raises, after which the link is as good as before.
    """
    if not hearing.first_time("link", key, at):
        raise LinkUsed("", _("This link has been used. What it said counts."))
    return answer(person=person, day=day, status=status, at=at, door=door)
