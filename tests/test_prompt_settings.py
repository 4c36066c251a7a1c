"""What the variables of the prompts become."""

from datetime import time

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests import fresh

NOCOJ, LOBBY = 1_098_116_459_156_865, 1_098_116_460_002_050_048


def test_everything_without_a_call_can_be_switched_off() -> None:
    assert fresh.settings().PROMPTS_ENABLED is True
    assert fresh.settings(AVAILABILITY_MULTICHANNEL_ENABLED="false").PROMPTS_ENABLED is False


def test_the_daily_question_comes_before_the_evening() -> None:
    assert time(16) == fresh.settings().DAILY_REMINDER_TIME
    found = fresh.settings(AVAILABILITY_DAILY_REMINDER_TIME="12:30")
    assert time(12, 30) == found.DAILY_REMINDER_TIME
    with pytest.raises(ImproperlyConfigured, match="write a time before"):
        fresh.settings(AVAILABILITY_DAILY_REMINDER_TIME="21:00")


def test_an_early_evening_needs_no_other_time_for_the_question() -> None:
    early = {
        "AVAILABILITY_PROMOTION_REMINDER_TIME": "14:00",
        "AVAILABILITY_PROMOTION_START_TIME": "14:30",
    }

    assert time(13, 30) == fresh.settings(**early).DAILY_REMINDER_TIME


def test_nobody_is_nudged_more_often_than_we_say() -> None:
    assert fresh.settings().NUDGES_A_WEEK == 2
    assert fresh.settings(AVAILABILITY_NUDGES_A_WEEK="1").NUDGES_A_WEEK == 1
    with pytest.raises(ImproperlyConfigured, match="from 1 to 7"):
        fresh.settings(AVAILABILITY_NUDGES_A_WEEK="20")


def test_that_we_play_is_said_in_a_channel_where_that_is_wanted() -> None:
    found = fresh.settings(AVAILABILITY_POLL_CHANNEL_ID=str(NOCOJ))
    assert (found.ANNOUNCE_ENABLED, found.ANNOUNCE_CHANNEL_ID) == (False, NOCOJ)
    found = fresh.settings(
        AVAILABILITY_POLL_CHANNEL_ID=str(NOCOJ),
        AVAILABILITY_DISCORD_CHANNEL_ANNOUNCE_ENABLED="true",
        AVAILABILITY_DISCORD_ANNOUNCE_CHANNEL_ID=str(LOBBY),
    )
    assert (found.ANNOUNCE_ENABLED, found.ANNOUNCE_CHANNEL_ID) == (True, LOBBY)
