"""How often something may be tried, and by whom."""

from datetime import timedelta

from django.http import HttpRequest
from django.test import RequestFactory, override_settings

from accounts import limits
from accounts.limits import Limit
from accounts.models import Throttle
from tests.accounts.test_sign_in import BEGIN, SignInCase
from tests.cast import TONIGHT, SlomixTestCase

THREE = Limit("test", 3, timedelta(minutes=1))


class LimitTests(SlomixTestCase):
    def take(self, who: str = "somebody", seconds: int = 0) -> int:
        return limits.take(THREE, who, at=TONIGHT + timedelta(seconds=seconds))

    def test_the_fourth_waits_for_the_window_to_end(self) -> None:
        self.assertEqual([self.take(seconds=n) for n in (0, 1, 2, 3)], [0, 0, 0, 57])

        self.assertEqual((self.take(seconds=59), self.take(seconds=60)), (1, 0))

    def test_everybody_has_their_own(self) -> None:
        for _n in range(4):
            self.take()

        self.assertEqual(self.take("another"), 0)

    def test_who_it_was_is_not_written_down(self) -> None:
        self.take("203.0.113.7")

        self.assertNotIn("203", Throttle.objects.get().key.removeprefix("test:")[:3])
        self.assertEqual(len(Throttle.objects.get().key), len("test:") + 40)


class AddressTests(SlomixTestCase):
    def address(self, peer: str, forwarded: str = "") -> str:
        headers = {"X-Forwarded-For": forwarded} if forwarded else {}
        request: HttpRequest = RequestFactory().get("/", headers=headers, REMOTE_ADDR=peer)
        return limits.address_of(request)

    def test_without_a_proxy_the_header_is_nobodys_word(self) -> None:
        with override_settings(TRUSTED_PROXY_COUNT=0):
            self.assertEqual(self.address("203.0.113.7", "198.51.100.1"), "203.0.113.7")

    def test_behind_one_the_last_entry_counts(self) -> None:
        """W34: behind a proxy all visitors had one limit together."""
        with override_settings(TRUSTED_PROXY_COUNT=1):
            found = self.address("127.0.0.1", "1.1.1.1, 198.51.100.1")
            self.assertEqual(found, "198.51.100.1")

    def test_behind_two_the_last_but_one(self) -> None:
        with override_settings(TRUSTED_PROXY_COUNT=2):
            self.assertEqual(
                self.address("127.0.0.1", "6.6.6.6, 198.51.100.1, 10.0.0.2"), "198.51.100.1"
            )
            self.assertEqual(self.address("127.0.0.1", "198.51.100.1"), "127.0.0.1")

    def test_a_household_is_one(self) -> None:
        with override_settings(TRUSTED_PROXY_COUNT=0):
            self.assertEqual(
                self.address("2001:db8:1:2:3::4"), self.address("2001:db8:1:2:ffff::1")
            )

    def test_what_is_no_address_does_not_count(self) -> None:
        with override_settings(TRUSTED_PROXY_COUNT=1):
            self.assertEqual(self.address("127.0.0.1", "x'; --"), "127.0.0.1")


@override_settings(DISCORD_OAUTH_RATE_LIMIT_MAX_REQUESTS=5, TRUSTED_PROXY_COUNT=0)
class SignInLimitTests(SignInCase):
    def press(self, number: int) -> int:
        headers = {"X-Forwarded-For": f"198.51.100.{number}"}
        return self.client.post(BEGIN, headers=headers).status_code

    def test_too_many_sign_ins_are_refused_whatever_the_header_says(self) -> None:
        """W34: the limit was each process's own, and a new header made a new visitor."""
        codes = [self.press(number) for number in range(6)]

        self.assertEqual(codes, [302] * 5 + [429])

    def test_the_page_says_how_long_to_wait(self) -> None:
        for number in range(5):
            self.press(number)

        answer = self.client.post(BEGIN)

        self.assertContains(answer, "Wait 60 s", status_code=429)
        self.assertEqual(answer.headers["Retry-After"], "60")

    def test_the_way_back_has_a_limit_of_its_own(self) -> None:
        for _n in range(5):
            self.client.get("/accounts/discord/login/callback/")

        answer = self.client.get("/accounts/discord/login/callback/?code=x&state=y")

        self.assertEqual(answer.status_code, 429)
        self.assertEqual(self.press(0), 302)
        self.assertEqual(self.token_calls(), [])

    @override_settings(DISCORD_OAUTH_RATE_LIMIT_WINDOW_SECONDS=10)
    def test_the_window_can_be_shorter(self) -> None:
        for number in range(6):
            self.press(number)
        self.travel("19:30:10")

        self.assertEqual(self.press(0), 302)
