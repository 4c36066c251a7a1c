from datetime import timedelta

from botworker import claims, outbox
from botworker.models import Delivery
from tests import make
from tests.cast import SlomixTestCase
from tests.ledger.ledger import event, message, promise, row

KEY = "PROMOTE:FOLLOWUP:2026-11-20"
DAY = make.TONIGHT.date()


class PostponeTests(SlomixTestCase):
    """bor is to be asked at 21:02 where he is, if he is not in voice; then he says that he comes."""

    def setUp(self) -> None:
        super().setUp()
        follow_up = event(
            KEY, kind="follow_up", due_at=make.at("21:02"), expires_at=make.at("21:20")
        )
        outbox.enqueue([message(self.bor)], follow_up, at=make.TONIGHT, planned=False)

    @property
    def row(self) -> Delivery:
        return row(self.bor, KEY)

    def postpone(self, wall: str) -> int:
        return outbox.postpone(self.bor, DAY, make.at(wall), at=make.at("21:01"))

    def claim(self, wall: str) -> list[claims.Job]:
        return claims.claim("discord", at=make.at(wall), owner="drain")

    def test_nothing_is_asked_before_the_time_they_named(self) -> None:
        self.assertEqual(self.postpone("21:10"), 1)

        self.assertEqual(self.claim("21:09:59"), [])
        self.assertEqual(len(self.claim("21:10")), 1)

    def test_a_second_press_does_not_bring_it_forward(self) -> None:
        self.postpone("21:15")

        self.assertEqual(self.postpone("21:10"), 0)
        self.assertEqual(self.row.due_at, make.at("21:15"))

    def test_a_drain_that_holds_it_sends_nothing_any_more(self) -> None:
        held = self.claim("21:02")
        self.postpone("21:10")

        self.assertEqual(claims.begin(held, at=make.at("21:02")), [])
        self.assertEqual(self.row.state, "scheduled")

    def test_whoever_comes_after_the_check_is_never_asked(self) -> None:
        self.postpone("21:45")

        self.assertEqual((self.row.state, self.row.reason), ("suppressed", "comes later"))
        self.assertEqual(self.claim("21:19:30"), [])

    def test_reminder_and_start_keep_their_time(self) -> None:
        promise(self.bor)
        self.postpone("21:10")

        self.assertEqual(row(self.bor).due_at, make.at("20:45"))

    def test_a_question_that_was_put_is_not_taken_back(self) -> None:
        claims.begin(self.claim("21:02"), at=make.at("21:02"))

        self.assertEqual(self.postpone("21:10"), 0)
        self.assertEqual(self.row.state, "sending")
        self.assertTrue(self.row.extras["coming"])

    def test_a_no_and_a_yes_keep_what_was_put_off(self) -> None:
        self.postpone("21:10")
        outbox.withdraw(self.bor, DAY, reason=outbox.SAID_NO, at=make.at("21:00"))
        outbox.restore(self.bor, DAY, reason=outbox.SAID_NO, at=make.at("21:01"))

        self.assertEqual(self.row.next_at - make.at("21:02"), timedelta(minutes=8))
