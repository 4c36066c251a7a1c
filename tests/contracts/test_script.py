"""A seeded evening with discord.py's own client, and not one word that Discord does not know."""

import asyncio
from collections.abc import Iterator

import discord
import pytest

from . import descriptions
from .plugin import KEY
from .script import Played, play


@pytest.fixture
def _discord_py_points_back() -> Iterator[None]:
    before = discord.http.Route.BASE, discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY
    yield
    discord.http.Route.BASE, discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = before


def played(request: pytest.FixtureRequest, actions: int) -> Played:
    descriptions.needed()
    return asyncio.run(play(actions, 1, request.config.stash[KEY]))


@pytest.mark.usefixtures("_discord_py_points_back")
def test_a_short_evening_is_as_discord_describes_it(request: pytest.FixtureRequest) -> None:
    came = played(request, 100)

    assert (came.broken, came.faults, came.acts) == ([], [], 100), came.told()


@pytest.mark.slow
@pytest.mark.usefixtures("_discord_py_points_back")
def test_two_thousand_actions_are_as_discord_describes_them(request: pytest.FixtureRequest) -> None:
    came = played(request, 2000)

    assert (came.broken, came.faults, came.never) == ([], [], set()), came.told()
    assert came.acts == 2000
