from accounts import actions as people
from accounts.models import User
from availability import actions as evenings
from botworker import rules
from botworker.models import Delivery
from promotions import actions
from promotions.models import Campaign
from tests import make
from tests.cast import TONIGHT, SlomixTestCase


class CalledOffTests(SlomixTestCase):
    """bor was reminded at 20:45; then ana calls the evening off."""

    def setUp(self) -> None:
        super().setUp()
        make.entry(self.bor, "AVAILABLE")
        self.campaign = self.promote(self.ana)

    def promote(self, who: User, at: str = "19:30") -> Campaign:
        return actions.promote(
            promoter=who,
            include_available=True,
            include_maybe=True,
            dry_run=False,
            at=make.at(at),
        )

    def remind(self) -> None:
        Delivery.objects.filter(kind="reminder").update(state="sent", settled_at=make.at("20:45"))

    def cancel(self, at: str = "20:50") -> None:
        actions.cancel(campaign=self.campaign, by=self.ana, at=make.at(at))

    def told(self) -> list[Delivery]:
        return list(Delivery.objects.filter(kind=rules.CALL_OFF))

    def test_whoever_heard_the_reminder_hears_that_it_is_off(self) -> None:
        self.remind()
        self.cancel()

        (one,) = self.told()
        self.assertEqual((one.person_id, one.state), (self.bor.pk, "scheduled"))
        self.assertEqual(one.expires_at, make.at("21:00"))
        self.assertEqual(
            one.body,
            "**Tonight’s call is off.** No more reminders for it. Your answer stays Available.",
        )

    def test_whoever_heard_nothing_yet_is_left_in_peace(self) -> None:
        self.cancel(at="20:40")
        self.assertEqual(self.told(), [])

    def test_whoever_said_no_since_is_left_in_peace(self) -> None:
        self.remind()
        evenings.answer(
            person=self.bor, day=TONIGHT.date(), status="NOT_PLAYING", at=make.at("20:47")
        )
        self.cancel()
        self.assertEqual(self.told(), [])

    def test_after_the_start_nobody_is_told(self) -> None:
        self.remind()
        self.cancel(at="21:00")
        self.assertEqual(self.told(), [])

    def test_whom_another_call_names_is_not_told(self) -> None:
        self.promote(make.person("Other", promoter=True))
        self.remind()
        self.cancel()
        self.assertEqual(self.told(), [])

    def test_a_second_cancel_tells_nobody_twice(self) -> None:
        self.remind()
        self.cancel()
        self.cancel()
        self.assertEqual(len(self.told()), 1)

    def test_a_new_call_takes_the_word_back(self) -> None:
        self.remind()
        self.cancel()
        self.promote(self.ana, at="20:50")
        self.assertEqual([one.state for one in self.told()], ["cancelled"])

    def test_it_is_said_in_the_readers_language(self) -> None:
        people.set_preferences(person=self.bor, at=TONIGHT, language="sl")
        self.remind()
        self.cancel()
        self.assertIn("Nocojšnji klic je odpovedan", self.told()[0].body)

    def test_it_is_not_too_much_beside_a_daily_question(self) -> None:
        heard = rules.Told("daily_prompt", "sent", "", make.at("17:00"))
        self.assertEqual(rules.unasked(rules.CALL_OFF, [heard], make.at("20:50")), "")

    def test_it_is_not_said_to_whoever_wants_nothing_more_tonight(self) -> None:
        stopped = rules.Told("start", "withdrawn", "asked for no more tonight", make.at("21:00"))
        self.assertEqual(
            rules.unasked(rules.CALL_OFF, [stopped], make.at("20:50")),
            "asked for no more tonight",
        )
