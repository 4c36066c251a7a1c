"""What was ever committed is looked through, also what was taken out again."""

import subprocess
from pathlib import Path

import pytest
from django.core.management import call_command

from slomix.management.security import secrets

# Written in two parts, so that this file is not found itself.
DISCORD = "MTIzNDU2Nzg5MDEyMzQ1Njc4." + "GqWeRt." + "zXcVbNmAsDfGhJkLqWeRtYuIoP12345"
KEY = "-----BEGIN RSA " + "PRIVATE KEY-----"


def git(folder: Path, *words: str) -> None:
    who = ("-c", "user.name=Ana", "-c", "user.email=ana@slomix.example")
    subprocess.run(["git", "-C", str(folder), *who, *words], check=True, capture_output=True)  # noqa: S603, S607


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q")
    (tmp_path / "notes.txt").write_text("Nothing to be seen.\n")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "Begin")
    return tmp_path


def commit(repository: Path, text: str) -> None:
    (repository / "settings.py").write_text(text)
    git(repository, "add", ".")
    git(repository, "commit", "-qm", "Change it")


def test_a_history_without_any_is_clean(repository: Path) -> None:
    scan = secrets.history(repository)

    assert (scan.texts, scan.found) == (1, ())


def test_what_was_taken_out_again_is_found_and_not_shown(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    commit(repository, f"\nTOKEN = '{DISCORD}'\n")
    commit(repository, "\nTOKEN = ''\n")

    with pytest.raises(SystemExit) as end:
        call_command("scan_secrets", repository=str(repository))

    said = capsys.readouterr().out
    assert end.value.code == 1
    assert "a Discord token in settings.py:2" in said
    assert DISCORD[:12] not in said


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("a private key", KEY),
        ("a Telegram token", "7012345678:" + "AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsawk"),
        ("a GitHub token", "ghp_" + "16C7e42F292c6912E7710c838347Ae178B4a"),
        ("a webhook", "https://discord.com/api/" + "webhooks/123456789012345678/" + "aB3" * 20),
        ("a password", "postgresql://slomix:" + "s3cr3tly@db/slomix"),
        ("a value", "SECRET_KEY=" + "q8Zt3Lx0vPw7Kd2Rb9Yn4Hc6Js1Mf5"),
        ("a value", "'api_key': '" + "9f86d081884c7d659a2feaa0c55ad015'"),
    ],
)
def test_each_kind_is_known(kind: str, text: str) -> None:
    assert kind in [found for found, _line, _value in secrets.inside(f"x\n{text}\n")]


@pytest.mark.parametrize(
    "text",
    [
        "SECRET_KEY = env.text('SECRET_KEY', DEFAULT_SECRET_KEY)",
        "DATABASE_URL=postgresql://slomix:password@127.0.0.1:5432/slomix",
        "token = request.headers.get('X-CSRFToken', '')",
        "SECRET_KEY=check-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEF",
        "password_validation.MinimumLengthValidator",
    ],
)
def test_what_is_none_is_left_alone(text: str) -> None:
    assert list(secrets.inside(text)) == []


def test_a_folder_without_history_is_said(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as end:
        call_command("scan_secrets", repository=str(tmp_path))

    assert end.value.code == 2
