"""Who comes to voice during a run, told to the ledger as a bot tells it: again and again, some of it
late, and now and then nothing at all."""

import random
import threading
import time
from collections import Counter
from datetime import datetime

from django.db import connection

from botworker import presence
from botworker.presence import Seen
from slomix.lib import clock
from slomix.management.chaos.crowd import Person
from slomix.management.chaos.plan import Plan

CHANNEL = 1098117716001062915
# Seconds at scale 1: between two looks, between two absences of the bot, and how long one lasts.
# News are fresh for 60 s and awaited for two minutes.
EVERY, STAYS, AWAY = 10.0, (90.0, 200.0), (70.0, 90.0)

# What is counted.
TOLD_AGAIN, REFUSED, AWAYS = "looks told again", "old looks refused", "times without news"


class Voice:
    """One bot's eyes, in a thread of its own. Whoever came stays."""

    def __init__(self, plan: Plan, done: Counter[str]) -> None:
        self.plan, self.done = plan, done
        self.dice = random.Random(plan.seed)  # noqa: S311  repeatable, not secret
        self.there: list[Person] = []
        self._lock, self._over = threading.Lock(), threading.Event()
        self._watching = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "Voice":
        if self.plan.ready:
            self._watching.start()
        return self

    def __exit__(self, *_args: object) -> None:
        self._over.set()
        if self.plan.ready:
            self._watching.join(30)

    def come(self, one: Person) -> None:
        """Let somebody join; the ledger can know with the next look."""
        with self._lock:
            self.there.append(one)

    def _watch(self) -> None:
        away_at, before = self._next(STAYS), clock.now()
        while not self._over.wait(self.plan.seconds(EVERY)):
            if time.monotonic() > away_at and not self.plan.must_break:
                self.done[AWAYS] += 1
                self._over.wait(self.plan.seconds(self.dice.uniform(*AWAY)))
                away_at = self._next(STAYS)
            before = self._tell(before)
        connection.close()

    def _next(self, between: tuple[float, float]) -> float:
        return time.monotonic() + self.plan.seconds(self.dice.uniform(*between))

    def _tell(self, before: datetime) -> datetime:
        """Tell a look twice, and after it that nobody is there, as of the one before."""
        with self._lock:
            people, at = list(self.there), clock.now()
        seen = [Seen(one.discord_id, CHANNEL) for one in people]
        presence.note_voice(seen, at=at)
        known = time.time()
        for one in people:
            # From now on no try may begin for them.
            one.at = one.at or known
        self.done[TOLD_AGAIN] += presence.note_voice(seen, at=at)
        self.done[REFUSED] += not presence.note_voice([], at=before)
        return at


def wrong(plan: Plan, done: Counter[str]) -> list[str]:
    """Return what a run with the ready check must have met, and did not."""
    wanted = (TOLD_AGAIN, REFUSED, AWAYS) if plan.ready and not plan.must_break else ()
    return [f"{one}: none" for one in wanted if not done[one]]
