"""Selects, buttons that are not pressed, and forms, with plain discord.py."""

from typing import Any

import discord

from botworker.standin.acts import CannotDo
from botworker.standin.world import Json

from .case import ANA, BOR, BRIEFING, GAME_NIGHT, StandInCase, button, row

SIDES = [discord.SelectOption(label=one, value=one.lower()) for one in ("Axis", "Allies", "Medic")]


class Selects(discord.ui.View):
    """One select of each kind; the answer names what was chosen."""

    def __init__(self) -> None:
        super().__init__(timeout=None)

    async def told(self, press: discord.Interaction, chosen: Any) -> None:
        await press.response.send_message(" ".join(str(one) for one in chosen), ephemeral=True)

    @discord.ui.select(custom_id="side", options=SIDES, min_values=1, max_values=2)
    async def side(self, press: discord.Interaction, menu: discord.ui.Select[Any]) -> None:
        await self.told(press, menu.values)

    @discord.ui.select(cls=discord.ui.UserSelect, custom_id="who")
    async def who(self, press: discord.Interaction, menu: discord.ui.UserSelect[Any]) -> None:
        await self.told(press, [type(one).__name__ + one.name for one in menu.values])

    @discord.ui.select(
        cls=discord.ui.ChannelSelect, custom_id="where", channel_types=[discord.ChannelType.voice]
    )
    async def where(self, press: discord.Interaction, menu: discord.ui.ChannelSelect[Any]) -> None:
        await self.told(press, [one.name for one in menu.values])

    @discord.ui.select(cls=discord.ui.MentionableSelect, custom_id="whom")
    async def whom(
        self, press: discord.Interaction, menu: discord.ui.MentionableSelect[Any]
    ) -> None:
        await self.told(press, [one.id for one in menu.values])


class SelectTests(StandInCase):
    async def choose(self, custom_id: str, *values: int | str) -> Json:
        async with self.bot() as bot:
            message = await bot.room().send("choose", view=Selects())
            return await self.standin.choose(BOR, message.id, custom_id, values)

    async def test_the_bot_hears_which_options_were_chosen(self) -> None:
        result = await self.choose("side", "axis", "medic")

        self.assertEqual((result["content"], result["ephemeral"]), ("axis medic", True))

    async def test_it_knows_the_people_and_channels_that_were_chosen(self) -> None:
        self.assertEqual((await self.choose("who", ANA))["content"], "Memberana")
        self.assertEqual((await self.choose("where", BRIEFING))["content"], "Briefing")
        self.assertEqual((await self.choose("whom", BOR))["content"], str(BOR))

    async def test_nobody_can_choose_what_the_select_does_not_offer(self) -> None:
        for custom_id, values in (
            ("side", ["tank"]),
            ("side", []),
            ("side", ["axis", "allies", "medic"]),
            ("who", ["5"]),
            ("where", [str(GAME_NIGHT)]),
            ("nothing", ["axis"]),
        ):
            with self.subTest(custom_id, values=values), self.assertRaises(CannotDo):
                await self.choose(custom_id, *values)

    async def test_a_select_is_not_pressed_and_a_button_not_chosen_in(self) -> None:
        async with self.bot() as bot:
            message = await bot.room().send("choose", view=Selects())
            with self.assertRaises(CannotDo):
                await self.standin.press(BOR, message.id, "side")
        said = (await self.post(components=[row(button("in"))])).json()
        with self.assertRaises(CannotDo):
            await self.standin.choose(BOR, said["id"], "in", ["x"])


class When(discord.ui.Modal, title="When?"):
    at: discord.ui.TextInput[Any] = discord.ui.TextInput(
        label="At", custom_id="at", min_length=4, max_length=5
    )
    why: discord.ui.TextInput[Any] = discord.ui.TextInput(
        label="Why", custom_id="why", required=False, style=discord.TextStyle.long
    )

    async def on_submit(self, press: discord.Interaction) -> None:
        if press.message:
            await press.response.edit_message(content=f"moved to {self.at.value}")
        else:
            await press.response.send_message(f"at {self.at.value} because {self.why.value}")


class Where(discord.ui.Modal, title="Where?"):
    side = discord.ui.Label[Any](
        text="Side", component=discord.ui.Select(custom_id="side", options=SIDES)
    )
    who = discord.ui.Label[Any](text="With", component=discord.ui.UserSelect(custom_id="who"))

    async def on_submit(self, press: discord.Interaction) -> None:
        side, who = self.side.component, self.who.component
        assert isinstance(side, discord.ui.Select)
        assert isinstance(who, discord.ui.UserSelect)
        await press.response.send_message(f"{side.values[0]} with {who.values[0].name}")


class Forms(discord.ui.View):
    def __init__(self) -> None:
        super().__init__(timeout=None)

    @discord.ui.button(label="When", custom_id="when")
    async def when(self, press: discord.Interaction, _: Any) -> None:
        await press.response.send_modal(When())

    @discord.ui.button(label="Where", custom_id="where")
    async def where(self, press: discord.Interaction, _: Any) -> None:
        await press.response.send_modal(Where())


