"""What the variables of the planning room become."""

from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests import fresh

NOCOJ = 1_098_116_459_156_865
TOKEN, OTHER = "first.bot.token", "second.bot.token"


def test_a_thread_is_begun_only_where_that_is_wanted() -> None:
    assert fresh.settings().PLANNING_THREAD_ENABLED is False
    found = fresh.settings(
        AVAILABILITY_PLANNING_DISCORD_CREATE_THREAD="true",
        AVAILABILITY_PLANNING_THREAD_PARENT_CHANNEL_ID=str(NOCOJ),
    )
    assert (found.PLANNING_THREAD_ENABLED, found.PLANNING_THREAD_PARENT_ID) == (True, NOCOJ)


def test_a_second_bot_for_threads_is_refused_without_showing_its_token() -> None:
    same = {"DISCORD_BOT_TOKEN": TOKEN, "AVAILABILITY_PLANNING_DISCORD_BOT_TOKEN": TOKEN}
    assert fresh.settings(**same).DISCORD_BOT_TOKEN == TOKEN

    with pytest.raises(ImproperlyConfigured, match="keep DISCORD_BOT_TOKEN alone") as refusal:
        fresh.settings(**same | {"AVAILABILITY_PLANNING_DISCORD_BOT_TOKEN": OTHER})

    assert OTHER not in str(refusal.value)


def test_how_long_things_last_in_the_room_is_ours_to_choose() -> None:
    usual = fresh.settings()
    assert usual.PLANNING_PICK_SECONDS == 45
    assert (
        timedelta(minutes=2),
        timedelta(minutes=15),
    ) == (usual.PLANNING_OFFER, usual.PLANNING_PING_COOLDOWN)

    found = fresh.settings(
        AVAILABILITY_PLANNING_PICK_SECONDS="20",
        AVAILABILITY_PLANNING_OFFER_SECONDS="90",
        AVAILABILITY_PLANNING_PING_COOLDOWN_SECONDS="3600",
    )
    assert found.PLANNING_PICK_SECONDS == 20
    assert (
        timedelta(seconds=90),
        timedelta(hours=1),
    ) == (found.PLANNING_OFFER, found.PLANNING_PING_COOLDOWN)


def test_a_pick_or_an_offer_that_nobody_can_meet_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="from 10 to 600"):
        fresh.settings(AVAILABILITY_PLANNING_PICK_SECONDS="2")
    with pytest.raises(ImproperlyConfigured, match="from 60 to 600"):
        fresh.settings(AVAILABILITY_PLANNING_OFFER_SECONDS="5")
