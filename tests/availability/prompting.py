"""Evenings at which something is said without a call."""

from datetime import datetime
from typing import Any

from accounts.models import User
from availability import actions
from botworker import claims, settling
from botworker.channels import Said
from botworker.models import Delivery
from tests import make
from tests.cast import TONIGHT, SlomixTestCase

TODAY = TONIGHT.date()


def rows(kind: str) -> Any:
    return Delivery.objects.filter(kind=kind).order_by("pk")


class PromptCase(SlomixTestCase):
    """Answers, crowds, and a drain that says what is due."""

    def answer(self, who: User, status: str = "LOOKING", at: datetime = TONIGHT) -> None:
        actions.answer(person=who, day=TODAY, status=status, at=at)

    def crowd(self, number: int, **wishes: Any) -> list[User]:
        return [make.person(**wishes) for _each in range(number)]

    def drain(self, at: datetime) -> None:
        """Let everything that is due be said."""
        for _batch in range(4):
            jobs = claims.begin(claims.claim("discord", at=at, owner="drain"), at=at)
            settling.settle([(job, Said(1, 1000 + job.delivery_id)) for job in jobs], at=at)
