from botworker import tracked
from botworker import tracked_rows as rows
from botworker.models import Delivery, State
from tests import kept
from tests.cast import TONIGHT
from tests.ledger.keeping import KeptCase, after


class GoneTests(KeptCase):
    """Somebody deletes the message."""

    def delete(self, seconds: float) -> Delivery:
        (row,) = rows.claim(at=after(seconds), owner="one", most=1)
        with self.assertLogs("botworker.tracked_rows"):
            rows.gone(row, at=after(seconds))
        return Delivery.objects.latest("pk")

    def test_it_is_promised_under_the_next_key_and_its_new_id_kept(self) -> None:
        kept.says("A", "new")
        self.assertEqual(self.delete(60).event_key, "A#2")

        kept.post(self.row, 72, after(61))
        self.assertIsNone(self.look(61))

        self.assertEqual((self.row.message_id, self.row.generation), (72, 2))

    def test_nothing_is_asked_of_discord_while_a_drain_has_it(self) -> None:
        self.delete(60)

        self.assertIsNone(self.look(61))
        self.assertIsNone(self.look(62))

    def test_whoever_deletes_it_again_and_again_waits_longer_each_time(self) -> None:
        first = self.delete(60)
        kept.post(self.row, 72, after(61))
        self.look(61)

        second = self.delete(121)

        self.assertEqual(first.due_at, after(60))
        self.assertEqual(second.due_at, after(121 + 120))

    def test_what_was_refused_is_promised_anew_later(self) -> None:
        row = self.delete(60)
        Delivery.objects.filter(pk=row.pk).update(state=State.FAILED, reason="the channel is gone")

        with self.assertLogs("botworker.tracked_rows"):
            self.assertIsNone(self.look(61))

        again = Delivery.objects.latest("pk")
        self.assertEqual((again.event_key, self.row.error), ("A#3", "the channel is gone"))
        self.assertGreaterEqual(again.due_at, after(61 + 20))

    def test_what_perhaps_stands_there_is_never_posted_twice(self) -> None:
        row = self.delete(60)
        Delivery.objects.filter(pk=row.pk).update(state=State.UNCONFIRMED, reason="no clear answer")

        with self.assertLogs("botworker.tracked_rows"):
            self.assertIsNone(self.look(61))

        self.assertEqual((self.row.generation, self.row.error), (2, "no clear answer"))

    def test_a_message_whose_time_is_over_stays_away(self) -> None:
        row = self.claimed(3600)[0]

        rows.gone(row, at=after(3600))

        self.assertTrue(self.row.closed_at)
        self.assertEqual(Delivery.objects.count(), 1)


class EndTests(KeptCase):
    """From its end on it is shown a last time and left alone."""

    def test_it_is_closed_with_the_last_edit(self) -> None:
        kept.says("A", "over")
        self.notice(3598)

        self.edit(3600)

        self.assertEqual(self.row.closed_at, after(3600))
        self.assertEqual(self.claimed(9999), [])

    def test_what_can_never_be_shown_is_given_up_after_a_day(self) -> None:
        (row,) = self.claimed(3600)
        rows.failed(row, "Discord had trouble", definite=False, at=after(3600 + 86_399))
        self.assertIsNone(self.row.closed_at)

        (row,) = self.claimed(3600 + 86_500)
        rows.failed(row, "Discord had trouble", definite=False, at=after(3600 + 86_500))

        self.assertTrue(self.row.closed_at)

    def test_it_can_be_left_before(self) -> None:
        self.assertTrue(tracked.leave("A", at=TONIGHT))

        self.assertFalse(tracked.leave("A", at=TONIGHT))
        self.assertEqual(self.claimed(999), [])
