from accounts import actions as people
from botworker import claims
from botworker.models import Attempt, Delivery
from tests import make
from tests.cast import SlomixTestCase
from tests.gone import take_away
from tests.ledger.ledger import promise, row


class RecheckTests(SlomixTestCase):
    """Whatever was true when the call was confirmed is looked at again as it is sent."""

    def begin(self, wall: str = "20:45") -> list[claims.Job]:
        at = make.at(wall)
        return claims.begin(claims.claim("discord", at=at, owner="drain"), at=at)

    def outcome(self) -> tuple[str, str]:
        return row(self.bor).state, row(self.bor).reason

    def test_an_attempt_is_written_before_anything_is_sent(self) -> None:
        promise(self.bor)

        [job] = self.begin()

        attempt = Attempt.objects.get()
        self.assertEqual((attempt.outcome, attempt.nonce), ("pending", job.nonce))
        self.assertEqual(row(self.bor).state, "sending")

    def test_an_opt_out_after_the_call_counts(self) -> None:
        promise(self.bor)
        people.set_preferences(person=self.bor, at=make.TONIGHT, allow_promotions=False)

        self.assertEqual(self.begin(), [])
        self.assertEqual(self.outcome(), ("suppressed", "reminders are off"))

    def test_somebody_who_unlinked_is_left_alone(self) -> None:
        promise(self.bor)
        self.bor.link.delete()

        self.assertEqual(self.begin(), [])
        self.assertEqual(self.outcome(), ("suppressed", "not linked"))

    def test_somebody_who_is_gone_is_left_alone(self) -> None:
        promise(self.bor)
        recipient = row(self.bor).recipient
        take_away(self.bor)

        self.assertEqual(self.begin(), [])
        gone = Delivery.objects.get(recipient=recipient)
        self.assertEqual((gone.state, gone.reason), ("suppressed", "not linked"))

    def test_quiet_hours_are_never_broken(self) -> None:
        promise(self.bor)
        make.quiet(self.bor, "20:00", "23:00")

        self.assertEqual(self.begin(), [])
        self.assertEqual(self.outcome(), ("suppressed", "quiet hours"))

    def test_quiet_hours_that_end_in_time_only_delay(self) -> None:
        promise(self.bor)
        make.quiet(self.bor, "20:00", "20:50")

        self.assertEqual(self.begin("20:45"), [])
        self.assertEqual(self.begin("20:49:59"), [])
        self.assertEqual(len(self.begin("20:50")), 1)
