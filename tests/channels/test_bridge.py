"""The JSON doors to linking: one's own session, and a bridge with its service secret."""

from typing import Any

from django.test import Client, override_settings

from accounts.actions import handles
from accounts.models import Handle
from botworker.models import Delivery
from tests.api.client import Caller
from tests.cast import TONIGHT, SlomixTestCase
from tests.channels.keys import CHAT, HAVE_BOTH, OTHER_CHAT, PHONE

TOKEN, CONFIRM = "/api/availability/link-token", "/api/availability/link-confirm"
SECRET = "the secret of the bridge, long enough to be one"


@override_settings(**HAVE_BOTH, INTERNAL_API_SECRET=SECRET)
class BridgeTests(SlomixTestCase):
    def code(self, channel: str = "telegram") -> str:
        return handles.issue_token(person=self.bor, channel=channel, at=TONIGHT).token

    def confirm(self, secret: str = SECRET, **changes: Any) -> Any:
        body = {"channel_type": "telegram", "channel_address": CHAT} | changes
        headers = {"Authorization": f"Bearer {secret}"} if secret else {}
        return Client().post(CONFIRM, body, content_type="application/json", headers=headers)

    def test_only_the_bridge_may_confirm(self) -> None:
        """W6: anybody could confirm any address."""
        token = self.code()
        self.client.force_login(self.bor)
        asked = {"channel_type": "telegram", "channel_address": CHAT, "token": token}

        own = self.client.post(CONFIRM, asked, content_type="application/json")
        self.assertEqual(own.status_code, 401)
        for secret in ("", "wrong", "č", SECRET[:-1]):
            self.assertEqual(self.confirm(secret, token=token).status_code, 401)
        with override_settings(INTERNAL_API_SECRET=""):
            empty = {"Authorization": "Bearer "}
            answer = Client().post(CONFIRM, asked, content_type="application/json", headers=empty)
            self.assertEqual(answer.status_code, 401)
        self.assertEqual(Handle.objects.count(), 0)

        answer = self.confirm(token=token)

        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.json()["channel_address"], "70******99")
        self.assertNotIn(CHAT, answer.content.decode())
        self.assertEqual(handles.owner_of("telegram", CHAT), self.bor)
        self.assertEqual(Delivery.objects.get().kind, "security")

    def test_what_is_refused_changes_nothing(self) -> None:
        token = self.code()
        wrong = {
            404: {"token": "A" * 26},
            400: {"token": token, "channel_address": "-u"},
        }
        for status, changes in wrong.items():
            self.assertEqual(self.confirm(**changes).status_code, status)
        other = self.confirm(token=token, channel_type="discord")
        self.assertEqual((other.status_code, other.json()["field"]), (400, "channel_type"))
        mixed = self.confirm(token=token, channel_type="signal", channel_address=PHONE)
        self.assertEqual(mixed.status_code, 404)
        self.assertEqual(Handle.objects.count(), 0)

    def test_an_address_of_somebody_else_is_a_conflict_without_a_name(self) -> None:
        self.confirm(token=self.code())
        token = handles.issue_token(person=self.ana, channel="telegram", at=TONIGHT).token

        answer = self.confirm(token=token)

        self.assertEqual(answer.status_code, 409)
        self.assertNotIn("Bor", answer.content.decode())


@override_settings(**HAVE_BOTH)
class OwnDoorTests(SlomixTestCase):
    def ask(self, caller: Caller, **body: Any) -> Any:
        return caller.post(TOKEN, {"channel_type": "telegram"} | body)

    def test_a_code_is_shown_once_to_whom_it_is_for(self) -> None:
        """W5: the time of its end came without a zone."""
        answer = self.ask(Caller(self.bor)).json()

        self.assertEqual(answer["expires_at"], "2026-11-20T18:40:00Z")
        linked = handles.redeem(
            channel="telegram", address=CHAT, token=answer["token"], at=TONIGHT, door="test"
        )
        self.assertEqual(linked.user, self.bor)

    def test_a_second_one_has_to_wait(self) -> None:
        bor = Caller(self.bor)
        self.ask(bor)

        self.assertEqual(self.ask(bor).status_code, 429)

    def test_who_gets_none(self) -> None:
        self.assertEqual(self.ask(Caller()).status_code, 401)
        self.assertEqual(self.ask(Caller(self.cene)).status_code, 403)
        bor = Caller(self.bor)
        for channel in ("discord", "pigeon", "", None, 7):
            self.assertEqual(self.ask(bor, channel_type=channel).status_code, 400)
        without = bor.post(TOKEN, {"channel_type": "signal"}, **{"X-CSRFToken": ""})
        self.assertEqual(without.status_code, 403)

    def test_unlinking_is_never_refused_and_is_about_oneself(self) -> None:
        bor, ana = Caller(self.bor), Caller(self.ana)
        for who, address in ((self.bor, CHAT), (self.ana, OTHER_CHAT)):
            token = handles.issue_token(person=who, channel="telegram", at=TONIGHT).token
            handles.redeem(
                channel="telegram", address=address, token=token, at=TONIGHT, door="test"
            )

        answers = [self.delete(bor) for _again in range(2)]

        self.assertEqual([one["unlinked"] for one in answers], [True, False])
        self.assertEqual([one.user for one in Handle.objects.all()], [self.ana])
        self.assertTrue(self.delete(ana)["unlinked"])

    def delete(self, who: Caller) -> Any:
        headers = {"X-CSRFToken": who.token, "X-Requested-With": "XMLHttpRequest"}
        return who.client.delete("/api/availability/subscriptions/telegram", headers=headers).json()
