"""Who is on a server and who is an admin there: the site knows it from the bot, and only for a while."""

from datetime import timedelta

import pytest

from accounts import members
from accounts.actions.members import Seen, see_members
from accounts.models import Guild, User
from slomix.lib import clock
from slomix.lib.bridge import call
from tests.bot.journey import GUILD
from tests.raids_bot.playing import RaidCase

pytestmark = pytest.mark.slow
ADMINISTRATOR = str(1 << 3)


class MembersTests(RaidCase):
    async def standing(self, who: User) -> members.Standing | None:
        found = await call(members.standing_of, who.pk, at=clock.now())
        return found.get(self.guild.pk)

    async def becomes(self, who: User, *, manages: bool | None) -> None:
        """Wait until somebody is seen so; None: not there."""

        async def true() -> bool:
            found = await self.standing(who)
            return (found.manages if found else None) is manages

        await self.until(true)

    async def test_an_admins_role_comes_and_goes_and_so_do_members(self) -> None:
        async with self.night() as there:
            bor = self.bor.discord.discord_id
            await self.becomes(self.ana, manages=True)
            await self.becomes(self.bor, manages=False)

            role = await there.make_role("Straža", GUILD, permissions=ADMINISTRATOR)
            await there.give_role(bor, role["id"], GUILD)
            await self.becomes(self.bor, manages=True)
            found = await self.standing(self.bor)
            assert found
            self.assertEqual(found.roles, {int(role["id"])})
            await there.take_role(bor, role["id"], GUILD)
            await self.becomes(self.bor, manages=False)

            await there.leave_guild(bor, GUILD)
            await self.becomes(self.bor, manages=None)

    async def test_a_count_that_went_wrong_makes_nobody_a_stranger(self) -> None:
        async with self.night() as there:
            await self.becomes(self.bor, manages=False)
            guild = self.bot.get_guild(GUILD)
            assert guild
            guild._member_count = 99
            self.assertFalse(guild.chunked)
            role = await there.make_role("Straža", GUILD, permissions=ADMINISTRATOR)

            await there.give_role(self.bor.discord.discord_id, role["id"], GUILD)

            await self.becomes(self.bor, manages=True)

    async def test_what_was_seen_long_ago_is_no_yes(self) -> None:
        seen = {self.bor.pk: Seen(manages=True)}
        at = clock.now()
        for ago, believed in ((timedelta(minutes=4), True), (timedelta(minutes=6), False)):
            await call(see_members, guild_id=GUILD, there=seen, at=at - ago)

            self.assertEqual(await self.standing(self.bor) is not None, believed)
            guild = await call(Guild.objects.get, pk=self.guild.pk)
            listed = await call(members.on, guild, at=at, most=10)
            self.assertEqual(self.bor in listed, believed)
