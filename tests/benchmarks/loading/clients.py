"""python -m tests.benchmarks.loading.clients PLAN: open pages, people who answer, and a promoter.

Every page asks again two seconds after it asked, as htmx does; answers come at their own times,
whether or not the one before was answered. All of it ends by itself.
"""

import asyncio
import json
import os
import random
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from slomix.lib.progress import Progress
from tests.benchmarks.loading.asking import Door, Refused
from tests.benchmarks.loading.plan import Plan

EVERY = 2.0
ENDS_WITHIN = 30.0
STATUSES = ("LOOKING", "AVAILABLE", "MAYBE")
DOORS = ("web", "api", "discord")


class Clients:
    """Everybody, and what they were answered."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.door = Door(plan)
        self.took: dict[str, list[float]] = {name: [] for name in ("same", "changed", *DOORS)}
        self.wrong: Counter[str] = Counter()
        self.ends = plan.begins + plan.seconds
        self.called = 0.0
        self.parent = os.getppid()

    async def run(self) -> dict[str, Any]:
        """Do all of it; returns what was seen."""
        await asyncio.sleep(max(0.0, self.plan.begins - time.time()))
        began, spent = time.time(), time.process_time()
        dice = random.Random(1)  # noqa: S311  phases, no secrets
        async with asyncio.timeout(self.plan.seconds + ENDS_WITHIN), asyncio.TaskGroup() as group:
            for number in range(self.plan.pages):
                group.create_task(self.page(number, dice.random() * EVERY))
            group.create_task(self.answers(group))
            group.create_task(self.promoter())
            group.create_task(self.tell())
        return {
            "late_start_s": round(began - self.plan.begins, 1),
            "client_cpu_s": round(time.process_time() - spent, 1),
            "took": self.took,
            "wrong": dict(self.wrong),
            "promote_s": round(self.called, 3),
        }

    async def page(self, number: int, phase: float) -> None:
        """Keep one page open."""
        cookie, _person = self.plan.people[number + 1]
        await asyncio.sleep(phase)
        seen = b""
        while (asked := time.time()) < self.ends:
            try:
                changed, seen = await self.door.look(cookie, seen)
                self.took["changed" if changed else "same"].append(time.time() - asked)
            except (Refused, OSError, TimeoutError) as fault:
                self.note("page", fault)
            await asyncio.sleep(max(0.0, EVERY - (time.time() - asked)))

    async def answers(self, group: asyncio.TaskGroup) -> None:
        """Let somebody answer at every tick, through the three doors in turn."""
        began, number = time.time(), 0
        while (at := began + number / self.plan.answers) < self.ends:
            await asyncio.sleep(max(0.0, at - time.time()))
            group.create_task(self.answer(number))
            number += 1

    async def answer(self, number: int) -> None:
        """Answer once; everybody says something else than the time before."""
        door, called = DOORS[number % len(DOORS)], len(self.plan.people) - 1
        # Neighbours in time are no neighbours in the list.
        cookie, person = self.plan.people[1 + number * 7 % called]
        status = STATUSES[(number % called + number // called) % len(STATUSES)]
        asked = time.time()
        try:
            await getattr(self.door, door)(cookie, person, status)
            self.took[door].append(time.time() - asked)
        except (Refused, OSError, TimeoutError) as fault:
            self.note(door, fault)

    async def promoter(self) -> None:
        """Call everybody in the middle of it."""
        await asyncio.sleep(max(0.0, self.plan.promoted - time.time()))
        asked = time.time()
        try:
            await self.door.call(self.plan.people[0][0])
        except (Refused, OSError, TimeoutError) as fault:
            self.note("call", fault)
        self.called = time.time() - asked

    def note(self, where: str, fault: BaseException) -> None:
        """Count what went wrong, by its words."""
        self.wrong[f"{where}: {type(fault).__name__} {fault}"[:200]] += 1

    async def tell(self) -> None:
        """Show how far it is."""
        with Progress(int(self.plan.seconds), "seconds of load") as progress:
            while time.time() < self.ends:
                await asyncio.sleep(1)
                if os.getppid() != self.parent:
                    os._exit(1)  # whoever began this is gone, and nobody would read what was seen
                pages = len(self.took["same"]) + len(self.took["changed"])
                answers = sum(len(self.took[door]) for door in DOORS)
                faults = f"{self.wrong.total()} errors"
                gone = min(self.plan.seconds, time.time() - self.plan.begins)
                progress.reach(int(gone), f"{pages} pages, {answers} answers, {faults}")


def main(file: str) -> None:
    """Read the plan, do it, print what was seen."""
    found = asyncio.run(Clients(Plan.from_json(Path(file).read_text())).run())
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
