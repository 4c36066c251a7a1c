"""“Why was I not pinged?”: also an evening without any row has its reason."""

from datetime import timedelta

from accounts.models import User
from promotions import actions, silences
from promotions.models import Campaign
from slomix.pages import said
from tests import make
from tests.cast import TONIGHT, SlomixTestCase

LATER = TONIGHT + timedelta(hours=3)


class SilenceTests(SlomixTestCase):
    """It is half past ten; ana called at half past seven, or not."""

    def call(self, *, maybe: bool = False) -> Campaign:
        return actions.promote(
            promoter=self.ana,
            include_available=False,
            include_maybe=maybe,
            dry_run=False,
            at=TONIGHT,
        )

    def told(self, who: User | None = None) -> list[str]:
        found = said.history_of(who or self.bor, LATER)
        return [line.words for line in found if line.title == "Nothing was sent"]

    def test_nobody_called(self) -> None:
        make.entry(self.bor)

        self.assertEqual(self.told(), ["Nobody called that evening"])

    def test_a_dry_run_is_no_call(self) -> None:
        make.entry(self.bor)
        actions.promote(
            promoter=self.ana,
            include_available=True,
            include_maybe=True,
            dry_run=True,
            at=TONIGHT,
        )

        self.assertEqual(self.told(), ["Nobody called that evening"])

    def test_the_call_was_for_others(self) -> None:
        make.entry(self.bor, "MAYBE")
        self.call()

        self.assertEqual(self.told(), ["The call was not for those who said Maybe"])

    def test_the_answer_came_after_the_call(self) -> None:
        self.call()
        make.entry(self.bor, since=TONIGHT + timedelta(minutes=5))

        self.assertEqual(self.told(), ["You answered after the call, which was made at 19:30"])

    def test_the_call_was_taken_back(self) -> None:
        actions.cancel(campaign=self.call(), by=self.ana, at=TONIGHT)
        make.entry(self.bor)

        self.assertEqual(self.told(), ["The call was taken back"])

    def test_there_was_no_answer_or_a_no(self) -> None:
        self.call()
        self.assertEqual(self.told(), ["You had not answered"])
        make.entry(self.bor, "NOT_PLAYING")
        self.assertEqual(self.told(), ["You said you would not play"])

    def test_an_evening_that_nobody_called_or_answered_needs_no_words(self) -> None:
        self.assertEqual(self.told(), [])

    def test_whoever_was_called_has_rows_instead(self) -> None:
        make.entry(self.bor)
        self.call()

        self.assertEqual(self.told(), [])
        titles = {one.title for one in said.history_of(self.bor, LATER)}
        self.assertEqual(titles, {"Reminder", "Start", "Follow-up"})

    def test_whoever_was_left_out_has_rows_that_say_why(self) -> None:
        shy = make.person("Shy")
        make.entry(shy)
        self.call()

        found = said.history_of(shy, LATER)

        self.assertEqual({line.words for line in found}, {"You had not asked for reminders"})
        self.assertEqual(len(found), 3)

    def test_an_evening_that_is_not_over_is_no_silence_yet(self) -> None:
        make.entry(self.bor)

        self.assertEqual(silences.of(self.bor, (), make.at("21:09")), [])
        self.assertEqual(len(silences.of(self.bor, (), make.at("21:10"))), 1)

    def test_a_week_is_looked_back_on_the_newest_first(self) -> None:
        for ago in (1, 3, 8):
            make.entry(self.bor, day=TONIGHT.date() - timedelta(days=ago))

        days = [one.day.day for one in silences.of(self.bor, (), LATER)]

        self.assertEqual(days, [19, 17])

    def test_the_page_says_it(self) -> None:
        make.entry(self.bor)
        self.travel(LATER)
        self.sign_in(self.bor)

        self.assertContains(self.client.get("/you/"), "Nobody called that evening")
