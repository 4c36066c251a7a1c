"""Copies for operators, in channels that settings name."""

import pytest
from django.test import override_settings

from tests import fresh
from tests.bot.journey import GUILD
from tests.raids_bot.playing import OTHER, RaidCase

pytestmark = pytest.mark.slow


def test_copies_are_off_unless_a_channel_is_named() -> None:
    named = fresh.settings(RAIDLIST_DEBUG_CHANNEL_ID="7", MEMBERLIST_DEBUG_CHANNEL_ID="8")
    unnamed = fresh.settings()

    assert (named.RAIDLIST_DEBUG_CHANNEL_ID, named.MEMBERLIST_DEBUG_CHANNEL_ID) == (7, 8)
    assert (unnamed.RAIDLIST_DEBUG_CHANNEL_ID, unnamed.MEMBERLIST_DEBUG_CHANNEL_ID) == (0, 0)


class MirrorTests(RaidCase):
    @override_settings(RAIDLIST_DEBUG_CHANNEL_ID=OTHER, MEMBERLIST_DEBUG_CHANNEL_ID=OTHER)
    async def test_operators_have_copies_in_their_channels(self) -> None:
        async with self.night():
            await self.ready()
            await self.stand()

            await self.until(lambda: len(self.posts(OTHER)) == 2)
            await self.until(lambda: any("1 slot stands" in one for one in self.texts(OTHER)))
            await self.until(lambda: any("2 of 2" in one for one in self.texts(OTHER)))

            self.assertTrue(all(str(GUILD) in one for one in self.texts(OTHER)))
            self.assertFalse(any("<@" in one for one in self.texts(OTHER)))
