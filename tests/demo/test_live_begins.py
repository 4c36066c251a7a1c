"""A rehearsal with real people asks before it sends, and begins with what it was told alone."""

import subprocess
import sys
from argparse import ArgumentTypeError
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from botworker.standin.standin import StandIn
from slomix.management import community
from slomix.management.commands.rehearse import snowflakes, zone
from slomix.management.rehearsal import cast, evening, live_system
from slomix.management.rehearsal.cast import Guest
from slomix.management.rehearsal.rest import Rest
from tests import fresh
from tests.demo.outside import (
    CMRLJ,
    JAZBEC,
    LOJZE,
    PLAYED,
    TOKEN,
    address,
)


def rehearse(env: Mapping[str, str], *words: str, answer: str = "") -> tuple[int, str]:
    with fresh.environment(**env):
        done = subprocess.run(  # noqa: S603  our own command
            [sys.executable, "manage.py", "rehearse", *words],
            cwd=fresh.BASE,
            capture_output=True,
            text=True,
            input=answer,
            timeout=60,
            check=False,
        )
    return done.returncode, done.stderr


def acts(standin: StandIn) -> int:
    return sum(one["method"] != "GET" for one in standin.parts.journal.records)


NAMED = ("--live", "--promoter", str(JAZBEC), "--people", f"{CMRLJ},{LOJZE}")


def test_a_no_sends_nothing_and_starts_nothing(discord: StandIn, tmp_path: Path) -> None:
    env, before = address(discord) | {"TMPDIR": str(tmp_path)}, acts(discord)

    code, said = rehearse(env, *NAMED, answer="n\n")

    assert code == 1
    assert "Čmrlj (@cmrlj, " in said
    assert "Lojze73 (@lojze73, " in said
    assert "Jazbec (@jazbec_bor, " in said
    assert "1:15 min after your yes: the reminder" in said
    assert "Go on? [y/N]" in said
    assert "Nothing was started, nothing was said." in said
    assert list(tmp_path.iterdir()) == []
    assert acts(discord) == before
    assert discord.identifies == 0


def test_a_door_without_anybody_to_answer_is_a_no(discord: StandIn) -> None:
    code, said = rehearse(address(discord), *NAMED)

    assert code == 1
    assert "Nothing was started" in said


def test_what_is_missing_is_named() -> None:
    code, said = rehearse({}, *NAMED, "--yes")

    assert code == 1
    assert "DISCORD_BOT_TOKEN is not set; copy it from the bot's page." in said
    assert "DISCORD_GUILD_ID is not set; copy the id of your Discord server." in said


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--live", "--promoter", str(JAZBEC)), "Name who calls and who is told"),
        (("--live", "--people", str(CMRLJ)), "Name who calls and who is told"),
        ((*NAMED[:4], f"{CMRLJ},{JAZBEC}"), "makes the call and so hears nothing"),
        (NAMED[1:], "--promoter goes with --live"),
    ],
)
def test_who_plays_must_be_said(words: tuple[str, ...], told: str) -> None:
    env = {"DISCORD_BOT_TOKEN": TOKEN, "DISCORD_GUILD_ID": "5"}

    code, said = rehearse(env, *words, "--yes")

    assert code == 1
    assert told in said


def test_a_token_that_discord_does_not_take_is_no_begin(discord: StandIn) -> None:
    env = address(discord) | {"DISCORD_BOT_TOKEN": TOKEN[:-3] + "bad"}

    code, said = rehearse(env, *NAMED, "--yes")

    assert code == 1
    assert "Discord does not accept DISCORD_BOT_TOKEN" in said
    assert TOKEN[:-3] not in said


def test_a_discord_that_is_not_there_is_no_begin(discord: StandIn) -> None:
    env = address(discord) | {"DISCORD_BASE_URL": "http://127.0.0.1:1"}

    code, said = rehearse(env, *NAMED, "--yes")

    assert code == 1
    assert "http://127.0.0.1:1 does not answer" in said


def test_everybody_is_looked_for_at_discord(rest: Rest) -> None:
    found = cast.find(rest, community.GUILD_ID, JAZBEC, [CMRLJ, LOJZE])

    assert found.server == "Slovenia ET"
    assert [one.name for one in found.people] == ["Čmrlj", "Lojze73"]
    assert found.promoter.discord_id == JAZBEC
    assert found.afk_channel == community.VOICE_IDS["AFK"]


def test_a_stranger_is_named_before_anything_begins(rest: Rest) -> None:
    with pytest.raises(cast.NotReady, match="Nobody on the server has the id 77"):
        cast.find(rest, community.GUILD_ID, JAZBEC, [77])


def test_a_bot_is_written_to_by_no_bot(rest: Rest) -> None:
    with pytest.raises(cast.NotReady, match="it writes to no bot"):
        cast.find(rest, community.GUILD_ID, JAZBEC, [community.APPLICATION_ID])


def test_another_server_is_told_by_its_id(rest: Rest) -> None:
    with pytest.raises(cast.NotReady, match=r"not on the server 77 \(DISCORD_GUILD_ID\)"):
        cast.find(rest, 77, JAZBEC, [CMRLJ])


def test_two_of_one_name_stay_two() -> None:
    twins = (Guest(5, "bor", "Bor"), Guest(6, "bor2", "Bor"), Guest(7, "vesna", "Vesna"))
    played = replace(PLAYED, people=twins)

    assert [played.player_name(one) for one in twins] == ["Bor @bor", "Bor @bor2", "Vesna"]


def test_nothing_of_the_operators_own_reaches_the_rehearsal() -> None:
    own = {
        "PATH": "/bin",
        "SLOMIX_LANGUAGE": "sl",
        "DATABASE_URL": "postgresql://club",
        "DEV_DATABASE_URL": "postgresql://mine",
        "REDIS_URL": "redis://club",
        "TELEGRAM_BOT_TOKEN": "1:x",
        "AVAILABILITY_POLL_CHANNEL_ID": "5",
        "BOT_ENVIRONMENT": "production",
        "TRUSTED_PROXY_COUNT": "2",
    }

    assert live_system.without_ours(own) == {"PATH": "/bin", "SLOMIX_LANGUAGE": "sl"}


def test_ids_are_written_with_commas() -> None:
    assert snowflakes("5, 6,5") == (5, 6)
    for wrong in ("", "5,", "x", "0", "-5", "9" * 20):
        with pytest.raises(ArgumentTypeError):
            snowflakes(wrong)


# --- when and where --------------------------------------------------------------------------------


def test_a_zone_that_was_named_is_taken_at_any_hour() -> None:
    tokyo = zone("Asia/Tokyo")
    night = evening.soon(datetime(2026, 11, 20, 1, tzinfo=UTC), tokyo)

    assert night.environment["AVAILABILITY_PROMOTION_TIMEZONE"] == "Asia/Tokyo"
    assert night.wall(night.reminder_at) == "10:01:15"
    with pytest.raises(ArgumentTypeError, match="is no zone"):
        zone("Asia/Atlantis")


def test_an_evening_over_midnight_is_refused() -> None:
    home = ZoneInfo("Europe/Ljubljana")
    with pytest.raises(evening.Midnight, match="nearly midnight in Europe/Ljubljana"):
        evening.soon(datetime(2026, 11, 20, 22, 57, tzinfo=UTC), home)