class ModalTests(StandInCase):
    async def submit(self, opened: str, **fields: Any) -> Json:
        async with self.bot() as bot:
            message = await bot.room().send("?", view=Forms())
            form = await self.standin.press(BOR, message.id, opened)
            self.assertEqual(form["type"], 9)
            return await self.standin.submit_modal(BOR, form["interaction"], fields)

    async def test_a_form_that_a_button_opened_can_change_its_message(self) -> None:
        result = await self.submit("when", at="21:30")

        self.assertEqual((result["type"], result["message"]["content"]), (7, "moved to 21:30"))

    async def test_a_form_that_a_command_opened_is_answered(self) -> None:
        async with self.bot() as bot:

            @bot.tree.command(description="Move it")
            async def move(press: discord.Interaction) -> None:
                await press.response.send_modal(When())

            await bot.tree.sync()
            form = await self.standin.run_command(BOR, GAME_NIGHT, "move")
            fields = {"at": "21:30", "why": "work"}
            result = await self.standin.submit_modal(BOR, form["interaction"], fields)

        self.assertEqual(result["content"], "at 21:30 because work")
        told = self.standin.messages(GAME_NIGHT)[-1]["interaction_metadata"]
        self.assertEqual((told["type"], told["triggering_interaction_metadata"]["type"]), (5, 2))

    async def test_a_form_can_have_selects(self) -> None:
        result = await self.submit("where", side=["axis"], who=[ANA])

        self.assertEqual(result["content"], "axis with ana")

    async def test_nobody_can_send_a_form_that_is_not_filled_in(self) -> None:
        for fields in ({}, {"at": "9"}, {"at": "21:30:00"}, {"at": "21:30", "colour": "red"}):
            with self.subTest(fields=fields), self.assertRaises(CannotDo):
                await self.submit("when", **fields)

    async def test_a_form_is_sent_once_and_by_whom_it_was_opened_for(self) -> None:
        async with self.bot() as bot:
            message = await bot.room().send("?", view=Forms())
            form = await self.standin.press(BOR, message.id, "when")
            with self.assertRaises(CannotDo):
                await self.standin.submit_modal(ANA, form["interaction"], {"at": "21:30"})
            await self.standin.submit_modal(BOR, form["interaction"], {"at": "21:30"})
            with self.assertRaises(CannotDo):
                await self.standin.submit_modal(BOR, form["interaction"], {"at": "21:30"})


class BadModalTests(StandInCase):
    async def refused(self, path: str, **more: Any) -> None:
        box = {"type": 4, "custom_id": "at", "style": 1, "label": "At"}
        data = {"custom_id": "when", "title": "When?", "components": [row(box)], **more}
        event = self.standin.parts.desk.begin(BOR, GAME_NIGHT, 2)
        route = f"/interactions/{event.id}/{event.token}/callback"
        answer = await self.ask("POST", route, json={"type": 9, "data": data})
        self.assert_refused(answer, 400, 50035)
        place = answer.json()["errors"]
        for step in f"data.{path}".split("."):
            place = place[step]
        self.assertTrue(place["_errors"])
        self.assertIsNone(event.answer)

    async def test_it_refuses_what_discord_would_not_open(self) -> None:
        box = {"type": 4, "custom_id": "at", "style": 1, "label": "At"}
        await self.refused("title", title="x" * 46)
        await self.refused("components", components=[])
        await self.refused("components", components=[row(box)] * 6)
        await self.refused("components.0.components.0.label", components=[row(box | {"label": ""})])
        await self.refused("components.0.components.0.type", components=[row(button("a"))])
        twice = [row(box), row(box)]
        await self.refused("components.1.components.0.custom_id", components=twice)
        big = [row(box | {"value": "x" * 4001})]
        await self.refused("components.0.components.0.value", components=big)


class WrongAnswerTests(StandInCase):
    async def test_each_kind_of_interaction_takes_its_own_answers(self) -> None:
        desk = self.standin.parts.desk
        for kind, wrong in ((2, 6), (2, 7), (2, 8), (3, 8), (4, 4), (5, 9)):
            with self.subTest(kind=kind, answer=wrong):
                event = desk.begin(BOR, GAME_NIGHT, kind)
                route = f"/interactions/{event.id}/{event.token}/callback"
                data = {"content": "hi", "allowed_mentions": {"parse": []}}
                data = {7: data, 9: {}}.get(wrong, {})
                answer = await self.ask("POST", route, json={"type": wrong, "data": data})
                self.assertEqual(answer.json()["errors"]["type"]["_errors"][0]["code"], CHOICES)

    async def test_a_private_answer_is_no_channel_message(self) -> None:
        async with self.bot() as bot:
            message = await bot.room().send("choose", view=Selects())
            result = await self.standin.choose(BOR, message.id, "side", ["axis"])
            private = self.standin.messages(GAME_NIGHT)[-1]
            with self.assertRaises(discord.NotFound):
                await bot.room().fetch_message(int(private["id"]))
            await self.standin.say(ANA, GAME_NIGHT, "aloud")
            self.assertEqual(await bot.hears(), "aloud")

        self.assertEqual((result["ephemeral"], private["only_for"]), (True, str(BOR)))


CHOICES = "BASE_TYPE_CHOICES"
