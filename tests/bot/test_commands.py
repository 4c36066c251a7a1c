"""Who you are, asked and answered in Discord."""

from accounts.models import AuditEntry, PlayerAlias, PlayerLink, User
from slomix.lib.bridge import call
from tests import make
from tests.bot.commanding import CommandCase


class CommandTests(CommandCase):
    async def player_of(self, who: User) -> str:
        def read() -> str:
            found = PlayerLink.objects.select_related("player").filter(user=who).first()
            return found.player.name if found else ""

        return await call(read)

    async def test_a_newcomer_links_with_the_name_they_are_offered(self) -> None:
        """W26: what was linked in Discord was not linked on the site."""
        player = await call(make.player, "^1Žabar")
        async with self.night():
            await self.ready()

            self.assertEqual(await self.offered(self.cene, "link", "player", "zab"), ["Žabar"])
            told = await self.run_as(self.cene, "link", player=player.guid)

        self.assertIn("You play as", told)
        self.assertEqual(await self.player_of(self.cene), "^1Žabar")
        entry = await call(AuditEntry.objects.get, action="player_linked")
        self.assertEqual(entry.door, "discord")

    async def test_anothers_player_and_a_name_of_nobody_are_refused(self) -> None:
        async with self.night():
            await self.ready()

            taken = await self.run_as(self.cene, "link", player="Bazooka Bor")
            nobody = await self.run_as(self.cene, "link", player="xyzzy")

        self.assertIn("Somebody already plays as", taken)
        self.assertIn("Which one?", nobody)
        self.assertEqual(await self.player_of(self.cene), "")

    async def test_unlinking_is_asked_once_more(self) -> None:
        async with self.night():
            await self.ready()

            self.assertIn("Unlink Bazooka Bor?", await self.run_as(self.bor, "unlink"))
            self.assertEqual(await self.player_of(self.bor), "Bazooka Bor")
            await self.run_as(self.bor, "unlink", sure="true")

        self.assertEqual(await self.player_of(self.bor), "")

    async def test_a_name_is_chosen_and_put_back(self) -> None:
        await call(PlayerAlias.objects.create, player=self.bor.link.player, name="BorBor")
        async with self.night():
            await self.ready()

            self.assertIn("BorBor", await self.offered(self.bor, "displayname", "alias", "bor"))
            self.assertIn("BorBor", await self.run_as(self.bor, "displayname", alias="BorBor"))
            custom = await self.run_as(self.bor, "displayname", name="@everyone **x**")
            self.assertIn("everyone x now", custom)
            self.assertIn("Bazooka Bor", await self.run_as(self.bor, "displayname"))

    async def test_whoever_has_no_player_finds_none_of_the_others(self) -> None:
        """W9: names were for everybody who had signed in."""
        async with self.night():
            await self.ready()

            told = await self.run_as(self.cene, "player", name="bazooka")
            mine = await self.run_as(self.bor, "player")

        self.assertNotIn("Bazooka", told)
        self.assertIn("You play as Bazooka Bor", mine)

    async def test_the_older_words_work_where_the_bot_can_read(self) -> None:
        player = await call(make.player, "Žabar")
        async with self.night() as discord:
            await self.ready()
            number = self.cene.discord.discord_id
            dm = await self.bot.channel.open_dm(number)

            await discord.say(number, dm, "!link zabar")

            async def linked() -> bool:
                return await self.player_of(self.cene) == player.name

            await self.until(linked)
            await self.until(
                lambda: any("You play as" in one["content"] for one in discord.inbox(number))
            )
