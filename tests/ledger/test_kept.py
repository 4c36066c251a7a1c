from datetime import datetime

from django.test import override_settings

from botworker import breaker, tracked
from botworker import tracked_looks as looks
from botworker import tracked_rows as rows
from botworker.channels import Refusal, Verdict
from botworker.models import Delivery, Tracked
from botworker.tracked_rows import Verb
from tests import kept
from tests.cast import TONIGHT, SlomixTestCase
from tests.ledger.keeping import KeptCase, after


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

    def test_roles_leave_room_for_messages(self) -> None:
        """A role is handed out slowly: twenty of them kept every message waiting."""
        for key, channel in (("B", 8), ("C", 9), ("D", 10)):
            kept.board(key, channel, TONIGHT)
        Tracked.objects.filter(key__in="BC").update(form=Tracked.Form.ROLE)

        found = rows.claim(at=after(61), owner="one", most=9, roles=1)

        forms = sorted(row.form for row in found)
        self.assertEqual(forms, ["message", "message", "role"])


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


@override_settings(TRACKED_KINDS=kept.KINDS)
class KeepTests(SlomixTestCase):
    """A message is promised once."""

    def setUp(self) -> None:
        super().setUp()
        kept.forget()

    def test_a_kind_that_is_broken_holds_no_other(self) -> None:
        kept.board("A", 7, TONIGHT)
        tracked.keep_event("B", kind="nobody's", guild_id=8, at=TONIGHT, until=after(3600))
        kept.says("A", "new")

        with self.assertLogs("botworker.tracked_rows") as told:
            for second in (10, 11, 12):
                rows.take(at=after(second), owner="one", most=9, busy=[8])

        self.assertEqual(Tracked.objects.get(key="A").wanted, 2)
        self.assertEqual(len(told.output), 1)
        self.assertIn("could not be asked", Tracked.objects.get(key="B").error)

    def test_nothing_is_begun_while_discord_is_left_alone(self) -> None:
        kept.board("A", 7, TONIGHT)
        blocked = Refusal("shut out by address", Verdict.BLOCKED, 600.0, 429)
        with self.assertLogs("botworker.breaker"):
            breaker.record("discord", [blocked], at=TONIGHT)

        self.assertEqual(rows.take(at=after(10), owner="one", most=9), [])
        self.assertEqual(len(rows.take(at=after(601), owner="one", most=9)), 1)

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
        looks.look(rows.claim(at=after(60), owner="one", most=1)[0], at=after(60))

        row.refresh_from_db()
        self.assertEqual(row.message_id, 71)
        self.assertEqual(Delivery.objects.count(), 1)


def draw(key: str, at: datetime) -> tracked.Drawn:
    """Words without a button, for the kind of one test."""
    return tracked.Drawn("nothing to press")
