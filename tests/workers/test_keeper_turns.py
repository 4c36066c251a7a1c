"""What keeping messages true asks of the database's thread, beside people who press."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from botworker import guild_roles, pacing
from botworker import tracked_looks as looks
from botworker import tracked_rows as rows
from botworker.keeper import Keeper
from botworker.models import Bucket, Tracked
from botworker.tracked import Drawn
from botworker.tracked_rows import Verb
from slomix.lib.bridge import call
from tests import kept
from tests.cast import TONIGHT
from tests.ledger.keeping import KeptCase, after

MESSAGES = 8
# The kind that is drawn here, and which of its messages were.
KINDS = {"board": __name__}
versions = kept.versions
drawn: list[str] = []


def draw(key: str, at: datetime) -> Drawn:
    drawn.append(key)
    return kept.draw(key, at)


class Hurried:
    """A clock by which a tenth of a second passes whenever it is read: there is always a token."""

    def __init__(self) -> None:
        self.at = after(60)

    def now(self) -> datetime:
        self.at += timedelta(seconds=0.1)
        return self.at

    async def check(self) -> None:
        return None


class Discord:
    """Takes every edit, in any channel."""

    def __init__(self) -> None:
        self.edited = 0

    def get_partial_messageable(self, _channel: int) -> "Discord":
        return self

    def get_partial_message(self, _message: int) -> "Discord":
        return self

    async def edit(self, **_shown: Any) -> None:
        self.edited += 1


class Case(KeptCase):
    def change(self, number: int) -> None:
        """Have so many messages in channels of their own that are out of date."""
        for one in range(number):
            kept.post(kept.board(f"B{one}", 100 + one, TONIGHT), 1000 + one, TONIGHT)
            Tracked.objects.filter(key=f"B{one}").update(message_id=1000 + one)
            kept.says(f"B{one}", "news")
        rows.watch(after(10))


class PressTests(Case):
    @override_settings(TRACKED_KINDS=KINDS)
    async def test_a_press_stands_behind_one_drawing_and_not_behind_all(self) -> None:
        """While hundreds voted each of twenty drawings waited in that thread, and waited again for its
        token, one after the other: six messages a second were edited, and the last was seconds late."""
        await call(self.change, MESSAGES)
        local: Any = Discord()
        keeper = Keeper(local, Hurried())
        drawn.clear()

        self.assertTrue(await keeper.round())
        flying = list(keeper._flying)
        await asyncio.sleep(0)
        before = await call(lambda: len(drawn))  # as a press would ask now
        await asyncio.gather(*flying)

        self.assertLessEqual(before, 1)
        self.assertGreaterEqual(local.edited, MESSAGES)


class TokenTests(Case):
    """A request has its token with the visit that says what it is to ask for."""

    def level(self) -> float:
        found = Bucket.objects.filter(name=rows.CHANNEL).first()
        return found.level if found else pacing.BURST

    def test_what_is_to_be_done_has_its_token(self) -> None:
        kept.says("A", "news")
        self.notice(10)
        [row] = self.claimed(12)

        work, paced = looks.begin(row, at=after(12))

        self.assertEqual((work and work.verb, paced), (Verb.EDIT, True))
        self.assertEqual(self.level(), pacing.BURST - 1)

    def test_what_asks_nothing_takes_none(self) -> None:
        kept.says("A", "first")
        self.notice(10)
        [row] = self.claimed(12)

        self.assertEqual(looks.begin(row, at=after(12)), (None, False))
        self.assertEqual(self.level(), pacing.BURST)

    def test_without_a_token_it_is_drawn_and_waits(self) -> None:
        kept.says("A", "news")
        self.notice(10)
        [row] = self.claimed(12)
        while pacing.take(rows.CHANNEL, 1, at=after(12)):
            pass

        work, paced = looks.begin(row, at=after(12))

        self.assertEqual((work and work.verb, paced), (Verb.EDIT, False))

    def test_whoever_is_given_a_role_waits_for_no_token(self) -> None:
        """A role waited for its second request in the queue of the messages, until it gave up."""
        while pacing.take(rows.CHANNEL, 1, at=after(12)):
            pass

        self.assertTrue(guild_roles._may_ask(first=True, at=after(12)))
        self.assertFalse(guild_roles._may_ask(first=False, at=after(12)))
        self.assertTrue(guild_roles._may_ask(first=False, at=after(13)))


class ClaimTests(Case):
    def test_each_that_is_claimed_costs_one_question(self) -> None:
        self.change(MESSAGES)

        with CaptureQueriesContext(connection) as asked:
            claimed = rows.claim(at=after(12), owner="one", most=MESSAGES)

        self.assertEqual({row.fence for row in claimed}, {1})
        self.assertEqual(len(claimed), MESSAGES)
        self.assertEqual(len(asked), MESSAGES + 2)

    def test_what_is_busy_elsewhere_stays_there(self) -> None:
        self.change(MESSAGES)
        mine = rows.claim(at=after(12), owner="one", most=3)

        theirs = rows.claim(at=after(12), owner="two", most=MESSAGES)

        self.assertEqual((len(mine), len(theirs)), (3, MESSAGES - 3))
        self.assertFalse({row.pk for row in mine} & {row.pk for row in theirs})
