"""What the variables of levels and of the bot's own check become."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests import fresh


def test_what_counts_in_voice_can_be_chosen() -> None:
    usual = fresh.settings()
    assert (usual.VOICE_XP_AFK, usual.VOICE_XP_ALONE) == (False, False)

    found = fresh.settings(VOICE_XP_AFK="true", VOICE_XP_ALONE="yes")
    assert (found.VOICE_XP_AFK, found.VOICE_XP_ALONE) == (True, True)


def test_what_people_write_is_asked_for_only_when_told() -> None:
    assert fresh.settings().MESSAGE_CONTENT_INTENT is False
    assert fresh.settings(ENABLE_MESSAGE_CONTENT_INTENT="true").MESSAGE_CONTENT_INTENT is True


def test_the_self_test_is_not_run_more_than_twice_a_minute() -> None:
    assert fresh.settings().SELF_TEST_INTERVAL == 900
    assert fresh.settings(SELF_TEST_INTERVAL_SECONDS="30").SELF_TEST_INTERVAL == 30
    with pytest.raises(ImproperlyConfigured, match="SELF_TEST_INTERVAL_SECONDS"):
        fresh.settings(SELF_TEST_INTERVAL_SECONDS="29")
