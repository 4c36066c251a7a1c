"""Scheduled events, as an ordinary bot plans them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import discord

from .case import ANA, BOR, BRIEFING, GAME_NIGHT, GUILD
from .life import LifeCase, a_lively_world

LATER = datetime(2031, 5, 9, 19, tzinfo=UTC)
PATH = f"/guilds/{GUILD}/scheduled-events"


def an_event(**more: Any) -> dict[str, Any]:
    return {
        "name": "Game night",
        "privacy_level": 2,
        "scheduled_start_time": LATER.isoformat(),
        "entity_type": 2,
        "channel_id": str(BRIEFING),
        **more,
    }


class EventTests(LifeCase):
    async def test_an_evening_is_planned_begins_and_ends(self) -> None:
        async with self.bot() as bot:
            async with self.hears(bot, "scheduled_event_create"):
                event = await self.server(bot).create_scheduled_event(
                    name="Game night",
                    start_time=LATER,
                    channel=self.briefing(bot),
                    privacy_level=discord.PrivacyLevel.guild_only,
                )
            async with self.hears(bot, "scheduled_event_update") as begun:
                await event.start()
            self.assertEqual(begun[1].status, discord.EventStatus.active)

            async with self.hears(bot, "scheduled_event_update") as over:
                await (await self.server(bot).fetch_scheduled_event(event.id)).end()
            self.assertEqual(over[1].status, discord.EventStatus.completed)
            self.assertEqual(await self.server(bot).fetch_scheduled_events(), [])

    async def test_an_event_elsewhere_has_a_place_and_an_end(self) -> None:
        async with self.bot() as bot:
            event = await self.server(bot).create_scheduled_event(
                name="Meeting",
                start_time=LATER,
                end_time=LATER + timedelta(hours=3),
                entity_type=discord.EntityType.external,
                location="Ljubljana",
                privacy_level=discord.PrivacyLevel.guild_only,
            )
            async with self.hears(bot, "scheduled_event_delete") as gone:
                await event.delete()

            self.assertEqual((event.location, gone[0].id), ("Ljubljana", event.id))

    async def test_people_are_interested(self) -> None:
        async with self.bot() as bot:
            event = (await self.ask("POST", PATH, json=an_event())).json()
            async with self.hears(bot, "scheduled_event_user_add") as added:
                await self.standin.interested(BOR, event["id"])
            await self.standin.interested(ANA, event["id"])
            async with self.hears(bot, "scheduled_event_user_remove") as removed:
                await self.standin.interested(ANA, event["id"], off=True)
            planned = await self.server(bot).fetch_scheduled_event(int(event["id"]))

            self.assertEqual((added[1].id, removed[1].id), (BOR, ANA))
            self.assertEqual([one.id async for one in planned.users()], [BOR])
            self.assertEqual(planned.user_count, 1)

    async def test_a_bot_that_comes_later_knows_them(self) -> None:
        event = (await self.ask("POST", PATH, json=an_event())).json()
        async with self.bot() as bot:
            found = self.server(bot).scheduled_events

            self.assertEqual([str(one.id) for one in found], [event["id"]])

    async def test_a_hundred_are_enough(self) -> None:
        for _ in range(100):
            await self.ask("POST", PATH, json=an_event())

        await self.refused("POST", PATH, 400, 30038, json=an_event())

    async def test_wrong_fields_are_named(self) -> None:
        wrong: list[tuple[dict[str, Any], str]] = [
            ({"name": ""}, "name"),
            ({"name": "x" * 101}, "name"),
            ({"scheduled_start_time": "2001-01-01T00:00:00Z"}, "scheduled_start_time"),
            ({"scheduled_start_time": "tonight"}, "scheduled_start_time"),
            ({"channel_id": None}, "channel_id"),
            ({"channel_id": str(GAME_NIGHT)}, "channel_id"),
            ({"entity_type": 3, "channel_id": None}, "scheduled_end_time"),
        ]
        for more, field in wrong:
            with self.subTest(field, more=more):
                answer = await self.ask("POST", PATH, json=an_event(**more))

                self.assert_refused(answer, 400, 50035)
                self.assertIn(field, answer.json()["errors"])

    async def test_what_is_over_stays_over(self) -> None:
        event = (await self.ask("POST", PATH, json=an_event())).json()
        path = f"{PATH}/{event['id']}"
        answer = await self.ask("PATCH", path, json={"status": 3})
        await self.ask("PATCH", path, json={"status": 4})

        self.assert_refused(answer, 400, 50035)
        await self.refused("PATCH", path, 400, 180000, json={"name": "again"})
        await self.refused("GET", f"{PATH}/1", 404, 10070)


class WithoutTheRightTests(LifeCase):
    world = a_lively_world(bot_may=1 << 10)

    async def test_a_bot_without_the_right_plans_nothing(self) -> None:
        await self.refused("POST", PATH, 403, 50013, json=an_event())
