"""The process has another key than the one that the rows were written under."""

from django.test import override_settings

from botworker import ledger_key
from botworker.models import Delivery
from slomix.lib import clock
from tests import make
from tests.cast import SlomixLiveTestCase, SlomixTestCase
from tests.ledger.ledger import promise
from tests.outages.breaking import LOCMEM, told

OTHER = override_settings(LEDGER_KEY="another key, by accident", CACHES=LOCMEM)


class ToldTests(SlomixLiveTestCase):
    def test_a_ledger_of_strangers_is_told(self) -> None:
        """Under another key nobody is known, and everybody would hear tonight's reminder twice."""
        promise(self.bor)

        with OTHER:
            self.assertEqual(told()[:2], (503, ["ledger.key"]))
        with override_settings(CACHES=LOCMEM):
            self.assertEqual(told(), (200, [], []))


class LedgerKeyTests(SlomixTestCase):
    def test_an_empty_ledger_fits_every_key(self) -> None:
        with OTHER:
            self.assertEqual(ledger_key.faults(), [])

    def test_what_was_said_under_an_earlier_account_is_no_proof(self) -> None:
        promise(self.bor)
        account = self.bor.discord
        account.discord_id, account.linked_at = make.discord_id(), clock.now()
        account.save()
        Delivery.objects.update(created_at=make.at("12:00"))

        self.assertEqual(ledger_key.faults(), [])
