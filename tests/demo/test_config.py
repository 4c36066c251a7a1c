"""What the demo's parts are told, and what they never are."""

import json
import socket
from pathlib import Path

import pytest

from botworker.standin import World
from slomix.management import community
from slomix.management.demo import config
from tests import fresh


@pytest.fixture
def told(tmp_path: Path) -> dict[str, str]:
    own = {
        "DATABASE_URL": "postgresql://club@db/real",
        "REDIS_URL": "redis://real/0",
        "DISCORD_BOT_TOKEN": "a real one",
        "BOT_ENVIRONMENT": "production",
        "AVAILABILITY_PROMOTION_START_TIME": "19:30",
        "AVAILABILITY_PROMOTION_REMINDER_TIME": "19:15",
    }
    return config.environment(own, tmp_path, web_port=7000, standin_port=7001)


def test_the_evening_passes_through(told: dict[str, str]) -> None:
    found = fresh.settings(**told)

    assert f"{found.REMINDER_TIME:%H:%M} {found.START_TIME:%H:%M}" == "19:15 19:30"


def test_nothing_real_does(told: dict[str, str]) -> None:
    found = fresh.settings(**told)

    assert found.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"
    assert found.CELERY_BROKER_URL == "filesystem://"
    assert found.PRODUCTION is False
    assert found.DISCORD_BASE_URL == "http://127.0.0.1:7001"
    assert "a real one" not in told.values()


def test_nor_does_a_real_database_in_a_file(told: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text(
        "REDIS_URL=redis://real/0\nADMIN_DISCORD_IDS=1\nCSRF_ALLOWED_ORIGINS=http://x\n"
    )

    found = fresh.settings(**told | {"SLOMIX_ENV_FILE": str(file)})

    assert found.REDIS_URL == ""
    assert frozenset() == found.ADMIN_DISCORD_IDS


def test_own_servers_can_be_named(tmp_path: Path) -> None:
    own = {"DEV_DATABASE_URL": "postgresql://me@db/demo", "DEV_REDIS_URL": "redis://me/9"}

    told = config.environment(own, tmp_path, web_port=1, standin_port=2)

    assert (told["DATABASE_URL"], told["REDIS_URL"]) == tuple(own.values())


def test_secrets_are_made_once_and_are_private(told: dict[str, str], tmp_path: Path) -> None:
    again = config.environment({}, tmp_path, web_port=7000, standin_port=7001)

    assert again["SECRET_KEY"] == told["SECRET_KEY"]
    assert (tmp_path / "demo.json").stat().st_mode & 0o777 == 0o600
    assert len({told["SECRET_KEY"], told["LEDGER_KEY"], told["DISCORD_CLIENT_SECRET"]}) == 3


def test_telegram_and_signal_are_the_local_ones(told: dict[str, str], tmp_path: Path) -> None:
    config.write_world(tmp_path, told)

    found = fresh.settings(**told)
    world = World.from_json(json.loads((tmp_path / "world.json").read_text()))

    assert found.TELEGRAM_BASE_URL == "http://127.0.0.1:7001/telegram"
    assert found.SIGNAL_DAEMON_URL == "http://127.0.0.1:7001/signal"
    assert (found.TELEGRAM_ENABLED, found.SIGNAL_ENABLED) == (True, True)
    assert found.GAME_SERVER == ("127.0.0.1", 7001)
    application = world.application
    assert application.telegram_token == found.TELEGRAM_BOT_TOKEN
    assert application.signal_number == found.SIGNAL_SENDER


def test_a_demo_from_before_keeps_its_secrets_and_gets_the_new_ones(tmp_path: Path) -> None:
    (tmp_path / "demo.json").write_text('{"ledger_key": "the one from before"}')

    first, again = (
        config.environment({}, tmp_path, web_port=7000, standin_port=7001) for _n in range(2)
    )

    assert first["LEDGER_KEY"] == "the one from before"
    assert first["CONTACT_DATA_ENCRYPTION_KEY"] == again["CONTACT_DATA_ENCRYPTION_KEY"]
    assert (tmp_path / "demo.json").stat().st_mode & 0o777 == 0o600


def test_the_bot_accepts_its_token(told: dict[str, str]) -> None:
    ended = fresh.manage("runbot", **told | {"BOT_STARTUP_VALIDATE_ONLY": "true"})

    assert ended.returncode == 0, ended.stderr


def test_the_configuration_has_no_complaints(told: dict[str, str]) -> None:
    ended = fresh.manage("check", "--fail-level", "WARNING", **told)

    assert ended.returncode == 0, ended.stderr


def test_the_local_discord_understands_the_world(told: dict[str, str], tmp_path: Path) -> None:
    config.write_world(tmp_path, told)

    world = World.from_json(json.loads((tmp_path / "world.json").read_text()))

    assert len(world.people) == 24
    assert world.redirect_uris == (told["DISCORD_REDIRECT_URI"],)
    assert world.application.token == told["DISCORD_BOT_TOKEN"]
    assert (tmp_path / "world.json").stat().st_mode & 0o777 == 0o600


def test_a_taken_port_is_passed_over() -> None:
    with socket.create_server(("127.0.0.1", 0)) as somebody:
        taken = somebody.getsockname()[1]

        assert config.free_port(taken) > taken


def test_ports_run_out_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config, "TRIES", 0)

    with pytest.raises(config.NoPort, match="choose others: WEBSITE_PORT"):
        config.free_port(7000)


def test_the_club_is_a_club() -> None:
    members = community.MEMBERS

    assert len(members) == 24
    assert len({one.discord_id for one in members}) == len({one.guid for one in members}) == 24
    assert sum(one.linked for one in members) == 20
    assert [one.name for one in members if one.promoter] == ["Jazbec", "Ana Dinamit"]
    assert len({one.timezone for one in members}) >= 5
    assert {len(one.week) for one in members} == {7}
