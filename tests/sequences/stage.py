"""An evening in sequences: public verbs on one side, a provider that remembers on the other."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from accounts import actions as people
from accounts.models import User
from availability import actions as evenings
from botworker import claims, settling, sweep
from botworker.channels import Refusal, Said
from botworker.claims import Job
from botworker.models import Delivery
from botworker.outbox import recipient_of
from promotions import actions, tasks
from promotions.models import Campaign
from tests import make
from tests.cast import SlomixTestCase
from tests.ledger.oracle import Posted, Provider

DAY = make.TONIGHT.date()
BOTH = {"reminder": 1, "start": 1}


class Evening(SlomixTestCase):
    """ana calls; bor is looking and has asked for reminders; eva promotes too."""

    def setUp(self) -> None:
        super().setUp()
        self.eva: User = make.person("Eva", promoter=True, opted_in=True)
        self.provider = Provider()
        self.restarts = 0
        self.answer(self.bor, "LOOKING", "19:30")

    def answer(self, who: User, status: str, wall: str) -> None:
        evenings.answer(person=who, day=DAY, status=status, at=self.travel(wall))

    def promote(self, who: User | None = None, wall: str = "19:40", **changes: Any) -> Campaign:
        wishes: dict[str, Any] = {"include_available": True, "include_maybe": True}
        at = self.travel(wall)
        return actions.promote(
            promoter=who or self.ana, at=at, **(wishes | {"dry_run": False} | changes)
        )

    def opt(self, who: User, wish: bool, wall: str) -> None:
        people.set_preferences(person=who, at=self.travel(wall), allow_promotions=wish)

    # --- what the machines do ------------------------------------------------------------------------

    def tick(self, *walls: str) -> None:
        """Let worker and drain do what is due at each of these times."""
        for wall in walls:
            at = self.travel(wall)
            tasks.run_due_jobs()
            self.look(at)
            self.settle(self.send(self.begin(self.claim(at), at), at), at)

    def evening(self) -> None:
        """Let the whole evening pass."""
        self.tick("20:43", "20:45", "20:46", "20:57", "20:58", "21:00", "21:01", "21:10")

    def claim(self, at: datetime, channel: str = "discord") -> list[Job]:
        return claims.claim(channel, at=at, owner=f"drain {self.restarts}")

    def begin(self, jobs: list[Job], at: datetime) -> list[Job]:
        return claims.begin(jobs, at=at)

    def send(self, jobs: list[Job], at: datetime) -> list[tuple[Job, Said | Refusal]]:
        return [(job, self._post(job, at)) for job in jobs]

    def _post(self, job: Job, at: datetime) -> Said:
        key = Delivery.objects.get(pk=job.delivery_id).event_key
        request = Posted(key, job.recipient, job.marker, job.nonce, at)
        return Said(channel_id=1, message_id=self.provider.post(request))

    def settle(self, results: list[tuple[Job, Said | Refusal]], at: datetime) -> None:
        settling.settle(results, at=at)

    def look(self, at: datetime) -> None:
        """Free what the dead held, and read back what nobody knows."""
        sweep.sweep(at)
        for job in sweep.to_read_back("discord", at=at):
            number = self.provider.find(job.marker)
            if number:
                sweep.found(job, Said(1, number), at=at)
            else:
                sweep.absent(job, at=at)

    def restart(self, at: datetime) -> datetime:
        """Kill the drain and start another when the dead one's lease is over."""
        self.restarts += 1
        later = at + timedelta(seconds=31)
        self.travel(later)
        return later

    # --- what became of it ---------------------------------------------------------------------------

    def heard(self, who: User) -> dict[str, int]:
        """Count what somebody has heard, by kind."""
        return self.heard_by(who.discord.discord_id)

    def heard_by(self, discord_id: int) -> dict[str, int]:
        mine = recipient_of(discord_id)
        kinds = {"T-15": "reminder", "T0": "start"}
        said = [
            one.event_key.split(":")[1] for one in self.provider.messages if one.recipient == mine
        ]
        return dict(Counter(kinds[one] for one in said))

    def reasons(self, who: User) -> dict[str, str]:
        """Return why somebody did not hear what they did not hear."""
        rows = Delivery.objects.filter(recipient=recipient_of(who.discord.discord_id))
        return dict(rows.exclude(reason="").order_by("pk").values_list("kind", "reason"))
