"""Unlinking and erasing: what was ahead ends, and what remains leads to nobody."""

import json
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.serializers.json import DjangoJSONEncoder
from django.test import override_settings

from accounts import actions
from accounts.actions import handles
from accounts.models import AuditEntry, DiscordAccount, Erasure, Handle, Player, PlayerLink, User
from availability.models import Entry
from botworker import outbox
from promotions import actions as calls
from slomix import person
from slomix.lib import clock
from tests import make
from tests.cast import TONIGHT, SlomixTestCase
from tests.channels.keys import CHAT, HAVE_BOTH
from tests.ledger.ledger import promise, row


class Leaving(SlomixTestCase):
    def setUp(self) -> None:
        super().setUp()
        make.entry(self.bor)
        make.entry(self.bor, day=TONIGHT.date() + timedelta(days=1))
        make.entry(self.bor, day=TONIGHT.date() - timedelta(days=1))

    def unlink_discord(self, minutes: int = 0) -> None:
        since = TONIGHT - timedelta(minutes=minutes)
        person.unlink_discord(person=self.bor, at=TONIGHT, signed_in_at=since)

    def state(self) -> tuple[str, str]:
        found = row(self.bor)
        return str(found.state), found.reason


class UnlinkPlayerTests(Leaving):
    def test_what_is_ahead_ends_with_it(self) -> None:
        """W27: whoever had unlinked went on to be called."""
        promise(self.bor, planned=True)

        person.unlink_player(person=self.bor, at=TONIGHT)

        self.assertEqual(self.state(), ("suppressed", "not linked"))
        days = Entry.objects.filter(person=self.bor).values_list("day", flat=True)
        self.assertEqual(list(days), [TONIGHT.date() - timedelta(days=1)])

    def test_it_is_gone_for_every_door_and_does_not_come_back(self) -> None:
        """W26: the next sign-in made the link again."""
        person.unlink_player(person=self.bor, at=TONIGHT)

        account = self.bor.discord
        met = actions.meet(
            discord_id=account.discord_id,
            username=account.username,
            display_name=account.display_name,
            avatar="",
            at=TONIGHT,
        )

        self.assertEqual(met, self.bor)
        self.assertFalse(PlayerLink.objects.filter(user=met).exists())

    def test_it_is_done_whole_or_not(self) -> None:
        """W38: half of an unlink was written, and the fault swallowed."""
        person.unlink_player(person=self.bor, at=TONIGHT)
        before = AuditEntry.objects.count()

        with self.assertRaises(actions.LinkRefused):
            person.unlink_player(person=self.bor, at=TONIGHT)

        self.assertEqual(AuditEntry.objects.count(), before)


class UnlinkDiscordTests(Leaving):
    def test_nothing_of_the_person_is_called_any_more(self) -> None:
        """W27: answers, wishes and channels stayed behind."""
        promise(self.bor, planned=True)
        self.sign_in(self.bor)

        self.unlink_discord()

        self.assertEqual(self.state(), ("suppressed", "not linked"))
        self.assertFalse(actions.preferences_of(self.bor)["allow_promotions"])
        self.assertFalse(DiscordAccount.objects.filter(user=self.bor).exists())
        self.assertFalse(Handle.objects.filter(user=self.bor).exists())
        self.assertEqual(Session.objects.count(), 0)
        self.assertEqual(self.client.get("/you/").status_code, 302)

    def test_it_takes_a_fresh_sign_in(self) -> None:
        for minutes in (11, -1):
            with self.subTest(minutes), self.assertRaises(actions.NotFresh):
                self.unlink_discord(minutes)
        with self.assertRaises(actions.NotFresh):
            person.unlink_discord(person=self.bor, at=TONIGHT, signed_in_at=None)

        self.assertTrue(PlayerLink.objects.filter(user=self.bor).exists())

    def test_whoever_comes_back_is_the_same_person(self) -> None:
        number = self.bor.discord.discord_id
        User.objects.filter(pk=self.bor.pk).update(username=str(number))
        self.unlink_discord()

        met = actions.meet(
            discord_id=number, username="bor", display_name="Bor", avatar="", at=TONIGHT
        )

        self.assertEqual(met.pk, self.bor.pk)


