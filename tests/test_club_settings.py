"""What a club sets: its Discord, its people, its evening."""

from datetime import time, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests import fresh
from tests.fresh import PRODUCTION

ONE, TWO = 1_098_115_200_337_412_096, 1_098_116_458_812_932_096


# --- Discord --------------------------------------------------------------------------------------


def test_the_application_is_told_to_the_sign_in() -> None:
    found = fresh.settings(DISCORD_CLIENT_ID=str(ONE), DISCORD_CLIENT_SECRET="hush")
    (app,) = found.SOCIALACCOUNT_PROVIDERS["discord"]["APPS"]

    assert (app["client_id"], app["secret"]) == (str(ONE), "hush")


def test_the_way_back_is_ours_unless_another_one_is_named() -> None:
    ours = fresh.settings(FRONTEND_ORIGIN="https://slomix.example").DISCORD_REDIRECT_URI
    named = fresh.settings(DISCORD_REDIRECT_URI="https://login.example/back")

    assert ours == "https://slomix.example/accounts/discord/login/callback/"
    assert named.DISCORD_REDIRECT_URI_ALLOWLIST == ["https://login.example/back"]


def test_the_list_of_ways_back_is_not_widened_by_the_configured_one() -> None:
    found = fresh.settings(
        DISCORD_REDIRECT_URI="https://login.example/back",
        DISCORD_REDIRECT_URI_ALLOWLIST="https://slomix.example/back https://b.example/back",
    )

    assert "https://login.example/back" not in found.DISCORD_REDIRECT_URI_ALLOWLIST


def test_a_sign_in_lives_for_a_time_one_may_choose() -> None:
    assert fresh.settings(DISCORD_OAUTH_STATE_TTL_SECONDS="120  # two minutes") is not None
    with pytest.raises(ImproperlyConfigured, match="choose a number from 60 to 600"):
        fresh.settings(DISCORD_OAUTH_STATE_TTL_SECONDS="30")


def test_promoters_and_admins_are_lists_of_ids() -> None:
    found = fresh.settings(PROMOTER_DISCORD_IDS=f"{ONE}, {TWO}", ADMIN_DISCORD_IDS=str(TWO))

    assert {ONE, TWO} == found.PROMOTER_DISCORD_IDS
    assert {TWO} == found.ADMIN_DISCORD_IDS


def test_the_older_name_for_admins_is_understood_but_not_contradicted() -> None:
    assert {ONE} == fresh.settings(WEBSITE_ADMIN_DISCORD_IDS=str(ONE)).ADMIN_DISCORD_IDS
    with pytest.raises(ImproperlyConfigured, match="they mean the same"):
        fresh.settings(WEBSITE_ADMIN_DISCORD_IDS=str(ONE), ADMIN_DISCORD_IDS=str(TWO))


@pytest.mark.parametrize("name", ["PROMOTER_DISCORD_IDS", "DISCORD_GUILD_ID"])
def test_a_name_is_no_id(name: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=f"{name} is 'Jazbec'; copy the id"):
        fresh.settings(**{name: "Jazbec"})


@pytest.mark.parametrize("name", ["DISCORD_BASE_URL", "DISCORD_GATEWAY_URL", "DISCORD_CDN_URL"])
def test_another_discord_is_for_development_only(name: str) -> None:
    elsewhere = {name: "http://127.0.0.1:7001"}

    assert getattr(fresh.settings(**elsewhere), name) == "http://127.0.0.1:7001"
    with pytest.raises(ImproperlyConfigured, match=f"{name} is .*with DEBUG off it must be"):
        fresh.settings(**PRODUCTION | elsewhere)


def test_the_pace_never_exceeds_discords_own() -> None:
    assert fresh.settings(DISCORD_REQUESTS_PER_SECOND="20").DISCORD_REQUESTS_PER_SECOND == 20
    with pytest.raises(ImproperlyConfigured, match="choose a number from 1 to 50"):
        fresh.settings(DISCORD_REQUESTS_PER_SECOND="500")


# --- the evening ------------------------------------------------------------------------------------


