"""What promoters do is written down: who, through which door, how many; nobody else by name.

Discord's door is in tests/bot/test_promote_command.py, the admin's in test_admin.py.
"""

from accounts.models import AuditEntry
from promotions.models import Campaign
from tests import make
from tests.api.client import PROMOTIONS, Caller
from tests.cast import SlomixTestCase


class AuditTests(SlomixTestCase):
    def setUp(self) -> None:
        super().setUp()
        make.entry(self.bor)
        make.entry(make.person("Emil"))
        self.sign_in(self.ana)
        self.api = Caller(self.ana)

    def written(self) -> tuple[str, str, dict[str, object]]:
        entry = AuditEntry.objects.filter(action__startswith="campaign").latest("pk")
        self.assertEqual((entry.actor, entry.subject), (self.ana, self.ana))
        for name in ("Bor", "Emil", str(self.bor.discord.discord_id)):
            self.assertNotIn(name, str(entry.detail))
        return entry.action, entry.door, entry.detail

    def test_a_call_on_the_page(self) -> None:
        self.client.post("/promote/")

        call = Campaign.objects.get().pk
        facts = {"campaign": call, "called": 1, "left_out": 1, "dry_run": False}
        self.assertEqual(self.written(), ("campaign_confirmed", "web", facts))

    def test_a_call_by_json(self) -> None:
        self.api.post(f"{PROMOTIONS}/campaigns", {})

        action, door, detail = self.written()
        self.assertEqual((action, door, detail["called"]), ("campaign_confirmed", "api", 1))

    def test_a_dry_run_on_the_page_and_by_json(self) -> None:
        self.client.post("/promote/", {"dry_run": "on"})
        _action, door, detail = self.written()
        self.assertEqual((door, detail["dry_run"]), ("web", True))

        self.api.post(f"{PROMOTIONS}/campaigns", {"dry_run": True})
        _action, door, detail = self.written()
        self.assertEqual((door, detail["dry_run"]), ("api", True))

    def test_a_cancel_on_the_page(self) -> None:
        self.client.post("/promote/")
        call = Campaign.objects.get().pk

        self.client.post(f"/calls/{call}/cancel/")

        facts = {"campaign": call, "stopped": 3, "told": 0}
        self.assertEqual(self.written(), ("campaign_cancelled", "web", facts))

    def test_a_cancel_by_json(self) -> None:
        call = self.api.post(f"{PROMOTIONS}/campaigns", {}).json()["campaign_id"]

        self.api.post(f"{PROMOTIONS}/campaigns/{call}/cancel", {})

        facts = {"campaign": call, "stopped": 3, "told": 0}
        self.assertEqual(self.written(), ("campaign_cancelled", "api", facts))

    def test_what_was_refused_is_not_written_down(self) -> None:
        self.client.post("/promote/")
        self.client.post("/promote/")
        Caller(self.bor).post(f"{PROMOTIONS}/campaigns", {})

        rows = AuditEntry.objects.filter(action="campaign_confirmed")
        self.assertEqual(rows.count(), 1)
