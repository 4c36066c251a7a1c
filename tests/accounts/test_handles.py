"""Linking Telegram and Signal: a code, sent from the account that it links."""

from datetime import timedelta
from typing import Any

from django.db import connection
from django.test import override_settings

from accounts import vault
from accounts.actions import handles
from accounts.models import AuditEntry, Handle, LinkToken, User
from tests.cast import TONIGHT, SlomixTestCase
from tests.channels.keys import CHAT, HAVE_BOTH, KEY, OLDER, OTHER_CHAT, PHONE

SOON = TONIGHT + timedelta(minutes=1)


@override_settings(**HAVE_BOTH)
class HandleCase(SlomixTestCase):
    def code(self, who: User | None = None, channel: str = "telegram", **more: Any) -> str:
        facts = {"at": TONIGHT} | more
        return handles.issue_token(person=who or self.bor, channel=channel, **facts).token

    def redeem(self, token: str, address: str = CHAT, channel: str = "telegram") -> Handle:
        return handles.redeem(channel=channel, address=address, token=token, at=SOON, door="test")

    def link(self, who: User | None = None, address: str = CHAT) -> Handle:
        return self.redeem(self.code(who), address)


class CodeTests(HandleCase):
    def test_a_code_is_kept_as_a_hash_and_lives_ten_minutes(self) -> None:
        issued = handles.issue_token(person=self.bor, channel="telegram", at=TONIGHT)

        kept = LinkToken.objects.get()
        self.assertEqual(issued.expires_at, TONIGHT + timedelta(minutes=10))
        self.assertGreaterEqual(len(issued.token), 26)
        self.assertNotIn(issued.token, (kept.digest, str(kept), repr(kept)))

    def test_a_second_code_has_to_wait_half_a_minute(self) -> None:
        """W5: the wait was told in hours, because two clocks were compared."""
        self.code()

        with self.assertRaises(handles.TooSoon) as refused:
            self.code(at=TONIGHT + timedelta(seconds=5))
        self.assertEqual(refused.exception.seconds, 25)
        self.assertTrue(self.code(at=TONIGHT + timedelta(seconds=30)))

    def test_a_code_that_is_too_old_is_refused(self) -> None:
        token = self.code()

        with self.assertRaises(handles.CodeRefused):
            handles.redeem(
                channel="telegram",
                address=CHAT,
                token=token,
                at=TONIGHT + timedelta(minutes=10),
                door="test",
            )

    def test_a_code_links_once(self) -> None:
        token = self.code()
        self.redeem(token)

        with self.assertRaises(handles.CodeRefused):
            self.redeem(token, OTHER_CHAT)
        self.assertEqual(Handle.objects.count(), 1)

    def test_a_code_is_for_its_channel(self) -> None:
        with self.assertRaises(handles.CodeRefused):
            self.redeem(self.code(), PHONE, "signal")

    def test_a_code_may_be_written_as_phones_write(self) -> None:
        token = self.code()

        written = f"{token[:9].lower()} {token[9:18]}-{token[18:].title()}"

        self.assertEqual(self.redeem(written).user, self.bor)

    def test_a_shorter_life_can_be_asked_for_and_a_longer_one_not(self) -> None:
        lives = {2: 5, 7: 7, 60: 10}
        for asked, minutes in lives.items():
            LinkToken.objects.all().delete()
            issued = handles.issue_token(
                person=self.bor, channel="telegram", at=TONIGHT, lives=timedelta(minutes=asked)
            )
            self.assertEqual(issued.expires_at, TONIGHT + timedelta(minutes=minutes))

    def test_a_new_code_voids_the_older_one_and_leaves_the_link_alone(self) -> None:
        """W28: asking for a code destroyed the link that worked."""
        first = self.link()
        older = self.code(at=SOON)
        self.code(at=SOON + timedelta(minutes=1))

        self.assertEqual(handles.address_of(self.bor.pk, "telegram"), CHAT)
        self.assertEqual(Handle.objects.get(), first)
        with self.assertRaises(handles.CodeRefused):
            self.redeem(older)

    def test_nobody_without_a_player_gets_one(self) -> None:
        with self.assertRaises(handles.HandleRefused):
            self.code(self.cene)

    @override_settings(TELEGRAM_ENABLED=False)
    def test_there_is_none_for_a_channel_that_is_not_set_up(self) -> None:
        for channel in ("telegram", "pigeon", "discord"):
            with self.assertRaises(handles.HandleRefused):
                self.code(channel=channel)

    def test_a_code_of_somebody_who_lost_their_player_is_worth_nothing(self) -> None:
        token = self.code()
        self.bor.link.delete()

        with self.assertRaises(handles.CodeRefused):
            self.redeem(token)
        self.assertIsNone(LinkToken.objects.get().used_at)


