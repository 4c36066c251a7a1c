from dataclasses import replace

from botworker.standin import Person
from botworker.standin.pages.faces import initials
from botworker.standin.pages.rich import rich

from .case import ANA, BOR, CENE, GAME_NIGHT, STRANGER, Buttons, StandInCase, a_world, button, row

EVIL = 105
NASTY = "<script>alert(1)</script>"


class PageTests(StandInCase):
    world = replace(a_world(), people=(*a_world().people, Person(EVIL, "evil", NASTY)))

    async def page(self, **cookies: str) -> str:
        text = "; ".join(f"{name}={value}" for name, value in cookies.items())
        return (await self.http.get("/", headers={"Cookie": text})).text

    async def play(self, name: str, **form: object) -> str:
        answer = await self.http.post(f"/play/{name}", data=form)
        self.assertEqual(answer.status_code, 303)
        return (await self.http.get(answer.headers["Location"])).text

    async def test_it_says_that_it_is_not_discord(self) -> None:
        page = await self.page()

        self.assertIn("Drill. This is not Discord.", page)
        self.assertIn("Slomix is not connected", page)

    async def test_it_shows_names_and_words_as_text(self) -> None:
        await self.standin.say(EVIL, GAME_NIGHT, f'{NASTY} "><img src=x> [x](http://evil)')
        components = [row(button(f'"{NASTY}', label=NASTY))]
        embeds = [{"title": NASTY, "fields": [{"name": NASTY, "value": NASTY}]}]
        await self.post(NASTY, components=components, embeds=embeds)

        for page in (await self.page(), await self.page(**{"as": str(EVIL)})):
            self.assertNotIn("<script>", page)
            self.assertNotIn("<img src=x", page)
            self.assertNotIn('http://evil"', page)

    async def test_it_allows_no_inline_script_or_style(self) -> None:
        answer = await self.http.get("/")

        policy = answer.headers["Content-Security-Policy"]
        self.assertIn("default-src 'none'", policy)
        self.assertNotIn("unsafe", policy)
        self.assertNotIn("style=", answer.text)

    async def test_it_shows_a_stranger_nothing(self) -> None:
        await self.post("members only")

        page = await self.page(**{"as": str(STRANGER)})

        self.assertIn("not a member of this server", page)
        self.assertNotIn("members only", page)

    async def test_it_becomes_somebody_else(self) -> None:
        page = await self.play("as", person=BOR)

        self.assertIn(f'<option value="{BOR}" selected>', page)

    async def test_it_speaks_as_somebody(self) -> None:
        await self.play("say", person=BOR, channel=GAME_NIGHT, content="pridem")

        (message,) = self.standin.messages(GAME_NIGHT)
        self.assertEqual((message["author"]["username"], message["content"]), ("bor", "pridem"))

    async def test_it_presses_and_shows_a_private_answer_to_the_presser_alone(self) -> None:
        async with self.bot() as bot:
            message = await bot.room().send("who plays?", view=Buttons())
            await self.play("press", person=BOR, message=message.id, custom_id="whisper")

        self.assertIn("just you", await self.page(**{"as": str(BOR)}))
        self.assertIn("only you see this", await self.page(**{"as": str(BOR)}))
        self.assertNotIn("just you", await self.page(**{"as": str(ANA)}))

    async def test_it_says_why_a_press_came_to_nothing(self) -> None:
        message = (await self.post(components=[row(button("in"))])).json()
        await self.play("as", person=BOR)
        page = await self.play("press", person=BOR, message=message["id"], custom_id="in")

        self.assertIn("the bot is not connected", page)

    async def test_it_opens_and_closes_direct_messages(self) -> None:
        self.assertIn("refusal 50007", await self.page())

        page = await self.play("dms", person=CENE, do="open")

        self.assertNotIn("refusal 50007", page)
        self.assertFalse(self.standin.parts.store.people[CENE].dms_closed)

    async def test_it_shows_another_persons_direct_messages(self) -> None:
        page = await self.play("lane", person=BOR)

        self.assertIn('aria-label="Direct messages of Bor"', page)

    async def test_it_notices_news(self) -> None:
        before = (await self.http.get("/play/version")).text
        await self.post("news")

        self.assertNotEqual((await self.http.get("/play/version")).text, before)

    async def test_it_refuses_forms_from_elsewhere(self) -> None:
        form = {"person": str(CENE), "do": "open"}
        headers = {"Origin": "http://evil.example"}

        answer = await self.http.post("/play/dms", data=form, headers=headers)

        self.assertEqual(answer.status_code, 403)
        self.assertTrue(self.standin.parts.store.people[CENE].dms_closed)

    async def test_it_shows_the_journal(self) -> None:
        await self.post(NASTY)
        page = (await self.http.get("/journal")).text

        self.assertIn("/channels/701/messages", page)
        self.assertNotIn("<script>", page)


class PictureTests(StandInCase):
    async def test_it_serves_a_face_under_both_addresses(self) -> None:
        for prefix in ("/cdn", ""):
            picture = await self.http.get(f"{prefix}/avatars/{ANA}/badger.png")

            self.assertEqual(picture.headers["Content-Type"], "image/svg+xml")
            self.assertIn("<svg", picture.text)

    async def test_it_serves_nothing_else(self) -> None:
        for path in (f"{ANA}/bee.png", f"{BOR}/badger.png", "1/badger.png", f"{ANA}/..%2Fx.png"):
            answer = await self.http.get(f"/cdn/avatars/{path}")

            self.assertEqual(answer.status_code, 404)


class TextTests(StandInCase):
    def test_it_shows_bold_and_takes_backslashes_away(self) -> None:
        self.assertEqual(rich("**a \\*b\\*** \\_c\\_\nd"), "<b>a *b*</b> _c_<br>d")
        self.assertEqual(rich("[x](http://evil) <@1> `<b>`"), (
            "[x](http://evil) &lt;@1&gt; <code>&lt;b&gt;</code>"
        ))  # fmt: skip

    def test_it_shortens_any_name(self) -> None:
        names = ["Ana Dinamit", "n00dl3", "صقر الليل", "čmrlj", "<>", "the_artist"]

        self.assertEqual([initials(name) for name in names], ["AD", "N0", "ص", "ČM", "?", "TA"])
