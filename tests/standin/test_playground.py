from dataclasses import replace

from botworker.standin import Person

from .case import ANA, BOR, CENE, GAME_NIGHT, STRANGER, StandInCase, a_world, button, row
from .playing import PlaygroundCase

EVIL = 105
NASTY = "<script>alert(1)</script>"


class PageTests(PlaygroundCase):
    world = replace(a_world(), people=(*a_world().people, Person(EVIL, "evil", NASTY)))

    async def test_it_says_that_it_is_not_discord(self) -> None:
        page = await self.page()

        self.assertIn("Drill. This is not Discord.", page)
        self.assertIn("Slomix is not connected", page)

    async def test_every_page_says_that_nobody_outside_hears_anything(self) -> None:
        for path in ("/", "/people", "/evening", "/journal", "/faults", "/oauth2/authorize"):
            self.assertIn("Nobody outside hears anything", await self.page(path))

    async def test_it_shows_names_and_words_as_text(self) -> None:
        await self.standin.say(EVIL, GAME_NIGHT, f'{NASTY} "><img src=x> [x](http://evil)')
        components = [row(button(f'"{NASTY}', label=NASTY))]
        embeds = [{"title": NASTY, "fields": [{"name": NASTY, "value": NASTY}]}]
        await self.post(NASTY, components=components, embeds=embeds)

        for page in (await self.page(), await self.page(who=EVIL), await self.page("/people")):
            self.assertNotIn("<script>", page)
            self.assertNotIn("<img src=x", page)
            self.assertNotIn('http://evil"', page)

    async def test_a_button_that_leads_outside_is_no_link(self) -> None:
        links = [
            {"type": 2, "style": 5, "label": "Away", "url": "https://evil.example/"},
            {"type": 2, "style": 5, "label": "Here", "url": "http://127.0.0.1:7000/you/"},
        ]
        await self.post("two ways", components=[row(*links)])

        page = await self.page()

        self.assertNotIn('href="https://evil.example/"', page)
        self.assertIn('href="http://127.0.0.1:7000/you/"', page)

    async def test_it_allows_no_inline_script_or_style(self) -> None:
        answer = await self.http.get("/")

        policy = answer.headers["Content-Security-Policy"]
        self.assertIn("default-src 'none'", policy)
        self.assertNotIn("unsafe", policy)
        self.assertNotIn("style=", answer.text)

    async def test_it_shows_a_stranger_nothing(self) -> None:
        await self.post("members only")

        page = await self.page(who=STRANGER)

        self.assertIn("not a member of this server", page)
        self.assertNotIn("members only", await self.talk(who=STRANGER))

    async def test_it_becomes_somebody_else_and_remembers_it(self) -> None:
        await self.page(who=BOR)

        self.assertIn(f'<option value="{BOR}" selected>', await self.page())

    async def test_it_shows_another_persons_direct_messages(self) -> None:
        await self.play("lane", person=BOR)
        dm = await self.dm_of(BOR)
        await self.post("only for Bor", channel=dm)

        self.assertIn("only for Bor", await self.lane(BOR))
        self.assertNotIn("only for Bor", await self.lane(ANA))

    async def test_somebody_beside_you_can_look_at_the_channel(self) -> None:
        await self.standin.say(ANA, GAME_NIGHT, "to everybody")

        page = await self.page(beside=f"{BOR}.c{GAME_NIGHT}")

        self.assertIn("to everybody", self.part(page, f"lane-{BOR}"))

    async def test_it_says_only_that_nothing_is_new(self) -> None:
        known = (await self.http.get("/")).headers["ETag"]

        asked = {"If-None-Match": known}
        self.assertEqual((await self.http.get("/", headers=asked)).status_code, 304)
        await self.post("news")
        self.assertEqual((await self.http.get("/", headers=asked)).status_code, 200)

    async def test_it_refuses_forms_from_elsewhere(self) -> None:
        form = {"person": str(CENE), "do": "open"}
        headers = {"Origin": "http://evil.example"}

        answer = await self.http.post("/play/dms", data=form, headers=headers)

        self.assertEqual(answer.status_code, 403)
        self.assertTrue(self.standin.parts.store.people[CENE].dms_closed)

    async def test_a_form_never_leads_away_from_here(self) -> None:
        for back in (
            "https://evil.example/",
            "//evil.example/",
            "/journal/../../x",
            "javascript:1",
        ):
            answer = await self.http.post("/play/dms", data={"person": CENE, "back": back})

            self.assertEqual(answer.headers["Location"], "/")


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
