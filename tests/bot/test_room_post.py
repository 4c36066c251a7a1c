"""The post in the room's thread: it says what holds, in each of the room's states."""

import pytest

from accounts.models import User
from availability.models import Entry
from planning.rooms.actions import drafting, naming, teams
from slomix.lib import clock
from slomix.lib.bridge import call
from tests import make
from tests.bot.rooming import RoomCase

pytestmark = pytest.mark.slow


class PostJourney(RoomCase):
    async def test_names_are_wanted_first(self) -> None:
        async with self.night():
            await self.open_with_thread()

            self.assertEqual(self.embed()["title"], "Planning room, 21:00 CET")
            self.assertEqual(
                self.said(), "**Suggest a team name and vote.** Voting closes at 00:00 CET."
            )
            self.assertEqual(self.fields(), {"In 2": "Ana Dinamit, Bazooka Bor"})
            self.assertEqual(self.labels(), ["Suggest a name", "Vote", "Step out", "Open the room"])

    async def test_names_are_shown_with_their_votes_and_ties(self) -> None:
        async with self.night():
            await self.open_with_thread()
            await call(self.suggest_as, self.ana, "Ajdova četa")
            await call(self.suggest_as, self.bor, "Potica Panzer")

            await self.until(lambda: "Names" in self.fields())

            lines = self.fields()["Names"].split("\n")
            self.assertEqual(lines, ["Ajdova četa: 1 vote · tie", "Potica Panzer: 1 vote · tie"])

    async def test_a_name_of_markup_and_mentions_is_shown_as_written(self) -> None:
        async with self.night():
            await self.open_with_thread()
            await call(self.suggest_as, self.ana, "@everyone **x** [a](https://b.example)")

            await self.until(lambda: "Names" in self.fields())

            name = self.fields()["Names"]
            self.assertTrue(name.startswith("@\u2060everyone \\*\\*x\\*\\* \\[a\\]\\("), name)
            self.assertNotIn("https:", name)

    async def test_teams_stand_with_their_names_and_ratings(self) -> None:
        await call(self.rate, 0.9, 0.88)
        async with self.night():
            await self.open_with_thread()
            await call(self.suggest_as, self.bor, "Ajdova četa")
            await call(self.save)

            await self.until(lambda: self.said().startswith("**Teams stand"))

            self.assertEqual(
                self.said(), "**Teams stand, 20 points apart.** Axis first: Ajdova četa."
            )
            self.assertEqual(self.fields()["Team A: Ajdova četa · 900"], "Ana Dinamit")
            self.assertEqual(self.fields()["Team B · 880"], "Bazooka Bor")

    async def test_a_swap_could_help_uneven_teams(self) -> None:
        await call(self.rate, 2.0, 1.9)
        for rating in (0.5, 0.4):
            await call(self.guest, rating)
        async with self.night():
            await self.open_with_thread()
            await call(self.save_the_strong_together)

            await self.until(lambda: "A swap could help." in self.said())

            self.assertIn("**Teams are saved, 3000 points apart.**", self.said())

    async def test_while_captains_pick_it_says_who(self) -> None:
        await call(self.rate, 0.9, 1.1)
        for rating in (0.5, 0.4):
            await call(self.guest, rating)
        async with self.night():
            await self.open_with_thread()
            await call(self.draft)

            await self.until(lambda: "picks.**" in self.said())

            self.assertIn("**Ana Dinamit picks.** 1 of 2, until ", self.said())
            self.assertEqual(self.fields()["Team B"], "Bazooka Bor")

    async def test_after_the_evening_it_is_closed_and_offers_the_next(self) -> None:
        async with self.night():
            await self.open_with_thread()
            self.go_to_midnight()

            await self.until(lambda: self.said() == "**The room is closed.** Good game.")

            self.assertEqual(self.labels(), ["Same again next week", "Open the room"])

    # --- the stage -----------------------------------------------------------------------------

    def suggest_as(self, who: User, text: str) -> None:
        naming.suggest(person=who, text=text, at=clock.now())

    def rate(self, ana: float, bor: float) -> None:
        for who, rating in ((self.ana, ana), (self.bor, bor)):
            who.link.player.rating = rating
            who.link.player.save()

    def guest(self, rating: float) -> None:
        who = make.person()
        who.link.player.rating = rating
        who.link.player.save()
        self.say(who)

    def save(self) -> None:
        self.save_as([self.ana.pk], [self.bor.pk])

    def save_the_strong_together(self) -> None:
        others = Entry.objects.exclude(person__in=[self.ana, self.bor])
        self.save_as([self.ana.pk, self.bor.pk], list(others.values_list("person", flat=True)))

    def save_as(self, a: list[int], b: list[int]) -> None:
        teams.save(
            person=self.ana, a=a, b=b, captain_a=None, captain_b=None, token=0, at=clock.now()
        )

    def draft(self) -> None:
        drafting.start(
            person=self.ana,
            captain_a=self.ana.pk,
            captain_b=self.bor.pk,
            token=0,
            at=clock.now(),
        )
