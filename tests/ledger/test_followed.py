"""A message to somebody that is followed: edited after it was said, and never said again."""

from django.test import override_settings

from accounts.models import User
from botworker import outbox, tracked
from botworker import tracked_looks as looks
from botworker import tracked_rows as rows
from botworker.models import Attempt, Delivery, State, Tracked
from botworker.tracked_rows import Verb, Work
from tests import kept
from tests.cast import TONIGHT, SlomixTestCase
from tests.ledger.keeping import after


@override_settings(TRACKED_KINDS=kept.KINDS)
class FollowTests(SlomixTestCase):
    def setUp(self) -> None:
        super().setUp()
        kept.forget()
        kept.says("OFFER", "open")
        self.offer(self.bor)
        tracked.follow("OFFER", kind="board", at=TONIGHT, until=after(3600))

    def offer(self, who: User) -> None:
        extras = {"rows": [[{"id": "board:{marker}", "label": "Go"}]]}
        recipient = outbox.recipient_of(who.discord.discord_id)
        message = outbox.Message(recipient, "open", who.pk, extras=extras)
        event = outbox.Event("OFFER", "board", TONIGHT, after(120))
        outbox.enqueue([message], event, at=TONIGHT, planned=False)

    def said(self, channel: str = "discord") -> None:
        row = Delivery.objects.get()
        Delivery.objects.update(state=State.SENT, channel=channel, settled_at=TONIGHT)
        Attempt.objects.create(
            delivery=row,
            n=1,
            channel=channel,
            nonce="n",
            fence=0,
            started_at=TONIGHT,
            outcome=Attempt.Outcome.SENT,
            provider_channel_id=9,
            provider_message_id=91,
        )

    @property
    def row(self) -> Tracked:
        return Tracked.objects.get()

    def look(self, seconds: float) -> Work | None:
        rows.watch(after(seconds))
        (row,) = rows.claim(at=after(seconds), owner="one", most=9)
        return looks.look(row, at=after(seconds))

    def test_it_waits_until_it_was_said_and_is_edited_then(self) -> None:
        self.assertIsNone(self.look(0))
        self.assertIsNone(self.row.message_id)
        self.said()
        kept.says("OFFER", "filled")

        work = self.look(10)

        assert work
        self.assertIs(work.verb, Verb.EDIT)
        self.assertEqual((self.row.channel_id, self.row.message_id), (9, 91))
        self.assertEqual(self.row.marker, Delivery.objects.get().marker)

    def test_what_has_not_changed_is_neither_edited_nor_asked_for(self) -> None:
        self.said()

        self.assertIsNone(self.look(0))
        self.assertIsNone(self.look(600))

    def test_what_went_another_way_is_left_alone(self) -> None:
        self.said("telegram")

        self.assertIsNone(self.look(0))

        self.assertIsNotNone(self.row.closed_at)

    def test_what_was_taken_back_before_it_was_said_is_left_alone(self) -> None:
        Delivery.objects.update(state=State.CANCELLED, reason="not needed")

        self.assertIsNone(self.look(0))

        self.assertEqual((self.row.error, bool(self.row.closed_at)), ("not needed", True))

    def test_whoever_deletes_their_own_message_gets_no_second_one(self) -> None:
        self.said()
        self.look(0)
        (row,) = rows.claim(at=after(61), owner="one", most=9)

        rows.gone(row, at=after(61))

        self.assertIsNotNone(self.row.closed_at)
        self.assertEqual(Delivery.objects.count(), 1)

    def test_only_a_message_to_one_person_can_be_followed(self) -> None:
        self.offer(self.ana)

        with self.assertRaises(LookupError):
            tracked.follow("OFFER", kind="board", at=TONIGHT, until=after(9))
        self.assertFalse(tracked.follow("NOTHING", kind="board", at=TONIGHT, until=after(9)))
