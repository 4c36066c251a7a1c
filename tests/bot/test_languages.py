"""One campaign, two languages: everybody reads, presses and is answered in their own."""

from dataclasses import replace
from typing import Any

from django.test import override_settings
from django.utils import translation

from accounts.models import Preferences, User
from availability.models import Entry
from botworker.standin import World
from promotions import actions, jobs
from slomix.lib import clock
from slomix.lib.bridge import call
from tests import make
from tests.bot.journey import CHANNEL, JourneyCase


class LanguageJourney(JourneyCase):
    """bor reads Slovene, dana English; ana, who calls them, reads Slovene."""

    def setUp(self) -> None:
        super().setUp()
        self.dana = make.person("Dana", opted_in=True)
        Preferences.objects.filter(user__in=(self.ana, self.bor)).update(language="sl")

    def world(self) -> World:
        before = super().world()
        return replace(before, people=(*before.people, self.person_of(self.dana)))

    def call_the_others(self) -> None:
        for who in (self.bor, self.dana):
            make.entry(who)
        with translation.override("sl"):
            actions.promote(
                promoter=self.ana,
                include_available=True,
                include_maybe=False,
                dry_run=False,
                at=clock.now(),
            )
        for job_id in jobs.due(clock.now()):
            jobs.run(job_id, at=clock.now())

    def inbox(self, who: User) -> list[dict[str, Any]]:
        return self.standin.inbox(who.discord.discord_id)

    def buttons(self, who: User) -> dict[str, str]:
        rows = self.inbox(who)[0]["components"]
        return {one["label"]: one["custom_id"] for row in rows for one in row["components"]}

    async def test_each_is_reminded_and_answered_in_their_own_language(self) -> None:
        self.go_to("20:45")
        async with self.night() as discord:
            await call(self.call_the_others)
            await self.until(lambda: bool(self.inbox(self.bor) and self.inbox(self.dana)))
            slovene, english = self.inbox(self.bor)[0], self.inbox(self.dana)[0]

            self.assertIn("Igra ob 21.00 CET.** 2 iščeta igro, še 4", slovene["content"])
            self.assertIn("Game night at 21:00 CET.** 2 are looking, 4", english["content"])
            self.assertEqual(
                list(self.buttons(self.bor)),
                ["Pridem", "Zamujam 10 min", "Ne morem", "Nocoj brez opomnikov"],
            )

            for who, word in ((self.bor, "Ne morem"), (self.dana, "Can’t make it")):
                number = int(self.inbox(who)[0]["id"])
                await discord.press(who.discord.discord_id, number, self.buttons(who)[word])

        self.assertIn("**Nocoj ne igraš.** 1 opomnik je", self.inbox(self.bor)[0]["content"])
        self.assertIn("You are not playing tonight.", self.inbox(self.dana)[0]["content"])
        self.assertEqual(list(self.buttons(self.bor)), ["Vendarle pridem"])

    @override_settings(POLL_ENABLED=True)
    async def test_the_channel_speaks_the_communitys_and_answers_in_the_pressers(self) -> None:
        self.go_to("12:00")
        async with self.night() as discord:
            await self.until(lambda: bool(self.standin.messages(CHANNEL)))
            post = self.standin.messages(CHANNEL)[0]
            looking = post["components"][0]["components"][0]
            self.assertEqual(looking["label"], "Looking")

            bor = self.bor.discord.discord_id
            told = await discord.press(bor, int(post["id"]), looking["custom_id"])
            self.assertIn("Tvoj odgovor za petek, 20. november: Iščem igro.", str(told))
            strange = await discord.press(bor, int(post["id"]), "planet:1:join", forge=True)

        self.assertTrue(await call(Entry.objects.filter(person=self.bor).exists))
        self.assertIn("Ta gumb ne naredi nič več.", strange["content"])
