from datetime import time
from typing import Any

from django.db import IntegrityError, transaction

from accounts import actions
from accounts.models import AuditEntry, PlayerLink, Preferences
from accounts.reach import of_many
from tests import make
from tests.cast import TONIGHT, SlomixTestCase


class PreferenceTests(SlomixTestCase):
    def set(self, **changes: Any) -> Preferences:
        return actions.set_preferences(person=self.bor, at=TONIGHT, **changes)

    def test_only_what_is_named_changes(self) -> None:
        """W35: one flag sent alone reset all the others."""
        self.set(quiet_start=time(22), quiet_end=time(8), timezone="Asia/Kolkata")

        self.set(show_name=True)

        stored = Preferences.objects.get(user=self.bor)
        self.assertEqual(
            (stored.allow_promotions, stored.quiet_start, stored.timezone),
            (True, time(22), "Asia/Kolkata"),
        )

    def test_an_opt_out_is_never_refused(self) -> None:
        """W8: switching reminders off was refused while an address stood in the form."""
        self.set(quiet_start=time(22), quiet_end=time(8))

        self.assertFalse(self.set(allow_promotions=False).allow_promotions)

    def test_a_zone_must_exist(self) -> None:
        """W35: any text was stored as a zone."""
        for wrong in ("Ljubljana", "../../etc/passwd", "Europe/Ljubljana\0", "UTC+1", ""):
            with self.assertRaises(actions.PreferencesRefused) as refused:
                self.set(timezone=wrong)
            self.assertEqual(refused.exception.field, "timezone")

    def test_quiet_hours_need_both_ends(self) -> None:
        for changes, field in (
            ({"quiet_start": time(22)}, "quiet_end"),
            ({"quiet_end": time(8)}, "quiet_start"),
        ):
            with self.assertRaises(actions.PreferencesRefused) as refused:
                self.set(**changes)
            self.assertEqual(refused.exception.field, field)
        self.assertIsNone(Preferences.objects.get(user=self.bor).quiet_start)

    def test_two_equal_ends_are_no_quiet_hours(self) -> None:
        self.set(quiet_start=time(22), quiet_end=time(8))
        self.set(quiet_start=time(8), quiet_end=time(8))

        stored = Preferences.objects.get(user=self.bor)
        self.assertEqual((stored.quiet_start, stored.quiet_end), (None, None))

    def test_nothing_else_can_be_set(self) -> None:
        for field in ("user", "asked_at", "id", "updated_at"):
            with self.assertRaises(actions.PreferencesRefused):
                self.set(**{field: True})


class QuietTests(SlomixTestCase):
    def until(self, wall: str) -> str:
        found = of_many([self.bor.pk])[self.bor.pk].quiet_until(make.at(wall))
        return f"{found.astimezone(make.LJUBLJANA):%d %H:%M}" if found else ""

    def test_they_begin_with_their_start_and_end_before_their_end(self) -> None:
        make.quiet(self.bor, "20:00", "20:45")

        self.assertEqual(
            [self.until(wall) for wall in ("19:59:59", "20:00", "20:44:59", "20:45")],
            ["", "20 20:45", "20 20:45", ""],
        )

    def test_they_go_over_midnight(self) -> None:
        make.quiet(self.bor, "22:00", "08:00")

        self.assertEqual(
            [self.until(wall) for wall in ("21:59", "23:00", "07:59", "08:00")],
            ["", "21 08:00", "20 08:00", ""],
        )

    def test_they_are_in_the_persons_own_zone(self) -> None:
        make.quiet(self.bor, "00:00", "06:00", "Asia/Kolkata")

        # 20:45 in Ljubljana is a quarter past one at night in Kolkata.
        self.assertEqual(self.until("20:45"), "21 01:30")
        self.assertEqual(self.until("19:29"), "")


class AuditTests(SlomixTestCase):
    def test_every_action_can_be_written(self) -> None:
        """W10: some actions were not in the list that the table allowed."""
        for action in AuditEntry.Action.values:
            AuditEntry.write(action, at=TONIGHT, actor=self.ana)

        self.assertGreaterEqual(AuditEntry.objects.count(), len(AuditEntry.Action.values))


class LinkTests(SlomixTestCase):
    def test_a_link_is_one_row_for_every_door(self) -> None:
        """W26: the web and the bot kept a table each, and an unlink came back."""
        player = make.player("Frag")

        actions.link_player(person=self.bor, guid=player.guid, at=TONIGHT)

        self.assertEqual(PlayerLink.objects.filter(user=self.bor).count(), 1)
        self.assertEqual(PlayerLink.objects.get(user=self.bor).player, player)

    def test_a_link_is_written_whole_or_not(self) -> None:
        """W38: an error in the middle was swallowed, and half of the link was written."""
        before = AuditEntry.objects.count()

        with self.assertRaises(actions.PlayerTaken):
            actions.link_player(person=self.bor, guid=self.ana.link.player.guid, at=TONIGHT)

        self.assertNotEqual(PlayerLink.objects.get(user=self.bor).player, self.ana.link.player)
        self.assertEqual(AuditEntry.objects.count(), before)

    def test_the_database_keeps_one_person_per_player(self) -> None:
        with self.assertRaises(IntegrityError), transaction.atomic():
            PlayerLink.objects.create(user=self.cene, player=self.bor.link.player)
