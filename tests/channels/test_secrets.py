"""A phone number, a chat and a token, planted in an evening that goes wrong, are found nowhere."""

import logging

from django.db import connection

from botworker.models import Attempt
from botworker.standin.faults import Fault
from slomix.lib.bridge import call
from tests.channels.wire import SEND, WireCase


class SecretsJourney(WireCase):
    async def test_no_log_and_no_table_holds_an_address_or_a_token(self) -> None:
        """W30: addresses stood in the tables in clear, and tokens in the log of every request."""
        self.go_to("20:45")
        with self.assertLogs(level=logging.DEBUG) as logs:
            logging.getLogger("httpx").warning("the test listens")
            async with self.evening() as standin:
                token = standin.parts.world.application.telegram_token
                for channel in ("telegram", "signal"):
                    await self.link(channel, self.bor)
                    await self.say(channel, self.cene, "who am I?")
                faults = standin.parts.faults.active
                faults.append(Fault.from_json({"route": SEND["telegram"], "fault": "refuse"}))
                standin.signal.unregister(self.id_of(self.bor))
                faults.append(
                    Fault.from_json({"route": "POST /telegram/getUpdates", "fault": "reset_before"})
                )
                await self.promise(self.bor, "telegram", "signal")
                await self.outcome("failed")
                standin.telegram.say(self.id_of(self.cene), "and now?")
                await self.until(lambda: "telegram is not heard" in "\n".join(logs.output))
                secrets = [
                    token.partition(":")[2],
                    *(self.address("telegram", who) for who in (self.bor, self.cene)),
                    *(self.address("signal", who)[1:] for who in (self.bor, self.cene)),
                ]
        kept = await call(everything)

        for secret in secrets:
            self.assertNotIn(secret, "\n".join(logs.output))
            self.assertNotIn(secret, kept)
        self.assertEqual(await call(Attempt.objects.count), 2)


def everything() -> str:
    """Return what every table holds, as text; the pulse alone names our own number."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  our own tables
            found.append(repr(cursor.fetchall()))
    return "\n".join(found)