class EraseTests(Leaving):
    def setUp(self) -> None:
        super().setUp()
        self.number = self.bor.discord.discord_id
        self.sign_in(self.bor)
        User.objects.filter(pk=self.bor.pk).update(username=str(self.number), display_name="Canary")
        Player.objects.filter(pk=self.bor.link.player_id).update(imported_discord_id=self.number)
        DiscordAccount.objects.filter(user=self.bor).update(
            username="canary_user", display_name="Canary Show", dm_channel_id=777_777_777_777
        )
        calls.promote(
            promoter=self.ana,
            include_available=False,
            include_maybe=False,
            dry_run=False,
            at=TONIGHT,
        )
        guid = self.ana.link.player.guid
        actions.contest_player(person=self.bor, guid=guid, at=TONIGHT)
        actions.start_code(person=self.bor, at=TONIGHT)
        with override_settings(**HAVE_BOTH):
            token = handles.issue_token(person=self.bor, channel="telegram", at=TONIGHT).token
            handles.redeem(
                channel="telegram", address=CHAT, token=token, at=TONIGHT, door="telegram"
            )
        self.bor = User.objects.with_identity().get(pk=self.bor.pk)

    def erase(self) -> int:
        return person.erase(person=self.bor, at=TONIGHT, signed_in_at=TONIGHT)

    def test_nothing_in_the_database_leads_to_them(self) -> None:
        self.erase()

        found = everything_written()
        for canary in (str(self.number), "Canary", "canary_user", "777777777777"):
            self.assertNotIn(canary, found)

    def test_what_is_ahead_of_the_evening_is_cancelled(self) -> None:
        self.assertEqual(self.erase(), 3)

        rows = outbox.lines(
            [f"PROMOTE:{what}:2026-11-20" for what in ("T-15", "T0", "FOLLOWUP")],
            [outbox.recipient_of(self.number)],
        )
        self.assertEqual(
            [(line.state, line.reason, line.person_id) for line in rows.values()],
            [("cancelled", "erased", None)] * 3,
        )

    def test_every_session_ends_at_once(self) -> None:
        self.erase()

        self.assertEqual(Session.objects.count(), 0)
        self.assertEqual(self.client.get("/you/").status_code, 302)

    def test_the_log_keeps_what_was_done_and_not_by_whom(self) -> None:
        self.erase()

        mine = AuditEntry.objects.filter(actor=self.bor)
        self.assertEqual({str(entry.detail) for entry in mine}, {"{}"})
        self.assertIn("erased", mine.values_list("action", flat=True))
        self.assertEqual(User.objects.get(pk=self.bor.pk).name, f"gone-{self.bor.pk}")

    def test_a_restored_backup_can_be_told(self) -> None:
        self.erase()

        self.assertEqual(Erasure.objects.get().key, outbox.recipient_of(self.number))

    def test_whoever_returns_is_somebody_new(self) -> None:
        self.erase()

        met = actions.meet(
            discord_id=self.number, username="bor", display_name="Bor", avatar="", at=TONIGHT
        )

        self.assertNotEqual(met.pk, self.bor.pk)
        self.assertFalse(hasattr(met, "link"))

    def test_it_takes_a_fresh_sign_in(self) -> None:
        with self.assertRaises(actions.NotFresh):
            person.erase(person=self.bor, at=TONIGHT, signed_in_at=TONIGHT - timedelta(minutes=11))

        self.assertTrue(DiscordAccount.objects.filter(user=self.bor).exists())

    def test_the_export_holds_what_we_keep_and_nobody_else(self) -> None:
        with override_settings(**HAVE_BOTH):
            found = person.export(person=self.bor, at=clock.now())

        text = json.dumps(found, cls=DjangoJSONEncoder)
        kept = (str(self.number), "canary_user", "Bazooka Bor", "PROMOTE:T-15:2026-11-20", CHAT)
        for mine in kept:
            self.assertIn(mine, text)
        self.assertNotIn(str(self.ana.discord.discord_id), text)


def everything_written() -> str:
    """Return every row of every table, as text."""
    rows: list[Any] = []
    for model in apps.get_models():
        rows += model._default_manager.values()
    return json.dumps(rows, cls=DjangoJSONEncoder, default=str, ensure_ascii=False)
