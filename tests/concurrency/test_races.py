from collections import Counter

import pytest

from availability import actions as evenings
from availability.models import Entry
from botworker import claims, outbox, pacing
from botworker.models import Delivery
from promotions import actions, jobs
from promotions.models import Campaign
from tests import make
from tests.cast import TONIGHT, SlomixLiveTestCase
from tests.concurrency.together import together
from tests.ledger.ledger import event, message


@pytest.mark.postgresql
class RaceTests(SlomixLiveTestCase):
    """What happens at the same instant, on a database where it really does."""

    def promote(self, _number: int = 0) -> Campaign:
        return actions.promote(
            promoter=self.ana,
            include_available=True,
            include_maybe=True,
            dry_run=False,
            at=TONIGHT,
        )

    def test_fifty_confirmations_at_once_make_one_call(self) -> None:
        """W21: two confirmations at once ended in an error page, or in half a call."""
        make.entry(self.bor)

        found = Counter(type(one).__name__ for one in together(50, self.promote))

        self.assertEqual(found, {"Campaign": 1, "AlreadyCalled": 49})
        self.assertEqual((Campaign.objects.count(), Delivery.objects.count()), (1, 3))

    def test_six_drains_at_once_take_every_row_once(self) -> None:
        """W3: two workers sent the same message twice."""
        # Without a pace there is nothing but the claim itself to keep them apart.
        self.addCleanup(setattr, pacing, "BURST", pacing.BURST)
        pacing.BURST = 10_000.0
        people = [make.person(opted_in=True) for _n in range(100)]
        messages = [message(who) for who in people]
        outbox.enqueue(messages, event(), at=TONIGHT, planned=False)

        def take(number: int) -> list[int]:
            taken: list[int] = []
            while len(taken) < 100:
                claimed = claims.claim("discord", at=make.at("20:46"), owner=f"drain{number}")
                if not claimed and not claims.waiting("discord", make.at("20:46")).exists():
                    return taken
                taken += [job.delivery_id for job in claimed]
            return taken

        found = together(6, take)

        taken = [pk for rows in found if isinstance(rows, list) for pk in rows]
        self.assertFalse([one for one in found if isinstance(one, Exception)])
        self.assertEqual(len(taken), len(set(taken)))
        self.assertEqual(len(taken), 100)

    def test_two_workers_on_one_job_run_it_once(self) -> None:
        make.entry(self.bor)
        job = self.promote().jobs.order_by("run_at").first()
        assert job is not None

        found = together(8, lambda _n: jobs.run(job.pk, at=make.at("20:43")))

        self.assertEqual(Counter(found), {True: 1, False: 7})

    def test_the_same_press_twice_is_one(self) -> None:
        found = together(10, lambda _n: outbox.first_time(4711, TONIGHT))

        self.assertEqual(Counter(found), {True: 1, False: 9})

    def test_two_answers_at_the_same_instant_leave_one_entry(self) -> None:
        statuses = ["LOOKING", "MAYBE"] * 5

        found = together(
            10,
            lambda n: evenings.answer(
                person=self.bor, day=TONIGHT.date(), status=statuses[n], at=TONIGHT
            ),
        )

        self.assertFalse([one for one in found if isinstance(one, Exception)])
        self.assertEqual(Entry.objects.count(), 1)

    def test_a_cancel_and_a_confirmation_at_once_leave_a_true_state(self) -> None:
        make.entry(self.bor)
        first = self.promote()
        other = make.person("Other", promoter=True)

        def race(number: int) -> object:
            if number:
                return actions.cancel(campaign=first, by=self.ana, at=TONIGHT)
            return actions.promote(
                promoter=other,
                include_available=True,
                include_maybe=True,
                dry_run=False,
                at=TONIGHT,
            )

        together(2, race)

        living = Delivery.objects.filter(state="planned", person=self.bor)
        self.assertEqual(
            Counter(living.values_list("event_key", flat=True)).most_common(1)[0][1], 1
        )
        self.assertEqual(living.count(), 3)
