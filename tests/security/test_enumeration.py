"""Nobody learns by guessing who or what there is: answers, headers and questions are the same."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from accounts import links, text
from accounts.actions import handles
from accounts.models import Throttle, User
from availability import actions as evenings
from availability.models import Away
from planning.raids.policy import Actor
from tests import make, routes
from tests.api.client import Caller
from tests.cast import TONIGHT, SlomixTestCase
from tests.channels.keys import CHAT, HAVE_BOTH, OTHER_CHAT, PHONE
from tests.raids import stage

TOKEN = re.compile(r"[A-Za-z0-9]{64}")
SECRET = "a-bridge-of-ours-0123456789"
# What is new in every answer.
NEW = {"ETag", "Set-Cookie", "Content-Length", "Expires"}


class GuessCase(SlomixTestCase):
    def assert_alike(self, ask: Callable[[str], Any], *guesses: str) -> None:
        """Each guess gets one and the same status, body and headers, at as many questions."""
        found = [self.seen(ask, guess) for guess in guesses]
        for guess, other in zip(guesses[1:], found[1:], strict=True):
            self.assertEqual(found[0], other, f"{guesses[0][:30]} and {guess[:30]} differ")

    def seen(self, ask: Callable[[str], Any], guess: str) -> tuple[Any, ...]:
        # Whoever guesses is counted; the first time is not like the second.
        Throttle.objects.all().delete()
        with CaptureQueriesContext(
            connection,
        ) as questions:
            answer = ask(guess)
        headers = sorted((k, hide(v, guess)) for k, v in answer.items() if k not in NEW)
        return answer.status_code, headers, hide(answer.content.decode(), guess), len(questions)


def hide(said: str, guess: str) -> str:
    """Return what was said without what is new each time, and without what was asked for."""
    said = TOKEN.sub("…", said).replace(f"/{guess}/", "/…/").replace(f"%2F{guess}%2F", "%2F…%2F")
    if len(guess) < 6:
        return said
    return said.replace(guess, "…").replace(quote(guess, safe=""), "…")


class VisitorTests(GuessCase):
    @override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
    def test_an_operator_is_no_other_than_nobody(self) -> None:
        User.objects.create_superuser("operator", password="a password of their own")

        def sign_in(name: str) -> Any:
            form = {"username": name, "password": "wrong"}
            return Client().post("/admin/login/", form)

        self.assert_alike(sign_in, "operator", "nobodyss", "somebody")

    def test_a_calendar_that_was_revoked_was_never_there(self) -> None:
        revoked = evenings.make_feed(person=self.bor, kind="personal", at=TONIGHT)
        evenings.revoke_feed(person=self.bor, kind="personal")

        self.assert_alike(
            lambda token: Client().get(f"/evenings/calendar/{token}.ics"),
            revoked,
            "x" * 43,
            "x" * 42 + "y",
        )

    @override_settings(**HAVE_BOTH)
    def test_a_link_that_is_dead_looks_like_one_that_we_never_made(self) -> None:
        link = links.answer_link(self.bor.pk, "telegram", TONIGHT.date(), TONIGHT)
        make.handle(self.cene, "telegram")
        dead = link.rsplit("/", 2)[1]

        # Nobody can make a token that is looked up, so only what is read must be the same.
        guesses = (dead, dead[:-1] + "x", "forged-altogether")
        found = [self.seen(lambda token: Client().get(f"/s/{token}/"), one)[:3] for one in guesses]

        self.assertEqual(found[0][0], 400)
        self.assertEqual(found[0], found[1])
        self.assertEqual(found[0], found[2])

    def test_numbers_of_calls_and_raids_are_hidden_behind_the_sign_in(self) -> None:
        call = routes.call_of(self)
        raid = stage.plan(guild=stage.server(), actor=Actor(self.ana))
        for door, number in (("/calls/{}/", call), ("/raids/{}/", raid.pk)):
            self.assert_alike(
                lambda guess, door=door: Client().get(door.format(guess)),  # type: ignore[misc]
                str(number),
                str(number + 900),
            )


class MemberTests(GuessCase):
    def test_a_call_is_refused_before_it_is_looked_for(self) -> None:
        call = routes.call_of(self)
        self.sign_in(self.bor)

        for door in ("/calls/{}/", "/calls/{}/cancel/", "/calls/{}/add/", "/calls/{}/post/"):
            ask = self.client.get if door.endswith("{}/") else self.client.post
            self.assert_alike(
                lambda number, ask=ask, door=door: ask(door.format(number)),  # type: ignore[misc]
                str(call),
                str(call + 900),
            )

    def test_a_raid_elsewhere_is_no_raid(self) -> None:
        raid = stage.plan(guild=stage.server(), actor=Actor(self.ana))
        self.sign_in(make.person("Dora"))

        numbers = (str(raid.pk), str(raid.pk + 900))
        found = [self.seen(lambda n: self.client.get(f"/raids/{n}/"), one)[:3] for one in numbers]

        self.assertEqual(found[0][0], 404)
        self.assertEqual(found[0], found[1])

    def test_anothers_absence_is_none(self) -> None:
        other = Away.objects.create(
            person=self.ana, first=TONIGHT.date(), last=TONIGHT.date(), said_at=TONIGHT
        )
        me = Caller(self.bor)

        self.assert_alike(
            lambda number: me.delete(f"/api/availability/away/{number}"),
            str(other.pk),
            str(other.pk + 900),
        )


@override_settings(INTERNAL_API_SECRET=SECRET, **HAVE_BOTH)
class CodeTests(GuessCase):
    """A code is a hash in a row; that it belongs to somebody is told to nobody else."""

    def setUp(self) -> None:
        super().setUp()
        issue = handles.issue_token
        self.used = issue(person=self.ana, channel="telegram", at=TONIGHT).token
        handles.redeem(
            channel="telegram", address=OTHER_CHAT, token=self.used, at=TONIGHT, door="test"
        )
        self.of_signal = issue(person=self.bor, channel="signal", at=TONIGHT).token
        self.old = issue(person=self.bor, channel="telegram", at=TONIGHT - timedelta(hours=1)).token
        self.guesses = (self.used, self.of_signal, self.old, "A" * 26)

    def test_in_a_chat(self) -> None:
        def write(code: str) -> tuple[str, bool, int]:
            with CaptureQueriesContext(connection) as questions:
                said = text.answer(text.Heard("telegram", CHAT, f"LINK {code}", TONIGHT))
            return said.text.replace(code, "…"), said.refused, len(questions)

        self.assertEqual(len({write(code) for code in self.guesses}), 1)

    def test_over_a_bridge(self) -> None:
        def bring(code: str) -> Any:
            body = {"channel_type": "telegram", "token": code, "channel_address": CHAT}
            return Client().post(
                "/api/availability/link-confirm",
                body,
                content_type="application/json",
                headers={"Authorization": f"Bearer {SECRET}"},
            )

        self.assert_alike(bring, *self.guesses)

    def test_an_address_that_is_linked_is_told_without_a_name(self) -> None:
        code = handles.issue_token(
            person=self.bor, channel="telegram", at=TONIGHT + timedelta(minutes=1)
        ).token

        said = text.answer(text.Heard("telegram", OTHER_CHAT, f"LINK {code}", TONIGHT))

        for word in (self.ana.name, str(self.ana.discord.discord_id), PHONE):
            self.assertNotIn(word, said.text)
