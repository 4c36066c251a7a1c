"""Two bots that keep the same raids beside each other, on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.concurrency.test_leader import Database
from tests.whole.raiding import raiding
from tests.whole.two_reconcilers import fifty_votes

pytestmark = [pytest.mark.slow, pytest.mark.postgresql]


@pytest.fixture
def database() -> Iterator[Database]:
    with Database().made() as made:
        yield made


def test_fifty_votes_leave_one_message_of_each(tmp_path: Path, database: Database) -> None:
    with raiding(tmp_path, database.url) as night:
        fifty_votes(night)
