"""What Discord refuses in embeds and components, by its code and the place in the body."""

from typing import Any

import discord

from botworker.standin.world import Json

from .case import GAME_NIGHT, SILENT, StandInCase, button, row

LAYOUT = 1 << 15


def select(**more: Any) -> Json:
    options = [{"label": "Axis", "value": "axis"}, {"label": "Allies", "value": "allies"}]
    return {"type": 3, "custom_id": "side", "options": options, **more}


def written(content: str = "21:00") -> Json:
    return {"type": 10, "content": content}


class RefusalCase(StandInCase):
    async def refused(self, path: str, code: str, **body: Any) -> None:
        """See that a message is refused with 50035 at this place and for this reason."""
        answer = await self.post(**body)
        self.assert_refused(answer, 400, 50035)
        place: Any = answer.json()["errors"]
        for step in path.split("."):
            self.assertIn(step, place)
            place = place[step]
        self.assertIn(code, [one["code"] for one in place["_errors"]])
        self.assertEqual(self.standin.messages(GAME_NIGHT), [])


class EmbedTests(RefusalCase):
    async def test_each_text_has_its_longest(self) -> None:
        parts: list[tuple[str, Json]] = [
            ("title", {"title": "x" * 257}),
            ("description", {"description": "x" * 4097}),
            ("footer.text", {"footer": {"text": "x" * 2049}}),
            ("author.name", {"author": {"name": "x" * 257}}),
            ("fields.0.name", {"fields": [{"name": "x" * 257, "value": "x"}]}),
            ("fields.0.value", {"fields": [{"name": "x", "value": "x" * 1025}]}),
        ]
        for path, embed in parts:
            code = "BASE_TYPE_BAD_LENGTH" if "name" in path or "value" in path else ""
            with self.subTest(path):
                wanted = code or "BASE_TYPE_MAX_LENGTH"
                await self.refused(f"embeds.0.{path}", wanted, embeds=[embed])

    async def test_there_are_ten_embeds_of_twenty_five_fields(self) -> None:
        field = {"name": "Axis", "value": "6"}
        too_many = [{"title": "x"}] * 11
        await self.refused("embeds", "BASE_TYPE_MAX_LENGTH", embeds=too_many)
        embed = {"fields": [field] * 26}
        await self.refused("embeds.0.fields", "BASE_TYPE_MAX_LENGTH", embeds=[embed])

        self.assertEqual((await self.post(embeds=[{"fields": [field] * 25}])).status_code, 200)

    async def test_all_texts_of_all_embeds_together_have_a_longest(self) -> None:
        embeds = [{"description": "x" * 4000}, {"footer": {"text": "x" * 2001}}]

        await self.refused("embeds", "MAX_EMBED_SIZE_EXCEEDED", embeds=embeds)

    async def test_a_picture_has_an_address_that_can_be_opened(self) -> None:
        embed = {"image": {"url": "javascript:alert(1)"}}
        await self.refused("embeds.0.image.url", "URL_TYPE_INVALID_URL", embeds=[embed])
        embed = {"image": {"url": "ftp://host/a.png"}}
        await self.refused("embeds.0.image.url", "URL_TYPE_INVALID_SCHEME", embeds=[embed])


