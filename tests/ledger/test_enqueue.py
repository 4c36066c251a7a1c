from django.db import IntegrityError, transaction

from botworker import outbox
from botworker.models import Delivery, State
from botworker.outbox import Message
from tests import make
from tests.cast import SlomixTestCase
from tests.ledger.ledger import KEY, event, message, promise, row


class EnqueueTests(SlomixTestCase):
    def test_it_tells_nobody_the_same_event_twice(self) -> None:
        promise(self.bor)
        promise(self.bor, self.ana)

        self.assertEqual(Delivery.objects.count(), 2)

    def test_it_keeps_a_row_with_the_reason_for_whoever_hears_nothing(self) -> None:
        silent = message(self.bor, silent="quiet hours")
        outbox.enqueue([silent], event(), at=make.TONIGHT, planned=True)

        self.assertEqual((row(self.bor).state, row(self.bor).reason), ("suppressed", "quiet hours"))

    def test_it_frees_the_key_of_somebody_who_was_never_reached(self) -> None:
        promise(self.bor)
        Delivery.objects.update(state=State.CANCELLED)

        promise(self.bor)

        self.assertEqual(Delivery.objects.filter(state=State.SCHEDULED).count(), 1)

    def test_the_database_refuses_a_second_living_row(self) -> None:
        promise(self.bor)
        twin = row(self.bor)
        twin.pk, twin.marker, twin.nonce_seed = None, "x" * 22, "y" * 32

        with self.assertRaises(IntegrityError), transaction.atomic():
            twin.save(force_insert=True)

    def test_it_refuses_words_that_no_channel_takes(self) -> None:
        for wrong in (
            message(self.bor, body="x" * 2001),
            Message("", "hello"),
            Message("person:1", ""),
        ):
            with self.assertRaises(ValueError):
                outbox.enqueue([wrong], event(), at=make.TONIGHT, planned=False)
        self.assertFalse(Delivery.objects.exists())

    def test_it_refuses_an_event_that_ends_before_it_begins(self) -> None:
        backwards = event(expires_at=make.at("20:45"))

        with self.assertRaises(ValueError):
            outbox.enqueue([message(self.bor)], backwards, at=make.TONIGHT, planned=False)

    def test_it_names_people_by_a_keyed_hash_and_never_by_their_discord_id(self) -> None:
        promise(self.bor)

        stored = row(self.bor).recipient
        self.assertNotIn(str(self.bor.discord.discord_id), stored)
        with self.settings(LEDGER_KEY="another key"):
            self.assertNotEqual(outbox.recipient_of(self.bor.discord.discord_id), stored)

    def test_a_planned_row_holds_its_key_and_is_released_once(self) -> None:
        promise(self.bor, planned=True)
        keys = [row(self.bor).recipient]

        self.assertEqual(outbox.release(KEY, keys, body="Now."), 1)
        self.assertEqual(outbox.release(KEY, keys, body="Again."), 0)
        self.assertEqual((row(self.bor).state, row(self.bor).body), ("scheduled", "Now."))
