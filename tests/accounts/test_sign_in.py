"""Signing in, played against the stand-in over real sockets."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.conf import settings
from django.http import HttpResponse
from django.test import override_settings

from accounts import actions
from accounts.models import User
from botworker.standin import Application, Guild, Person, StandIn, World, serve_in_thread
from tests import make
from tests.cast import TONIGHT, SlomixTestCase

BACK = "http://testserver/accounts/discord/login/callback/"
BEGIN = "/accounts/discord/login/"
APP = 900_000_000_000_000_001
DORA = 300_000_000_000_000_001
PROVIDERS = {
    "discord": {
        **settings.SOCIALACCOUNT_PROVIDERS["discord"],
        "APPS": [{"client_id": str(APP), "secret": "a secret", "key": ""}],
    }
}


class SignInCase(SlomixTestCase):
    """Dora is on Discord and was never here."""

    standin: StandIn

    def setUp(self) -> None:
        super().setUp()
        people = [Person(DORA, "dora", "Dora", avatar="moon")]
        people += [
            Person(who.discord.discord_id, who.discord.username, who.discord.display_name)
            for who in (self.ana, self.bor, self.cene)
        ]
        world = World(
            application=Application(APP, "Slomix", "a secret", "the.bot.token"),
            redirect_uris=(BACK,),
            guild=Guild(700_000_000_000_000_001, "ET"),
            people=tuple(people),
        )
        self.standin = StandIn(world, assets=Path(settings.BASE_DIR / "static"), limits=None)
        url = self.enterContext(serve_in_thread(self.standin))
        self.enterContext(
            override_settings(
                DISCORD_BASE_URL=url,
                DISCORD_REDIRECT_URI=BACK,
                DISCORD_REDIRECT_URI_ALLOWLIST=[BACK],
                SOCIALACCOUNT_PROVIDERS=PROVIDERS,
            )
        )

    def begin(self, *, query: str = "", **data: str) -> dict[str, str]:
        """Press the button; return what Discord is asked."""
        address = self.client.post(BEGIN + query, data)["Location"]
        return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}

    def consent(self, ask: dict[str, str], **answer: str) -> str:
        """Answer on Discord's page; return the address it leads back to."""
        url = f"{self.standin.url}/oauth2/authorize"
        return str(httpx.post(url, data={**ask, **answer}).headers["Location"])

    def come_back(self, address: str) -> HttpResponse:
        parts = urlsplit(address)
        answer: HttpResponse = self.client.get(f"{parts.path}?{parts.query}")  # type: ignore[assignment]
        return answer

    def sign_in_as(self, discord_id: int, **data: str) -> HttpResponse:
        return self.come_back(self.consent(self.begin(**data), person=str(discord_id)))

    def assert_nobody_is_signed_in(self) -> None:
        self.assertNotIn("_auth_user_id", self.client.session)

    def token_calls(self) -> list[dict[str, Any]]:
        return [one for one in self.standin.journal if "/oauth2/token" in one["path"]]


class WayToDiscordTests(SignInCase):
    def test_it_asks_who_you_are_with_pkce_and_nothing_else(self) -> None:
        ask = self.begin()

        self.assertEqual(ask["scope"], "identify")
        self.assertEqual(ask["code_challenge_method"], "S256")
        self.assertEqual(ask["redirect_uri"], BACK)
        self.assertGreaterEqual(len(ask["state"]), 16)

    def test_the_request_cannot_ask_for_more(self) -> None:
        ask = self.begin(query="?scope=email,guilds&auth_params=prompt%3Dnone&process=connect")

        self.assertEqual(ask["scope"], "identify")
        self.assertNotIn("prompt", ask)

    def test_a_link_does_not_start_it(self) -> None:
        answer = self.client.get(BEGIN)

        self.assertRedirects(answer, "/accounts/sign-in/")

    def test_it_wants_the_csrf_token(self) -> None:
        self.client.handler.enforce_csrf_checks = True

        answer = self.client.post(BEGIN)

        self.assertContains(answer, "That press is too old", status_code=403)

    @override_settings(DISCORD_REDIRECT_URI_ALLOWLIST=["http://elsewhere.example/"])
    def test_an_address_outside_the_allowlist_is_refused_in_words(self) -> None:
        answer = self.client.post(BEGIN)

        self.assertContains(answer, "DISCORD_REDIRECT_URI_ALLOWLIST", status_code=400)


class WayBackTests(SignInCase):
    def test_somebody_new_is_met_and_sent_to_choose_a_player(self) -> None:
        answer = self.sign_in_as(DORA)

        dora = User.objects.get(discord__discord_id=DORA)
        self.assertRedirects(answer, "/link/")
        self.assertEqual(self.client.session["_auth_user_id"], str(dora.pk))
        self.assertEqual((dora.discord.username, dora.discord.avatar), ("dora", "moon"))

    def test_the_verifier_goes_over_the_wire_once(self) -> None:
        self.sign_in_as(DORA)

        (call,) = self.token_calls()
        self.assertIn("code_verifier", call["request_json"])
        self.assertEqual(call["status"], 200)

    def test_a_linked_person_goes_where_they_wanted(self) -> None:
        answer = self.sign_in_as(self.bor.discord.discord_id, next="/you/")

        self.assertRedirects(answer, "/you/")

    def test_nobody_is_led_to_another_site(self) -> None:
        for evil in ("//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:1"):
            with self.subTest(evil):
                answer = self.sign_in_as(self.bor.discord.discord_id, next=evil)

                self.assertEqual(answer["Location"], "/")

    def test_whoever_the_bot_met_is_the_same_person(self) -> None:
        met = actions.meet(
            discord_id=DORA, username="dora", display_name="Old", avatar="", at=TONIGHT
        )

        self.sign_in_as(DORA)

        self.assertEqual(self.client.session["_auth_user_id"], str(met.pk))
        met.discord.refresh_from_db()
        self.assertEqual(met.discord.display_name, "Dora")

    def test_no_token_and_no_profile_is_kept(self) -> None:
        self.sign_in_as(DORA)

        self.assertFalse(SocialToken.objects.exists())
        self.assertFalse(SocialAccount.objects.exists())
        kept = str(dict(self.client.session))
        self.assertNotIn("access_token", kept)
        self.assertNotIn("Dora", kept)

    def test_the_session_key_changes(self) -> None:
        ask = self.begin()
        before = self.client.session.session_key

        self.come_back(self.consent(ask, person=str(DORA)))

        self.assertNotEqual(self.client.session.session_key, before)

    def test_signing_in_as_somebody_else_leaves_nothing_of_the_first(self) -> None:
        self.sign_in_as(self.bor.discord.discord_id)
        session = self.client.session
        session["mine"] = "of bor"
        session.save()

        self.sign_in_as(DORA)

        self.assertNotIn("mine", self.client.session)


