"""What the variables of the ready check become."""

from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests import fresh

BRIEFING, AXIS, NOCOJ = 1_098_116_460_002_050_048, 1_098_116_460_345_982_976, 1_098_116_459_156_865


def test_the_check_can_be_switched_off() -> None:
    assert fresh.settings().VOICE_CHECK_ENABLED is True
    found = fresh.settings(AVAILABILITY_PROMOTION_VOICE_CHECK_ENABLED="false")
    assert found.VOICE_CHECK_ENABLED is False


def test_the_game_server_can_be_left_out() -> None:
    assert fresh.settings().SERVER_CHECK_ENABLED is True
    found = fresh.settings(AVAILABILITY_PROMOTION_SERVER_CHECK_ENABLED="false")
    assert found.SERVER_CHECK_ENABLED is False


def test_whoever_comes_has_as_long_as_we_say() -> None:
    found = fresh.settings(AVAILABILITY_VOICE_CHECK_GRACE_SECONDS="300")

    assert timedelta(minutes=5) == found.VOICE_CHECK_GRACE
    # After twenty minutes nobody is asked any more.
    with pytest.raises(ImproperlyConfigured, match="choose a number from 0 to 1100"):
        fresh.settings(AVAILABILITY_VOICE_CHECK_GRACE_SECONDS="1200")


def test_channels_are_named_by_their_ids() -> None:
    found = fresh.settings(AVAILABILITY_VOICE_CHANNEL_IDS=f"{BRIEFING}, {AXIS}")

    assert {BRIEFING, AXIS} == found.VOICE_CHANNEL_IDS


SUMMARY, ANNOUNCE, POST = (
    "AVAILABILITY_PROMOTION_FOLLOWUP_CHANNEL_ID",
    "AVAILABILITY_DISCORD_ANNOUNCE_CHANNEL_ID",
    "AVAILABILITY_POLL_CHANNEL_ID",
)


@pytest.mark.parametrize(
    ("named", "where"),
    [
        ({}, 0),
        ({POST: NOCOJ}, NOCOJ),
        ({POST: NOCOJ, ANNOUNCE: AXIS}, AXIS),
        ({POST: NOCOJ, ANNOUNCE: AXIS, SUMMARY: BRIEFING}, BRIEFING),
        # The first Slomix's own default, and ours, mean the same.
        ({POST: NOCOJ, SUMMARY: 0}, NOCOJ),
    ],
)
def test_the_summary_goes_where_everything_else_is_said(named: dict[str, int], where: int) -> None:
    found = fresh.settings(**{name: str(number) for name, number in named.items()})

    assert where == found.FOLLOWUP_CHANNEL_ID


@pytest.mark.parametrize("word", ["off", "OFF", "off  # nobody wants it"])
def test_whoever_wants_no_summary_says_so(word: str) -> None:
    assert fresh.settings(**{POST: str(NOCOJ), SUMMARY: word}).FOLLOWUP_CHANNEL_ID == 0


def test_another_word_is_no_channel() -> None:
    with pytest.raises(ImproperlyConfigured, match=SUMMARY):
        fresh.settings(**{POST: str(NOCOJ), SUMMARY: "none"})
