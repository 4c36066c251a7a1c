"""An evening that is watched: everything lives, and ana has called bor."""

from datetime import datetime, timedelta
from typing import Any

from django.test import override_settings

from botworker import pulse, vitals
from botworker.models import Delivery, GatewayLeader, PartPulse, State
from promotions import actions
from promotions.models import Campaign
from slomix.lib import clock
from slomix.operations import watch
from tests import make
from tests.cast import TONIGHT, SlomixTestCase, Stage, without_the_check

WEBHOOK = "http://127.0.0.1:9/hook/a-secret-that-nobody-may-read"
nobody_is_told = override_settings(ALERT_WEBHOOK_URL="", ALERT_MAIL_TO=[], ALERT_PING_URL="")


class Watched(Stage):
    """Bot, worker and site live; the call is for two people, each with reminder and start."""

    campaign: Campaign

    def setUp(self) -> None:
        super().setUp()
        self.clocks_differ(0)

    def clocks_differ(self, seconds: float) -> None:
        """Let the database's clock stand still as ours does, so many seconds behind it."""
        kept: Any = vitals.skew
        vitals.skew = lambda here: timedelta(seconds=seconds)
        self.addCleanup(setattr, vitals, "skew", kept)  # type: ignore[attr-defined]

    def all_live(self, at: datetime | None = None) -> None:
        """Let every part say now that it lives."""
        for part in ("bot", "worker", "web"):
            pulse.beat(part, "connected" if part == "bot" else "")
        facts: dict[str, Any] = {"at": at or clock.now(), "owner": "host-a:1:x", "released": False}
        GatewayLeader.objects.update_or_create(name="discord", defaults=facts)

    def call(self) -> None:
        """Let ana call bor and dora, who look for a game."""
        self.dora = make.person("Dora", opted_in=True)
        for who in (self.bor, self.dora):
            make.entry(who)
        self.campaign = actions.promote(
            promoter=self.ana,
            include_available=False,
            include_maybe=False,
            dry_run=False,
            at=TONIGHT,
        )

    def silence(self, part: str, seconds: float) -> None:
        """Let a part have said its last word so long ago."""
        ago = clock.now() - timedelta(seconds=seconds)
        PartPulse.objects.filter(part=part).update(at=ago)

    def all_sent(self, kind: str = "reminder") -> None:
        """Let everything of one kind have arrived."""
        rows = Delivery.objects.filter(kind=kind)
        rows.update(state=State.SENT, settled_at=clock.now())

    def codes(self) -> list[str]:
        """Return the codes of what is wrong now."""
        return [cause.code for cause in watch.causes(clock.now())]


@without_the_check
@nobody_is_told
class WatchedCase(Watched, SlomixTestCase):
    """Half past seven on a Friday, and the call is made."""

    def setUp(self) -> None:
        super().setUp()
        self.call()
        self.all_live()
