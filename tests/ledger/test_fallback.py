from botworker import claims, outbox, settling
from botworker.channels import Refusal, Said, Verdict
from tests import make
from tests.cast import SlomixTestCase
from tests.ledger.ledger import event, message, row, soon


class FallbackTests(SlomixTestCase):
    """The next channel is tried after a definite refusal, and only then."""

    def setUp(self) -> None:
        super().setUp()
        said = message(self.bor, channels=("discord", "memory2"))
        outbox.enqueue([said], event(), at=make.TONIGHT, planned=False)

    def send(self, channel: str, answer: Said | Refusal, seconds: float = 0) -> None:
        at = soon("20:45", seconds)
        jobs = claims.begin(claims.claim(channel, at=at, owner="drain"), at=at)
        settling.settle([(job, answer) for job in jobs], at=at)

    def state(self) -> tuple[str, str]:
        return row(self.bor).state, row(self.bor).channel

    def test_closed_direct_messages_lead_to_the_next_channel_at_once(self) -> None:
        self.send("discord", Refusal("direct messages are closed", Verdict.PERMANENT))
        self.assertEqual(self.state(), ("scheduled", "memory2"))

        self.send("memory2", Said(1, 2), 1)
        self.assertEqual(self.state(), ("sent", "memory2"))

    def test_an_unclear_answer_never_leads_to_another_channel(self) -> None:
        self.send("discord", Refusal("no answer in time", Verdict.UNKNOWN))

        self.assertEqual(self.state(), ("unknown", "discord"))

    def test_a_limit_past_the_deadline_leads_to_the_next_channel(self) -> None:
        self.send("discord", Refusal("too many requests", Verdict.TRANSIENT, wait=3600))

        self.assertEqual(self.state(), ("scheduled", "memory2"))

    def test_the_last_channels_refusal_is_the_end(self) -> None:
        self.send("discord", Refusal("closed", Verdict.PERMANENT))
        self.send("memory2", Refusal("blocked by the person", Verdict.PERMANENT), 1)

        self.assertEqual(
            (row(self.bor).state, row(self.bor).reason), ("failed", "blocked by the person")
        )
