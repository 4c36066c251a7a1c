from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from botworker import tracked, tracked_moves
from botworker import tracked_looks as looks
from botworker import tracked_rows as rows
from botworker.models import Delivery, State, Tracked
from botworker.tracked import Drawn
from botworker.tracked_rows import Verb, Work
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


class EndedEarlyTests(KeptCase):
    """It ends before anybody knows where it stands."""

    def setUp(self) -> None:
        super().setUp()
        self.young = kept.board("B", 8, TONIGHT)

    @property
    def young_row(self) -> Tracked:
        return Tracked.objects.get(key="B")

    def end(self) -> None:
        kept.says("B", "over")
        self.assertTrue(tracked_moves.end("B", at=after(1)))

    def look_at_it(self, seconds: float) -> Work | None:
        rows.watch(after(seconds))
        (row,) = [one for one in rows.claim(at=after(seconds), owner="o", most=9) if one.key == "B"]
        return looks.look(row, at=after(seconds))

    def closed_with(self, message_id: int, seconds: float) -> None:
        work = self.look_at_it(seconds)
        assert work and isinstance(work.drawn, Drawn)
        self.assertEqual((work.verb, work.drawn.body), (Verb.EDIT, "over"))
        self.assertEqual(work.row.message_id, message_id)
        rows.settle(work.row, shows=work.shows, at=after(seconds), edited=True)
        self.assertTrue(self.young_row.closed_at)

    def test_one_that_was_posted_a_moment_ago_is_shown_a_last_time(self) -> None:
        kept.post(self.young, 72, TONIGHT)

        self.end()

        self.closed_with(72, 2)
        self.assertFalse(Tracked.objects.filter(form=Tracked.Form.REMOVED).exists())

    def test_one_that_is_under_way_is_waited_for(self) -> None:
        for state in (State.SCHEDULED, State.SENDING, State.UNKNOWN):
            with self.subTest(state), self.undone():
                lease = after(60) if state == State.SENDING else None
                Delivery.objects.filter(event_key="B").update(state=state, lease_until=lease)
                self.end()
                self.assertIsNone(self.look_at_it(2))
                self.assertIsNone(self.young_row.closed_at)

                kept.post(self.young, 72, after(3))

                self.closed_with(72, 3)

    def test_one_that_reached_nobody_is_left(self) -> None:
        Delivery.objects.filter(event_key="B").update(state=State.FAILED, reason="no channel")

        self.end()

        self.assertIsNone(self.look_at_it(2))
        self.assertEqual((bool(self.young_row.closed_at), Delivery.objects.count()), (True, 2))

    def test_nobody_waits_for_ever(self) -> None:
        Delivery.objects.filter(event_key="B").update(state=State.UNKNOWN)
        self.end()

        self.assertIsNone(self.look_at_it(86_500))

        self.assertTrue(self.young_row.closed_at)

    @contextmanager
    def undone(self) -> Iterator[None]:
        """Take back whatever is done inside."""
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
