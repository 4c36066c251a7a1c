"""Each mistake of the configuration has a number and a remedy."""

from typing import Any

import pytest
from django.core.checks import run_checks
from pytest_django import Settings

GUILD = 1_098_115_200_337_412_096

# What is set, and the number of the one complaint.
MISTAKES: list[tuple[str, dict[str, Any]]] = [
    ("slomix.E001", {"DISCORD_BOT_TOKEN": "a.b.c", "DISCORD_GUILD_ID": 0}),
    ("slomix.E002", {"POLL_ENABLED": True, "POLL_CHANNEL_ID": 0}),
    ("slomix.E003", {"DISCORD_CLIENT_ID": str(GUILD), "DISCORD_CLIENT_SECRET": ""}),
    ("slomix.E003", {"DISCORD_CLIENT_ID": "", "DISCORD_CLIENT_SECRET": "x"}),
    ("slomix.E004", {"DISCORD_REDIRECT_URI_ALLOWLIST": ["https://other.example/callback"]}),
    ("slomix.E005", {"DISCORD_GUILD_ID": 12345}),
    ("slomix.E005", {"POLL_CHANNEL_ID": 7}),
    ("slomix.E005", {"PLANNING_THREAD_PARENT_ID": 7}),
    ("slomix.E005", {"FOLLOWUP_CHANNEL_ID": 7}),
    ("slomix.E005", {"VOICE_CHANNEL_IDS": frozenset({7})}),
    ("slomix.E005", {"PROMOTER_DISCORD_IDS": frozenset({1})}),
    ("slomix.E005", {"ADMIN_DISCORD_IDS": frozenset({99})}),
    ("slomix.E005", {"DISCORD_CLIENT_ID": "slomix", "DISCORD_CLIENT_SECRET": "x"}),
    ("slomix.E006", {"FRONTEND_ORIGIN": "https://slomix.example"}),
    ("slomix.E007", {"PLANNING_THREAD_ENABLED": True, "PLANNING_THREAD_PARENT_ID": 0}),
    ("slomix.W001", {"PRODUCTION": True, "REDIS_URL": ""}),
    ("slomix.W002", {"PRODUCTION": True, "DATABASE_URL": "sqlite:///x"}),
    ("slomix.W003", {"PRODUCTION": True, "LEDGER_KEY": "same", "SECRET_KEY": "same"}),
    ("slomix.W004", {"PRODUCTION": True, "DISCORD_CLIENT_ID": ""}),
]
SOUND = {
    "PRODUCTION": False,
    "DISCORD_BOT_TOKEN": "",
    "DISCORD_GUILD_ID": GUILD,
    "DISCORD_CLIENT_ID": "",
    "DISCORD_CLIENT_SECRET": "",
    "DISCORD_REDIRECT_URI": "http://localhost:7000/back",
    "DISCORD_REDIRECT_URI_ALLOWLIST": ["http://localhost:7000/back"],
    "FRONTEND_ORIGIN": "http://localhost:7000",
    "ALLOWED_HOSTS": ["localhost"],
    "POLL_ENABLED": False,
    "POLL_CHANNEL_ID": 0,
    "PROMOTER_DISCORD_IDS": frozenset(),
    "ADMIN_DISCORD_IDS": frozenset(),
    "REDIS_URL": "redis://localhost/0",
    "DATABASE_URL": "postgresql://slomix@db/slomix",
    "LEDGER_KEY": "one",
    "SECRET_KEY": "another",
}


def complaints(settings: Settings, **changed: Any) -> list[str]:
    for name, value in (SOUND | changed).items():
        setattr(settings, name, value)
    return [str(one.id) for one in run_checks() if str(one.id).startswith("slomix.")]


def test_a_sound_configuration_has_no_complaints(settings: Settings) -> None:
    assert complaints(settings) == []


@pytest.mark.parametrize(("number", "mistake"), MISTAKES)
def test_a_mistake_is_named_by_its_number(
    settings: Settings, number: str, mistake: dict[str, Any]
) -> None:
    assert number in complaints(settings, **mistake)


def test_every_complaint_says_what_to_do(settings: Settings) -> None:
    for _number, mistake in MISTAKES:
        complaints(settings, **mistake)
        hints = [one.hint for one in run_checks() if str(one.id).startswith("slomix.")]
        assert all(hints)


def test_no_complaint_shows_a_secret(settings: Settings) -> None:
    complaints(
        settings, DISCORD_BOT_TOKEN="hush-token", DISCORD_CLIENT_SECRET="hush", DISCORD_GUILD_ID=0
    )

    assert not any("hush" in f"{one.msg} {one.hint}" for one in run_checks())