class FaultTests(SignInCase):
    def test_a_no_is_respected(self) -> None:
        answer = self.come_back(self.consent(self.begin(), deny="access_denied"))

        self.assertContains(answer, "You said no on Discord", status_code=403)
        self.assert_nobody_is_signed_in()
        self.assertEqual(self.token_calls(), [])

    def test_a_state_that_is_missing_or_foreign_is_refused(self) -> None:
        address = self.consent(self.begin(), person=str(DORA))
        code = parse_qs(urlsplit(address).query)["code"][0]
        for query in ({"code": code}, {"code": code, "state": "x" * 16}, {"state": "x" * 16}, {}):
            with self.subTest(query):
                answer = self.come_back(f"{BACK}?{urlencode(query)}")

                self.assertContains(answer, "Start it again", status_code=400)
        self.assert_nobody_is_signed_in()
        self.assertEqual(self.token_calls(), [])

    def test_another_browser_cannot_end_it(self) -> None:
        """W34: state and verifier lay in a cookie that the browser could read."""
        address = self.consent(self.begin(), person=str(DORA))
        self.client.cookies.clear()

        answer = self.come_back(address)

        self.assertContains(answer, "begun elsewhere", status_code=400)
        self.assertEqual(self.token_calls(), [])

    def test_a_state_works_once(self) -> None:
        address = self.consent(self.begin(), person=str(DORA))
        self.come_back(address)

        answer = self.come_back(address)

        self.assertContains(answer, "Start it again", status_code=400)
        self.assertEqual(len(self.token_calls()), 1)

    @override_settings(DISCORD_OAUTH_STATE_TTL_SECONDS=60)
    def test_a_state_ends_after_its_time(self) -> None:
        address = self.consent(self.begin(), person=str(DORA))
        self.travel("19:31:01")

        answer = self.come_back(address)

        self.assertContains(answer, "took too long", status_code=400)
        self.assert_nobody_is_signed_in()
        self.assertEqual(self.token_calls(), [])

    def test_a_forged_code_is_refused(self) -> None:
        ask = self.begin()

        answer = self.come_back(f"{BACK}?{urlencode({'code': 'forged', 'state': ask['state']})}")

        self.assertContains(answer, "did not accept the sign-in", status_code=400)
        self.assert_nobody_is_signed_in()

    def test_discord_being_away_is_said(self) -> None:
        address = self.consent(self.begin(), person=str(DORA))

        with override_settings(DISCORD_BASE_URL="http://127.0.0.1:9"):
            answer = self.come_back(address)

        self.assertContains(answer, "Discord does not answer now", status_code=502)
        self.assert_nobody_is_signed_in()

    def test_a_closed_account_stays_out(self) -> None:
        User.objects.filter(pk=self.bor.pk).update(is_active=False)

        answer = self.sign_in_as(self.bor.discord.discord_id)

        self.assertContains(answer, "This account is closed", status_code=403)
        self.assert_nobody_is_signed_in()


class OtherWaysInTests(SlomixTestCase):
    def test_the_same_machine_by_another_name_is_led_to_the_right_one(self) -> None:
        answer = self.client.get(
            "/accounts/sign-in/?next=/you/", headers={"host": "localhost:7000"}
        )

        self.assertEqual(
            answer.headers["Location"], "http://127.0.0.1:7000/accounts/sign-in/?next=/you/"
        )

    def test_there_is_no_other_sign_up(self) -> None:
        for path in ("/accounts/signup/", "/accounts/login/", "/accounts/social/signup/"):
            with self.subTest(path):
                self.assertEqual(self.client.get(path).status_code, 404)

    def test_an_operator_has_the_admins_own_door(self) -> None:
        self.assertContains(self.client.get("/admin/login/"), "password")

    def test_signing_out_takes_a_press(self) -> None:
        self.sign_in(self.bor)

        self.assertEqual(self.client.get("/accounts/sign-out/").status_code, 405)
        self.assertRedirects(self.client.post("/accounts/sign-out/"), "/")
        self.assertNotIn("_auth_user_id", self.client.session)

    def test_whoever_is_signed_in_needs_no_sign_in_page(self) -> None:
        self.sign_in(self.bor)

        answer = self.client.get("/accounts/sign-in/", {"next": "/you/"})

        self.assertRedirects(answer, "/you/")

    def test_a_person_without_discord_is_nobodys_link(self) -> None:
        operator = make.person("Operator", discord=False, linked=False)

        self.sign_in(operator)

        self.assertContains(self.client.get("/"), "One step is left")
