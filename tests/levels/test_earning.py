"""Points for what is written: a cooldown, two queries at most, and nothing for whoever wants none."""

from datetime import timedelta

from django.test import override_settings

from accounts.actions import levels as points
from accounts.models import Guild, Level, User
from botworker import levels
from botworker.models import Delivery
from slomix import person as people
from tests import fresh
from tests.cast import TONIGHT, SlomixTestCase

KAVARNA, HALL = 1_098_115_000_000_000_001, 1_098_115_000_000_000_009


def test_the_cooldown_can_be_chosen_and_be_none() -> None:
    assert timedelta(seconds=15) == fresh.settings().MESSAGE_XP_COOLDOWN
    assert timedelta(0) == fresh.settings(MESSAGE_XP_COOLDOWN_SECONDS="0").MESSAGE_XP_COOLDOWN


class EarningTests(SlomixTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.guild = Guild.objects.create(discord_id=KAVARNA, name="Kavarna", joined_at=TONIGHT)

    def writes(self, who: User, seconds: float = 0, channel: int = HALL) -> bool:
        return points.earn_by_message(
            guild_id=KAVARNA,
            discord_id=who.discord.discord_id,
            channel_id=channel,
            at=TONIGHT + timedelta(seconds=seconds),
        )

    def known(self, who: User, xp: int = 0) -> None:
        points.begin(guild_id=KAVARNA, person=who)
        Level.objects.filter(person=who).update(xp=xp)

    def xp(self, who: User) -> int:
        return Level.objects.get(person=who).xp

    def test_a_message_earns_ten_points_and_the_next_fifteen_seconds_none(self) -> None:
        """R15: each message earned ten, however fast they came."""
        self.known(self.bor)

        for seconds in (0, 1, 14.9, 15, 16, 30):
            self.writes(self.bor, seconds)

        self.assertEqual(self.xp(self.bor), 30)

    @override_settings(MESSAGE_XP_COOLDOWN=timedelta(0))
    def test_without_a_cooldown_each_earns_as_it_was(self) -> None:
        self.known(self.bor)

        for _message in range(10):
            self.writes(self.bor)

        row = Level.objects.get(person=self.bor)
        self.assertEqual((row.xp, row.level), (100, 1))

    def test_a_message_costs_two_queries_at_most(self) -> None:
        self.known(self.bor, xp=90)

        with self.assertNumQueries(2):
            self.writes(self.bor)
        with self.assertNumQueries(1):
            self.writes(self.bor, 1)
        with self.assertNumQueries(1):
            self.assertFalse(self.writes(self.cene))
        self.assertEqual(Level.objects.get(person=self.bor).level, 1)

    def test_servers_count_for_themselves(self) -> None:
        other = Guild.objects.create(discord_id=KAVARNA + 1, joined_at=TONIGHT)
        self.known(self.bor)
        points.begin(guild_id=other.discord_id, person=self.bor)

        self.writes(self.bor)

        found = (
            Level.objects.filter(person=self.bor).order_by("guild__pk").values_list("xp", flat=True)
        )
        self.assertEqual(list(found), [10, 0])

    def test_whoever_switches_it_off_has_nothing_and_gets_nothing(self) -> None:
        self.known(self.bor, xp=300)
        points.count_levels(guild=self.guild, person=self.bor, counts=False)

        self.writes(self.bor)
        points.hours_in_voice(guild_id=KAVARNA, there={self.bor.pk: True}, at=TONIGHT)

        self.assertEqual(self.xp(self.bor), 0)
        self.assertFalse(self.bor.voice_stays.exists())

    def test_a_new_level_is_told_once_where_its_owner_wrote(self) -> None:
        self.known(self.bor, xp=90)
        self.writes(self.bor)

        self.assertEqual([levels.announce(TONIGHT), levels.announce(TONIGHT)], [1, 0])

        told = Delivery.objects.get(kind="level_up")
        self.assertEqual(told.recipient, f"channel:{HALL}")
        self.assertEqual(told.body, "🎯 **Bazooka Bor is level 1 now.** 100 points in all.")
        self.assertIsNone(told.person_id)

    def test_of_several_levels_at_once_the_highest_is_told(self) -> None:
        self.known(self.bor, xp=440)
        self.writes(self.bor)
        levels.announce(TONIGHT)

        self.assertIn("level 3 now", Delivery.objects.get(kind="level_up").body)

    def test_whoever_never_wrote_rises_in_silence(self) -> None:
        self.known(self.bor)
        Level.objects.filter(person=self.bor).update(xp=100, level=1)

        self.assertEqual(levels.announce(TONIGHT), 0)
        self.assertFalse(Delivery.objects.filter(kind="level_up").exists())

    def test_looking_for_new_levels_costs_one_query(self) -> None:
        self.known(self.bor)

        with self.assertNumQueries(1):
            levels.announce(TONIGHT)

    def test_it_is_handed_out_and_forgotten(self) -> None:
        self.known(self.bor, xp=90)
        self.writes(self.bor)
        points.hours_in_voice(guild_id=KAVARNA, there={self.bor.pk: True}, at=TONIGHT)
        levels.announce(TONIGHT)

        tables = people.export(person=self.bor, at=TONIGHT)["tables"]
        self.assertEqual([one["xp"] for one in tables["accounts.Level"]], [100])
        self.assertEqual(len(tables["accounts.VoiceStay"]), 1)

        people.erase(person=self.bor, at=TONIGHT, signed_in_at=TONIGHT)

        self.assertFalse(Level.objects.exists())
        self.assertEqual(Delivery.objects.get(kind="level_up").body, "")
