"""A code for another channel, and no more messages, by command."""

import re
from datetime import timedelta

from django.test import override_settings

from accounts.actions import handles
from accounts.models import CHANNELS, DiscordAccount, LinkToken, Preferences, User
from botworker import pulse
from botworker.models import Delivery, State
from botworker.standin.faults import Fault
from promotions import actions, jobs
from slomix.lib import clock
from slomix.lib.bridge import call
from tests import make
from tests.bot.commanding import CommandCase, labels
from tests.cast import TONIGHT
from tests.channels.keys import HAVE_BOTH

CODE = re.compile(r"LINK ([A-Z2-7]{26})")


@override_settings(**HAVE_BOTH)
class CodeCommandTests(CommandCase):
    def setUp(self) -> None:
        super().setUp()
        self.go_to("19:30")  # the pace of what is said privately goes by the clock

    def said(self) -> str:
        """Return everything that was said anywhere, but privately."""
        requests = [one for one in self.standin.journal if one["method"] in ("POST", "PATCH")]
        dm = str(self.standin.parts.store.dms.get(self.bor.discord.discord_id, "none"))
        return "".join(str(one) for one in requests if dm not in one["path"])

    async def test_the_code_comes_by_direct_message_and_nowhere_else(self) -> None:
        await call(pulse.beat, "telegram", "@slomix_bot")
        async with self.night():
            await self.ready()

            told = await self.told(self.bor, "avail_link", channel="telegram")

            self.assertIn("I wrote to you privately.", told["content"])
            [private] = self.inbox(self.bor)
            self.assertIn("Link Telegram.", private)
            self.assertIn("within 10 minutes", private)
            found = CODE.search(private)
            assert found
            self.assertNotIn(found[1], str(told))
            self.assertNotIn(found[1], self.said())
            linked = await call(
                handles.redeem,
                channel="telegram",
                address="70000001",
                token=found[1],
                at=TONIGHT,
                door="telegram",
            )
        self.assertEqual(linked.user_id, self.bor.pk)

    async def test_closed_direct_messages_are_said_and_the_code_is_void(self) -> None:
        async with self.night() as discord:
            await self.ready()
            await discord.set_person(self.bor.discord.discord_id, dms_closed=True)

            told = await self.told(self.bor, "avail_link", channel="signal")

            self.assertIn("I could not write to you privately.", told["content"])
            self.assertEqual(labels(told), ["Channels"])
            self.assertIsNone(CODE.search(str(told)))
        self.assertFalse(await call(LinkToken.objects.exists))
        account = await call(DiscordAccount.objects.get, user=self.bor)
        self.assertEqual(account.dm_refusal, "direct messages are closed")

    async def test_trouble_at_discord_is_no_closed_door(self) -> None:
        async with self.night() as discord:
            await self.ready()
            await self.dm(self.bor)
            discord.parts.faults.add(Fault("POST /channels/*/messages", "garbage", times=1))

            told = await self.run_as(self.bor, "avail_link", channel="signal")

        self.assertIn("it is our fault", told)
        self.assertIsNone(CODE.search(told))

    async def test_the_next_one_has_to_wait(self) -> None:
        async with self.night():
            await self.ready()
            await self.run_as(self.bor, "avail_link", channel="signal")

            told = await self.run_as(self.bor, "avail_link", channel="signal")

            self.assertRegex(told, r"That was a lot at once\.\*\* Again in \d+ seconds\.$")
            self.assertEqual(len(self.inbox(self.bor)), 1)

    async def test_written_in_a_direct_message_it_is_the_same(self) -> None:
        async with self.night():
            await self.ready()

            await self.write(self.bor, "!avail_link signal")
            await self.until(lambda: len(self.inbox(self.bor)) == 2)

            self.assertIn("LINK ", self.inbox(self.bor)[0])
            self.assertIn("privately", self.inbox(self.bor)[1])

    async def test_a_channel_that_is_none_or_not_set_up_is_named(self) -> None:
        async with self.night():
            await self.ready()

            unknown = await self.write(self.bor, '!avail_link "carrier pigeon')
            with override_settings(SIGNAL_ENABLED=False):
                absent = await self.run_as(self.bor, "avail_link", channel="signal")

        self.assertIn("Which channel?", unknown)
        self.assertIn("This channel is not set up here.", absent)


