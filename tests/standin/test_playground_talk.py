"""Conversations on the playground: buttons, selects, forms, commands, reactions, threads."""

from .case import ANA, BOR, GAME_NIGHT, GUILD, Bot, Buttons, button, row
from .playbot import Maps, with_commands
from .playing import PlaygroundCase


class TalkTests(PlaygroundCase):
    async def test_it_speaks_as_somebody(self) -> None:
        await self.play("say", person=BOR, channel=GAME_NIGHT, content="pridem")

        (message,) = self.standin.messages(GAME_NIGHT)
        self.assertEqual((message["author"]["username"], message["content"]), ("bor", "pridem"))

    async def test_a_first_word_to_the_bot_opens_a_conversation(self) -> None:
        await self.play("say", person=BOR, channel=0, content="hello bot")

        self.assertIn("hello bot", await self.talk(who=BOR, at="dm"))

    async def test_it_shows_a_private_answer_to_the_presser_alone(self) -> None:
        async with self.bot() as bot:
            message = await bot.room().send("who plays?", view=Buttons())
            await self.play("press", person=BOR, message=message.id, custom_id="whisper")

        self.assertIn("just you", await self.talk(who=BOR))
        self.assertIn("only you see this", await self.talk(who=BOR))
        self.assertNotIn("just you", await self.talk(who=ANA))

    async def test_it_marks_what_was_edited(self) -> None:
        async with self.bot() as bot:
            message = await bot.room().send("who plays?", view=Buttons())
            self.assertNotIn("edited", await self.talk(who=BOR))
            await self.play("press", person=BOR, message=message.id, custom_id="change")

        self.assertIn("edited", await self.talk(who=BOR))

    async def test_it_says_why_a_press_came_to_nothing(self) -> None:
        message = (await self.post(components=[row(button("in"))])).json()
        await self.play("press", person=BOR, message=message["id"], custom_id="in")

        self.assertIn("the bot is not connected", await self.talk(who=BOR))

    async def test_it_chooses_in_a_select(self) -> None:
        async with self.bot() as bot:
            message = await bot.room().send("where?", view=Maps())
            self.assertIn("Gold Rush</option>", await self.page(who=BOR))
            await self.play(
                "choose", person=BOR, message=message.id, custom_id="map", values="Radar"
            )

        self.assertIn("map: Radar", await self.talk(who=BOR))

    async def test_it_reacts_and_takes_it_back(self) -> None:
        message = (await self.post("nice")).json()

        await self.play("react", person=BOR, message=message["id"], emoji="🔥")
        self.assertIn("🔥 by Bor", await self.page())
        await self.play("react", person=BOR, message=message["id"], emoji="🔥")

        self.assertNotIn("🔥 by Bor", await self.page())

    async def test_it_begins_a_thread_and_speaks_in_it(self) -> None:
        await self.play("thread", person=BOR, channel=GAME_NIGHT, content="Gold Rush raid")
        (thread,) = self.standin.parts.store.channels.threads_of(GUILD)

        await self.play("say", person=ANA, channel=thread["id"], content="I bring dynamite")

        self.assertIn("Gold Rush raid", self.part(await self.page(), "rooms"))
        self.assertIn("I bring dynamite", await self.talk(who=BOR, at=f"c{thread['id']}"))


class FormTests(PlaygroundCase):
    async def opened(self, bot: Bot) -> str:
        """Open the form as Bor; returns the interaction that its page sends."""
        message = await bot.room().send("a raid?", view=Maps())
        await self.play("press", person=BOR, message=message.id, custom_id="plan")
        return self.interaction()

    def interaction(self) -> str:
        (event,) = [one for one in self.standin.parts.desk.open.values() if one.modal]
        return str(event.id)

    async def test_a_form_opens_for_whoever_pressed(self) -> None:
        async with self.bot() as bot:
            await self.opened(bot)

            self.assertIn("<dialog", await self.talk(who=BOR))
            self.assertNotIn("<dialog", await self.talk(who=ANA))

    async def test_a_sent_form_reaches_the_bot_and_closes(self) -> None:
        async with self.bot() as bot:
            asked = await self.opened(bot)
            fields = {"field.name": "Fuel Dump"}
            await self.play("submit", person=BOR, interaction=asked, **fields)

            talk = await self.talk(who=BOR)
            self.assertIn("planned: Fuel Dump", talk)
            self.assertNotIn("<dialog", talk)

    async def test_a_wrong_form_stays_open_and_says_why(self) -> None:
        async with self.bot() as bot:
            asked = await self.opened(bot)
            await self.play("submit", person=BOR, interaction=asked, **{"field.name": "x"})

            talk = await self.talk(who=BOR)
            self.assertIn("<dialog", talk)
            self.assertIn("at least 3 characters", talk)

    async def test_a_form_can_be_put_away(self) -> None:
        async with self.bot() as bot:
            asked = await self.opened(bot)
            await self.play("submit", person=BOR, interaction=asked, do="cancel")

            self.assertNotIn("<dialog", await self.talk(who=BOR))


class CommandTests(PlaygroundCase):
    async def suggested(self, content: str) -> str:
        asked = {"person": str(BOR), "channel": str(GAME_NIGHT), "content": content}
        return (await self.http.get("/play/suggest", params=asked)).text

    async def test_a_line_with_a_slash_runs_a_command(self) -> None:
        async with self.bot() as bot:
            await with_commands(bot)
            line = '/raid place:"Gold Rush" quiet:true'
            await self.play("say", person=BOR, channel=GAME_NIGHT, content=line)

        self.assertIn("raid on Gold Rush, quiet True", await self.talk(who=BOR))

    async def test_a_command_is_a_form_too(self) -> None:
        async with self.bot() as bot:
            await with_commands(bot)
            self.assertIn('name="opt.place"', await self.talk(who=BOR))
            fields = {"command": "raid", "opt.place": "Radar", "opt.quiet": ""}
            await self.play("run", person=BOR, channel=GAME_NIGHT, **fields)

        self.assertIn("raid on Radar, quiet False", await self.talk(who=BOR))

    async def test_it_suggests_commands_options_and_values(self) -> None:
        async with self.bot() as bot:
            await with_commands(bot)

            self.assertIn('value="/raid"', await self.suggested("/ra"))
            self.assertIn('value="/raid place:"', await self.suggested("/raid "))
            self.assertIn("Gold Rush", await self.suggested("/raid place:gold"))
            self.assertNotIn("Radar", await self.suggested("/raid place:gold"))
            self.assertIn("quiet:true", await self.suggested("/raid place:x quiet:"))

    async def test_it_completes_an_option_of_a_form(self) -> None:
        async with self.bot() as bot:
            await with_commands(bot)
            asked = {"person": str(BOR), "channel": str(GAME_NIGHT), "command": "raid"}
            asked |= {"option": "place", "opt.place": "ra"}
            found = (await self.http.get("/play/complete", params=asked)).text

        self.assertEqual(found, '<option value="Radar">Radar</option>')

    async def test_an_unknown_command_is_refused_in_words(self) -> None:
        await self.play("say", person=BOR, channel=GAME_NIGHT, content="/nothing")

        self.assertIn("There is no command /nothing.", await self.talk(who=BOR))
