from datetime import timedelta

from botworker import breaker, claims, settling
from botworker.channels import Refusal, Said, Verdict
from tests import make
from tests.cast import SlomixTestCase
from tests.ledger.ledger import promise, soon

UNCLEAR = Refusal("no answer in time", Verdict.UNKNOWN)


class BreakerTests(SlomixTestCase):
    def record(self, *answers: Said | Refusal, seconds: float = 0) -> None:
        breaker.record("discord", answers, at=soon("20:45", seconds))

    def limit(self, seconds: float) -> int | None:
        return breaker.limit("discord", at=soon("20:45", seconds))

    def test_five_unclear_answers_within_thirty_seconds_open_it(self) -> None:
        self.record(*[UNCLEAR] * 4)
        self.assertIsNone(self.limit(1))

        self.record(UNCLEAR, seconds=20)

        self.assertEqual(self.limit(21), 0)

    def test_the_same_over_a_longer_time_do_not(self) -> None:
        for number in range(8):
            self.record(UNCLEAR, seconds=31 * number)

        self.assertIsNone(self.limit(31 * 8))

    def test_one_probe_at_a_time_until_one_succeeds(self) -> None:
        self.record(*[UNCLEAR] * 5)

        self.assertEqual([self.limit(10), self.limit(10), self.limit(15)], [1, 0, 0])
        self.record(Said(1, 2), seconds=16)
        self.assertIsNone(self.limit(17))

    def test_a_clear_refusal_of_one_person_is_an_answer_too(self) -> None:
        """Chaos F13: probe after probe met somebody who had blocked us, and the others waited."""
        self.record(*[UNCLEAR] * 5)

        self.record(Refusal("closed", Verdict.PERMANENT, None, 403), seconds=11)

        self.assertIsNone(self.limit(12))

    def test_what_we_refuse_ourselves_says_nothing_about_the_provider(self) -> None:
        self.record(*[UNCLEAR] * 5)

        self.record(Refusal("not linked there any more", Verdict.PERMANENT), seconds=11)

        self.assertEqual([self.limit(12), self.limit(12)], [1, 0])

    def test_a_refused_token_stops_everything(self) -> None:
        promise(self.ana, self.bor)
        [job, _other] = claims.begin(
            claims.claim("discord", at=make.at("20:45"), owner="drain"), at=make.at("20:45")
        )
        refused = Refusal("Discord does not accept the bot's token", Verdict.BLOCKED, 10, 401)

        settling.settle([(job, refused)], at=make.at("20:45"))

        self.assertEqual(self.limit(5), 0)
        self.assertEqual(claims.claim("discord", at=make.at("20:45:05"), owner="drain"), [])

    def test_being_shut_out_by_address_lasts_ten_minutes(self) -> None:
        self.record(Refusal("shut out by address", Verdict.BLOCKED, None, 429))

        self.assertEqual(self.limit(timedelta(minutes=9).total_seconds()), 0)
        self.assertEqual(self.limit(timedelta(minutes=10).total_seconds()), 1)
