"""A server's admins say whether levels are counted there, and whether new ones are told."""

from datetime import timedelta
from typing import Any, cast

import discord

from accounts.actions import levels as points
from accounts.models import Guild, Level, User, VoiceStay
from botworker import chat, levels
from botworker.models import Delivery
from planning.raids import actions, looking
from planning.raids.models import Unlisted
from tests.cast import TONIGHT
from tests.raids.stage import KAVARNA, RaidTestCase


class SwitchTests(RaidTestCase):
    def switch(self, **wishes: Any) -> None:
        actions.set_settings(guild=self.guild, actor=self.admin, at=TONIGHT, **wishes)
        self.guild = Guild.objects.get(pk=self.guild.pk)

    def writes(self, who: User, minutes: int = 0) -> bool:
        return points.earn_by_message(
            guild_id=KAVARNA,
            discord_id=who.discord.discord_id,
            channel_id=7,
            at=TONIGHT + timedelta(minutes=minutes),
        )

    def begins(self, xp: int) -> None:
        points.begin(guild_id=KAVARNA, person=self.bor)
        Level.objects.filter(person=self.bor).update(xp=xp)

    def test_without_levels_nobody_earns_and_no_newcomer_is_known(self) -> None:
        self.begins(90)
        self.switch(counts_levels=False)

        self.writes(self.bor)
        points.hours_in_voice(guild_id=KAVARNA, there={self.bor.pk: True}, at=TONIGHT)

        self.assertEqual(Level.objects.get(person=self.bor).xp, 90)
        self.assertFalse(VoiceStay.objects.exists())
        self.assertIsNone(chat.make_known(KAVARNA, cast("discord.User", discord.Object(5))))
        self.assertFalse(points.begin(guild_id=KAVARNA, person=self.cene))
        self.assertEqual(looking.standings(self.guild).levels, {})
        self.assertIn("No levels are counted", levels.standing(self.guild, self.bor))

    def test_a_message_still_costs_one_query_without_and_two_with_levels(self) -> None:
        self.begins(0)
        with self.assertNumQueries(2):
            self.writes(self.bor)
        self.switch(counts_levels=False)

        with self.assertNumQueries(1):
            self.writes(self.bor, 1)

    def test_without_words_a_level_is_reached_in_silence_and_never_told_later(self) -> None:
        self.begins(90)
        self.switch(tells_levels=False)
        self.writes(self.bor)

        self.assertEqual(levels.announce(TONIGHT), 0)
        self.assertEqual(Level.objects.get(person=self.bor).level, 1)
        self.switch(tells_levels=True)

        self.assertEqual(levels.announce(TONIGHT), 0)
        self.assertFalse(Delivery.objects.filter(kind="level_up").exists())

    def test_leaving_the_lists_and_wanting_no_points_is_one_act(self) -> None:
        self.begins(300)

        actions.set_listed(guild=self.guild, person=self.bor, listed=False)

        row = Level.objects.get(person=self.bor)
        self.assertEqual((row.xp, row.counts), (0, False))
        self.assertTrue(Unlisted.objects.filter(guild=self.guild, person=self.bor).exists())
        actions.set_listed(guild=self.guild, person=self.bor, listed=True)
        self.assertTrue(Level.objects.get(person=self.bor).counts)
        self.assertFalse(Unlisted.objects.exists())
