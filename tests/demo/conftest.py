"""A Discord outside, and what its bot may ask it."""

from collections.abc import Iterator

import pytest

from botworker.standin.standin import StandIn, serve_in_thread
from slomix.management.rehearsal.rest import Rest
from tests.demo.outside import TOKEN, outside


@pytest.fixture(scope="module")
def discord() -> Iterator[StandIn]:
    standin = outside()
    with serve_in_thread(standin):
        yield standin


@pytest.fixture
def rest(discord: StandIn) -> Iterator[Rest]:
    found = Rest(discord.url, TOKEN)
    yield found
    found.close()
