"""How F10 judges the gateway: what must happen, and how often a bot may identify."""

from collections import Counter
from datetime import timedelta

from botworker import identifies
from botworker.models import Identify
from slomix.management.chaos import gateways
from slomix.management.chaos.plan import TROUBLES, Plan
from slomix.management.chaos.scenes import Wish, named
from tests.cast import TONIGHT, SlomixTestCase


class TroubleTests(SlomixTestCase):
    def a_plan(self) -> Plan:
        [plan] = named("F10", Wish(deliveries=600, seed=1, scale=10, database="sqlite"))
        return plan

    def test_every_kind_of_trouble_has_a_name_of_its_own(self) -> None:
        names = [one.name for one in gateways.troubles(self.a_plan())]

        self.assertEqual(len(set(names)), TROUBLES)
        for code in (4000, 4004, 4008, 4009, 4014):
            self.assertIn(f"close {code}", names)

    def test_the_messages_are_spread_over_the_troubles(self) -> None:
        plan = self.a_plan()

        self.assertEqual((plan.orders_each, plan.wave), (2, 600 // (2 * TROUBLES)))
        done = Counter({gateways.GIVEN: TROUBLES})
        self.assertEqual(gateways.share(plan, done), 0.5)


class BudgetTests(SlomixTestCase):
    def identified(self, *after: float) -> None:
        for seconds in after:
            Identify.objects.create(at=TONIGHT + timedelta(seconds=seconds), epoch=1)

    def test_a_bot_that_waits_as_long_as_it_must_is_fine(self) -> None:
        self.identified(0, 1, 3, 7, 15)

        self.assertEqual(gateways.too_many(5), [])

    def test_one_that_does_not_wait_is_seen(self) -> None:
        self.identified(0, 1, 1.5)

        self.assertEqual(gateways.too_many(3), ["IDENTIFY 3 came 1.50 s too soon"])

    def test_one_that_nobody_counted_is_seen(self) -> None:
        self.identified(0)

        self.assertEqual(gateways.too_many(2), ["2 IDENTIFYs were heard and 1 counted"])
        self.assertEqual(len(identifies.counted()), 1)
