"""Addresses, tokens and keys, planted by the doors people use, are found where they belong alone.

One evening over real sockets to the local Discord, Telegram and Signal: bor links both, is sent
tests, a send is refused, Telegram's line breaks, strangers knock. Then everything is searched.
"""

import io
import json
import logging
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.test import Client, override_settings
from django.urls import reverse

from accounts import rotation, vault
from accounts.models import Handle, User
from botworker import webhook
from botworker.standin import Application, Channel, Guild, World
from slomix.lib import clock
from slomix.lib.backup import writing
from slomix.lib.bridge import call
from tests import routes
from tests.bot.journey import CHANNEL, GUILD, TOKEN
from tests.channels.keys import KEY, OTHER, written
from tests.channels.test_secrets import everything
from tests.channels.wire import SEND, WireCase
from tests.test_matrix import FILLED, MATRIX
from tests.test_matrix_admin import TABLES

TELEGRAM = "7000000123:canary-of-the-telegram-bot-0123456789abcdef"
HOOK = "canary of the webhook, which nobody else knows"
# No part of it is like a chat of the local Telegram, which has ids beside the usual one.
APPLICATION = 8_123_456_789
MARK = "the search reads this log"


@pytest.mark.slow
class CanaryJourney(WireCase):
    """bor's phone number and chat are planted; ana promotes, dora is another, cene unlinked."""

    def setUp(self) -> None:
        super().setUp()
        self.call = routes.call_of(self)
        self.roles = routes.cast(self)
        # What was read, by where it was read.
        self.read: dict[str, str] = {}

    def world(self) -> World:
        return World(
            application=Application(
                APPLICATION, "Slomix", "canary-secret", TOKEN, telegram_token=TELEGRAM
            ),
            redirect_uris=(),
            guild=Guild(GUILD, "Slomix", (Channel(CHANNEL, "game-night"),)),
            people=tuple(self.person_of(who) for who in (self.ana, self.bor, self.cene)),
        )

    def canaries(self) -> dict[str, str]:
        return {
            "phone number": self.address("signal", self.bor).removeprefix("+"),
            "chat": self.address("telegram", self.bor),
            "Telegram token": TELEGRAM.partition(":")[2],
            "Discord token": TOKEN,
            "key": written(KEY),
            "key's bytes": KEY.hex(),
            "webhook": HOOK,
            "webhook's path": webhook.path(HOOK),
            "webhook's header": webhook.header(HOOK),
        }

    def hits(self, where: dict[str, str], canaries: dict[str, str]) -> list[str]:
        return [
            f"{name} in {place}"
            for place, text in where.items()
            for name, canary in canaries.items()
            if canary in text
        ]

    async def test_nobody_finds_what_is_not_theirs(self) -> None:
        """W30: addresses stood in the tables in clear, and tokens in the log of every request."""
        self.go_to("19:30")
        with self.assertLogs(level=logging.DEBUG) as logs:
            logging.getLogger("accounts").debug(MARK)
            async with self.evening():
                await self.play()
                self.stopping.set()
                canaries = self.canaries()
                await call(self.knock, canaries)
                for role in ("anonymous", "unlinked", "other", "promoter", "admin"):
                    await call(self.look_round, role)
                await call(self.operate)
                own = await call(self.own_things)
        self.read["logs"] = "\n".join(logs.output)
        self.read["tables"] = await call(everything)
        self.read["sessions"] = await call(sessions)

        self.assertEqual(self.hits(self.read, canaries), [])
        await self.assert_that_the_search_can_find(own, canaries)

    async def assert_that_the_search_can_find(
        self, own: dict[str, str], canaries: dict[str, str]
    ) -> None:
        """The same search finds what is there: the owner's export, an opened row, a line of log."""
        export = ["phone number in export", "chat in export"]
        opened = ["phone number in opened rows", "chat in opened rows"]
        self.assertEqual(self.hits(own, canaries), export + opened)
        self.assertIn(MARK, self.read["logs"])
        for sealed in await call(sealed_rows):
            self.assertIn(sealed, self.read["tables"])
            for place in ("dump", "backup"):
                self.assertIn(sealed, self.read[place])
        self.assertIn(self.bor.link.player.name, self.read["promoter calls/<int:pk>/"])

    # --- the evening ---------------------------------------------------------------------------

    async def play(self) -> None:
        """Link by codes from the page, be sent tests, and let a send and a line fail."""
        for channel in ("telegram", "signal"):
            await self.link_by_code(channel)
        await self.start_bot()
        await call(self.press, self.bor, "channel_test", "discord")
        await self.until(self.heard_on_discord)
        self.fault(SEND["telegram"], fault="refuse")
        self.fault("POST /telegram/getUpdates", fault="reset_before")
        self.standin.signal.unregister(self.id_of(self.bor))
        await self.promise(self.bor, "telegram", "signal")
        await self.outcome("failed")
        self.standin.telegram.say(self.id_of(self.cene), "and now?")
        await self.until(self.the_line_was_cut)

    async def link_by_code(self, channel: str) -> None:
        if channel == "telegram":
            await self.say(channel, self.bor, "/start")
        await self.say(channel, self.cene, "who am I?")
        code = await call(self.code_for, channel)
        await self.say(channel, self.bor, f"LINK {code}")
        self.assertTrue(await call(Handle.objects.filter(user=self.bor, channel=channel).exists))
        before = len(self.heard(channel, self.bor))
        await call(self.press, self.bor, "channel_test", channel)
        await self.until(lambda: len(self.heard(channel, self.bor)) > before)

    def heard_on_discord(self) -> bool:
        return bool(self.standin.inbox(self.id_of(self.bor)))

    def the_line_was_cut(self) -> bool:
        return not self.standin.parts.faults.active

    def code_for(self, channel: str) -> str:
        answer = self.press(self.bor, "channel", channel)
        self.assertEqual(answer.status_code, 200)
        return str(answer.context["code"])

    @staticmethod
    def press(who: User, door: str, channel: str) -> Any:
        client = Client()
        client.force_login(who)
        return client.post(reverse(door, args=[channel]))

    # --- who looks -----------------------------------------------------------------------------

    def knock(self, canaries: dict[str, str]) -> None:
        """Come to the webhook with wrong secrets, right ones and nonsense, and to error pages."""
        body = {
            "message": {"chat": {"id": int(canaries["chat"])}, "text": canaries["phone number"]}
        }
        right = webhook.path(HOOK), webhook.header(HOOK)
        knocks = {"wrong": ("a" * 48, right[1]), "wrong header": (right[0], "b"), "odd": right}
        client = Client(raise_request_exception=False)
        with override_settings(TELEGRAM_WEBHOOK_SECRET=HOOK):
            for name, (path, header) in knocks.items():
                for sent in (json.dumps(body), f"{{ {canaries['phone number']}"):
                    answer = client.post(
                        reverse("telegram_webhook", args=[path]),
                        sent,
                        content_type="application/json",
                        headers={"X-Telegram-Bot-Api-Secret-Token": header},
                    )
                    self.keep(f"webhook {name}", answer)
        with override_settings(ROOT_URLCONF="tests.web.test_faults"):
            self.keep("500", client.get("/trips/"))
            self.keep("400", client.get("/unclear/"))
        with override_settings(CONTACT_KEYS=[OTHER]):
            client.force_login(self.bor)
            self.keep("wrong key", client.get("/you/"))
            self.keep("wrong key readyz", client.get("/readyz"))
            found = rotation.faults()
            self.assertTrue(found)
            self.read["wrong key faults"] = repr(found)

    def look_round(self, role: str) -> None:
        """Open every page there is as somebody who is not bor."""
        client = Client(raise_request_exception=False)
        if who := self.roles[role]:
            client.force_login(who)
        for path in self.paths():
            filled = path
            for name, value in FILLED.items():
                filled = filled.replace(name, value)
            filled = filled.replace("<int:pk>", str(self.call))
            self.keep(f"{role} {path}", client.get(f"/{filled}", headers=routes.AJAX))
        if who:
            self.keep(f"{role} export", client.post("/you/data/export/"))

    @staticmethod
    def paths() -> Iterator[str]:
        yield from (path for path, method, _codes in MATRIX if method == "GET")
        yield from ("readyz", "nowhere/", "admin/")
        for table in TABLES:
            yield f"admin/{table}/"
            for pk in range(1, 6):
                yield f"admin/{table}/{pk}/change/"
                yield f"admin/{table}/{pk}/history/"

    def keep(self, place: str, answer: Any) -> None:
        """Keep what was answered, with its head."""
        body = b"".join(answer) if answer.streaming else answer.content
        self.read[place] = self.read.get(place, "") + f"{answer.headers}\n{body.decode()}"

    def operate(self) -> None:
        """Do what an operator does: look at the evidence, back everything up."""
        for name, command in {
            "evidence": ("campaign_evidence", "latest", "--json"),
            "dump": ("dumpdata",),
        }.items():
            out, err = io.StringIO(), io.StringIO()
            with suppress(SystemExit):  # the evidence is judged elsewhere
                call_command(*command, stdout=out, stderr=err)
            self.read[name] = out.getvalue() + err.getvalue()
            self.assertGreater(len(self.read[name]), 100)
        with tempfile.TemporaryDirectory() as var:
            # What a backup holds, of the test's own transaction.
            writing.pack(Path(var) / "backup.zip", at=clock.now())
            with zipfile.ZipFile(Path(var) / "backup.zip") as packed:
                pieces = [packed.read(name).decode() for name in packed.namelist()]
        self.read["backup"] = "\n".join(pieces)

    def own_things(self) -> dict[str, str]:
        """Return what bor may see of himself, and what only the key can open."""
        client = Client()
        client.force_login(self.bor)
        rows = Handle.objects.filter(user=self.bor).order_by("-channel")
        return {
            "export": client.post("/you/data/export/").content.decode(),
            "opened rows": " ".join(vault.unseal(row.sealed) for row in rows),
        }


def sealed_rows() -> list[str]:
    found = [row.sealed for row in Handle.objects.all()]
    assert len(found) == 2
    return found


def sessions() -> str:
    """Return what the sessions hold; their column is encoded."""
    return "\n".join(repr(one.get_decoded()) for one in Session.objects.all())
