"""Telegram brings its news itself, at an address that only it knows."""

import json
from typing import Any

from django.test import AsyncClient, Client, override_settings
from django.urls import reverse

from accounts.actions import handles
from accounts.models import Handle
from botworker import hearing, webhook
from botworker.channels import telegram
from botworker.models import SeenUpdate
from slomix.lib import clock
from slomix.lib.bridge import call
from tests.cast import TONIGHT, SlomixTestCase
from tests.channels.keys import CHAT, HAVE_BOTH
from tests.channels.wire import WireCase

SECRET = "a secret of the webhook that nobody else knows"
HERE = {**HAVE_BOTH, "TELEGRAM_WEBHOOK_SECRET": SECRET}


def update(text: str, number: int = 1, kind: str = "private") -> dict[str, Any]:
    chat = {"id": int(CHAT), "type": kind}
    return {"update_id": number, "message": {"message_id": 5, "chat": chat, "text": text}}


@override_settings(**HERE)
class DoorTests(SlomixTestCase):
    def bring(self, what: Any, *, path: str = "", header: str | None = None) -> Any:
        path = reverse("telegram_webhook", args=[path or webhook.path(SECRET)])
        header = webhook.header(SECRET) if header is None else header
        return Client(enforce_csrf_checks=True).post(
            path,
            what if isinstance(what, bytes) else json.dumps(what),
            content_type="application/json",
            headers={"X-Telegram-Bot-Api-Secret-Token": header} if header else {},
        )

    def test_both_secrets_must_be_right(self) -> None:
        wrong = ({"path": "a" * 48}, {"header": "a" * 48}, {"header": ""}, {"header": "č"})
        for one in wrong:
            with self.subTest(one):
                answer = self.bring(update("help"), **one)

                self.assertEqual((answer.status_code, answer.content), (403, b""))
        self.assertEqual(SeenUpdate.objects.count(), 0)

    def test_the_secret_itself_is_in_neither(self) -> None:
        self.assertNotEqual(webhook.path(SECRET), webhook.header(SECRET))
        self.assertNotIn(SECRET, webhook.address(SECRET) + webhook.header(SECRET))

    @override_settings(TELEGRAM_WEBHOOK_SECRET="")
    def test_without_a_secret_there_is_no_door(self) -> None:
        answer = self.bring(update("help"), path=webhook.path(""), header=webhook.header(""))

        self.assertEqual(answer.status_code, 403)

    def test_it_is_answered_in_the_answer(self) -> None:
        answer = self.bring(update("help")).json()

        self.assertEqual((answer["method"], answer["chat_id"]), ("sendMessage", int(CHAT)))
        self.assertIn("I do not know you here yet", answer["text"])

    def test_an_update_that_is_told_ten_times_counts_once(self) -> None:
        token = handles.issue_token(person=self.bor, channel="telegram", at=TONIGHT).token

        answers = [self.bring(update(f"LINK {token}")).content for _n in range(10)]

        self.assertIn(b"Linked with Bazooka Bor", answers[0])
        self.assertEqual(set(answers[1:]), {b""})
        self.assertEqual(SeenUpdate.objects.count(), 1)

    def test_groups_are_not_answered(self) -> None:
        token = handles.issue_token(person=self.bor, channel="telegram", at=TONIGHT).token

        self.assertEqual(self.bring(update(f"LINK {token}", kind="group")).content, b"")
        self.assertEqual(Handle.objects.count(), 0)

    def test_nonsense_changes_nothing_and_breaks_nothing(self) -> None:
        nonsense: list[Any] = [
            b"{",
            [],
            None,
            7,
            {},
            {"update_id": 1},
            {"update_id": 2, "message": 3},
        ]
        nonsense += [
            {"update_id": 3, "message": {"chat": 4}},
            {"update_id": 4, "my_chat_member": {}},
        ]
        nonsense += [
            {"update_id": 5, "message": {"chat": {"type": "private", "id": "x"}, "text": "a"}},
            {"update_id": 6, "callback_query": {}},
            {"update_id": 7, "callback_query": {"id": 1, "from": 2, "message": 3, "data": 4}},
            {"update_id": 8, "callback_query": {"id": "1", "data": "day:20261120:no"}},
        ]
        for one in nonsense:
            with self.subTest(repr(one)):
                answer = self.bring(one)

                self.assertEqual((answer.status_code, answer.content), (200, b""))

    def test_a_listener_that_lives_is_the_only_one(self) -> None:
        self.assertTrue(hearing.hold("telegram", "one", at=TONIGHT))
        self.assertFalse(hearing.hold("telegram", "other", at=TONIGHT))
        self.assertTrue(hearing.hold("telegram", "one", at=TONIGHT))
        self.assertTrue(hearing.hold("telegram", "other", at=TONIGHT + hearing.LEASE))
        hearing.let_go("telegram", "other", at=TONIGHT)
        self.assertTrue(hearing.hold("telegram", "one", at=TONIGHT))


class WebhookTests(WireCase):
    async def test_telegram_brings_the_news_itself(self) -> None:
        self.go_to("19:00")
        async with self.evening(TELEGRAM_WEBHOOK_SECRET=SECRET) as standin:
            told = standin.telegram.memory

            async def set_up() -> bool:
                return bool(told.webhook.get("url"))

            await self.until(set_up)
            self.assertEqual(told.webhook["url"], webhook.address(SECRET))
            self.assertEqual(told.webhook["secret"], webhook.header(SECRET))
            token = await call(
                handles.issue_token, person=self.bor, channel="telegram", at=clock.now()
            )
            self.assertTrue(token)

    async def test_a_press_that_is_brought_is_answered_and_its_message_edited(self) -> None:
        self.go_to("19:00")
        async with self.evening(loops=False, TELEGRAM_WEBHOOK_SECRET=SECRET):
            await self.link("telegram", self.bor)
            chat = int(self.address("telegram", self.bor))
            words = {"message_id": 5, "chat": {"id": chat, "type": "private"}}
            told = await self.bring(1, message=words | {"text": "tonight looking"})
            api = telegram.Api()
            said = await api.call(told.pop("method"), **told)
            await api.close()
            button = said["reply_markup"]["inline_keyboard"][1][0]

            query = {"id": "9", "from": {"id": chat}, "message": said}
            ended = await self.bring(2, callback_query=query | {"data": button["callback_data"]})
            shown = self.standin.telegram.inbox(self.id_of(self.bor))[-1]

        self.assertEqual(ended, {"method": "answerCallbackQuery", "callback_query_id": "9"})
        self.assertEqual(shown["message_id"], said["message_id"])
        self.assertIn("Your answer for Friday 20 November: Maybe.", shown["text"])

    async def bring(self, number: int, **what: Any) -> dict[str, Any]:
        """Bring one update as Telegram does, and return what is answered."""
        answer = await AsyncClient().post(
            reverse("telegram_webhook", args=[webhook.path(SECRET)]),
            {"update_id": number, **what},
            content_type="application/json",
            headers={"X-Telegram-Bot-Api-Secret-Token": webhook.header(SECRET)},
        )
        found: dict[str, Any] = answer.json()
        return found
