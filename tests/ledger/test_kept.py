from datetime import datetime, timedelta

from django.test import override_settings

from botworker import tracked
from botworker import tracked_rows as rows
from botworker.models import Delivery, State, Tracked
from botworker.tracked_rows import Verb, Work
from tests import kept
from tests.cast import TONIGHT, SlomixTestCase


def after(seconds: float) -> datetime:
    return TONIGHT + timedelta(seconds=seconds)


@override_settings(TRACKED_KINDS=kept.KINDS)
class KeptCase(SlomixTestCase):
    """One message that stands in a channel, looked at when it was posted."""

    def setUp(self) -> None:
        super().setUp()
        kept.forget()
        kept.board("A", 7, TONIGHT, until=after(3600))
        kept.post(self.row, 71, TONIGHT)
        rows.watch(TONIGHT)
        self.assertIsNone(self.look(0))

    @property
    def row(self) -> Tracked:
        return Tracked.objects.get(key="A")

    def claimed(self, seconds: float, owner: str = "one") -> list[Tracked]:
        rows.watch(after(seconds))
        return rows.claim(at=after(seconds), owner=owner, most=9)

    def notice(self, seconds: float) -> None:
        rows.watch(after(seconds))

    def look(self, seconds: float) -> Work | None:
        (row,) = self.claimed(seconds)
        return rows.look(row, at=after(seconds))

    def edit(self, seconds: float) -> None:
        work = self.look(seconds)
        assert work and work.verb is Verb.EDIT
        rows.settle(work.row, shows=work.shows, at=after(seconds), edited=True)


class PaceTests(KeptCase):
    """When a change is shown."""

    def test_changes_that_come_together_are_shown_together(self) -> None:
        for second in (10, 11, 12):
            kept.says("A", f"at {second}")
            self.assertEqual(self.claimed(second), [])

        self.assertEqual(self.claimed(13.4), [])
        self.edit(13.5)
        self.assertEqual((self.row.shown, self.row.dirty_since), (4, None))

    def test_whoever_changes_it_all_the_time_holds_it_up_for_five_seconds(self) -> None:
        for tenth in range(100, 150):
            kept.says("A", f"at {tenth}")
            self.assertEqual(self.claimed(tenth / 10), [])

        kept.says("A", "the last")
        self.edit(15)

    def test_a_change_while_it_is_edited_is_shown_next(self) -> None:
        kept.says("A", "one")
        self.notice(10)
        work = self.look(11.5)
        kept.says("A", "two")
        rows.watch(after(11.6))
        assert work
        rows.settle(work.row, shows=work.shows, at=after(11.7), edited=True)

        self.assertEqual((self.row.shown, self.row.wanted), (2, 3))
        self.edit(13.2)

    def test_a_version_that_changes_nothing_asks_nothing_of_discord(self) -> None:
        kept.says("A", "first")
        self.notice(10)

        self.assertIsNone(self.look(11.5))
        self.assertEqual(self.row.shown, 2)

    def test_once_a_minute_it_is_asked_whether_it_is_still_there(self) -> None:
        self.assertEqual(self.claimed(59), [])

        work = self.look(60)

        assert work
        self.assertIs(work.verb, Verb.CHECK)

    def test_of_one_channel_one_at_a_time_and_of_a_slow_one_none(self) -> None:
        for key, channel in (("B", 7), ("C", 8), ("D", 9)):
            kept.board(key, channel, TONIGHT)
        rows.claim(at=after(59), owner="one", most=0)

        found = rows.claim(at=after(61), owner="one", most=9, busy=[9])

        self.assertEqual(sorted(row.channel_id for row in found), [7, 8])


