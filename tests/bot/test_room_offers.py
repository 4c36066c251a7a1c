"""An offered place in somebody's direct messages: answered there, and edited as it goes on."""

from dataclasses import replace
from typing import Any

import pytest

from accounts.models import User
from availability.models import Entry, Status
from botworker.models import Tracked
from botworker.standin import World
from planning.rooms.actions import standby, teams
from planning.rooms.models import Offer
from slomix.lib import clock
from slomix.lib.bridge import call
from tests import make
from tests.bot.commanding import labels
from tests.bot.rooming import DAY, RoomCase

pytestmark = pytest.mark.slow


class OfferCase(RoomCase):
    """Ana and Bor have places, Dora stands by; then Bor drops out."""

    def setUp(self) -> None:
        super().setUp()
        self.dora = make.person("Dora", allow_planning=True)
        self.eva = make.person("Eva")

    def world(self) -> World:
        made = super().world()
        return replace(made, people=(*made.people, *map(self.person_of, (self.dora, self.eva))))

    async def drop_out(self) -> None:
        """Save the teams, let Dora stand by and Bor drop out."""
        await self.open()
        await call(self.teams)
        await call(self.say, self.dora, Status.MAYBE)
        await call(self.say, self.bor, Status.NOT_PLAYING)

    def teams(self) -> None:
        a, b = [self.ana.pk], [self.bor.pk]
        at = clock.now()
        teams.save(person=self.ana, a=a, b=b, captain_a=None, captain_b=None, token=0, at=at)

    async def offer_is_there(self) -> None:
        """Let Dora have the offer, and the keeper know where it stands."""
        await self.drop_out()
        await call(standby.reconcile, clock.now())
        await self.until(lambda: bool(self.inbox(self.dora)))
        await self.until(self.is_followed)

    async def is_followed(self) -> bool:
        found = Tracked.objects.filter(key__startswith="STANDBY:", message_id__isnull=False)
        return await call(found.exists)

    def message(self) -> dict[str, Any]:
        """Return the offer as Dora reads it."""
        return self.standin.inbox(self.dora.discord.discord_id)[-1]

    def text(self) -> str:
        return str(self.message()["content"])

    async def answer(self, deed: str, who: User | None = None) -> dict[str, Any]:
        """Press a button below the offer."""
        message, number = self.message(), (who or self.dora).discord.discord_id
        return dict(await self.standin.press(number, int(message["id"]), self.id_of(deed, message)))

    async def status(self, who: User) -> str:
        return await call(lambda: Entry.objects.get(person=who, day=DAY).status)

    async def state(self) -> str:
        return await call(lambda: Offer.objects.get().state)