class AddressTests(HandleCase):
    def test_what_is_kept_cannot_be_read(self) -> None:
        """W30: chat ids and numbers stood in the tables in clear."""
        self.redeem(self.code(channel="signal"), PHONE, "signal")
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names():
                cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  our own tables
                rows = repr(cursor.fetchall())
                self.assertNotIn(PHONE[1:], rows, table)

        handle = Handle.objects.get()
        self.assertNotIn(PHONE, f"{handle!r} {handle} {AuditEntry.objects.first()!r}")
        self.assertEqual(handles.masked(handle), "+4*********23")
        self.assertEqual(handles.open_handle(handle), PHONE)

    def test_only_what_a_channel_calls_an_account_becomes_an_address(self) -> None:
        """W29: a name that no bot can write to, or an option for a command, was kept."""
        wrong = {
            "telegram": ["@bor", "-100123", "+44", "1e9", "", "7 000", "٣٣٣٣٣", "07000000099"],
            "signal": ["-u", "--config=/etc", "+0386", "040123456", "u:bor.01", "+44 7700", "+"],
        }
        for channel, addresses in wrong.items():
            token = self.code(channel=channel)
            for address in addresses:
                with self.assertRaises(handles.CodeRefused):
                    self.redeem(token, address, channel)
        self.assertEqual(Handle.objects.count(), 0)

    def test_an_address_belongs_to_one_person(self) -> None:
        self.link(self.bor)

        with self.assertRaises(handles.AddressTaken) as refused:
            self.link(self.ana)

        self.assertNotIn(self.bor.name, str(refused.exception))
        self.assertEqual(handles.owner_of("telegram", CHAT), self.bor)

    def test_its_owner_moves_it_by_unlinking_it_there(self) -> None:
        self.link(self.bor)
        token = self.code(self.ana)
        with self.assertRaises(handles.AddressTaken):
            self.redeem(token)

        handles.disconnect(person=self.bor, channel="telegram", at=SOON, door="telegram")

        self.assertEqual(self.redeem(token).user, self.ana)

    def test_another_account_takes_the_place_of_the_first(self) -> None:
        self.link()
        LinkToken.objects.all().delete()

        self.link(address=OTHER_CHAT)

        self.assertEqual(handles.address_of(self.bor.pk, "telegram"), OTHER_CHAT)
        self.assertIsNone(handles.owner_of("telegram", CHAT))

    def test_unlinking_forgets_the_address_and_the_code(self) -> None:
        """W28: an unlinked chat could go on answering."""
        self.link()

        self.assertTrue(handles.disconnect(person=self.bor, channel="telegram", at=SOON))
        self.assertFalse(handles.disconnect(person=self.bor, channel="telegram", at=SOON))

        self.assertEqual((Handle.objects.count(), LinkToken.objects.count()), (0, 0))
        self.assertIsNone(handles.owner_of("telegram", CHAT))
        actions = AuditEntry.objects.order_by("pk").values_list("action", flat=True)
        self.assertEqual(list(actions)[-2:], ["channel_linked", "channel_unlinked"])


class WorkingTests(HandleCase):
    def state(self) -> tuple[str, bool]:
        handle = Handle.objects.get()
        return handle.off_reason, handles.address_of(self.bor.pk, "telegram") == CHAT

    def test_a_refusal_switches_it_off_and_a_message_that_arrives_on_again(self) -> None:
        self.link()
        handles.switch_off(self.bor.pk, "telegram", Handle.Off.BLOCKED, SOON)
        self.assertEqual(self.state(), ("blocked", False))

        handles.worked("telegram", [self.bor.pk], SOON)

        self.assertEqual(self.state(), ("", True))
        self.assertEqual(Handle.objects.get().worked_at, SOON)

    def test_stop_is_lifted_by_the_person_alone(self) -> None:
        self.link()
        handles.switch_off(self.bor.pk, "telegram", Handle.Off.STOPPED, SOON)
        handles.worked("telegram", [self.bor.pk], SOON)
        handles.switch_off(self.bor.pk, "telegram", Handle.Off.BLOCKED, SOON)
        self.assertEqual(self.state(), ("stopped", False))

        self.assertTrue(handles.switch_on(self.bor.pk, "telegram"))

        self.assertEqual(self.state(), ("", True))


class KeyTests(HandleCase):
    def test_an_older_key_still_opens_what_it_sealed(self) -> None:
        self.link()

        with override_settings(CONTACT_KEYS=[OLDER, KEY]):
            self.assertEqual(handles.address_of(self.bor.pk, "telegram"), CHAT)

    def test_a_wrong_key_is_an_error_and_never_a_missing_address(self) -> None:
        """W30: what could not be decrypted was treated as absent."""
        self.link()

        for keys in ([OLDER], []):
            with override_settings(CONTACT_KEYS=keys), self.assertRaises(vault.Locked) as locked:
                handles.address_of(self.bor.pk, "telegram")
            self.assertNotIn(CHAT, str(locked.exception))

    def test_an_address_that_was_exchanged_is_noticed(self) -> None:
        self.link()
        Handle.objects.update(sealed=vault.seal(OTHER_CHAT))

        with self.assertRaises(vault.Locked):
            handles.address_of(self.bor.pk, "telegram")
