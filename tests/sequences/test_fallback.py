from datetime import datetime

from botworker import outbox, settling
from botworker.channels import Refusal, Verdict
from botworker.models import Delivery
from tests.ledger.ledger import event, message
from tests.sequences.stage import DAY, Evening

CLOSED = Refusal("direct messages are closed", Verdict.PERMANENT)
BROKE = Refusal("broke", Verdict.UNKNOWN)


class FallbackTests(Evening):
    """bor has two channels; the second is tried after a definite refusal of the first only."""

    def setUp(self) -> None:
        super().setUp()
        both = message(self.bor, channels=("discord", "memory2"))
        outbox.enqueue([both], event(), at=self.travel("20:00"), planned=False)

    def refuse(self, refusal: Refusal) -> datetime:
        at = self.travel("20:45")
        begun = self.begin(self.claim(at), at)
        settling.settle([(job, refusal) for job in begun], at=at)
        return at

    def say(self, channel: str, at: datetime) -> None:
        self.settle(self.send(self.begin(self.claim(at, channel), at), at), at)

    def row(self) -> Delivery:
        return Delivery.objects.get(event_key=event().key)

    def test_a_definite_refusal_goes_to_the_next_channel_at_once(self) -> None:
        at = self.refuse(CLOSED)

        self.say("memory2", at)

        self.assertEqual(self.heard(self.bor), {"reminder": 1})
        self.assertEqual((self.row().state, self.row().channel), ("sent", "memory2"))

    def test_no_clear_answer_goes_nowhere_else(self) -> None:
        at = self.refuse(BROKE)

        self.assertEqual(self.claim(at, "memory2"), [])

    def test_a_drain_that_dies_between_the_channels_loses_nothing(self) -> None:
        at = self.refuse(CLOSED)
        self.begin(self.claim(at, "memory2"), at)
        later = self.restart(at)
        self.look(later)

        self.assertEqual(self.row().state, "unknown")
        self.assertEqual((self.heard(self.bor), self.claim(later, "memory2")), ({}, []))

    def test_refused_everywhere_it_failed_with_the_reason(self) -> None:
        at = self.refuse(CLOSED)
        begun = self.begin(self.claim(at, "memory2"), at)
        settling.settle([(job, CLOSED) for job in begun], at=at)

        self.assertEqual((self.row().state, self.row().reason), ("failed", CLOSED.reason))

    def test_after_a_no_the_next_channel_is_not_tried(self) -> None:
        at = self.travel("20:45")
        begun = self.begin(self.claim(at), at)
        outbox.withdraw(self.bor, DAY, reason=outbox.SAID_NO, at=at)
        settling.settle([(job, CLOSED) for job in begun], at=at)

        self.say("memory2", at)

        self.assertEqual((self.heard(self.bor), self.row().state), ({}, "withdrawn"))
