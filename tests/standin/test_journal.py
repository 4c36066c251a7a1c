import json

import pytest

from .case import ANA, GAME_NIGHT, TOKEN, StandInCase


class JournalTests(StandInCase):
    async def lines(self, after: int = 0) -> list[dict[str, object]]:
        answer = await self.http.get("/standin/journal", params={"after": after})
        self.assertEqual(answer.headers["Content-Type"], "application/x-ndjson")
        return [json.loads(line) for line in answer.text.splitlines()]

    async def test_it_tells_what_was_asked_and_answered(self) -> None:
        message = (await self.post("21:00 tonight")).json()

        (line,) = await self.lines()

        self.assertEqual(line["method"], "POST")
        self.assertEqual(line["path"], f"/api/v10/channels/{GAME_NIGHT}/messages")
        self.assertEqual(line["status"], 200)
        self.assertEqual(line["response_json"], message)
        self.assertRegex(str(line["at"]), r"^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{6}\+00:00$")

    async def test_it_names_the_person_of_a_direct_message(self) -> None:
        await self.post(channel=await self.dm_of(ANA))

        self.assertEqual([line["person"] for line in await self.lines()], [str(ANA)] * 2)

    async def test_it_goes_on_from_a_line(self) -> None:
        await self.post("first")
        await self.post("second")

        (line,) = await self.lines(after=1)

        self.assertEqual(line["request_json"]["content"], "second")  # type: ignore[index]

    async def test_it_keeps_refusals(self) -> None:
        await self.post("")

        self.assertEqual([line["status"] for line in await self.lines()], [400])

    async def test_it_hides_secrets(self) -> None:
        secrets = {"client_secret": "a secret", "code": "the code", "code_verifier": "verifier"}
        form = {"grant_type": "authorization_code", **secrets}
        await self.http.post("/api/oauth2/token", data=form)
        await self.post(TOKEN)

        written = (await self.http.get("/standin/journal")).text

        for secret in (*secrets.values(), TOKEN):
            self.assertNotIn(f'"{secret}"', written)

    async def test_it_leaves_out_pages_and_control(self) -> None:
        await self.http.get("/")
        await self.http.get("/standin/health")

        self.assertEqual(await self.lines(), [])


class UnknownTests(StandInCase):
    @pytest.mark.strange("a crash on purpose")
    async def test_it_remembers_a_request_that_broke_it(self) -> None:
        # Nothing that a bot sends breaks it; a desk without a store does.
        self.standin.parts.desk.posting.store = None  # type: ignore[assignment]

        answer = await self.post()

        self.assertEqual(answer.status_code, 500)
        self.assertIn("crash", self.standin.unknown[0])
        self.assertEqual(self.standin.journal[-1]["status"], 500)

    @pytest.mark.strange("the stand-in has no stickers")
    async def test_it_remembers_a_route_it_does_not_have(self) -> None:
        answer = await self.ask("GET", "/sticker-packs")

        self.assert_refused(answer, 404, 0)
        self.assertEqual(self.standin.unknown, [{"route": "GET /api/v10/sticker-packs"}])
        self.assertEqual((await self.http.get("/standin/health")).json()["unknown"], 1)