class HoldTests(KeptCase):
    """Whoever works on it, works alone; whoever died holds nobody up for long."""

    def test_who_holds_it_holds_it_alone_until_the_lease_is_over(self) -> None:
        kept.says("A", "new")
        self.notice(10)
        (mine,) = self.claimed(12)

        self.assertEqual(self.claimed(31.9, "other"), [])
        (theirs,) = self.claimed(32, "other")
        rows.settle(mine, shows="what the dead one saw", at=after(33))

        self.assertEqual((theirs.lease_owner, self.row.lease_owner), ("other", "other"))
        self.assertNotEqual(self.row.shown_hash, "what the dead one saw")

    def test_what_is_handed_back_is_done_by_the_next(self) -> None:
        kept.says("A", "new")
        self.notice(10)
        (mine,) = self.claimed(12)
        rows.hand_back(mine)

        self.edit(12.1)

    def test_a_restart_finds_what_nobody_had_shown(self) -> None:
        kept.says("A", "new")
        self.notice(10)

        # Nothing was remembered but the row.
        self.edit(11.5)


class FaultTests(KeptCase):
    """What Discord does not take is tried again, later and later; why stands in the row."""

    def trouble(self, seconds: float, *, definite: bool) -> float:
        """Let a look fail; return how many seconds nothing is tried."""
        (row,) = rows.claim(at=after(seconds), owner="one", most=1)
        rows.failed(row, "Discord had trouble", definite=definite, at=after(seconds))
        not_before = self.row.not_before
        assert not_before
        return (not_before - after(seconds)).total_seconds()

    def waits(self, *, definite: bool) -> list[float]:
        found: list[float] = []
        at = 60.0
        for _each in range(8):
            found.append(self.trouble(at, definite=definite))
            self.assertEqual(rows.claim(at=after(at + found[-1] - 0.1), owner="x", most=1), [])
            at += found[-1]
        return found

    def test_trouble_waits_a_minute_at_most(self) -> None:
        waits = self.waits(definite=False)

        self.assertLessEqual(waits[0], 2)
        self.assertTrue(40 <= waits[-1] <= 60, waits)

    def test_a_refusal_waits_a_quarter_of_an_hour_at_most(self) -> None:
        waits = self.waits(definite=True)

        self.assertTrue(20 <= waits[0] <= 30, waits)
        self.assertTrue(600 <= waits[-1] <= 900, waits)

    def test_it_is_told_once_and_forgotten_when_it_works(self) -> None:
        with self.assertLogs("botworker.tracked_rows") as told:
            self.trouble(60, definite=False)
            self.trouble(63, definite=False)
        self.assertEqual(self.row.error, "Discord had trouble")
        kept.says("A", "new")
        self.notice(90)

        self.edit(100)

        self.assertEqual(len(told.output), 1)
        self.assertEqual((self.row.error, self.row.failures, self.row.not_before), ("", 0, None))


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


@override_settings(TRACKED_KINDS=kept.KINDS)
class KeepTests(SlomixTestCase):
    """A message is promised once."""

    def test_a_second_promise_changes_nothing(self) -> None:
        kept.board("A", 7, TONIGHT)
        kept.board("A", 8, after(60))

        self.assertEqual(Tracked.objects.get().channel_id, 7)
        self.assertEqual(Delivery.objects.count(), 1)

    @override_settings(TRACKED_KINDS={"board": "tests.ledger.test_kept"})
    def test_what_could_not_be_found_again_is_not_posted(self) -> None:
        with self.assertRaisesMessage(ValueError, "no button carries the marker"):
            tracked.keep("A", kind="board", channel_id=7, due_at=TONIGHT, at=TONIGHT)

        self.assertFalse(Tracked.objects.exists())

    def test_a_post_from_before_is_found_by_its_key(self) -> None:
        """An evening that an older version posted has a row in the ledger alone."""
        kept.board("A", 7, TONIGHT)
        kept.post(Tracked.objects.get(), 71, TONIGHT)
        Tracked.objects.all().delete()

        row = kept.board("A", 7, after(60))
        rows.look(rows.claim(at=after(60), owner="one", most=1)[0], at=after(60))

        row.refresh_from_db()
        self.assertEqual(row.message_id, 71)
        self.assertEqual(Delivery.objects.count(), 1)


def draw(key: str, at: datetime) -> tracked.Drawn:
    """Words without a button, for the kind of one test."""
    return tracked.Drawn("nothing to press")
