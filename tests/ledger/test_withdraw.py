from datetime import timedelta

from accounts.models import User
from availability import actions
from botworker import claims, outbox, settling, sweep
from botworker.channels import Refusal, Said, Verdict
from tests import make
from tests.cast import SlomixTestCase
from tests.ledger.ledger import promise, row, soon

DAY = make.TONIGHT.date()


class WithdrawTests(SlomixTestCase):
    """Saying no takes back what is still to be said; saying yes again in time brings it back."""

    def say(self, status: str, who: User | None = None, wall: str = "20:30") -> None:
        actions.answer(person=who or self.bor, day=DAY, status=status, at=make.at(wall))

    def test_a_no_withdraws_what_is_planned(self) -> None:
        promise(self.bor, planned=True)

        self.say("NOT_PLAYING")

        self.assertEqual((row(self.bor).state, row(self.bor).reason), ("withdrawn", "said no"))

    def test_a_yes_in_time_brings_it_back(self) -> None:
        promise(self.bor, planned=True)
        self.say("NOT_PLAYING")

        self.say("LOOKING", wall="20:40")

        self.assertEqual((row(self.bor).state, row(self.bor).reason), ("planned", ""))

    def test_a_yes_after_the_deadline_brings_nothing_back(self) -> None:
        promise(self.bor)
        self.say("NOT_PLAYING")

        self.say("LOOKING", wall="20:56:50")

        self.assertEqual(row(self.bor).state, "withdrawn")

    def test_a_no_leaves_other_people_and_other_evenings_alone(self) -> None:
        promise(self.ana, self.bor)

        actions.answer(
            person=self.bor,
            day=DAY + timedelta(days=1),
            status="NOT_PLAYING",
            at=make.TONIGHT,
        )

        self.assertEqual((row(self.ana).state, row(self.bor).state), ("scheduled", "scheduled"))

    def test_clearing_the_answer_withdraws_too(self) -> None:
        self.say("LOOKING")
        promise(self.bor, planned=True)

        actions.clear(person=self.bor, day=DAY, at=make.TONIGHT)

        self.assertEqual(row(self.bor).state, "withdrawn")

    def test_no_request_starts_after_a_no_commits(self) -> None:
        promise(self.bor)
        claimed = claims.claim("discord", at=make.at("20:45"), owner="drain")

        self.say("NOT_PLAYING", wall="20:45:01")

        self.assertEqual(claims.begin(claimed, at=make.at("20:45:01")), [])

    def test_a_request_under_way_is_settled_but_never_repeated(self) -> None:
        promise(self.bor)
        claimed = claims.claim("discord", at=make.at("20:45"), owner="drain")
        [job] = claims.begin(claimed, at=make.at("20:45"))
        self.say("NOT_PLAYING", wall="20:45:01")

        settling.settle([(job, Refusal("broke", Verdict.UNKNOWN))], at=soon("20:45", 2))
        [again] = sweep.to_read_back("discord", at=soon("20:45", 10))
        sweep.absent(again, at=soon("20:45", 10))

        self.assertEqual(row(self.bor).state, "withdrawn")

    def test_a_message_that_landed_after_the_no_counts_as_sent(self) -> None:
        promise(self.bor)
        claimed = claims.claim("discord", at=make.at("20:45"), owner="drain")
        [job] = claims.begin(claimed, at=make.at("20:45"))
        self.say("NOT_PLAYING", wall="20:45:01")

        settling.settle([(job, Said(5, 9))], at=soon("20:45", 2))

        self.assertEqual((row(self.bor).state, row(self.bor).reason), ("sent", ""))

    def test_stopping_reminders_keeps_the_answer_and_comes_back_on_request(self) -> None:
        self.say("LOOKING")
        promise(self.bor, planned=True)

        actions.stop_reminders(person=self.bor, day=DAY, at=make.TONIGHT)
        self.assertEqual(row(self.bor).reason, outbox.ASKED_TO_STOP)
        self.say("AVAILABLE")
        self.assertEqual(row(self.bor).state, "withdrawn")
        actions.resume_reminders(person=self.bor, day=DAY, at=make.TONIGHT)

        self.assertEqual(row(self.bor).state, "planned")
