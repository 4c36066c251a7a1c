"""A place in a team that is offered on Telegram and on Signal, and what is answered there."""

from accounts.models import Preferences, User
from availability import actions as answers
from availability.models import Entry, Status
from planning.rooms.actions import lineups, opening, standby
from planning.rooms.actions.lineups import Sides
from planning.rooms.models import Lineup, Offer
from slomix.lib import clock
from slomix.lib.bridge import call
from tests import make
from tests.channels.evening import DAY, CallCase

ORDER = {"telegram": ["telegram", "discord"], "signal": ["signal", "discord"]}


class PlaceJourney(CallCase):
    """ana and five others have teams; one of them says no, and bor is the standby."""

    async def offered(self, channel: str) -> str:
        """Offer bor the place there, and return what arrives."""
        before = len(self.heard(channel, self.bor))
        await call(self.set_up, channel)
        await self.until(lambda: len(self.heard(channel, self.bor)) > before)
        return self.heard(channel, self.bor)[-1]

    def set_up(self, channel: str) -> None:
        six = [self.ana, *(make.person() for _each in range(5))]
        for who in six:
            make.entry(who)
        make.entry(self.bor, Status.MAYBE)
        Preferences.objects.filter(user=self.bor).update(
            allow_planning=True, channel_order=ORDER[channel]
        )
        room = opening.open_room(person=self.ana, at=clock.now()).room
        people = [who.pk for who in six]
        lineups.write(
            room,
            Sides(people[:3], people[3:]),
            token=0,
            by=self.ana,
            at=clock.now(),
            how=Lineup.How.BY_HAND,
        )
        answers.answer(person=six[1], day=DAY, status=Status.NOT_PLAYING, at=clock.now())
        standby.reconcile(clock.now())

    def state(self) -> str:
        return Offer.objects.latest("pk").state

    def status_of(self, who: User) -> str:
        return Entry.objects.get(person=who, day=DAY).status

    async def test_on_telegram_one_press_takes_it_and_the_message_says_so(self) -> None:
        self.go_to("19:30")
        async with self.evening():
            await self.link("telegram", self.bor)
            told = await self.offered("telegram")

            pressed = await self.press(self.bor, "I’ll take it")

            self.assertEqual(list(self.buttons(self.bor)), ["Can’t make it after all"])

        self.assertIn("A place is free, 21:00 CET, team A. It is yours until 19:32.", told)
        self.assertIn("No more of these: write STOP", told)
        self.assertIn("You play in team A.", pressed["message"]["text"])
        self.assertEqual(await call(self.state), Offer.State.ACCEPTED)
        self.assertEqual(await call(self.status_of, self.bor), Status.LOOKING)

    async def test_on_telegram_it_is_let_pass_and_standby_left(self) -> None:
        self.go_to("19:30")
        async with self.evening():
            await self.link("telegram", self.bor)
            await self.offered("telegram")

            await self.press(self.bor, "Not this time")
            passed = await call(self.state)
            await self.press(self.bor, "Leave standby")
            left = await call(self.status_of, self.bor)
            await self.press(self.bor, "Back on standby")

        self.assertEqual((passed, left), (Offer.State.DECLINED, Status.NOT_PLAYING))
        self.assertEqual(await call(self.status_of, self.bor), Status.MAYBE)

    async def test_on_signal_it_says_the_words_and_they_work(self) -> None:
        self.go_to("19:30")
        async with self.evening():
            await self.link("signal", self.bor)
            told = await self.offered("signal")

            said = await self.say("signal", self.bor, "Take it!")

        self.assertIn("Send TAKE or PASS.", told)
        self.assertIn("You play in team A.", said)
        self.assertIn("Send NO.", said)
        self.assertEqual(await call(self.state), Offer.State.ACCEPTED)
