"""The table of what can be sent is whole, and nearly all of it does something."""

import re

import pytest

from tests.security.sending import NOT_HERE, SENDINGS, SendingCase
from tests.test_matrix import MATRIX

# On this stage they have nothing to do; their refusal is looked at all the same.
REFUSED_HERE = {
    # Wants what happens later: an offer, a draft, a raid that is over, yesterday's room, a channel.
    *(f"POST room/standby/{what}/ 400" for what in ("1/accept", "1/decline", "take")),
    *(f"POST room/draft/{what}/ 400" for what in ("start", "pick", "back", "stop")),
    *(f"POST raids/{{raid}}/{what}/ 400" for what in ("correct", "object", "settle", "rejoin")),
    *("POST raids/{raid}/hand-over/ 400", "POST raids/on/{server}/plan/ 400"),
    *("POST room/2026-11-19/again/ 400", "POST nudge/ 400", "POST accounts/second-factor/ 400"),
    *("POST calls/{call}/post/ 400", "POST api/availability/promotions/campaigns/{call}/post 409"),
    # Bor is his teams' captain and ana's raid is not his to leave; called is called.
    *("POST raids/{raid}/leave/ 400", "POST room/teams/ 400", "POST room/ping/ 400"),
    *("POST api/availability/promotions/campaigns 409", "POST api/planning/today/teams 403"),
}


def shape(route: str) -> str:
    """Return a route without what fills it."""
    bare = re.sub(r"\?.*", "", route)
    return re.sub(
        r"<[^>]*>|{\w+}|\b(?:2026-\d\d-\d\d|telegram|personal)\b|(?<=standby/)1", "*", bare
    )


def test_every_door_of_the_matrix_is_in_the_table() -> None:
    doors = {
        (method, shape(path))
        for path, method, codes in MATRIX
        if method != "GET" and path not in NOT_HERE
    }
    here = {(one.method, shape(one.route)) for one in SENDINGS}

    assert doors - here == set()
    assert here - doors == set()


@pytest.mark.slow
class TableTests(SendingCase):
    def test_each_is_taken_or_refused_in_words(self) -> None:
        refused = set()
        for sending in SENDINGS:
            with self.subTest(sending.name), self.undone():
                answer = self.send(sending)
                self.assertIn(answer.status_code, (200, 302, 400, 403, 404, 409), sending.name)
                if answer.status_code >= 400:
                    refused.add(f"{sending.name} {answer.status_code}")
        self.assertEqual(refused, REFUSED_HERE)
