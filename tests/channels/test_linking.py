"""Linking by a message that is really sent, on the local Telegram and Signal."""

from accounts.actions import handles
from accounts.models import Handle, User
from botworker.models import Delivery
from slomix.lib import clock
from slomix.lib.bridge import call
from tests.channels.wire import WireCase

STRANGER = "I do not know you here yet."


class LinkingJourney(WireCase):
    async def code(self, who: User, channel: str) -> str:
        issued = await call(handles.issue_token, person=who, channel=channel, at=clock.now())
        return issued.token

    async def test_a_code_sent_from_an_account_links_that_account(self) -> None:
        """W6: whoever asked could confirm any number; nobody had to be there."""
        self.go_to("19:00")
        async with self.evening():
            for channel in ("telegram", "signal"):
                with self.subTest(channel):
                    token = await self.code(self.bor, channel)

                    answer = await self.say(channel, self.bor, f"LINK {token}")

                    self.assertIn("Linked with Bazooka Bor", answer)
                    found = await call(handles.address_of, self.bor.pk, channel)
                    self.assertEqual(found, self.address(channel, self.bor))

    async def test_telegrams_own_link_to_a_bot_brings_the_code_along(self) -> None:
        self.go_to("19:00")
        async with self.evening():
            token = await self.code(self.bor, "telegram")

            answer = await self.say("telegram", self.bor, f"/start {token}")

            self.assertIn("Linked with Bazooka Bor", answer)

    async def test_the_person_is_told_on_discord_that_it_was_linked(self) -> None:
        self.go_to("19:00")
        async with self.evening():
            await self.say("signal", self.bor, f"link {await self.code(self.bor, 'signal')}")

            notice = await call(Delivery.objects.get, kind="security")

        self.assertEqual((notice.person_id, notice.channels), (self.bor.pk, ["discord"]))
        self.assertIn("Signal is linked to you since 19:00 CET", notice.body)

    async def test_a_stranger_learns_how_to_link_and_nothing_else(self) -> None:
        self.go_to("19:00")
        async with self.evening():
            for channel in ("telegram", "signal"):
                for words in ("/start", "status", "STOP", "/unlink", "help", "hi! \u202e@everyone"):
                    with self.subTest(f"{channel}: {words}"):
                        self.assertIn(STRANGER, await self.say(channel, self.cene, words))
                wrong = await self.say(channel, self.cene, "LINK AAAAAAAAAAAAAAAAAAAAAAAAAA")
                self.assertIn("not valid any more", wrong)
                none = await self.say(channel, self.cene, "/link")
                self.assertIn("then send: LINK code", none)

    async def test_an_address_of_somebody_else_is_refused_without_a_name(self) -> None:
        self.go_to("19:00")
        async with self.evening():
            await self.link("telegram", self.bor)
            token = await self.code(self.ana, "telegram")

            refused = await self.say("telegram", self.bor, f"LINK {token}")
            gone = await self.say("telegram", self.bor, "/unlink@slomix_bot")
            moved = await self.say("telegram", self.bor, f"LINK {token}")

        self.assertEqual(refused, "This account is linked already. Send UNLINK first to change it.")
        self.assertIn("Unlinked.", gone)
        self.assertIn("Linked with Ana Dinamit", moved)

    async def test_after_unlinking_nothing_sent_from_there_counts(self) -> None:
        """W28: an unlinked chat could go on changing answers."""
        self.go_to("19:00")
        async with self.evening():
            await self.link("signal", self.bor)

            self.assertIn("Unlinked.", await self.say("signal", self.bor, "PREKINI"))
            self.assertIn(STRANGER, await self.say("signal", self.bor, "stop"))

        self.assertEqual(await call(Handle.objects.count), 0)

    async def test_stop_ends_everything_at_once_and_start_gives_it_back(self) -> None:
        self.go_to("19:00")
        async with self.evening():
            await self.link("telegram", self.bor)
            stopped = await self.say("telegram", self.bor, "STOP")
            again = await self.say("telegram", self.bor, "stop!"[:4])
            await self.promise(self.bor, "telegram", "discord")
            row = await self.outcome("suppressed", "sent")
            started = await self.say("telegram", self.bor, "/start")
            await call(self.bor.preferences.refresh_from_db)

        self.assertIn("No more messages anywhere", stopped)
        self.assertIn("Nothing is sent to you here", again)
        self.assertEqual((row.state, row.reason), ("suppressed", "reminders are off"))
        self.assertIn("Next: 20:45 CET", started)
        self.assertTrue(self.bor.preferences.allow_promotions)

    async def test_start_alone_switches_nothing_on(self) -> None:
        self.go_to("19:00")
        self.bor.preferences.allow_promotions = False
        await call(self.bor.preferences.save)
        async with self.evening():
            await self.link("telegram", self.bor)

            answer = await self.say("telegram", self.bor, "/start")
            await call(self.bor.preferences.refresh_from_db)

        self.assertIn("Write: tonight looking", answer)
        self.assertFalse(self.bor.preferences.allow_promotions)

    async def test_blocking_the_bot_is_noticed_and_so_is_its_end(self) -> None:
        self.go_to("19:00")
        async with self.evening() as standin:
            await self.link("telegram", self.bor)

            async def off(reason: str) -> bool:
                return (await call(Handle.objects.get)).off_reason == reason

            standin.telegram.block(self.id_of(self.bor))
            await self.until(lambda: off("blocked"))
            standin.telegram.block(self.id_of(self.bor), off=True)
            await self.until(lambda: off(""))
