"""What the variables of the ready check become."""

from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests import fresh

BRIEFING, AXIS, NOCOJ = 1_098_116_460_002_050_048, 1_098_116_460_345_982_976, 1_098_116_459_156_865


def test_nobody_is_asked_unless_it_is_switched_on() -> None:
    assert fresh.settings().VOICE_CHECK_ENABLED is False
    found = fresh.settings(AVAILABILITY_PROMOTION_VOICE_CHECK_ENABLED="true")
    assert found.VOICE_CHECK_ENABLED is True


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
    found = fresh.settings(
        AVAILABILITY_VOICE_CHANNEL_IDS=f"{BRIEFING}, {AXIS}",
        AVAILABILITY_PROMOTION_FOLLOWUP_CHANNEL_ID=str(NOCOJ),
    )

    assert {BRIEFING, AXIS} == found.VOICE_CHANNEL_IDS
    assert found.FOLLOWUP_CHANNEL_ID == NOCOJ
