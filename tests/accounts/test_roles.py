"""Who may do more, and how they come in."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from tempfile import NamedTemporaryFile
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from accounts import access, actions, sessions
from accounts.models import AuditEntry, Contest, PlayerLink, User
from tests import fresh, make
from tests.cast import TONIGHT, SlomixTestCase


def people(*words: str) -> str:
    out = StringIO()
    call_command("people", *words, stdout=out)
    return out.getvalue()


@contextmanager
def kept(text: str) -> Iterator[str]:
    with NamedTemporaryFile("w") as file:
        file.write(text)
        file.flush()
        yield file.name


def again(who: User) -> User:
    return User.objects.with_identity().get(pk=who.pk)


class RoleTests(SlomixTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.admin = make.person("Admin")
        actions.grant(person=self.admin, role="admin", by=None, at=TONIGHT)
        self.admin = again(self.admin)

    def test_a_grant_is_written_down_and_works_at_once(self) -> None:
        actions.grant(person=self.bor, role="promoter", by=self.admin, at=TONIGHT)

        self.assertTrue(access.of(again(self.bor)).promoter)
        entry = AuditEntry.objects.filter(action="role_granted").latest("pk")
        self.assertEqual((entry.actor, entry.subject), (self.admin, self.bor))

    def test_only_admins_give_and_nobody_takes_their_own(self) -> None:
        for by, person, role in (
            (self.ana, self.bor, "promoter"),
            (self.bor, self.bor, "admin"),
            (self.admin, self.bor, "king"),
        ):
            with self.assertRaises(actions.RoleRefused):
                actions.grant(person=person, role=role, by=by, at=TONIGHT)
        with self.assertRaises(actions.RoleRefused):
            actions.revoke(person=self.admin, role="admin", by=self.admin, at=TONIGHT)

    def test_the_log_is_never_changed(self) -> None:
        entry = AuditEntry.objects.latest("pk")

        for act in (entry.save, entry.delete):
            with self.assertRaises(Exception) as refused:
                act()
            self.assertEqual(type(refused.exception).__name__, "AuditIsAppendOnly")


class AdminPartTests(SlomixTestCase):
    """Ana is a promoter."""

    def setUp(self) -> None:
        super().setUp()
        self.sign_in(self.ana)

    def test_a_promoter_sees_their_part_and_no_more(self) -> None:
        for page, code in (
            ("", 200),
            ("accounts/contest/", 200),
            ("accounts/playerlink/", 200),
            ("accounts/player/", 200),
            ("promotions/campaign/", 200),
            ("accounts/user/", 403),
            ("accounts/auditentry/", 403),
            ("accounts/discordaccount/", 403),
            ("accounts/preferences/", 403),
            ("botworker/delivery/", 403),
            ("accounts/player/add/", 403),
        ):
            with self.subTest(page):
                self.assertEqual(self.client.get(f"/admin/{page}").status_code, code)

    def test_nobody_else_comes_in(self) -> None:
        for who in (self.bor, self.cene):
            self.sign_in(who)
            self.assertEqual(self.client.get("/admin/").status_code, 302)

    def test_a_contest_is_settled_there(self) -> None:
        guid = self.bor.link.player.guid
        contest = actions.contest_player(person=self.cene, guid=guid, at=TONIGHT)

        self.act("contest", "move", contest.pk)

        self.assertEqual(Contest.objects.get().outcome, "moved")
        self.assertEqual(PlayerLink.objects.get(player__guid=guid).user, self.cene)

    def test_a_claim_is_confirmed_there(self) -> None:
        self.act("playerlink", "confirm", self.bor.link.pk)

        self.assertEqual(PlayerLink.objects.get(user=self.bor).proof, "promoter")

    def test_ones_own_is_refused_in_words(self) -> None:
        answer = self.act("playerlink", "confirm", self.ana.link.pk)

        self.assertContains(answer, "Let another promoter confirm you")

    def act(self, model: str, action: str, number: int) -> Any:
        data = {"action": action, "_selected_action": number}
        return self.client.post(f"/admin/accounts/{model}/", data, follow=True)


@override_settings(ADMIN_SECOND_FACTOR=True)
class SecondFactorTests(SlomixTestCase):
    def setUp(self) -> None:
        super().setUp()
        User.objects.filter(pk=self.ana.pk).update(is_staff=True, is_superuser=True)
        self.enter()

    def enter(self, who: User | None = None) -> None:
        self.sign_in(who or self.ana)
        session = self.client.session
        session[sessions.SIGNED_IN_AT] = self.now.timestamp()
        session.save()

    def code(self, secret: str) -> str:
        from allauth.mfa.totp.internal.auth import (
            format_hotp_value,
            hotp_value,
            yield_hotp_counters_from_time,
        )

        return str(
            format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
        )

    def set_up(self) -> tuple[str, list[str]]:
        page = self.client.get("/accounts/second-factor/").content.decode()
        secret = re.findall(r'<code class="token">(\w+)</code>', page)[0]
        done = self.post(self.code(secret)).content.decode()
        return secret, re.findall(r"<code>(\w+)</code>", done)

    def post(self, code: str) -> Any:
        return self.client.post("/accounts/second-factor/", {"code": code, "next": "/admin/"})

    def test_without_it_nobody_is_let_in_after_a_sign_in(self) -> None:
        answer = self.client.get("/admin/", follow=True)

        self.assertEqual(answer.redirect_chain[-1][0], "/accounts/second-factor/?next=%2Fadmin%2F")
        self.assertEqual(self.client.get("/admin/accounts/user/").status_code, 302)

    def test_whoever_sets_it_up_is_in(self) -> None:
        self.set_up()

        self.assertEqual(self.client.get("/admin/").status_code, 200)

    def test_the_next_session_shows_a_code_that_was_not_used(self) -> None:
        secret, _codes = self.set_up()
        self.travel("19:32")
        self.client.logout()
        self.enter()
        self.assertEqual(self.client.get("/admin/").status_code, 302)

        self.assertEqual(self.post("000000").status_code, 400)
        self.assertEqual(self.post(self.code(secret)).status_code, 302)

        self.assertEqual(self.client.get("/admin/").status_code, 200)
        self.client.logout()
        self.enter()
        self.assertEqual(self.post(self.code(secret)).status_code, 400)

    def test_a_recovery_code_works_once(self) -> None:
        _secret, codes = self.set_up()
        self.assertEqual(len(set(codes)), 10)
        for expected in (302, 400):
            self.client.logout()
            self.enter()
            self.assertEqual(self.post(codes[0]).status_code, expected)

    def test_guessing_ends_after_five(self) -> None:
        _secret, codes = self.set_up()
        self.client.logout()
        self.enter()
        for _n in range(5):
            self.post("000000")

        self.assertContains(self.post(codes[0]), "too often", status_code=400)

    def test_it_ends_after_twelve_hours(self) -> None:
        self.set_up()

        self.travel(TONIGHT.replace(day=21, hour=8))

        self.assertEqual(self.client.get("/admin/").status_code, 302)

    def test_an_old_session_sets_nothing_up(self) -> None:
        self.travel("19:41")

        self.assertEqual(self.client.get("/accounts/second-factor/").status_code, 403)

    def test_what_makes_the_codes_is_sealed(self) -> None:
        secret, _codes = self.set_up()
        from allauth.mfa.models import Authenticator

        self.assertNotIn(secret, json.dumps(list(Authenticator.objects.values("data"))))

    def test_an_operator_can_take_it_away(self) -> None:
        self.set_up()

        people("reset_second_factor", str(self.ana.discord.discord_id))

        self.assertContains(self.client.get("/accounts/second-factor/"), "Set up")

    def test_a_password_alone_opens_nothing(self) -> None:
        User.objects.create_superuser("operator", "a long password")
        self.client.logout()
        form = {"username": "operator", "password": "a long password", "next": "/admin/"}

        self.client.post("/admin/login/", form)

        self.assertEqual(self.client.get("/admin/").status_code, 302)

    def test_passwords_are_not_guessed_for_long(self) -> None:
        self.client.logout()
        form = {"username": "operator", "password": "wrong"}
        codes = [self.client.post("/admin/login/", form).status_code for _n in range(11)]

        self.assertEqual((codes[9], codes[10]), (200, 429))

    def test_players_need_none(self) -> None:
        self.enter(self.bor)

        self.assertEqual(self.client.get("/").status_code, 200)
        self.assertEqual(self.client.get("/accounts/second-factor/").status_code, 403)


def test_production_wants_it() -> None:
    assert fresh.settings(**fresh.PRODUCTION).ADMIN_SECOND_FACTOR
    assert not fresh.settings().ADMIN_SECOND_FACTOR


class CommandTests(SlomixTestCase):
    def test_the_first_admin_gets_in_before_anybody_was_here(self) -> None:
        people("first_admin", "300000000000000001")

        person = User.objects.with_identity().get(discord__discord_id=300000000000000001)
        self.assertTrue(access.of(person).admin)
        self.sign_in(person)
        self.assertEqual(self.client.get("/admin/").status_code, 200)

    def test_roles_are_granted_and_revoked(self) -> None:
        people("grant", "promoter", "Bazooka Bor")
        self.assertTrue(access.of(again(self.bor)).promoter)

        people("revoke", "promoter", str(self.bor.discord.discord_id))

        self.assertFalse(access.of(again(self.bor)).promoter)
        doors = AuditEntry.objects.filter(subject=self.bor).values_list("door", "actor")
        self.assertEqual(list(doors), [("command", None)] * 2)

    def test_unlink_export_and_erase(self) -> None:
        exported = json.loads(people("export_person", str(self.bor.pk)))
        self.assertEqual(exported["person"], self.bor.pk)
        with pytest.raises(CommandError, match="--yes"):
            people("erase_person", str(self.bor.pk))

        people("unlink", str(self.bor.pk))
        people("erase_person", str(self.bor.pk), "--yes")

        self.assertFalse(User.objects.get(pk=self.bor.pk).is_active)

    def test_a_restored_backup_is_erased_again(self) -> None:
        number = self.bor.discord.discord_id
        people("erase_person", str(number), "--yes")
        keys = people("erasures")
        actions.meet(discord_id=number, username="bor", display_name="", avatar="", at=TONIGHT)
        file = self.enterContext(kept(keys))

        self.assertIn("1 of 1", people("erase_again", file))

        self.assertFalse(User.objects.filter(discord__discord_id=number).exists())

    def test_nobody_and_several_are_refused(self) -> None:
        make.person("Bazooka Bor")
        for who in ("Bazooka Bor", "nobody", "99999999", "9" * 30):
            with self.assertRaises(CommandError):
                people("unlink", who)
