"""Two bots that keep the same raids beside each other, on SQLite."""

from pathlib import Path

import pytest

from tests.whole.raiding import raiding
from tests.whole.two_reconcilers import fifty_votes

pytestmark = pytest.mark.slow


def test_fifty_votes_leave_one_message_of_each(tmp_path: Path) -> None:
    with raiding(tmp_path) as night:
        fifty_votes(night)
