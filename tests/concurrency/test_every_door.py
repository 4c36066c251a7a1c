"""Every request that changes something, twice at the same instant: nobody sees a fault of ours."""

import pytest

from tests.concurrency.together import together
from tests.rooms.evening import RoomLiveTestCase
from tests.security.sending import SENDINGS, SendingStage, settings_of_the_stage

# What takes somebody out comes last, so that the rest has people.
LAST = (
    "you/erase/",
    "you/discord/unlink/",
    "auth/discord/unlink",
    "you/player/unlink/",
    "auth/link",
)

pytestmark = [pytest.mark.slow, pytest.mark.postgresql]


@settings_of_the_stage
class EveryDoorTests(SendingStage, RoomLiveTestCase):
    def test_twice_at_the_same_instant(self) -> None:
        ordered = sorted(SENDINGS, key=lambda one: one.route in LAST)
        for sending in ordered:
            with self.subTest(sending.name):
                clients = [self.client_of(sending.who) for _n in range(2)]

                found = together(
                    2,
                    lambda n, one=sending, who=clients: self.send(one, who[n]).status_code,  # type: ignore[misc]
                )

                self.assertTrue(all(isinstance(code, int) and code < 500 for code in found), found)
