"""/plan and /teams: the room and its teams, for whoever asks."""

from datetime import timedelta

from django.test import override_settings

from accounts.models import Preferences, User
from availability.models import Status
from planning.rooms.actions import teams
from planning.rooms.models import Lineup, Room
from slomix.lib import clock
from slomix.lib.bridge import call
from tests import make
from tests.bot.commanding import labels
from tests.bot.rooming import RoomCase


class PlanTests(RoomCase):
    async def test_it_opens_the_room_where_enough_are_looking(self) -> None:
        await call(self.say, self.ana)
        await call(self.say, self.bor)
        async with self.night():
            await self.ready()

            told = await self.told(self.bor, "plan")

        room = await self.room()
        self.assertEqual(room.creator_id, self.bor.pk)
        self.assertEqual(told["content"], "**The planning room is open.** 2 are in.")
        self.assertEqual(labels(told), ["Step out", "Open the room"])

    async def test_it_shows_the_room_that_is_there_with_its_thread(self) -> None:
        async with self.night():
            await self.ready()
            await self.open_with_thread()
            await call(self.say, self.bor, Status.MAYBE)

            told = await self.told(self.bor, "plan")

        self.assertEqual(
            told["content"],
            f"**The planning room is open.** 1 is in, 1 on standby. Thread: <#{self.thread()}>.",
        )
        self.assertEqual(labels(told), ["Step out", "Need more", "Open the room"])
        self.assertEqual(await call(Room.objects.count), 1)

    async def test_too_few_are_told_how_many_more(self) -> None:
        await call(self.say, self.ana)
        async with self.night():
            await self.ready()

            told = await self.run_as(self.ana, "plan")

        self.assertIn("The room opens when 2 are looking\\: 1 more.", told)
        self.assertFalse(await call(Room.objects.exists))

    async def test_whoever_has_no_player_learns_how_to_get_one(self) -> None:
        async with self.night():
            await self.ready()

            for command in ("plan", "teams"):
                told = await self.told(self.cene, command)
                self.assertIn("First tell us who you are in the game", told["content"])

    async def test_it_says_why_its_thread_is_not_there(self) -> None:
        async with self.night():
            await self.ready()
            await self.open()
            await call(Room.objects.update, thread_trouble="removed by hand")
            with override_settings(PLANNING_THREAD_ENABLED=False):
                told = await self.run_as(self.ana, "plan")

        self.assertIn("Its thread is not there: somebody deleted it in Discord.", told)

    async def test_need_more_asks_whoever_wants_to_be_asked(self) -> None:
        await call(make.person, "Dora", allow_planning=True)
        async with self.night():
            await self.ready()
            await self.open()
            await call(self.say, self.bor, Status.NOT_PLAYING)
            told = await self.told(self.ana, "plan")

            asked = await self.press_below(self.ana, told, "Need more")
            again = await self.press_below(self.ana, told, "Need more")

        self.assertEqual(
            asked["content"], "**Asked 1 person who could come.** Nobody in quiet hours."
        )
        self.assertIn("**That was asked just now.**", again["content"])

    async def test_it_speaks_the_askers_language(self) -> None:
        await call(Preferences.objects.filter(user=self.cene).update, language="sl")
        async with self.night():
            await self.ready()

            told = await self.run_as(self.cene, "plan")

        self.assertIn("**Najprej povej, kdo si v igri.**", told)


class TeamsTests(RoomCase):
    async def test_without_teams_it_says_so_and_an_editor_may_balance(self) -> None:
        async with self.night():
            await self.ready()
            await self.open()

            theirs = await self.told(self.bor, "teams")
            told = await self.told(self.ana, "teams")
            balanced = await self.press_below(self.ana, told, "Balance the teams")

        self.assertEqual(theirs["content"], "**There are no teams yet.**")
        self.assertEqual(labels(theirs), ["Open the room"])
        self.assertIn("**Team A · 1000**\n", balanced["content"])
        self.assertEqual(labels(balanced), ["Balance again", "Open the room"])

    async def test_a_press_on_teams_that_were_saved_since_changes_nothing(self) -> None:
        async with self.night():
            await self.ready()
            await self.open()
            told = await self.told(self.ana, "teams")
            await call(self.save)

            refused = await self.press_below(self.ana, told, "Balance the teams")

        self.assertIn("saved the teams at", refused["content"])
        self.assertEqual(await call(Lineup.objects.count), 1)

    async def test_a_right_that_is_gone_is_looked_at_as_the_button_is_pressed(self) -> None:
        async with self.night():
            await self.ready()
            await self.open()
            told = await self.told(self.ana, "teams")
            await call(Room.objects.update, creator=None)
            await call(User.objects.update, is_promoter=False)

            refused = await self.press_below(self.ana, told, "Balance the teams")

        self.assertIn("**Only whoever opened the room or a promoter", refused["content"])
        self.assertFalse(await call(Lineup.objects.exists))

    async def test_without_a_room_it_says_how_to_get_one(self) -> None:
        async with self.night():
            await self.ready()

            told = await self.run_as(self.ana, "teams")

        self.assertIn("**There is no planning room yet.** Open it first.", told)

    def save(self) -> None:
        a, b = [self.ana.pk], [self.bor.pk]
        at = clock.now() + timedelta(seconds=1)
        teams.save(person=self.ana, a=a, b=b, captain_a=None, captain_b=None, token=0, at=at)
