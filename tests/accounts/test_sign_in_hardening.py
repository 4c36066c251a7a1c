"""What somebody may try with a sign-in, and what of it is never written down."""

import logging
from urllib.parse import parse_qs, urlsplit

from accounts import sessions
from tests.accounts.test_sign_in import SignInCase

# Addresses that browsers have read as another site's.
EVIL = (
    *(
        "//evil.example",
        "///evil.example",
        "////evil.example",
        "/\\evil.example",
        "\\\\evil.example",
    ),
    *("https:evil.example", "https:/evil.example", "http://evil.example", "HTTPS://EVIL.EXAMPLE"),
    *(
        "//evil.example@testserver/",
        "https://testserver@evil.example/",
        "http://testserver.evil.example",
    ),
    *(
        "\t//evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "\r\n//evil.example",
        " //evil.example",
    ),
    *(
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc",
    ),
    *("//\u2044evil.example", "https://еvil.example", "//evil%2eexample", "/\\/evil.example"),
    *(
        "http:///evil.example",
        "http:\\\\evil.example",
        "//[::1]/",
        "//evil.example:80/",
        "ftp://x/",
    ),
    *(
        "//evil.example/%2f..",
        "https://evil.example?x=testserver",
        "https://evil.example#testserver",
    ),
    *(
        "\x00//evil.example",
        "/%0d%0aLocation:%20https://evil.example",
        "testserver.evil",
        "evil.example",
    ),
)


class NextTests(SignInCase):
    def test_nobody_is_led_to_another_site(self) -> None:
        self.travel("19:30")
        with self.settings(DISCORD_OAUTH_RATE_LIMIT_MAX_REQUESTS=10_000):
            for wish in EVIL:
                with self.subTest(wish):
                    answer = self.sign_in_as(self.bor.discord.discord_id, next=wish)

                    place = urlsplit(answer["Location"])
                    self.assertEqual(
                        (answer.status_code, place.scheme, place.netloc), (302, "", "")
                    )
                    self.assertTrue(answer["Location"].startswith("/"))
                    self.assertFalse(answer["Location"].startswith(("//", "/\\")))


class FreshTests(SignInCase):
    def test_the_session_knows_when_its_person_showed_who_they_are(self) -> None:
        self.sign_in_as(self.bor.discord.discord_id)

        self.assertEqual(self.client.session[sessions.SIGNED_IN_AT], self.now.timestamp())

    def test_neither_code_nor_token_is_written_into_the_log(self) -> None:
        with self.assertLogs(level=logging.DEBUG) as kept:
            logging.getLogger().debug("one line at least")
            address = self.consent(self.begin(), person=str(self.bor.discord.discord_id))
            self.come_back(address)

        written = "\n".join(line for line in kept.output if not line.startswith("DEBUG:httpcore"))
        ours = "\n".join(line for line in written.splitlines() if ":httpx:" not in line)
        code = parse_qs(urlsplit(address).query)["code"][0]
        (call,) = self.token_calls()
        for hidden in ("a secret", code, call["request_json"]["code_verifier"]):
            self.assertNotIn(hidden, ours)
