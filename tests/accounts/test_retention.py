"""What we forget by itself, and when."""

from datetime import datetime, timedelta

from accounts import actions
from accounts.models import AuditEntry, NameCode, Throttle
from availability import actions as answers
from availability.models import Change
from botworker import claims, outbox, settling
from botworker.channels import Said
from botworker.models import Attempt, Delivery, SeenInteraction
from slomix import celery, person
from tests import make
from tests.cast import TONIGHT, SlomixTestCase
from tests.ledger.ledger import promise, row


def later(**ago: float) -> datetime:
    return TONIGHT + timedelta(**ago)


class RetentionTests(SlomixTestCase):
    def sent(self) -> Delivery:
        promise(self.bor)
        at = make.at("20:45")
        jobs = claims.begin(claims.claim("discord", at=at, owner="drain"), at=at)
        settling.settle([(job, Said(1, job.delivery_id)) for job in jobs], at=at)
        return row(self.bor)

    def test_the_words_go_after_thirty_days_and_the_row_stays(self) -> None:
        said = self.sent()

        self.assertEqual(person.retain(later(days=30))["bodies"], 0)
        self.assertEqual(person.retain(later(days=31))["bodies"], 1)

        left = row(self.bor)
        self.assertEqual((left.body, left.extras, left.state), ("", {}, said.state))

    def test_what_is_not_settled_keeps_its_words(self) -> None:
        promise(self.bor)

        person.retain(later(days=400))

        self.assertNotEqual(row(self.bor).body, "")

    def test_errors_go_after_ninety_days(self) -> None:
        self.sent()
        Attempt.objects.update(error="a reason")

        self.assertEqual(person.retain(later(days=89))["errors"], 0)
        self.assertEqual(person.retain(later(days=91))["errors"], 1)

    def test_the_audit_log_goes_after_a_year(self) -> None:
        AuditEntry.write("player_linked", at=TONIGHT, actor=self.bor)

        self.assertEqual(person.retain(later(days=365))["audit"], 0)
        self.assertEqual(person.retain(later(days=366))["audit"], 1)

    def test_the_history_of_answers_goes_after_a_year(self) -> None:
        make.entry(self.bor)
        answers.clear(person=self.bor, day=TONIGHT.date(), at=TONIGHT, door="web")
        self.assertTrue(Change.objects.exists())

        self.assertEqual(person.retain(later(days=365))["answers"], 0)
        self.assertEqual(person.retain(later(days=366))["answers"], 1)

    def test_presses_go_after_a_week_and_tries_after_a_month(self) -> None:
        outbox.first_time(1, TONIGHT)
        Throttle.objects.create(key="x", window_at=TONIGHT, tries=1)

        person.retain(later(days=8))
        self.assertEqual((SeenInteraction.objects.count(), Throttle.objects.count()), (0, 1))

        person.retain(later(days=31))
        self.assertEqual(Throttle.objects.count(), 0)

    def test_codes_go_when_they_are_over(self) -> None:
        actions.start_code(person=self.bor, at=TONIGHT)

        person.retain(later(days=2))

        self.assertFalse(NameCode.objects.exists())

    def test_doing_it_again_changes_nothing(self) -> None:
        self.sent()
        person.retain(later(days=400))

        self.assertEqual(set(person.retain(later(days=400)).values()), {0})

    def test_beat_wakes_it_every_hour(self) -> None:
        (entry,) = [
            one
            for one in celery.app.conf.beat_schedule.values()
            if one["task"] == "slomix.tasks.retain"
        ]
        self.assertEqual((entry["schedule"], entry["options"]["expires"]), (3600, 3600))