class RowTests(RefusalCase):
    async def test_the_same_custom_id_is_refused_where_it_comes_again(self) -> None:
        path = "components.1.components.0.custom_id"
        rows = [row(button("a")), row(button("a"))]

        await self.refused(path, "COMPONENT_CUSTOM_ID_DUPLICATED", components=rows)

    async def test_a_select_fills_its_row(self) -> None:
        wide = [row(button("a"), select())]

        await self.refused(
            "components.0.components.1", "COMPONENT_LAYOUT_WIDTH_EXCEEDED", components=wide
        )

    async def test_a_link_has_an_address_and_no_id(self) -> None:
        path = "components.0.components.0"
        link = {"type": 2, "style": 5, "label": "Site"}
        await self.refused(f"{path}.url", "BASE_TYPE_REQUIRED", components=[row(link)])
        both = {**link, "url": "https://example.org", "custom_id": "a"}
        code = "BUTTON_COMPONENT_CUSTOM_ID_AND_URL"
        await self.refused(f"{path}.custom_id", code, components=[row(both)])

        good = {**link, "url": "https://example.org"}
        self.assertEqual((await self.post(components=[row(good)])).status_code, 200)

    async def test_a_button_that_sells_is_refused(self) -> None:
        premium = {"type": 2, "style": 6, "sku_id": "5"}

        await self.refused(
            "components.0.components.0.sku_id",
            "BUTTON_COMPONENT_INVALID_SKU",
            components=[row(premium)],
        )

    async def test_a_select_has_up_to_twenty_five_options_each_once(self) -> None:
        options = "components.0.components.0.options"
        many = [{"label": str(one), "value": str(one)} for one in range(26)]
        twice = [{"label": "a", "value": "same"}, {"label": "b", "value": "same"}]
        for path, code, told in (
            (options, "BASE_TYPE_BAD_LENGTH", []),
            (options, "BASE_TYPE_BAD_LENGTH", many),
            (f"{options}.1", "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", twice),
        ):
            with self.subTest(path, options=len(told)):
                await self.refused(path, code, components=[row(select(options=told))])

    async def test_every_kind_of_select_is_taken(self) -> None:
        rows = [row({"type": kind, "custom_id": str(kind)}) for kind in (5, 6, 7, 8)]

        answer = await self.post(components=[row(select()), *rows])

        self.assertEqual(answer.status_code, 200)

    async def test_a_text_input_is_for_modals_only(self) -> None:
        box = {"type": 4, "custom_id": "at", "style": 1, "label": "At"}
        path = "components.0.components.0.type"

        await self.refused(path, "UNION_TYPE_CHOICES", components=[row(box)])


class LayoutTests(RefusalCase):
    async def test_it_keeps_a_layout_that_discord_py_sends(self) -> None:
        container = discord.ui.Container[Any](accent_colour=0xFFAA00)
        container.add_item(discord.ui.TextDisplay("# Tonight"))
        press = discord.ui.Button[Any](label="In", custom_id="in")
        container.add_item(discord.ui.Section("Six are looking", accessory=press))
        view = discord.ui.LayoutView(timeout=None)
        view.add_item(container)
        async with self.bot() as bot:
            await bot.room().send(view=view)

        [kept] = self.standin.messages(GAME_NIGHT)
        self.assertTrue(kept["flags"] & LAYOUT)
        [outer] = kept["components"]
        self.assertEqual([one["type"] for one in outer["components"]], [10, 9])
        self.assertEqual(outer["components"][1]["accessory"]["custom_id"], "in")

    async def test_nothing_else_stands_beside_it(self) -> None:
        code = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"

        await self.refused("content", code, flags=LAYOUT, components=[written()])

    async def test_it_needs_its_flag(self) -> None:
        await self.refused("components.0.type", "UNION_TYPE_CHOICES", components=[written()])

    async def test_it_has_forty_parts_and_four_thousand_characters(self) -> None:
        many = [written() for _ in range(41)]
        long = [written("x" * 2001), written("x" * 2000)]
        said = {"content": None, "flags": LAYOUT}
        code = "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED"
        await self.refused("components", "BASE_TYPE_MAX_LENGTH", components=many, **said)
        await self.refused("components", code, components=long, **said)


class MentionTests(RefusalCase):
    async def test_a_kind_is_parsed_or_listed(self) -> None:
        rules = {"parse": ["users"], "users": ["101"]}
        code = "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE"
        await self.refused("allowed_mentions", code, allowed_mentions=rules)

    async def test_it_is_an_object_of_known_kinds(self) -> None:
        await self.refused("allowed_mentions", "MODEL_TYPE_CONVERT", allowed_mentions="nobody")
        rules = {"parse": ["friends"]}
        path = "allowed_mentions.parse.0"
        await self.refused(path, "BASE_TYPE_CHOICES", allowed_mentions=rules)
        self.assertEqual((await self.post(allowed_mentions=SILENT)).status_code, 200)
