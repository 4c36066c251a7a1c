"""What a variable changes for people, through the settings that it becomes."""

import time
from datetime import timedelta

import pytest
from django.test import override_settings

from accounts import access, adapter
from accounts.models import User
from availability import posts
from availability.quorum import Quorum
from botworker import outbox, pacing
from promotions import actions
from promotions.models import Campaign, Job
from slomix.lib import clock
from tests import fresh, make
from tests.api.client import PROMOTIONS, Caller
from tests.cast import TONIGHT, SlomixTestCase

TOKEN = "MTA5ODExNzcxNjAwMTA2MjkxMg.a1b2c3." + "x" * 38
GUILD = "1098115200337412096"


def call(promoter: User) -> Campaign:
    return actions.promote(
        promoter=promoter, include_available=False, include_maybe=False, dry_run=False, at=TONIGHT
    )


class PeopleTests(SlomixTestCase):
    def test_whoever_is_on_the_list_may_call(self) -> None:
        assert not access.of(self.bor).promoter

        with override_settings(PROMOTER_DISCORD_IDS={self.bor.discord.discord_id}):
            assert access.of(self.bor).promoter
            assert not access.of(self.bor).admin

    def test_an_admin_may_call_too(self) -> None:
        with override_settings(ADMIN_DISCORD_IDS={self.bor.discord.discord_id}):
            assert access.of(self.bor).promoter
            assert access.of(self.bor).admin

    def test_another_ledger_key_names_everybody_anew(self) -> None:
        before = outbox.recipient_of(self.bor.discord.discord_id)

        with override_settings(LEDGER_KEY="another"):
            assert outbox.recipient_of(self.bor.discord.discord_id) != before

    def test_a_sign_in_that_took_too_long_is_stale(self) -> None:
        begun = {"begun_at": time.time() - 120}

        with override_settings(DISCORD_OAUTH_STATE_TTL_SECONDS=60):
            assert not adapter.is_fresh(begun)
        with override_settings(DISCORD_OAUTH_STATE_TTL_SECONDS=600):
            assert adapter.is_fresh(begun)


class CallTests(SlomixTestCase):
    def setUp(self) -> None:
        super().setUp()
        make.entry(self.bor)

    def test_calls_can_be_switched_off(self) -> None:
        with (
            override_settings(PROMOTION_ENABLED=False),
            pytest.raises(actions.PromoteRefused, match="switched off"),
        ):
            call(self.ana)

    @override_settings(PROMOTION_GLOBAL_COOLDOWN=True)
    def test_an_evening_can_be_called_by_one_promoter_only(self) -> None:
        other = make.person("Jazbec", promoter=True)
        call(self.ana)

        with pytest.raises(actions.AlreadyCalled, match="already called, by Ana Dinamit"):
            call(other)

    def test_or_by_several_who_reach_nobody_twice(self) -> None:
        other = make.person("Jazbec", promoter=True)
        call(self.ana)

        assert call(other).pk

    @override_settings(PROMOTION_DRY_RUN_DEFAULT=True)
    def test_a_call_can_be_dry_unless_said_otherwise(self) -> None:
        caller = Caller(self.ana)

        assert caller.post(f"{PROMOTIONS}/campaigns", {}).json()["dry_run"] is True
        assert caller.post(f"{PROMOTIONS}/campaigns", {"dry_run": False}).json()["dry_run"] is False

    @override_settings(VOICE_CHECK_DELAY=timedelta(minutes=5))
    def test_the_follow_up_waits_as_long_as_we_say(self) -> None:
        campaign = call(self.ana)

        job = campaign.jobs.get(kind=Job.Kind.FOLLOW_UP)
        assert job.run_at - campaign.start_at == timedelta(minutes=5)


class EveningTests(SlomixTestCase):
    def test_the_threshold_decides_when_we_play(self) -> None:
        make.entry(self.bor)

        with override_settings(READY_THRESHOLD=1):
            assert Caller(self.bor).get("/api/availability").json()["session_ready"]["ready"]
        assert not Quorum(1, 6).ready

    @override_settings(POLL_ENABLED=False)
    def test_without_the_switch_there_is_no_post(self) -> None:
        assert posts.promise(clock.now()) is False

    @override_settings(POLL_ENABLED=True, POLL_CHANNEL_ID=int(GUILD))
    def test_the_post_comes_at_its_time_and_in_its_channel(self) -> None:
        with override_settings(POLL_POST_TIME=make.at("20:00").time()):
            assert posts.promise(make.at("18:59")) is False
            assert posts.promise(make.at("20:00")) is True

        (line,) = outbox.lines([posts.key_of(TONIGHT.date())], [f"channel:{GUILD}"]).values()
        assert line.kind == "evening_post"

    def test_the_pace_is_ours_to_choose(self) -> None:
        pacing.take("discord", 5, at=TONIGHT)

        with override_settings(DISCORD_REQUESTS_PER_SECOND=2):
            assert pacing.take("discord", 5, at=TONIGHT + timedelta(seconds=1)) == 2


@pytest.mark.parametrize(
    ("env", "code", "words"),
    [
        ({"DISCORD_BOT_TOKEN": TOKEN, "DISCORD_GUILD_ID": GUILD}, 0, "configuration is fine"),
        ({}, 1, "DISCORD_BOT_TOKEN is not set"),
        ({"DISCORD_BOT_TOKEN": "not-a-token", "DISCORD_GUILD_ID": GUILD}, 2, "is not a bot token"),
    ],
)
def test_the_bot_can_be_asked_whether_it_would_start(
    env: dict[str, str], code: int, words: str
) -> None:
    ended = fresh.manage("runbot", BOT_STARTUP_VALIDATE_ONLY="true", **env)

    assert ended.returncode == code, ended.stderr
    assert words in ended.stdout + ended.stderr
    assert TOKEN not in ended.stdout + ended.stderr


def test_a_bot_without_a_guild_is_stopped_by_its_number() -> None:
    ended = fresh.manage("runbot", BOT_STARTUP_VALIDATE_ONLY="true", DISCORD_BOT_TOKEN=TOKEN)

    assert ended.returncode == 1
    assert "slomix.E001" in ended.stderr