@override_settings(**HAVE_BOTH)
class UnsubscribeCommandTests(CommandCase):
    async def wishes(self, who: User) -> Preferences:
        return await call(Preferences.objects.get, user=who)

    async def test_it_really_stops_what_was_promised_for_tonight(self) -> None:
        """W23: who had never chosen anything got messages, and could not stop them by command."""
        self.go_to("20:00")
        await call(make.entry, self.bor)
        await call(
            actions.promote,
            promoter=self.ana,
            include_available=True,
            include_maybe=False,
            dry_run=False,
            at=clock.now(),
        )
        async with self.night():
            await self.ready()

            told = await self.run_as(self.bor, "avail_unsubscribe", channel="discord")
            self.assertIn("No more messages anywhere, from now on.", told)

            self.go_to("20:45")
            await call(lambda: [jobs.run(one, at=clock.now()) for one in jobs.due(clock.now())])

            async def judged() -> bool:
                mine = Delivery.objects.filter(person=self.bor, kind="reminder")
                return await call(mine.filter(state=State.SUPPRESSED).exists)

            await self.until(judged)
            self.assertEqual(self.inbox(self.bor), [])
        self.assertFalse((await self.wishes(self.bor)).allow_promotions)

    async def test_one_channel_stops_and_the_others_stay(self) -> None:
        await call(make.handle, self.bor, "telegram")
        async with self.night():
            await self.ready()

            told = await self.run_as(self.bor, "avail_unsubscribe", channel="discord")

        self.assertIn("No more messages on Discord, from now on.", told)
        self.assertIn("Still used: Telegram.", told)
        wishes = await self.wishes(self.bor)
        self.assertEqual(wishes.channel_order, ["telegram", "signal"])
        self.assertTrue(wishes.allow_promotions)

    async def test_where_nothing_is_sent_it_says_so(self) -> None:
        async with self.night():
            await self.ready()

            stranger = await self.run_as(self.cene, "avail_unsubscribe", channel="discord")
            signal = await self.run_as(self.bor, "avail_unsubscribe", channel="signal")
            everywhere = await self.run_as(self.ana, "avail_unsubscribe", channel="all")

        self.assertEqual(stranger, "**Nothing is sent to you here.** So nothing to stop.")
        self.assertIn("Nothing is sent to you on Signal.", signal)
        self.assertIn("No more messages anywhere", everywhere)
        self.assertTrue((await self.wishes(self.bor)).allow_promotions)
        self.assertFalse((await self.wishes(self.ana)).allow_promotions)

    async def test_what_stops_nothing_has_to_wait_and_what_stops_something_never(self) -> None:
        async with self.night():
            await self.ready()
            await self.run_as(self.bor, "avail_unsubscribe", channel="telegram")

            nothing = await self.run_as(self.bor, "avail_unsubscribe", channel="signal")
            stopped = await self.run_as(self.bor, "avail_unsubscribe", channel="discord")

        self.assertEqual(nothing, "**That was a lot at once.** Again in 10 seconds.")
        self.assertIn("No more messages anywhere", stopped)
        self.assertFalse((await self.wishes(self.bor)).allow_promotions)

    async def test_a_mistake_is_taken_back_within_ten_minutes(self) -> None:
        await call(make.handle, self.bor, "telegram")
        async with self.night():
            await self.ready()
            told = await self.told(self.bor, "avail_unsubscribe", channel="discord")
            self.travel(TONIGHT + timedelta(minutes=9))
            one = await self.press_below(self.bor, told, "That was a mistake")
            self.assertEqual((await self.wishes(self.bor)).channel_order, list(CHANNELS))

            told = await self.told(self.bor, "avail_unsubscribe", channel="all")
            every = await self.press_below(self.bor, told, "That was a mistake")
            wishes = await self.wishes(self.bor)
            self.assertEqual((wishes.allow_promotions, wishes.allow_raids), (True, False))

            told = await self.told(self.bor, "avail_unsubscribe", channel="all")
            self.travel(TONIGHT + timedelta(minutes=20))
            late = await self.press_below(self.bor, told, "That was a mistake")

        for pressed in (one, every):
            self.assertEqual(pressed["content"], "**Messages are on again, as before.**")
        self.assertIn("That was more than ten minutes ago.", late["content"])
        self.assertFalse((await self.wishes(self.bor)).allow_promotions)

    async def test_stop_written_privately_ends_everything(self) -> None:
        async with self.night():
            await self.ready()

            written = await self.write(self.bor, "STOP")
            stranger = await self.write(self.cene, "!avail stop")

        self.assertIn("No more messages anywhere", written)
        self.assertFalse((await self.wishes(self.bor)).allow_promotions)
        self.assertIn("Nothing is sent to you.", stranger)
