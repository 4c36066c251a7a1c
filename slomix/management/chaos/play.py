"""One run in its arena: wave after wave, while the keeper kills and the crowd changes its mind."""

import json
import random
import threading
import time
from collections import Counter, deque
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import connection

from slomix.management.chaos import (
    beside,
    blackout,
    crowd,
    elsewhere,
    gateways,
    invariants,
    journal,
    ledger,
    mix,
    verdict,
)
from slomix.management.chaos.crowd import Wave
from slomix.management.chaos.crowd_ids import discord_ids
from slomix.management.chaos.keeper import Keeper
from slomix.management.chaos.nest import Nest
from slomix.management.chaos.plan import Plan
from slomix.management.chaos.rollout import Rollout
from slomix.management.chaos.voice import Voice
from slomix.management.progress import Progress

AHEAD = 1.0  # seconds from a promise to its time
LOOK_EVERY = 0.02
COUNT_EVERY = 0.2
# By then everything is settled, in seconds at scale 1, counted from the deadline.
SETTLED_WITHIN = 60.0
# Minds whose people do nothing while their messages go out.
STILL = ("quiet", crowd.IN_VOICE)


class Run:
    """Promises wave after wave, while the keeper kills and the crowd changes its mind."""

    def __init__(self, plan: Plan, folder: Path, env: dict[str, str]) -> None:
        self.plan, self.folder, self.env = plan, folder, env
        self.dice = random.Random(plan.seed)  # noqa: S311  repeatable, not secret
        self.door = journal.Door(env["DISCORD_BASE_URL"], env["DISCORD_BOT_TOKEN"])
        self.dms = self.door.open_dms(discord_ids(plan.deliveries))
        self.crowd = crowd.gather(plan, self.dms, self.dice, self.door)
        hit = elsewhere.hit(list(self.dms)) if plan.elsewhere and plan.alone else []
        self.faulted = frozenset(hit)
        self.waves: list[Wave] = []
        self.waiting = deque(self.crowd)
        self.progress = Progress(len(self.crowd), plan.name)
        self.began = self.promised_at = time.monotonic()
        # What happened beside the drains.
        self.beside: Counter[str] = Counter()
        self.settled = 0
        self.voice = Voice(plan, self.beside)
        self.rollout = Rollout(plan, env, self.beside)
        # Faults that were switched on and hit nobody.
        self.unhit = 0

    def play(self) -> dict[str, Any]:
        """Do it all; returns the report."""
        self.door.switch_on(self.plan.faults)
        if self.plan.alone:
            alone = elsewhere.each if self.plan.elsewhere else mix.alone
            self.door.switch_on(alone(self.plan, list(self.dms)))
        done = self.beside
        with (
            beside.start(self.plan, self.env, done) as env,
            self.voice,
            self.rollout,
            Nest(env, self.folder) as nest,
        ):
            self.keeper = Keeper(self.plan, nest, self.dice)
            self.rollout.begin(self.keeper)
            if self.plan.blackout:
                blackout.play(self)
            self._until_settled()
            # What happens late happens after everything is settled, too; the judge must see it.
            time.sleep(max((one["seconds"] for one in self._late()), default=0.0))
            self.unhit = len(self.door.ask("GET", "/standin/faults"))
            self.door.switch_off()
        return self._report()

    def _late(self) -> list[Any]:
        late = [{"seconds": self.plan.seconds(13)}] if self.plan.elsewhere else []
        return late + [one for one in self.plan.faults if one["fault"] == "late"]

    def _until_settled(self) -> None:
        counted, left = 0.0, 0
        while self.waiting or left or not counted or self._in_trouble():
            self.keeper.tick()
            if time.monotonic() - counted > COUNT_EVERY:
                self._next_wave(ledger.still_open())
                counted, left = time.monotonic(), ledger.still_open()
                self._tell(left)
                if not self.waiting and self._over() and not self._in_trouble():
                    break
            time.sleep(LOOK_EVERY)
        self._tell(left, at_last=True)

    def _in_trouble(self) -> bool:
        """The gateway has troubles left to make, or versions are left to roll out; each ends by itself."""
        return min(gateways.share(self.plan, self.beside), self.rollout.share) < 1

    def _next_wave(self, left: int) -> None:
        if not self.waiting or left > self.plan.wave // 2 or self._ahead():
            return
        self.promised_at = time.monotonic()
        people = [self.waiting.popleft() for _n in range(min(self.plan.wave, len(self.waiting)))]
        due = datetime.now(UTC) + timedelta(seconds=AHEAD + len(people) / 500)
        due = due.replace(microsecond=due.microsecond // 1000 * 1000)
        wave = crowd.promise(self.plan, len(self.waves), people, due)
        self.waves.append(wave)
        for one in people:
            if one.mind == crowd.IN_VOICE:
                self.voice.come(one)
        threading.Thread(target=self._minds, args=(wave, self.dice.random()), daemon=True).start()

    def _ahead(self) -> bool:
        """More is promised than has gone wrong: wait for the next death, but not for ever."""
        promised = 1 - len(self.waiting) / len(self.crowd)
        patience = self.plan.seconds(90)
        waited = time.monotonic() - self.promised_at > patience
        troubles = gateways.share(self.plan, self.beside)
        happened = min(self.keeper.share, troubles, self.rollout.share)
        return promised > happened and not waited

    def _minds(self, wave: Wave, seed: float) -> None:
        """Let people change their minds while their messages go out."""
        dice = random.Random(seed)  # noqa: S311
        minds = [one for one in wave.people if one.mind and not one.mind.startswith(STILL)]
        spread = min(3.0, self.plan.seconds(30))
        moments = sorted((dice.uniform(-AHEAD, spread), number) for number in range(len(minds)))
        for after, number in moments:
            wait = wave.event.due_at.timestamp() + after - time.time()
            time.sleep(max(0.0, wait))
            if minds[number].mind == crowd.COMES:
                self.voice.come(minds[number])
            else:
                crowd.act(minds[number])
        connection.close()

    def _over(self) -> bool:
        last = max(wave.event.expires_at for wave in self.waves) + timedelta(
            seconds=self.plan.seconds(SETTLED_WITHIN) + 1
        )
        return datetime.now(UTC) > last

    def _tell(self, left: int, *, at_last: bool = False) -> None:
        promised = len(self.crowd) - len(self.waiting)
        killed = self.keeper.kills.total()
        words = f"settled, {killed} kills"
        if self.keeper.zombies:
            words += f", {self.keeper.zombies.total()} zombies"
        self.progress.reach(promised - left, words)
        if at_last:
            self.progress.done()

    # --- the verdict -------------------------------------------------------------------------------

    def _report(self) -> dict[str, Any]:
        read = journal.read(self.folder / "standin" / "journal.jsonl")
        facts = verdict.gather(self, read)
        report = verdict.report(self, facts, read, invariants.Judge(facts).all())
        if not report["holds"]:
            # The database goes, what was in it stays beside the journal.
            people = {one.recipient: one for one in facts.people}
            told = [{**asdict(row), "who": asdict(people[row.recipient])} for row in facts.rows]
            (self.folder / "rows.json").write_text(json.dumps(told, default=str, indent=1))
        return report
