from promotions import actions, report
from tests import make
from tests.sequences.stage import BOTH, Evening


class TwoCallsTests(Evening):
    """ana calls bor; eva calls bor and dora, who answered in between."""

    def setUp(self) -> None:
        super().setUp()
        self.first = self.promote(self.ana)
        self.dora = make.person("Dora", opted_in=True)
        self.answer(self.dora, "MAYBE", "19:45")
        self.second = self.promote(self.eva, "19:50")

    def cancel(self, which: object, wall: str) -> int:
        at = self.travel(wall)
        return actions.cancel(campaign=which, by=self.eva, at=at)  # type: ignore[arg-type]

    def test_shared_people_hear_everything_once(self) -> None:
        self.evening()

        self.assertEqual((self.heard(self.bor), self.heard(self.dora)), (BOTH, BOTH))

    def test_both_calls_say_so(self) -> None:
        self.evening()

        at = make.at("21:20")
        self.assertEqual(report.of(self.first, at).counts["sent"], 2)
        self.assertEqual(report.of(self.second, at).counts["sent"], 4)

    def test_cancelling_the_first_leaves_the_second_its_people(self) -> None:
        self.assertEqual(self.cancel(self.first, "20:00"), 0)

        self.evening()

        self.assertEqual((self.heard(self.bor), self.heard(self.dora)), (BOTH, BOTH))

    def test_cancelling_the_second_stops_only_its_own(self) -> None:
        self.assertEqual(self.cancel(self.second, "20:00"), 3)

        self.evening()

        self.assertEqual((self.heard(self.bor), self.heard(self.dora)), (BOTH, {}))

    def test_cancelling_both_in_either_order_stops_everything(self) -> None:
        self.cancel(self.second, "20:00")
        self.cancel(self.first, "20:01")

        self.evening()

        self.assertEqual((self.heard(self.bor), self.heard(self.dora)), ({}, {}))

    def test_cancelling_between_the_times_stops_the_rest(self) -> None:
        self.tick("20:43", "20:45")
        self.cancel(self.first, "20:50")
        self.cancel(self.second, "20:51")

        self.tick("21:00", "21:05")

        self.assertEqual(self.heard(self.bor), {"reminder": 1})

    def test_a_no_and_a_yes_between_a_cancel_come_back_for_the_other_call(self) -> None:
        self.answer(self.bor, "NOT_PLAYING", "20:00")
        self.cancel(self.first, "20:05")
        self.answer(self.bor, "LOOKING", "20:10")

        self.evening()

        self.assertEqual(self.heard(self.bor), BOTH)

    def test_a_cancel_while_a_request_is_under_way_is_not_followed_by_another(self) -> None:
        from botworker.channels import Refusal, Verdict

        self.tick("20:43")
        at = self.travel("20:45")
        begun = self.begin(self.claim(at), at)
        self.cancel(self.first, "20:45:01")
        self.cancel(self.second, "20:45:01")
        self.settle([(job, Refusal("broke", Verdict.UNKNOWN)) for job in begun], at)

        self.tick("20:45:20", "20:46", "20:47", "21:00")

        self.assertEqual((self.heard(self.bor), self.heard(self.dora)), ({}, {}))
