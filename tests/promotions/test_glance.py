"""What Tonight shows of a call: the same numbers as its report, for two questions."""

from datetime import timedelta

from availability import queries
from botworker.models import Delivery, State
from promotions import actions, glance, report
from promotions.models import Campaign
from slomix.pages import panel
from tests import make
from tests.cast import TONIGHT, SlomixTestCase


class GlanceTests(SlomixTestCase):
    """ana calls bor, dana and somebody who did not ask to be reminded."""

    def setUp(self) -> None:
        super().setUp()
        for who in (self.bor, make.person("Dana", opted_in=True), make.person("Shy")):
            make.entry(who)
        self.campaign = self.promote()

    def promote(self) -> Campaign:
        return actions.promote(
            promoter=self.ana,
            include_available=False,
            include_maybe=False,
            dry_run=False,
            at=TONIGHT,
        )

    def agrees(self) -> None:
        at = make.at("21:30")
        seen, whole = glance.of(self.campaign, at), report.of(self.campaign, at)
        ahead = [one.at for one in whole.stations if one.state != "done"]
        self.assertEqual((seen.people, seen.reached), (len(whole.people), whole.reached))
        self.assertEqual(seen.next_at, next(iter(ahead), None))

    def test_it_says_what_the_report_says_whatever_became_of_the_messages(self) -> None:
        Delivery.objects.exclude(kind="start").update(state=State.FAILED)
        for state in State:
            with self.subTest(state=state):
                lease = TONIGHT if state in (State.LEASED, State.SENDING) else None
                start = Delivery.objects.filter(kind="start", person=self.bor)
                start.update(state=state, lease_until=lease)
                self.agrees()

    def test_so_does_a_second_call_after_a_cancel(self) -> None:
        Delivery.objects.filter(kind="reminder").update(state=State.SENT, settled_at=TONIGHT)
        actions.cancel(campaign=self.campaign, by=self.ana, at=TONIGHT)
        self.campaign = self.promote()

        self.agrees()
        self.assertEqual(glance.of(self.campaign, TONIGHT).reached, 2)

    def test_it_asks_three_questions_however_many_are_called(self) -> None:
        for number in (0, 12):
            for _n in range(number):
                make.entry(make.person(opted_in=True))
            actions.add_recipients(campaign=self.campaign, by=self.ana, at=TONIGHT)

            at = TONIGHT + timedelta(seconds=number)
            stamp = queries.pulse(TONIGHT.date())
            with self.subTest(number=number), self.assertNumQueries(3):
                seen = panel.of(TONIGHT.date(), at, stamp)
            with self.assertNumQueries(0):
                again = panel.of(TONIGHT.date(), at, stamp)

            assert seen is not None
            self.assertEqual((seen.people, again), (2 + number, seen))
