from dataclasses import replace

from botworker import claims, settling, sweep
from botworker.channels import Refusal, Said, Verdict
from botworker.models import Attempt, Delivery
from tests import make
from tests.cast import SlomixTestCase
from tests.ledger.ledger import promise, row, soon

BROKEN = Refusal("the connection broke", Verdict.UNKNOWN)
BUSY = Refusal("too many requests", Verdict.TRANSIENT, wait=3)
CLOSED = Refusal("direct messages are closed", Verdict.PERMANENT, None, 403, 50007)


class SettleTests(SlomixTestCase):
    def setUp(self) -> None:
        super().setUp()
        promise(self.bor)
        self.job = self.begin("20:45")

    def begin(self, wall: str) -> claims.Job:
        at = make.at(wall)
        return claims.begin(claims.claim("discord", at=at, owner="drain"), at=at)[0]

    def settle(self, result: Said | Refusal, seconds: float = 1) -> None:
        settling.settle([(self.job, result)], at=soon("20:45", seconds))

    def test_it_names_the_message_that_was_sent(self) -> None:
        self.settle(Said(channel_id=5, message_id=9))

        attempt = Attempt.objects.get()
        self.assertEqual(row(self.bor).state, "sent")
        self.assertEqual((attempt.outcome, attempt.provider_message_id), ("sent", 9))

    def test_a_definite_refusal_fails_with_its_reason(self) -> None:
        self.settle(CLOSED)

        self.assertEqual(
            (row(self.bor).state, row(self.bor).reason), ("failed", "direct messages are closed")
        )
        self.assertEqual(Attempt.objects.get().provider_code, 50007)

    def test_a_busy_provider_is_tried_again_with_the_same_nonce(self) -> None:
        self.settle(BUSY)

        self.assertEqual(claims.claim("discord", at=soon("20:45", 3), owner="drain"), [])
        again = self.begin("20:45:04")
        self.assertEqual(again.nonce, self.job.nonce)

    def test_no_clear_answer_is_read_back_and_never_sent_blindly(self) -> None:
        self.settle(BROKEN)

        self.assertEqual(row(self.bor).state, "unknown")
        self.assertEqual(claims.claim("discord", at=soon("20:46"), owner="drain"), [])

    def test_a_message_found_by_reading_back_is_sent(self) -> None:
        self.settle(BROKEN)
        [job] = sweep.to_read_back("discord", at=soon("20:45", 10))

        sweep.found(job, Said(5, 9), at=soon("20:45", 10))

        self.assertEqual((row(self.bor).state, Attempt.objects.get().outcome), ("sent", "sent"))

    def test_a_message_that_is_not_there_is_sent_again_with_the_same_nonce(self) -> None:
        self.settle(BROKEN)
        [job] = sweep.to_read_back("discord", at=soon("20:45", 10))

        sweep.absent(job, at=soon("20:45", 10))

        self.assertEqual(self.begin("20:45:11").nonce, self.job.nonce)

    def test_a_message_without_a_marker_is_not_repeated_after_the_nonce_window(self) -> None:
        Delivery.objects.update(extras={})
        self.settle(BROKEN)
        [job] = sweep.to_read_back("discord", at=soon("20:45", 121))

        sweep.absent(job, at=soon("20:45", 121))

        self.assertEqual(row(self.bor).state, "unconfirmed")

    def test_a_drain_that_died_while_sending_leaves_it_unknown(self) -> None:
        sweep.sweep(make.at("20:45") + claims.LEASE)

        self.assertEqual((row(self.bor).state, Attempt.objects.get().outcome), ("unknown",) * 2)

    def test_the_late_answer_of_a_stopped_drain_is_refused_by_the_fence(self) -> None:
        sweep.sweep(make.at("20:45") + claims.LEASE)

        self.settle(CLOSED, seconds=40)

        self.assertEqual(row(self.bor).state, "unknown")

    def test_a_late_answer_does_not_trouble_the_others_of_its_batch(self) -> None:
        promise(self.ana)
        at = make.at("20:45")
        [other] = claims.begin(claims.claim("discord", at=at, owner="drain"), at=at)
        Delivery.objects.filter(pk=self.job.delivery_id).update(lease_until=at)
        sweep.sweep(at)
        [unknown] = sweep.to_read_back("discord", at=soon("20:45", 6))
        sweep.absent(unknown, at=soon("20:45", 6))
        self.begin("20:45:07")

        both = [(self.job, Said(5, 9)), (other, Said(5, 10))]
        settling.settle(both, at=soon("20:45", 8))

        self.assertEqual((row(self.bor).state, row(self.ana).state), ("sending", "sent"))

    def test_it_gives_up_after_six_tries(self) -> None:
        for minute in range(46, 52):
            self.settle(Refusal("Discord cannot be reached", Verdict.TRANSIENT), 60 * (minute - 46))
            if row(self.bor).state == "failed":
                break
            self.job = self.begin(f"20:{minute}:59")

        self.assertEqual((row(self.bor).state, row(self.bor).attempts), ("failed", 6))

    def test_a_wait_that_the_provider_named_is_no_try_of_ours(self) -> None:
        for second in range(10, 20):
            self.settle(Refusal("too many requests", Verdict.TRANSIENT, wait=0.5), second)
            self.job = self.begin(f"20:45:{second + 1}")

        self.assertEqual(row(self.bor).attempts, 1)

    def test_a_mistake_of_ours_is_not_tried_again(self) -> None:
        self.settle(Refusal("a mistake of ours (50035)", Verdict.OUR_FAULT, None, 400, 50035))

        self.assertEqual(row(self.bor).state, "failed")

    def test_a_channel_that_gives_no_proof_is_never_asked_twice(self) -> None:
        self.settle(Refusal("no answer in time", Verdict.UNPROVABLE))

        self.assertEqual(
            (row(self.bor).state, Attempt.objects.get().outcome), ("unconfirmed", "unknown")
        )

    def test_a_refusal_is_kept_for_the_persons_own_page(self) -> None:
        self.bor.discord.refresh_from_db()
        self.job = replace(self.job, discord_id=self.bor.discord.discord_id)

        self.settle(CLOSED)

        self.bor.discord.refresh_from_db()
        self.assertEqual(self.bor.discord.dm_refusal, "direct messages are closed")