class OfferJourney(OfferCase):
    async def test_taking_it_and_giving_it_back_after_all(self) -> None:
        async with self.night():
            await self.offer_is_there()
            self.assertIn("**A place is free, 21:00 CET, team B.** It is yours until", self.text())
            self.assertEqual(labels(self.message()), ["I’ll take it", "Not this time"])

            await self.answer("take")

            self.assertEqual(self.text(), "**You play in team B.** See you in voice.")
            self.assertEqual(labels(self.message()), ["Can’t make it after all"])
            self.assertEqual(await self.status(self.dora), Status.LOOKING)
            await self.answer("drop")

        self.assertEqual(self.text(), "**You are not playing tonight.** Thanks for telling us.")
        self.assertEqual(await self.status(self.dora), Status.NOT_PLAYING)

    async def test_letting_it_pass_leaving_standby_and_coming_back(self) -> None:
        async with self.night():
            await self.offer_is_there()

            await self.answer("pass")
            self.assertEqual(
                self.text(), "**All right, next in line.** You stay on standby tonight."
            )
            await self.answer("leave")
            self.assertEqual(self.text(), "**You left standby for tonight.**")
            self.assertEqual(await self.status(self.dora), Status.NOT_PLAYING)
            await self.answer("back")

        self.assertEqual(labels(self.message()), ["Leave standby"])
        self.assertEqual(await self.status(self.dora), Status.MAYBE)

    async def test_it_is_edited_when_its_time_is_over(self) -> None:
        async with self.night():
            await self.offer_is_there()
            self.go_to("19:33")
            await call(standby.reconcile, clock.now())

            await self.until(lambda: "**The offer ended at 19:32.**" in self.text())

            self.assertEqual(labels(self.message()), [])
            self.assertEqual(len(self.inbox(self.dora)), 1)

    async def test_it_is_edited_when_whoever_left_comes_back(self) -> None:
        async with self.night():
            await self.offer_is_there()
            await call(self.say, self.bor)
            await call(standby.reconcile, clock.now())

            await self.until(lambda: "**The place is not free after all.**" in self.text())

    async def test_a_press_that_comes_too_late_is_refused_in_words(self) -> None:
        async with self.night():
            await self.offer_is_there()
            take = self.id_of("take", self.message())
            self.go_to("19:33")

            number, message = self.dora.discord.discord_id, int(self.message()["id"])
            told = await self.standin.press(number, message, take, forge=True)

        self.assertIn("**The offer ended at 19:32.**", told["content"].replace("\\", ""))
        self.assertEqual(await self.status(self.dora), Status.MAYBE)

    async def test_nobody_else_can_take_it(self) -> None:
        async with self.night():
            await self.offer_is_there()
            await self.dm(self.bor)
            take = self.id_of("take", self.message())
            channel = await self.dm(self.bor)
            said = await self.bot.get_partial_messageable(channel).send("x", nonce="n1")

            told = await self.standin.press(self.bor.discord.discord_id, said.id, take, forge=True)

        self.assertIn("**This belongs to somebody else.**", told["content"])
        self.assertEqual(await self.state(), Offer.State.OPEN)


class CallJourney(OfferCase):
    """With nobody left to ask, the thread is called."""

    def calls(self) -> list[dict[str, Any]]:
        return [one for one in self.posts() if not one["embeds"]]

    async def called(self) -> None:
        """Let Dora, who wants no messages, have stayed silent; and the thread be called."""
        await self.open_with_thread()
        await call(self.teams)
        await call(self.say, self.bor, Status.NOT_PLAYING)
        self.go_to("19:31")
        await self.until(lambda: bool(self.calls()))

    async def test_the_first_to_press_has_it_and_the_call_is_edited(self) -> None:
        async with self.night():
            await self.called()
            [post] = self.calls()
            self.assertEqual(
                post["content"], "⏳ **One place is free in team B.** First to press has it."
            )
            await self.bring_in(self.dora)

            number = self.dora.discord.discord_id
            told = await self.standin.press(number, int(post["id"]), self.id_of("placeb", post))

            self.assertEqual(told["content"], "**You play in team B.** See you in voice.")
            await self.until(
                lambda: self.calls()[0]["content"] == "**The place in team B is no longer free.**"
            )
            self.assertEqual(labels(self.calls()[0]), [])
            self.assertEqual(len(self.calls()), 1)

    async def test_whoever_comes_second_is_told_and_is_first_in_line(self) -> None:
        async with self.night():
            await self.called()
            [post] = self.calls()
            await self.bring_in(self.dora)
            await self.bring_in(self.eva)
            ids = int(post["id"]), self.id_of("placeb", post)
            await self.standin.press(self.dora.discord.discord_id, *ids)

            told = await self.standin.press(self.eva.discord.discord_id, *ids, forge=True)

        self.assertIn("**The place was filled a moment before.**", told["content"])
        self.assertTrue(await call(Offer.objects.filter(person=self.eva, state="filled").exists))


class SaidInTheRoom(OfferCase):
    async def test_the_post_says_that_a_place_is_free_and_who_is_in_line(self) -> None:
        async with self.night():
            await self.open_with_thread()
            await call(self.teams)
            await call(self.say, self.dora, Status.MAYBE)
            await call(self.say, self.bor, Status.NOT_PLAYING)

            await self.until(lambda: "1 place is free" in str(self.fields()))

            self.assertEqual(self.fields()["Standby"], "Dora")
