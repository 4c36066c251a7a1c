"""What a club sets for Telegram and Signal, and what it cannot set by mistake."""

from base64 import urlsafe_b64encode
from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests import fresh
from tests.channels.keys import BOT_TOKEN, KEY, OLDER, SENDER, written

PASSPHRASE = "a-passphrase-that-has-exactly-forty-four-le="


def test_a_key_is_exactly_32_random_bytes_or_nothing_starts() -> None:
    """W11: a passphrase of 44 characters was taken for a key, and every page failed."""
    wrong = (
        PASSPHRASE,
        "short",
        urlsafe_b64encode(b"x" * 32).decode(),
        urlsafe_b64encode(KEY[:31]).decode(),
        written(KEY)[:-1],
        f"{written(KEY)},",
        f"{written(KEY)},{PASSPHRASE}",
        written(KEY).replace("=", "!"),
    )
    for text in wrong:
        with pytest.raises(ImproperlyConfigured, match="32 random bytes") as refused:
            fresh.settings(CONTACT_DATA_ENCRYPTION_KEY=text)
        assert text not in str(refused.value)


def test_keys_are_read_newest_first() -> None:
    found = fresh.settings(CONTACT_DATA_ENCRYPTION_KEY=f"{written(KEY)}, {written(OLDER)}")

    assert found.CONTACT_KEYS == [KEY, OLDER]
    assert fresh.settings().CONTACT_KEYS == []


def test_a_code_lives_as_long_as_we_say() -> None:
    assert timedelta(minutes=10) == fresh.settings().LINK_TOKEN_TTL
    found = fresh.settings(AVAILABILITY_LINK_TOKEN_TTL_MINUTES="120")
    assert timedelta(minutes=120) == found.LINK_TOKEN_TTL
    for minutes in ("4", "121"):
        with pytest.raises(ImproperlyConfigured, match="from 5 to 120"):
            fresh.settings(AVAILABILITY_LINK_TOKEN_TTL_MINUTES=minutes)


def test_codes_come_no_faster_than_we_say() -> None:
    found = fresh.settings(AVAILABILITY_LINK_TOKEN_MIN_INTERVAL_SECONDS="60")

    assert timedelta(seconds=60) == found.LINK_TOKEN_EVERY
    with pytest.raises(ImproperlyConfigured, match="from 5"):
        fresh.settings(AVAILABILITY_LINK_TOKEN_MIN_INTERVAL_SECONDS="4")


def test_a_token_switches_telegram_on_unless_told_otherwise() -> None:
    env = {
        "AVAILABILITY_TELEGRAM_BOT_TOKEN": BOT_TOKEN,
        "CONTACT_DATA_ENCRYPTION_KEY": written(KEY),
    }

    assert fresh.settings(**env).TELEGRAM_ENABLED
    assert not fresh.settings(**env, AVAILABILITY_TELEGRAM_ENABLED="false").TELEGRAM_ENABLED
    assert not fresh.settings().TELEGRAM_ENABLED
    with pytest.raises(ImproperlyConfigured, match="BOT_TOKEN is not set"):
        fresh.settings(AVAILABILITY_TELEGRAM_ENABLED="true")


def test_a_number_switches_signal_on_unless_told_otherwise() -> None:
    env = {"AVAILABILITY_SIGNAL_SENDER": SENDER, "CONTACT_DATA_ENCRYPTION_KEY": written(KEY)}

    assert fresh.settings(**env).SIGNAL_ENABLED
    assert not fresh.settings(**env, AVAILABILITY_SIGNAL_ENABLED="no").SIGNAL_ENABLED
    with pytest.raises(ImproperlyConfigured, match="is no number"):
        fresh.settings(**env | {"AVAILABILITY_SIGNAL_SENDER": "-u +447700900999"})


def test_without_a_key_no_channel_is_switched_on() -> None:
    """W11: a missing key switched encryption off without a word."""
    for name, value in (
        ("AVAILABILITY_TELEGRAM_BOT_TOKEN", BOT_TOKEN),
        ("AVAILABILITY_SIGNAL_SENDER", SENDER),
    ):
        with pytest.raises(ImproperlyConfigured, match="needs CONTACT_DATA_ENCRYPTION_KEY"):
            fresh.settings(**{name: value})


def test_two_tokens_are_refused_without_being_shown() -> None:
    older = BOT_TOKEN[::-1].replace(":", "x")
    with pytest.raises(ImproperlyConfigured, match="keep the first") as refused:
        fresh.settings(AVAILABILITY_TELEGRAM_BOT_TOKEN=BOT_TOKEN, TELEGRAM_BOT_TOKEN=older)

    assert BOT_TOKEN not in str(refused.value)
    assert older not in str(refused.value)
    env = {"TELEGRAM_BOT_TOKEN": BOT_TOKEN, "CONTACT_DATA_ENCRYPTION_KEY": written(KEY)}
    assert fresh.settings(**env).TELEGRAM_BOT_TOKEN == BOT_TOKEN


def test_another_telegram_is_for_development_only() -> None:
    here = {"AVAILABILITY_TELEGRAM_API_BASE_URL": "http://127.0.0.1:7001/telegram/"}

    assert fresh.settings(**here).TELEGRAM_BASE_URL == "http://127.0.0.1:7001/telegram"
    with pytest.raises(ImproperlyConfigured, match="with DEBUG off"):
        fresh.settings(**fresh.PRODUCTION, **here)


def test_a_short_secret_is_refused_without_being_shown() -> None:
    for name in ("INTERNAL_API_SECRET", "AVAILABILITY_TELEGRAM_WEBHOOK_SECRET"):
        with pytest.raises(ImproperlyConfigured, match="too short") as refused:
            fresh.settings(**{name: "hunter2"})
        assert "hunter2" not in str(refused.value)


def test_signal_is_asked_where_we_say() -> None:
    found = fresh.settings(AVAILABILITY_SIGNAL_DAEMON_URL="http://signal:8080/")

    assert found.SIGNAL_DAEMON_URL == "http://signal:8080"
    assert fresh.settings().SIGNAL_DAEMON_URL == "http://127.0.0.1:8080"
