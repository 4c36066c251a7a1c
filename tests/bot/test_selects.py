"""Selects in what the bot says: plain data in a row, Discord's own list in the message."""

from typing import Any

import discord

from botworker import render
from tests.bot.journey import CHANNEL, JourneyCase

DAYS = {
    "id": "days:{marker}",
    "placeholder": "Days",
    "options": [
        {"label": "Friday", "value": "5", "description": "20 November", "default": True},
        {"label": "Saturday", "value": "6"},
    ],
    "min": 0,
    "max": 2,
}
ROWS: list[list[dict[str, Any]]] = [[{"select": DAYS}], [{"id": "done:{marker}", "label": "Done"}]]


class SelectTests(JourneyCase):
    async def post(self) -> discord.Message:
        return await self.bot.get_partial_messageable(CHANNEL).send(
            "When?",
            allowed_mentions=discord.AllowedMentions.none(),
            **render.arguments({"rows": ROWS}, "m"),
        )

    async def test_a_select_stands_in_a_row_of_its_own(self) -> None:
        async with self.night() as there:
            await self.post()

            [first, second] = there.messages(CHANNEL)[0]["components"]

        [select] = first["components"]
        self.assertEqual((select["custom_id"], select["placeholder"]), ("days:m", "Days"))
        self.assertEqual((select["min_values"], select["max_values"]), (0, 2))
        self.assertEqual([one["label"] for one in select["options"]], ["Friday", "Saturday"])
        self.assertTrue(select["options"][0]["default"])
        self.assertEqual([one["label"] for one in second["components"]], ["Done"])

    async def test_its_id_is_found_as_a_buttons_is(self) -> None:
        async with self.night():
            post = await self.post()

            self.assertEqual(render.ids(post), ["days:m", "done:m"])
            self.assertTrue(render.carries_id(post, "days:m"))
