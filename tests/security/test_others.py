"""Whatever somebody sends, with whosever numbers: the rows of others stay as they are."""

from typing import Any

import pytest
from django.test import Client

from tests import make
from tests.security.rows import Change, changes, snapshot
from tests.security.sending import SENDINGS, Sending, SendingCase

# A secret in the address or in the request says who may, whoever brings it.
BEARS_A_SECRET = {"stop/{stop_token}/", "s/{once_token}/", "api/availability/link-confirm"}
# What a role may do that touches others: calling them, and what a room is for.
PROMOTERS = {
    "POST calls/{call}/cancel/: botworker.Delivery",
    "POST promote/: botworker.Delivery,promotions.Recipient",
    "POST api/availability/promotions/campaigns: botworker.Delivery,promotions.Recipient",
    "POST api/availability/promotions/campaigns/{call}/cancel: botworker.Delivery",
    "DELETE api/planning/today/suggestions/{name}: rooms.Name,rooms.Vote",
    "POST room/teams/: rooms.Member",
    "POST room/names/{name}/withdraw/: rooms.Name,rooms.Vote",
}
MAY: dict[str, set[str]] = {
    "anonymous": set(),
    "unlinked": set(),
    "other": set(),
    "promoter": PROMOTERS,
    "admin": PROMOTERS
    | {
        "POST raids/{raid}/finish/: raids.Attendance",
        "POST raids/{raid}/cancel/: botworker.Delivery",
    },
}


@pytest.mark.slow
class OthersTests(SendingCase):
    """Bor's and ana's numbers, sent by everybody else."""

    def setUp(self) -> None:
        super().setUp()
        self.dora = make.person("Dora")
        self.vid = make.person("Vid", promoter=True)
        self.roles: dict[str, Any] = {
            "anonymous": None,
            "unlinked": self.cene,
            "other": self.dora,
            "promoter": self.vid,
            "admin": self.admin,
        }

    def touched(self, sending: Sending, client: Client, me: int) -> list[Change]:
        """Return the rows of others that a request changed."""
        with self.undone():
            answer = self.send(sending, self.again(client))
            after = snapshot()
        self.assertLess(answer.status_code, 500, sending.name)
        return [one for one in changes(self.before, after) if one.owners - {me}]

    def test_nobody_reaches_what_is_anothers(self) -> None:
        for role, person in self.roles.items():
            client = self.client_of("")
            if person:
                client.force_login(person)
            self.before = snapshot()
            reached = set()
            for sending in SENDINGS:
                if sending.route not in BEARS_A_SECRET:
                    found = self.touched(sending, client, person.pk if person else 0)
                    if found:
                        labels = ",".join(sorted({one.label for one in found}))
                        reached.add(f"{sending.name}: {labels}")
            with self.subTest(role):
                self.assertEqual(reached, MAY[role])
