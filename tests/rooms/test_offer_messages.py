"""An offered place as a message: to whom, in what words, how long, and when it is taken back."""

from datetime import datetime

from accounts.models import Preferences, User
from availability.models import Status
from botworker import claims, outbox, settling
from botworker.channels import Said
from botworker.models import Delivery, State
from planning.rooms.actions import naming, standby
from planning.rooms.models import Offer
from tests import make
from tests.rooms.dropping import StandbyStage
from tests.rooms.evening import TODAY, after


class MessageStage(StandbyStage):
    """dana wants to hear of places."""

    def setUp(self) -> None:
        super().setUp()
        self.allow(self.dana)

    def allow(self, who: User) -> User:
        Preferences.objects.filter(user=who).update(allow_planning=True)
        return who

    def message(self) -> Delivery:
        return Delivery.objects.filter(kind="standby").latest("pk")

    def drain(self, at: datetime) -> None:
        for _batch in range(2):
            jobs = claims.begin(claims.claim("discord", at=at, owner="drain"), at=at)
            settling.settle([(job, Said(1, 1000 + job.delivery_id)) for job in jobs], at=at)

    def leave(self, who: User, seconds: float) -> None:
        """Let somebody drop out, and the next be asked at once."""
        self.say(who, Status.NOT_PLAYING, at=after(seconds))
        standby.reconcile(after(seconds + 1))


class OfferMessageTests(MessageStage):
    def test_it_says_what_is_free_and_until_when(self) -> None:
        self.jan_leaves()

        row = self.message()
        said = "⏳ **A place is free, 21:00 CET, team A.** It is yours until 19:32."
        self.assertEqual((row.person, row.body), (self.dana, said))
        self.assertEqual(row.event_key, f"STANDBY:2026-11-20:{self.offer().pk}")
        self.assertEqual((row.evening, row.expires_at), (TODAY, self.offer().expires_at))

    def test_it_has_two_answers(self) -> None:
        self.jan_leaves()

        buttons = self.message().extras["rows"][0]
        self.assertEqual([one["label"] for one in buttons], ["I’ll take it", "Not this time"])
        number = self.offer().pk
        wanted = [f"room:take:{number}:{{marker}}", f"room:pass:{number}:{{marker}}"]
        self.assertEqual([one["id"] for one in buttons], wanted)

    def test_the_team_is_called_by_the_name_that_leads_without_its_markup(self) -> None:
        naming.suggest(person=self.ana, text="**Potica** @everyone", at=after(1))

        self.jan_leaves()

        self.assertIn(r"\*\*Potica\*\*", self.message().body)
        self.assertNotIn("@everyone", self.message().body)

    def test_it_comes_in_the_persons_own_language(self) -> None:
        Preferences.objects.filter(user=self.dana).update(language="sl")

        self.jan_leaves()

        self.assertNotIn("21:00", self.message().body)

    def test_whoever_does_not_want_messages_sees_it_on_the_page_only(self) -> None:
        Preferences.objects.filter(user=self.dana).update(allow_planning=False)

        self.jan_leaves()

        self.assertEqual(self.offer().person, self.dana)
        self.assertFalse(Delivery.objects.filter(kind="standby").exists())

    def test_in_quiet_hours_nothing_is_sent_and_the_row_says_so(self) -> None:
        make.quiet(self.dana, "19:00", "23:00")
        self.jan_leaves()

        self.drain(after(11))

        row = self.message()
        self.assertEqual((row.state, row.reason), (State.SUPPRESSED, "quiet hours"))

    def test_whoever_switched_it_off_meanwhile_hears_nothing(self) -> None:
        self.jan_leaves()
        Preferences.objects.filter(user=self.dana).update(allow_planning=False)

        self.drain(after(11))

        self.assertEqual(
            (self.message().state, self.message().reason), (State.SUPPRESSED, "not asked for")
        )

    def test_nothing_is_sent_about_a_place_that_is_not_free_any_more(self) -> None:
        self.jan_leaves()
        self.say(self.jan, Status.LOOKING, at=after(11))
        standby.reconcile(after(12))

        self.drain(after(13))

        row = self.message()
        wanted = (State.CANCELLED, "the place is not free any more")
        self.assertEqual((row.state, row.reason), wanted)

    def test_whoever_accepts_on_the_page_before_it_is_sent_hears_nothing(self) -> None:
        self.jan_leaves()

        self.accept(self.dana, 11)

        self.assertEqual(self.message().state, State.CANCELLED)

    def test_a_no_and_a_yes_in_between_do_not_bring_it_back(self) -> None:
        self.jan_leaves()
        self.say(self.dana, Status.NOT_PLAYING, at=after(11))
        standby.reconcile(after(12))
        self.say(self.dana, Status.MAYBE, at=after(13))

        self.drain(after(14))

        self.assertEqual(
            Delivery.objects.get(event_key=self.message().event_key).state, State.CANCELLED
        )

    def test_it_is_not_sent_late(self) -> None:
        self.jan_leaves()

        self.drain(after(125))

        self.assertNotEqual(self.message().state, State.SENT)


class NotTooManyTests(MessageStage):
    def told(self) -> list[str]:
        rows = Delivery.objects.filter(kind="standby", person=self.dana).order_by("pk")
        return [row.state for row in rows]

    def test_two_offers_are_sent_an_evening_and_the_third_stands_on_the_page(self) -> None:
        for number, who in enumerate((self.jan, self.eva, self.fran)):
            self.leave(who, 10 + 200 * number)
            self.drain(after(13 + 200 * number))
            standby.reconcile(after(190 + 200 * number))

        self.assertEqual(self.told(), [State.SENT, State.SENT, State.SUPPRESSED])
        self.assertEqual(Offer.objects.filter(person=self.dana).count(), 3)

    def test_an_offer_takes_no_other_messages_place(self) -> None:
        Preferences.objects.filter(user=self.dana).update(allow_session_ready=True)
        self.jan_leaves()
        self.drain(after(12))
        event = outbox.Event("T", "session_ready", after(40), after(900), TODAY)
        who = outbox.recipient_of(self.dana.discord.discord_id)

        outbox.enqueue(
            [outbox.Message(who, "🎯", self.dana.pk)], event, at=after(40), planned=False
        )
        self.drain(after(41))

        self.assertEqual(Delivery.objects.get(kind="session_ready").state, State.SENT)
