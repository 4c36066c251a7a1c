from urllib.parse import parse_qs, urlsplit

import httpx

from botworker.standin.oauth import hashed

from .case import ANA, APP, BACK, BOR, StandInCase

VERIFIER = "v" * 64
ASK = {
    "client_id": str(APP),
    "redirect_uri": BACK,
    "response_type": "code",
    "scope": "identify",
    "state": "the state",
    "code_challenge": hashed(VERIFIER),
    "code_challenge_method": "S256",
}


class ConsentTests(StandInCase):
    async def test_it_shows_everybody_and_only_what_is_asked(self) -> None:
        page = (await self.http.get("/oauth2/authorize", params=ASK)).text

        self.assertIn("Drill. Who do you want to be?", page)
        self.assertIn("linked, promoter", page)
        self.assertIn("<code>identify</code>", page)
        self.assertNotIn("<code>guilds</code>", page)

    async def test_it_refuses_in_words_what_slomix_must_not_ask(self) -> None:
        wrong = {
            "redirect_uri": "http://evil.example/",
            "client_id": "1",
            "response_type": "token",
            "state": "",
            "code_challenge": "",
            "code_challenge_method": "plain",
        }
        for name, value in wrong.items():
            with self.subTest(name):
                answer = await self.http.get("/oauth2/authorize", params={**ASK, name: value})

                self.assertEqual(answer.status_code, 400)
                self.assertIn(name, answer.text)
                self.assertNotIn("Sign in as", answer.text)

    async def test_it_takes_a_no(self) -> None:
        answer = await self.http.post("/oauth2/authorize", data={**ASK, "deny": "access_denied"})

        query = parse_qs(urlsplit(answer.headers["Location"]).query)
        self.assertEqual((query["error"], query["state"]), (["access_denied"], ["the state"]))

    async def test_it_lets_the_form_lead_back_to_the_site(self) -> None:
        answer = await self.http.get("/oauth2/authorize", params=ASK)

        policy = answer.headers["Content-Security-Policy"]
        self.assertIn("form-action 'self' http://127.0.0.1:7000", policy)


class TokenTests(StandInCase):
    async def code_for(self, person: int) -> str:
        answer = await self.http.post("/oauth2/authorize", data={**ASK, "person": str(person)})
        return parse_qs(urlsplit(answer.headers["Location"]).query)["code"][0]

    async def exchange(self, code: str, **changed: str) -> httpx.Response:
        form = {
            "grant_type": "authorization_code",
            "client_id": str(APP),
            "client_secret": "a secret",
            "redirect_uri": BACK,
            "code_verifier": VERIFIER,
            "code": code,
        }
        return await self.http.post("/api/oauth2/token", data={**form, **changed})

    async def test_it_says_who_signed_in(self) -> None:
        token = (await self.exchange(await self.code_for(ANA))).json()
        headers = {"Authorization": f"Bearer {token['access_token']}"}

        for prefix in ("/api", "/api/v10"):
            me = (await self.http.get(f"{prefix}/users/@me", headers=headers)).json()
            self.assertEqual((me["id"], me["global_name"]), (str(ANA), "Ana"))
            self.assertEqual((me["avatar"], me["discriminator"]), ("badger", "0"))

    async def test_it_takes_the_client_in_the_header_too(self) -> None:
        code = await self.code_for(ANA)
        form = {
            "grant_type": "authorization_code",
            "redirect_uri": BACK,
            "code_verifier": VERIFIER,
            "code": code,
        }
        client = httpx.BasicAuth(str(APP), "a secret")

        answer = await self.http.post("/api/oauth2/token", data=form, auth=client)

        self.assertEqual(answer.json()["scope"], "identify")

    async def test_it_takes_a_code_once(self) -> None:
        code = await self.code_for(ANA)
        await self.exchange(code)

        again = await self.exchange(code)

        self.assertEqual((again.status_code, again.json()["error"]), (400, "invalid_grant"))

    async def test_it_refuses_another_verifier(self) -> None:
        answer = await self.exchange(await self.code_for(ANA), code_verifier="w" * 64)

        self.assertEqual((answer.status_code, answer.json()["error"]), (400, "invalid_grant"))
        self.assertIn("code_verifier", answer.json()["error_description"])

    async def test_it_refuses_a_wrong_secret_or_address(self) -> None:
        secret = await self.exchange(await self.code_for(ANA), client_secret="a guess")
        address = await self.exchange(await self.code_for(ANA), redirect_uri=BACK + "x")

        self.assertEqual(secret.json()["error"], "invalid_client")
        self.assertEqual(address.json()["error"], "invalid_grant")

    async def test_it_lets_a_person_read_only_themselves(self) -> None:
        token = (await self.exchange(await self.code_for(BOR))).json()["access_token"]
        headers = {"Authorization": f"Bearer {token}"}

        answer = await self.http.get(f"/api/v10/users/{ANA}", headers=headers)

        self.assertEqual(answer.status_code, 401)