def test_the_evening_moves_with_its_two_times() -> None:
    found = fresh.settings(
        AVAILABILITY_PROMOTION_REMINDER_TIME="19:15:30", AVAILABILITY_PROMOTION_START_TIME="19:30"
    )

    assert (time(19, 15, 30), time(19, 30)) == (found.REMINDER_TIME, found.START_TIME)


@pytest.mark.parametrize("reminder", ["21:00", "21:30"])
def test_a_reminder_after_the_start_is_refused(reminder: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"REMINDER_TIME is .*write a time before"):
        fresh.settings(AVAILABILITY_PROMOTION_REMINDER_TIME=reminder)


@pytest.mark.parametrize("wrong", ["9pm", "21", "24:00", "20:60", "8:45", "20.45"])
def test_a_time_is_written_as_hours_and_minutes(wrong: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"START_TIME is .*; write it as 21:00"):
        fresh.settings(AVAILABILITY_PROMOTION_START_TIME=wrong)


def test_the_evening_is_in_the_zone_that_is_named() -> None:
    found = fresh.settings(AVAILABILITY_PROMOTION_TIMEZONE="America/New_York")

    assert found.EVENING_ZONE.key == found.TIME_ZONE == "America/New_York"


def test_the_posts_zone_is_the_evenings() -> None:
    assert fresh.settings(AVAILABILITY_POLL_TIMEZONE="Asia/Tokyo").EVENING_ZONE.key == "Asia/Tokyo"
    with pytest.raises(ImproperlyConfigured, match="they mean the same, keep"):
        fresh.settings(
            AVAILABILITY_POLL_TIMEZONE="Asia/Tokyo", AVAILABILITY_PROMOTION_TIMEZONE="Asia/Dubai"
        )


@pytest.mark.parametrize("zone", ["CET+1", "Ljubljana", "../etc/passwd"])
def test_a_zone_that_does_not_exist_is_refused(zone: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="use an IANA name such as Europe/Ljubljana"):
        fresh.settings(AVAILABILITY_PROMOTION_TIMEZONE=zone)


def test_one_threshold_under_two_names() -> None:
    assert fresh.settings(AVAILABILITY_SESSION_READY_THRESHOLD="8").READY_THRESHOLD == 8
    assert fresh.settings(AVAILABILITY_POLL_THRESHOLD="4").READY_THRESHOLD == 4
    with pytest.raises(ImproperlyConfigured, match="they mean the same"):
        fresh.settings(AVAILABILITY_SESSION_READY_THRESHOLD="8", AVAILABILITY_POLL_THRESHOLD="4")


def test_switches_are_yes_or_no() -> None:
    found = fresh.settings(
        AVAILABILITY_PROMOTION_ENABLED="no",
        AVAILABILITY_PROMOTION_DRY_RUN_DEFAULT="on",
        AVAILABILITY_PROMOTION_GLOBAL_COOLDOWN="1",
    )

    assert (found.PROMOTION_ENABLED, found.PROMOTION_DRY_RUN_DEFAULT) == (False, True)
    assert found.PROMOTION_GLOBAL_COOLDOWN is True
    with pytest.raises(ImproperlyConfigured, match="ENABLED is 'perhaps'; write true or false"):
        fresh.settings(AVAILABILITY_PROMOTION_ENABLED="perhaps")


def test_the_word_to_the_missing_can_wait_longer() -> None:
    found = fresh.settings(AVAILABILITY_VOICE_CHECK_DELAY_SECONDS="300")

    assert timedelta(minutes=5) == found.VOICE_CHECK_DELAY


def test_the_post_has_a_channel_and_a_time() -> None:
    found = fresh.settings(
        AVAILABILITY_POLL_ENABLED="true",
        AVAILABILITY_POLL_CHANNEL_ID=str(TWO),
        AVAILABILITY_POLL_POST_TIME="09:30",
    )

    assert (found.POLL_ENABLED, found.POLL_CHANNEL_ID) == (True, TWO)
    assert time(9, 30) == found.POLL_POST_TIME
