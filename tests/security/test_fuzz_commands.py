"""Slash commands, their completions, written commands and forms in Discord, with what nobody should send.

The real client answers over real sockets. Every answer is for its writer alone, pings nobody and is short
enough; what is not understood changes nothing; nothing is logged as a fault. The suite sends a slice of
the corpus, another for each option; `make fuzz` sends all of it.
"""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import override_settings

from accounts.models import Handle, LinkToken, PlayerLink, Preferences, Throttle
from availability.models import Away, Change, Entry, Usual
from botworker.standin.acts import CannotDo
from slomix.lib.bridge import call
from tests.bot.commanding import CommandCase
from tests.corpus import fingerprint
from tests.security.anything import CORPUS

# Command, option, and what stands beside it. Its own choices are Discord's to hold to.
OPTIONS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("avail", "day", {"status": "LOOKING"}),
    ("avail", "from", {"day": "today", "status": "LOOKING"}),
    ("avail_clear", "day", {}),
    ("away", "from", {"to": "2026-12-01"}),
    ("away", "to", {"from": "2026-12-01"}),
    ("away", "end", {}),
    ("link", "player", {}),
    ("player", "name", {}),
    ("displayname", "alias", {}),
    ("displayname", "name", {}),
)
COMPLETED = (("avail", "day"), ("avail_clear", "day"), ("away", "end"), ("link", "player"))
WRITTEN = (
    "!avail {}",
    "!avail today {}",
    "!link {}",
    "!setname {}",
    "!avail_link {}",
    "!find_player {}",
    "{}",
)
# What none of these words may change. Any text may be a name; tests/accounts/test_names.py looks at that,
# and the bot itself notes what it hears and sees.
WATCHED = [
    model._meta.db_table
    for model in (Entry, Change, Usual, Away, PlayerLink, Preferences, Handle, LinkToken)
]
# No option is empty in Discord's client, and none is longer than 6,000 signs.
# Days and words after all: wide letters, a day with a space behind it, "čet" without its caron (Thursday),
# and the last day that can be answered.
MEANT = {"ＬＯＯＫＩＮＧ", "today", "2026-11-20 ", "CET", "2027-02-19"}
SAYABLE = tuple(
    one
    for one in CORPUS
    if one.strip() and len(one) <= 4000 and "\x00" not in one and one not in MEANT
)
FEW = 4


@pytest.mark.slow
@override_settings(POLL_ENABLED=False, COMMAND_LIMIT=10_000)
class CommandFuzzTests(CommandCase):
    whole: bool

    @pytest.fixture(autouse=True)
    def _how_many(self, request: pytest.FixtureRequest) -> None:
        self.whole = bool(request.config.getoption("--fuzz", default=0))

    def said(self, turn: int) -> Iterator[str]:
        """Yield a slice of the corpus that is another one each turn, or all of it."""
        if self.whole:
            yield from SAYABLE
            return
        yield from (SAYABLE[(turn * FEW + n) % len(SAYABLE)] for n in range(FEW))

    async def test_every_option_of_every_command(self) -> None:
        async with self.night():
            await self.ready()
            before = await call(fingerprint, WATCHED)
            with self.assertNoLogs(level=logging.ERROR):
                for turn, (command, option, beside) in enumerate(OPTIONS):
                    for words in self.said(turn):
                        with self.subTest(f"/{command} {option}={words[:30]!r}"):
                            await self.command(command, beside | {option: words})
                            self.assertEqual(await call(fingerprint, WATCHED), before)

    async def command(self, name: str, options: dict[str, Any]) -> None:
        # Who tries too often is told so, and nothing of what they wrote is read.
        await call(Throttle.objects.all().delete)
        try:
            told = await self.told(self.bor, name, **options)
        except CannotDo:
            return  # Discord's client would not send it
        self.judge(told)

    def judge(self, told: dict[str, Any]) -> None:
        self.assertTrue(told["content"])
        self.assertLessEqual(len(told["content"]), 2000)
        for pinged in ("mentions", "mention_roles"):
            self.assertEqual(told.get(pinged, []), [])
        self.assertFalse(told.get("mention_everyone"))

    async def test_every_completion(self) -> None:
        async with self.night():
            await self.ready()
            with self.assertNoLogs(level=logging.ERROR):
                for turn, (command, option) in enumerate(COMPLETED):
                    for words in self.said(turn):
                        with self.subTest(f"/{command} {option}={words[:30]!r}"):
                            found = await self.offered(self.bor, command, option, words)
                            self.assertLessEqual(len(found), 25)
                            self.assertLessEqual(max(map(len, found), default=0), 100)

    async def test_every_written_command(self) -> None:
        async with self.night():
            await self.ready()
            with self.assertNoLogs(level=logging.ERROR):
                for turn, form in enumerate(WRITTEN):
                    for words in self.said(turn):
                        with self.subTest(form.format(words[:30])):
                            await self.written(form, words)

    async def written(self, form: str, words: str) -> None:
        number, channel = self.bor.discord.discord_id, await self.dm(self.bor)
        text = form.format(words)[:2000]
        await call(Throttle.objects.all().delete)
        before = await call(fingerprint, WATCHED)
        await self.standin.say(number, channel, text)
        # What is answered for certain comes behind it, so that nothing is waited for in vain.
        await self.write(self.bor, "!find_player nobody-at-all")
        for one in self.inbox(self.bor):
            self.assertLessEqual(len(one), 2000)
        self.assertEqual(await call(fingerprint, WATCHED), before)
