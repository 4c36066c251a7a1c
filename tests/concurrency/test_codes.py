import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings

from accounts.actions import handles
from accounts.models import Handle
from tests.cast import TONIGHT, SlomixLiveTestCase
from tests.channels.keys import HAVE_BOTH
from tests.concurrency.together import together

SOON = TONIGHT + timedelta(minutes=1)


@contextmanager
def environment(name: str, value: str) -> Iterator[None]:
    """Set one variable for what is connected meanwhile."""
    before = os.environ.get(name)
    os.environ[name] = value
    try:
        yield
    finally:
        os.environ.pop(name)
        if before is not None:
            os.environ[name] = before


@pytest.mark.postgresql
@override_settings(**HAVE_BOTH)
class CodeRaceTests(SlomixLiveTestCase):
    def test_fifty_redemptions_at_once_make_one_link(self) -> None:
        """W6: a code was looked up and then used up, so two could use it."""
        token = handles.issue_token(person=self.bor, channel="telegram", at=TONIGHT).token

        def redeem(number: int) -> Handle:
            return handles.redeem(
                channel="telegram",
                address=str(7_000_000_000 + number),
                token=token,
                at=SOON,
                door="test",
            )

        found = Counter(type(one).__name__ for one in together(50, redeem))

        self.assertEqual(found, {"Handle": 1, "CodeRefused": 49})
        self.assertEqual(Handle.objects.count(), 1)

    def test_a_code_is_as_old_as_it_is_whatever_zone_the_server_is_in(self) -> None:
        """W5: on a server in Ljubljana's zone every fresh code was too old already."""
        with environment("PGTZ", "Europe/Ljubljana"):
            connection.close()
            with psycopg.connect(settings.DATABASE_URL) as plain:
                zone = plain.execute("SHOW timezone").fetchone()
            token = handles.issue_token(person=self.bor, channel="telegram", at=TONIGHT).token
            connection.close()

            linked = handles.redeem(
                channel="telegram", address="7000000001", token=token, at=SOON, door="test"
            )
            with self.assertRaises(handles.TooSoon) as refused:
                handles.issue_token(person=self.bor, channel="telegram", at=TONIGHT)
        connection.close()

        self.assertEqual((zone, linked.user), (("Europe/Ljubljana",), self.bor))
        self.assertEqual(refused.exception.seconds, 30)

    def test_two_people_with_one_address_at_once_make_one_link(self) -> None:
        tokens = [
            handles.issue_token(person=who, channel="telegram", at=TONIGHT).token
            for who in (self.ana, self.bor)
        ]

        def redeem(number: int) -> Handle:
            return handles.redeem(
                channel="telegram", address="7000000001", token=tokens[number], at=SOON, door="test"
            )

        found = Counter(type(one).__name__ for one in together(2, redeem))

        self.assertEqual(found, {"Handle": 1, "AddressTaken": 1})

    def test_codes_asked_for_at_once_come_one_by_one(self) -> None:
        found = together(
            8, lambda _n: handles.issue_token(person=self.bor, channel="signal", at=TONIGHT)
        )

        self.assertEqual(Counter(type(one).__name__ for one in found), {"Issued": 1, "TooSoon": 7})
