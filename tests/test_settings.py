"""Each variable changes something; a wrong value is refused by name, with the remedy."""

from datetime import time
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests import fresh
from tests.fresh import PRODUCTION

# --- what kind of place this is -----------------------------------------------------------------


def test_an_empty_environment_is_one_machine_with_nothing_installed() -> None:
    found = fresh.settings()

    assert found.DEBUG is True
    assert found.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"
    assert found.CELERY_BROKER_URL == "filesystem://"
    assert found.FRONTEND_ORIGIN == "http://127.0.0.1:7000"
    assert found.EVENING_ZONE.key == "Europe/Ljubljana"
    assert (time(20, 45), time(21)) == (found.REMINDER_TIME, found.START_TIME)
    assert found.READY_THRESHOLD == 6
    assert found.PROMOTION_GLOBAL_COOLDOWN is False


def test_everything_we_write_is_in_one_folder(tmp_path: Path) -> None:
    found = fresh.settings(SLOMIX_VAR=str(tmp_path))

    assert found.DATABASES["default"]["NAME"] == str(tmp_path / "slomix.sqlite3")
    assert tmp_path / "broker" == found.CELERY_BROKER_FOLDER
    assert tmp_path / "static" == found.STATIC_ROOT


def test_another_env_file_can_be_named(tmp_path: Path) -> None:
    file = tmp_path / "other.env"
    file.write_text("WEBSITE_PORT=7333\n")

    assert fresh.settings(SLOMIX_ENV_FILE=str(file)).WEBSITE_PORT == 7333


def test_production_has_no_debug_and_compressed_files() -> None:
    found = fresh.settings(**PRODUCTION)

    assert found.DEBUG is False
    assert "Manifest" in found.STORAGES["staticfiles"]["BACKEND"]


def test_there_are_two_kinds_of_places() -> None:
    with pytest.raises(ImproperlyConfigured, match="BOT_ENVIRONMENT is 'staging'; choose one of"):
        fresh.settings(BOT_ENVIRONMENT="staging")


def test_debug_is_refused_in_production() -> None:
    with pytest.raises(ImproperlyConfigured, match="DEBUG is true in production; remove DEBUG"):
        fresh.settings(**PRODUCTION | {"DEBUG": "true"})


@pytest.mark.parametrize("secret", ["", "hush"])
def test_a_default_or_short_secret_is_refused_in_production(secret: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"SECRET_KEY is .*write 50 random") as refusal:
        fresh.settings(**PRODUCTION | {"SECRET_KEY": secret})

    assert "hush" not in str(refusal.value)


def test_the_ledger_may_have_a_key_of_its_own() -> None:
    assert fresh.LONG[::-1] == fresh.settings(**PRODUCTION).LEDGER_KEY
    assert fresh.settings(**PRODUCTION | {"LEDGER_KEY": ""}).LEDGER_KEY == fresh.LONG


def test_the_log_level_can_be_changed() -> None:
    assert fresh.settings(LOG_LEVEL="debug").LOGGING["root"]["level"] == "DEBUG"


# --- where people find us -------------------------------------------------------------------------


def test_host_and_port_make_the_address() -> None:
    found = fresh.settings(WEBSITE_HOST="192.168.1.5", WEBSITE_PORT="7123")

    assert found.FRONTEND_ORIGIN == "http://192.168.1.5:7123"
    assert "192.168.1.5" in found.ALLOWED_HOSTS


@pytest.mark.parametrize("port", ["0", "70000", "seven", "7000.5"])
def test_a_port_that_is_none_is_refused(port: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=f"WEBSITE_PORT is '{port}'"):
        fresh.settings(WEBSITE_PORT=port)


def test_an_address_with_https_protects_the_cookies() -> None:
    found = fresh.settings(FRONTEND_ORIGIN="https://slomix.example/")

    assert found.SESSION_COOKIE_SECURE
    assert found.CSRF_COOKIE_SECURE
    assert found.SECURE_HSTS_SECONDS > 0
    assert found.CSRF_TRUSTED_ORIGINS == ["https://slomix.example"]


@pytest.mark.parametrize("address", ["slomix.example", "ftp://slomix.example", "https://"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"FRONTEND_ORIGIN is .*write it as https"):
        fresh.settings(FRONTEND_ORIGIN=address)


def test_trusted_hosts_are_the_only_ones() -> None:
    found = fresh.settings(TRUSTED_HOSTS="slomix.example, www.slomix.example")

    assert found.ALLOWED_HOSTS == ["slomix.example", "www.slomix.example"]


def test_other_origins_may_post_forms_when_named() -> None:
    found = fresh.settings(CSRF_ALLOWED_ORIGINS="https://other.example")

    assert "https://other.example" in found.CSRF_TRUSTED_ORIGINS


def test_secure_cookies_can_be_asked_for_behind_a_proxy() -> None:
    assert fresh.settings(SESSION_HTTPS_ONLY="yes").SESSION_COOKIE_SECURE is True
    assert fresh.settings(SESSION_HTTPS_ONLY="off").CSRF_COOKIE_SECURE is False


# --- servers --------------------------------------------------------------------------------------


def test_postgresql_is_read_from_one_address() -> None:
    found = fresh.settings(**PRODUCTION).DATABASES["default"]

    assert found["ENGINE"] == "slomix.lib.postgresql"
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db", 5433, "slomix")
    assert (found["USER"], found["PASSWORD"]) == ("slomix", "pass@word")


def test_sqlite_never_upgrades_a_read_lock(tmp_path: Path) -> None:
    found = fresh.settings(DATABASE_URL=f"sqlite:///{tmp_path}/club.sqlite3")
    options = found.DATABASES["default"]["OPTIONS"]

    assert (options["transaction_mode"], options["timeout"]) == ("IMMEDIATE", 20)
    assert "synchronous=FULL" in options["init_command"]


def test_another_database_is_refused_without_showing_its_password() -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL is 'mysql://…'") as refusal:
        fresh.settings(DATABASE_URL="mysql://root:hush@db/slomix")

    assert "hush" not in str(refusal.value)


def test_redis_is_broker_and_cache_at_once() -> None:
    found = fresh.settings(REDIS_URL="redis://redis:6379/3")

    assert found.CELERY_BROKER_URL == "redis://redis:6379/3"
    assert "RedisCache" in found.CACHES["default"]["BACKEND"]


def test_an_address_that_is_not_redis_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="REDIS_URL is 'http://…'; write redis://"):
        fresh.settings(REDIS_URL="http://:hush@redis")


def test_the_community_has_a_language_of_its_own() -> None:
    assert fresh.settings().LANGUAGE_CODE == "en"
    assert fresh.settings(SLOMIX_LANGUAGE="sl").LANGUAGE_CODE == "sl"
    with pytest.raises(ImproperlyConfigured, match=r"SLOMIX_LANGUAGE.*choose one of en, sl"):
        fresh.settings(SLOMIX_LANGUAGE="de")
