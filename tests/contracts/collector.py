"""Hears everything that stand-ins in this process are asked, answer and tell, and judges it."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from botworker.standin.gateway.session import Session
from botworker.standin.journal import Journal
from botworker.standin.standin import StandIn
from botworker.standin.world import Json

from . import events
from .discord_api import discord_api
from .signal_api import signal_api
from .telegram_api import telegram_api

Judge = Callable[[Json], list[str]]


def judge_discord(record: Json) -> list[str]:
    """Judge one line of the journal that was asked under /api."""
    return discord_api().judge(record)


def judge_telegram(record: Json) -> list[str]:
    """Judge one line of the journal that was asked of Telegram."""
    return telegram_api().judge(record)


def judge_signal(record: Json) -> list[str]:
    """Judge one line of the journal that was asked of Signal."""
    return signal_api().judge(record)


JUDGES: dict[str, Judge] = {
    "/api/": judge_discord,
    "/telegram/": judge_telegram,
    "/signal/": judge_signal,
}


class Collector:
    """Keeps what was heard since it was last asked for the faults in it."""

    def __init__(self) -> None:
        self.records: list[Json] = []
        self.told: list[tuple[str, Json]] = []
        self.unknown: list[Json] = []
        self.judged = 0

    def listen(self) -> None:
        """From now on hear every journal and every gateway session of this process."""
        add, tell, stop = Journal.add, Session.hand_over, StandIn.stop

        def add_and_hear(journal: Journal, record: Json) -> None:
            add(journal, record)
            self.records.append(journal.records[-1])

        def tell_and_hear(session: Session, name: str, body: str) -> None:
            tell(session, name, body)
            self.told.append((name, json.loads(body)))

        async def stop_and_ask(standin: StandIn) -> None:
            await stop(standin)
            self.unknown += standin.unknown

        Journal.add = add_and_hear  # type: ignore[method-assign,assignment]
        Session.hand_over = tell_and_hear  # type: ignore[method-assign,assignment]
        StandIn.stop = stop_and_ask  # type: ignore[method-assign,assignment]

    def faults(self) -> list[str]:
        """Judge what was heard and forget it; give each fault once."""
        records, self.records = self.records, []
        told, self.told = self.told, []
        unknown, self.unknown = self.unknown, []
        self.judged += len(records) + len(told)
        found = [one for record in records for one in judge(record)]
        if told:
            schemas = discord_api().schemas
            found += [one for name, data in told for one in events.judge(schemas, name, data)]
        found += [f"the stand-in does not know {one}" for one in unknown]
        return once(found)


def once(faults: list[str]) -> list[str]:
    """Give each fault once, wherever in a list it was found."""
    return list({re.sub(r"\b\d+\b", "#", one): one for one in faults}.values())


def judge(record: Json) -> list[str]:
    """Judge one line of a journal by the description of whoever was asked."""
    for prefix, judge_it in JUDGES.items():
        if str(record["path"]).startswith(prefix):
            return judge_it(record)
    return []


def judge_file(journal: Path) -> list[str]:
    """Judge the journal that a stand-in in another process left behind."""
    lines: list[Any] = [json.loads(line) for line in journal.read_text().splitlines() if line]
    return once([one for line in lines for one in judge(line)])
