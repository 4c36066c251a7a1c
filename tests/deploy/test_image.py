"""The Dockerfile and what is left out of the image, judged without an engine."""

import re

from tests.fresh import BASE

LINES = (BASE / "Dockerfile").read_text().splitlines()
IGNORED = (BASE / ".dockerignore").read_text().splitlines()


def instructions(word: str) -> list[str]:
    return [line.removeprefix(f"{word} ") for line in LINES if line.startswith(f"{word} ")]


def test_packages_are_built_in_a_stage_of_their_own() -> None:
    assert len(instructions("FROM")) == 2
    assert any("--from=packages" in line for line in instructions("COPY"))


def test_python_is_pinned_to_a_version() -> None:
    [pinned] = instructions("ARG")

    assert re.fullmatch(r"PYTHON=3\.\d+\.\d+-slim-\w+", pinned)
    assert all("${PYTHON}" in line for line in instructions("FROM"))


def test_nothing_runs_as_root() -> None:
    user = LINES.index("USER slomix")

    assert user < LINES.index(next(line for line in LINES if line.startswith("CMD")))
    assert "USER root" not in LINES


def test_static_files_are_in_the_image() -> None:
    assert any("manage.py collectstatic" in line for line in LINES)


def test_the_image_says_whether_it_is_well() -> None:
    assert any(line.startswith("HEALTHCHECK") for line in LINES)
    assert any("slomix.management.serving.smoke" in line for line in LINES)


def test_no_secret_and_no_data_gets_into_the_image() -> None:
    assert {".env", ".env.*", "var", ".git", "deploy/compose/*.env", "*.dump"} <= set(IGNORED)
