"""A raid with bots as processes: whoever plans and votes, what Discord shows, and how bots die."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from slomix.management import community
from slomix.management.demo import process
from tests.fresh import BASE
from tests.whole.bots import Bots, Gateway, stage, wait

# A machine that is busy with other things.
WITHIN = 120.0
SCALE = "6"
GUILD, PLANNER = community.GUILD_ID, community.RAIDS_ID
SLOTS, LIST = community.RAID_SLOTS_ID, community.RAID_LIST_ID


class Hand:
    """Does what people do, in a process of its own."""

    def __init__(self, running: "subprocess.Popen[str]") -> None:
        self.running = running

    def do(self, verb: str, **given: Any) -> Any:
        """Do one thing and return what came of it."""
        assert self.running.stdin and self.running.stdout
        self.running.stdin.write(json.dumps({"do": verb, **given}) + "\n")
        self.running.stdin.flush()
        said = self.running.stdout.readline()
        assert said, "the hand died"
        return json.loads(said)


class Night:
    """A server that plans raids, and bots that keep what it shows."""

    def __init__(self, bots: Bots, gateway: Gateway, hand: Hand) -> None:
        self.bots, self.gateway, self.hand = bots, gateway, hand
        self.started = 0

    def start(self, trap: dict[str, Any] | None = None, *, unelected: bool = False) -> str:
        """Start a bot, with a trap in it if one is named; returns its name."""
        self.started += 1
        name = f"bot{self.started}"
        # Two beside each other keep the product's own times: a lease outlasts its request.
        env = self.bots.env | ({} if unelected else {"SCALE": SCALE})
        env |= {"TRAP": json.dumps(trap)} if trap else {}
        env |= {"UNELECTED": "1"} if unelected else {}
        argv = [sys.executable, "-m", "tests.whole.trapped_bot"]
        log = self.bots.var / f"{name}.log"
        self.bots.running[name] = process.start(argv, log, env, append=False)
        return name

    def died(self, name: str) -> bool:
        """Say whether a bot is no more."""
        return self.bots.running[name].poll() is not None

    def dies(self, name: str) -> None:
        """Wait until a bot's trap has sprung."""
        self.wait(lambda: self.died(name))
        assert self.bots.running[name].returncode == -9, self.bots.said(name)[-2000:]
        assert "trap sprung" in self.bots.said(name)

    def posts(self, channel: int) -> list[dict[str, Any]]:
        """Return what everybody reads in a channel."""
        found = list(self.gateway.standin.messages(channel))
        return [one for one in found if not one["flags"] & 64]

    def text(self, channel: int) -> str:
        """Return all of it as one text."""
        said = [one["content"] + json.dumps(one["embeds"]) for one in self.posts(channel)]
        return "\n".join(said)

    def roles(self) -> list[dict[str, Any]]:
        """Return the roles that were made for raids."""
        every = list(self.gateway.standin.parts.store.guilds.roles[GUILD].values())
        return [one for one in every if one["name"].startswith("Raid #")]

    def wait(self, true: Any) -> None:
        """Wait for something; a busy machine is given the time."""
        wait(true, WITHIN)

    def kept(self) -> list[dict[str, Any]]:
        """Return the rows of messages."""
        return [row for row in self.hand.do("kept") if row["form"] == "message"]

    def each_stands_once(self) -> None:
        """Every row that is alive leads to one message, and no message is nobody's.

        What a killed bot had said is known once its lease is over and somebody has read it back.
        """
        self.wait(lambda: all(row["message_id"] for row in self.kept() if not row["closed_at"]))
        rows = self.kept()
        stand = {
            (one, int(post["id"])) for one in (PLANNER, SLOTS, LIST) for post in self.posts(one)
        }
        known = [(row["channel_id"], row["message_id"]) for row in rows if row["message_id"]]
        living = {(row["channel_id"], row["message_id"]) for row in rows if not row["closed_at"]}
        assert living <= stand <= set(known), (living, stand, known)
        assert max(Counter(known).values()) == 1, known


@contextmanager
def raiding(var: Path, database: str = "") -> Iterator[Night]:
    """Open a local Discord and a database on which raids are planned; nobody runs yet."""
    with stage(var, database) as (bots, gateway):
        bots.env["DJANGO_SETTINGS_MODULE"] = "slomix.settings"
        bots.env |= {f"AVAILABILITY_{one}_ENABLED": "false" for one in ("TELEGRAM", "SIGNAL")}
        running = subprocess.Popen(
            [sys.executable, "-m", "tests.whole.raid_hand"],
            cwd=BASE,
            env=bots.env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            night = Night(bots, gateway, Hand(running))
            night.hand.do("settle_in")
            yield night
        finally:
            assert running.stdin and running.stdout
            running.stdin.close()
            running.wait(20)
            running.stdout.close()
