"""An evening whose call is made and whose start is near, for tests of what follows it."""

from typing import Any

from django.test import override_settings

from accounts.models import User
from botworker import claims, presence
from botworker.channels import Refusal, Said
from botworker.models import Delivery
from botworker.presence import Seen
from botworker.settling import settle
from promotions import actions, jobs
from promotions.models import Campaign
from tests import make
from tests.cast import TONIGHT, SlomixTestCase

KEY = "PROMOTE:FOLLOWUP:2026-11-20"
CHANNEL = 1_098_116_459_156_865_024
DAY = TONIGHT.date()


@override_settings(VOICE_CHECK_ENABLED=True, FOLLOWUP_CHANNEL_ID=CHANNEL)
class AfterTheStart(SlomixTestCase):
    """ana has called; bor and dana said that they play. At 21:02 somebody looks who is there."""

    def setUp(self) -> None:
        super().setUp()
        self.dana = make.person("Dana", opted_in=True, show_name=False)
        make.entry(self.bor)
        make.entry(self.dana)
        self.campaign = self.promote()

    def promote(self, **changes: Any) -> Campaign:
        facts = {"include_available": False, "include_maybe": False, "dry_run": False}
        return actions.promote(promoter=self.ana, at=TONIGHT, **(facts | changes))

    def row(self, who: User) -> Delivery:
        return Delivery.objects.filter(event_key=KEY, person=who).latest("pk")

    def outcome(self, who: User) -> tuple[str, str]:
        row = self.row(who)
        return str(row.state), row.reason

    def in_voice(self, *who: User, wall: str = "21:02") -> None:
        presence.note_voice([Seen(one.discord.discord_id, 1) for one in who], at=make.at(wall))

    def on_server(self, *names: str, wall: str = "21:02") -> None:
        presence.note_server(names, at=make.at(wall))

    def release(self, wall: str = "21:00") -> None:
        for job_id in jobs.due(make.at(wall)):
            jobs.run(job_id, at=make.at(wall))

    def drain(
        self, wall: str = "21:02", answer: Refusal | None = None, channel: str = "discord"
    ) -> set[str]:
        """Send what is due and nothing else of the evening; return who read what."""
        others = Delivery.objects.exclude(kind__in=("follow_up", "summary"))
        others.filter(state__in=("planned", "scheduled")).update(state="sent", settled_at=TONIGHT)
        at = make.at(wall)
        jobs_ = claims.begin(claims.claim(channel, at=at, owner="drain"), at=at)
        settle([(job, answer or Said(1, 2)) for job in jobs_], at=at)
        return {job.body for job in jobs_}

    def asked(self) -> set[str]:
        sent = Delivery.objects.filter(event_key=KEY, state="sent")
        return {one.person.name for one in sent if one.person}

    def summary(self) -> str:
        return Delivery.objects.get(kind="summary").body
