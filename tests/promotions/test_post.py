"""One post in the channel for those whom no channel reaches, by a button of the promoter's."""

from django.test import override_settings
from django.urls import reverse

from accounts import actions as people
from accounts.models import AuditEntry, User
from availability import actions as evenings
from botworker import outbox
from botworker.models import Delivery
from promotions import actions, post
from promotions.actions import NotAPromoter, PromoteRefused
from tests import make
from tests.cast import TONIGHT, SlomixTestCase

CHANNEL = 1_098_116_459_156_865_024
DAY = TONIGHT.date()
KEY = f"PROMOTE:POST:{DAY}"
AFTER = make.at("20:46")


@override_settings(ANNOUNCE_CHANNEL_ID=CHANNEL)
class PostTests(SlomixTestCase):
    """ana has called; what became of the reminder is written as a drain would."""

    def setUp(self) -> None:
        super().setUp()
        self.dana = make.person("Dana", opted_in=True, show_name=False)
        make.entry(self.bor)
        make.entry(self.dana)
        self.campaign = actions.promote(
            promoter=self.ana,
            include_available=False,
            include_maybe=False,
            dry_run=False,
            at=TONIGHT,
        )

    def became(self, who: User, state: str, reason: str = "", kind: str = "reminder") -> None:
        rows = Delivery.objects.filter(person=who, kind=kind)
        rows.update(state=state, reason=reason, settled_at=AFTER)

    def refused(self, who: User) -> None:
        self.became(who, "failed", "direct messages are closed")

    def said(self) -> Delivery:
        return Delivery.objects.get(event_key=KEY)

    def say(self, by: User | None = None, wall: str = "20:46") -> int:
        return post.say(campaign=self.campaign, by=by or self.ana, at=make.at(wall))

    def names(self) -> list[str]:
        return [one.person.name for one in post.unreached(self.campaign)]

    def test_it_is_for_whom_every_channel_refused(self) -> None:
        self.refused(self.bor)
        self.became(self.dana, "sent")

        self.assertEqual(self.names(), [self.bor.name])

    def test_what_may_have_arrived_is_no_refusal(self) -> None:
        self.became(self.bor, "unconfirmed", "no clear answer")
        self.refused(self.dana)
        self.became(self.dana, "sent", kind="start")

        self.assertEqual(self.names(), [])

    def test_silence_that_was_asked_for_is_none_either(self) -> None:
        self.became(self.bor, "suppressed", "reminders are off")
        self.became(self.dana, "suppressed", "quiet hours")

        self.assertEqual(self.names(), [])

    def test_whoever_says_no_since_is_left_alone(self) -> None:
        self.refused(self.bor)
        evenings.answer(person=self.bor, day=DAY, status="NOT_PLAYING", at=AFTER)

        self.assertEqual(self.names(), [])

    def test_nobody_is_named_who_did_not_agree(self) -> None:
        self.refused(self.bor)

        self.assertEqual(self.say(), 1)

        self.assertEqual(
            self.said().body,
            "🔔 **Game night at 21:00 CET.** 2 are looking, 4 more and we play. "
            "We could not reach everyone privately: pass it on.",
        )

    def test_who_agreed_is_named_and_the_others_are_counted(self) -> None:
        people.set_preferences(person=self.bor, at=TONIGHT, show_name=True)
        self.refused(self.bor)
        self.refused(self.dana)
        self.say()

        self.assertIn("Also for Bazooka Bor and 1 more, whom we could not", self.said().body)
        self.assertNotIn("Dana", self.said().body)
        self.assertNotIn("<@", self.said().body)

    def test_it_goes_to_the_channel_with_a_marker_in_its_buttons(self) -> None:
        self.refused(self.bor)
        self.say()

        row = self.said()
        self.assertEqual(row.recipient, outbox.channel_recipient(CHANNEL))
        ids = [button["id"] for button in row.extras["rows"][0]]
        self.assertEqual([one.split(":")[2] for one in ids], ["looking", "no"])
        self.assertTrue(all(one.endswith("{marker}") for one in ids))

    def test_once_for_an_evening(self) -> None:
        self.refused(self.bor)
        self.say()

        with self.assertRaisesMessage(PromoteRefused, "posted already"):
            self.say(wall="20:47")
        self.assertEqual(Delivery.objects.filter(event_key=KEY).count(), 1)

    def test_one_that_discord_refused_may_be_said_after_all(self) -> None:
        self.refused(self.bor)
        self.say()
        Delivery.objects.filter(event_key=KEY).update(state="failed", reason="not allowed")

        self.assertEqual(self.say(wall="20:47"), 1)

    def test_not_before_the_reminder_and_not_when_it_is_over(self) -> None:
        self.refused(self.bor)

        for wall, why in (("20:44", "From 20:45 CET on"), ("21:10", "too late")):
            with self.subTest(wall), self.assertRaisesMessage(PromoteRefused, why):
                self.say(wall=wall)

    def test_not_without_anybody_to_tell_or_a_channel(self) -> None:
        with self.assertRaisesMessage(PromoteRefused, "Everybody was reached"):
            self.say()
        self.refused(self.bor)
        with (
            override_settings(ANNOUNCE_CHANNEL_ID=None),
            self.assertRaisesMessage(PromoteRefused, "No channel is named"),
        ):
            self.say()

    def test_a_cancelled_call_posts_nothing(self) -> None:
        self.refused(self.bor)
        actions.cancel(campaign=self.campaign, by=self.ana, at=AFTER)

        with self.assertRaisesMessage(PromoteRefused, "sends nothing"):
            self.say()

    def test_promoters_alone_post_and_it_is_written_down(self) -> None:
        self.refused(self.bor)
        with self.assertRaises(NotAPromoter):
            self.say(by=self.bor)
        self.say()

        entry = AuditEntry.objects.get(action="campaign_posted")
        self.assertEqual(entry.actor, self.ana)
        self.assertEqual(entry.detail["unreached"], 1)

    def test_the_page_offers_it_says_what_became_of_it_and_offers_it_no_more(self) -> None:
        self.refused(self.bor)
        self.client.force_login(self.ana)
        url = reverse("call", args=[self.campaign.pk])
        self.travel("20:46")

        self.assertContains(self.client.get(url), "1 person could not be reached privately")
        answer = self.client.post(reverse("call_post", args=[self.campaign.pk]), follow=True)

        self.assertContains(answer, "The post is on its way into the channel.")
        self.assertNotContains(answer, "Post it in the channel")
