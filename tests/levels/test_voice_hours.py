"""A point for each full hour in voice: counted in rows, so a restart begins no hour anew."""

from datetime import UTC, datetime, timedelta

from accounts.actions import levels as points
from accounts.models import Guild, Level, VoiceStay
from tests.cast import TONIGHT, SlomixTestCase

KAVARNA = 1_098_115_000_000_000_001
A_MINUTE = timedelta(minutes=1)


class VoiceHourTests(SlomixTestCase):
    def setUp(self) -> None:
        super().setUp()
        Guild.objects.create(discord_id=KAVARNA, name="Kavarna", joined_at=TONIGHT)
        self.at = TONIGHT

    def stay(self, minutes: int, *, counts: bool = True) -> int:
        """Let Bor be there for so long, looked at once a minute."""
        earned = 0
        for _minute in range(minutes):
            self.at += A_MINUTE
            earned += self.look(counts)
        return earned

    def look(self, counts: bool = True) -> int:
        there = {self.bor.pk: counts}
        return points.hours_in_voice(guild_id=KAVARNA, there=there, at=self.at)

    def test_a_full_hour_is_a_point_and_the_next_one_another(self) -> None:
        self.look()

        self.assertEqual(self.stay(59), 0)
        self.assertEqual(self.stay(1), 1)
        self.assertEqual(self.stay(60), 1)
        self.assertEqual(Level.objects.get(person=self.bor).xp, 2)

    def test_whoever_leaves_begins_anew(self) -> None:
        self.look()
        self.stay(40)
        points.hours_in_voice(guild_id=KAVARNA, there={}, at=self.at)
        self.assertFalse(VoiceStay.objects.exists())
        self.look()

        self.assertEqual(self.stay(40), 0)

    def test_time_alone_or_afk_does_not_count_and_takes_nothing(self) -> None:
        self.look()
        self.stay(30)
        self.assertEqual(self.stay(90, counts=False), 0)

        self.assertEqual(self.stay(30), 0)
        # The minute in which it began to count again does not.
        self.assertEqual(self.stay(1), 1)

    def test_a_restart_is_survived_and_a_long_absence_counts_for_nobody(self) -> None:
        """R15: timers lived in memory, so every restart began everybody's hour anew."""
        self.look()
        self.stay(30)
        self.at += timedelta(minutes=8)
        self.assertEqual(self.look(), 0)
        self.at += timedelta(hours=5)
        self.assertEqual(self.look(), 0)

        self.assertEqual(self.stay(21), 0)
        self.assertEqual(self.stay(1), 1)

    def test_the_night_when_the_clocks_change_has_no_hour_too_many(self) -> None:
        """R15: local times were compared with UTC."""
        self.at = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # 02:30, and an hour later 02:30 again
        self.look()

        self.assertEqual(self.stay(59), 0)
        self.assertEqual(self.stay(1), 1)

    def test_a_server_that_is_not_known_counts_nothing(self) -> None:
        earned = points.hours_in_voice(guild_id=1, there={self.bor.pk: True}, at=self.at)

        self.assertEqual(earned, 0)
        self.assertFalse(VoiceStay.objects.exists())
