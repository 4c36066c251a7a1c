"""A no at the very instant at which a drain settles: found by `chaos`, F1 with seed 2045."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from botworker import claims, outbox, settling
from botworker.channels import Refusal, Verdict
from botworker.models import State
from tests import make
from tests.cast import SlomixLiveTestCase
from tests.ledger import ledger

AT = make.at("20:45")
NOT_YET = Refusal("Discord cannot be reached", Verdict.TRANSIENT, wait=0.1)


@pytest.mark.postgresql
class WithdrawRaceTests(SlomixLiveTestCase):
    """The drain has settled and not committed yet when the person's no begins."""

    def under_way(self) -> list[claims.Job]:
        ledger.promise(self.bor)
        return claims.begin(claims.claim("discord", at=AT, owner="drain"), at=AT)

    def while_uncommitted(self, first: Callable[[], Any], then: Callable[[], Any]) -> None:
        """Begin `then` on another connection before the transaction of `first` ends."""

        def run() -> None:
            try:
                with transaction.atomic():
                    then()
            finally:
                connection.close()

        other = threading.Thread(target=run)
        with transaction.atomic():
            first()
            other.start()
            other.join(0.5)
        other.join(10)

    def test_a_no_is_not_lost_between_two_states(self) -> None:
        jobs = self.under_way()

        self.while_uncommitted(
            lambda: settling.settle([(job, NOT_YET) for job in jobs], at=AT),
            lambda: outbox.withdraw(self.bor, AT.date(), reason=outbox.SAID_NO, at=AT),
        )

        self.assertEqual(ledger.row(self.bor).state, State.WITHDRAWN)
        later = AT + timedelta(seconds=1)
        self.assertEqual(claims.claim("discord", at=later, owner="another"), [])

    def test_a_cancellation_is_not_lost_between_two_states(self) -> None:
        jobs = self.under_way()

        self.while_uncommitted(
            lambda: settling.settle([(job, NOT_YET) for job in jobs], at=AT),
            lambda: outbox.cancel(
                [ledger.KEY], [jobs[0].recipient], reason="call cancelled", at=AT
            ),
        )

        self.assertEqual(ledger.row(self.bor).state, State.CANCELLED)
