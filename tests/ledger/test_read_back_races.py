"""Two drains that read the same message back: found by `chaos`, F1 with seed 2045 on SQLite."""

from datetime import timedelta

from botworker import claims, settling, sweep
from botworker.channels import Refusal, Said, Verdict
from botworker.claims import Job
from botworker.models import Attempt, State
from tests import make
from tests.cast import SlomixTestCase
from tests.ledger import ledger

AT = make.at("20:45")
LATER = AT + timedelta(seconds=20)
UNCLEAR = Refusal("no answer in time", Verdict.UNKNOWN)
THERE = Said(channel_id=1, message_id=2)


class ReadBackRaceTests(SlomixTestCase):
    """The first drain takes longer than a read-back may, so a second one looks as well."""

    def overtaken(self) -> tuple[Job, Job]:
        ledger.promise(self.bor)
        jobs = claims.begin(claims.claim("discord", at=AT, owner="drain"), at=AT)
        settling.settle([(job, UNCLEAR) for job in jobs], at=AT)
        [slow] = sweep.to_read_back("discord", at=LATER)
        [quick] = sweep.to_read_back("discord", at=LATER + sweep.READ_BACK_EVERY)
        return slow, quick

    def outcome(self) -> str:
        return Attempt.objects.get(delivery=ledger.row(self.bor)).outcome

    def test_who_was_overtaken_finds_nothing_for_us(self) -> None:
        slow, _dead = self.overtaken()

        sweep.found(slow, THERE, at=LATER + sweep.READ_BACK_EVERY)

        self.assertEqual((ledger.row(self.bor).state, self.outcome()), (State.UNKNOWN, "unknown"))
        again = sweep.to_read_back("discord", at=LATER + sweep.READ_BACK_EVERY * 3)
        self.assertEqual(len(again), 1)

    def test_nor_does_it_send_again_what_another_has_found(self) -> None:
        slow, quick = self.overtaken()
        sweep.found(quick, THERE, at=LATER + sweep.READ_BACK_EVERY)

        sweep.absent(slow, at=LATER + sweep.READ_BACK_EVERY)

        self.assertEqual((ledger.row(self.bor).state, self.outcome()), (State.SENT, "sent"))
